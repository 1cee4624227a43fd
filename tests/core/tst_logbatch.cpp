// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logbatch.h"
#include "testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonHoldsWhatWasAppended();
    void textIsPlainWhereJsonIsEscaped();
    void filteredKeepsTheChosen();
    void anotherIsTakenInBehind();
};

void TestLogBatch::jsonHoldsWhatWasAppended()
{
    LogBatch batch("shop");
    const LogOrigin origin("shop", "ann");
    batch.append({"1", 1700000000000, "info", "started", R"({"port":80})"}, origin);
    batch.append({"2", 1700000000001, "ERROR", "failed", ""}, origin);

    const QJsonArray parsed =
        QJsonDocument::fromJson(QByteArray::fromStdString("[" + std::string(batch.json()) + "]")).array();
    const QJsonArray expected = QJsonDocument::fromJson(R"([
        {"id": "1", "timestamp": 1700000000000, "level": "info", "message": "started",
         "metadata": {"port": 80}, "appId": "shop", "userId": "ann"},
        {"id": "2", "timestamp": 1700000000001, "level": "ERROR", "message": "failed",
         "appId": "shop", "userId": "ann"}])").array();
    QCOMPARE(parsed, expected);
    QCOMPARE(batch.userId(1), std::string_view("ann"));
    QCOMPARE(batch.metadataJson(0), std::string_view(R"({"port":80})"));
    QCOMPARE(batch.errorCount(), std::size_t(1));
}

void TestLogBatch::textIsPlainWhereJsonIsEscaped()
{
    const std::string message = "a \"quoted\" \\ line\nand\ta \x01 control, é and \xf0\x9f\x98\x80";
    LogBatch batch("a\"b");
    batch.append({"id", 1, "info", message, ""}, LogOrigin("a\"b", "o'\"x"));

    QCOMPARE(batch.message(0), std::string_view(message));
    QCOMPARE(batch.userId(0), std::string_view("o'\"x"));
    const QJsonObject parsed =
        QJsonDocument::fromJson(QByteArray::fromStdString(std::string(batch.json(0)))).object();
    QCOMPARE(parsed["message"_L1].toString(), QString::fromStdString(message));
    QCOMPARE(parsed["appId"_L1].toString(), u"a\"b"_s);
    QCOMPARE(parsed["userId"_L1].toString(), u"o'\"x"_s);
}

void TestLogBatch::filteredKeepsTheChosen()
{
    LogBatch batch("a");
    for (const char* id : {"0", "1", "2"})
        batch.append({id, 5, "info", "m", ""}, LogOrigin("a", "u"));
    const LogBatch kept = batch.filtered([](std::size_t i) { return i != 1; });
    QCOMPARE(kept.size(), std::size_t(2));
    QCOMPARE(kept.id(1), std::string_view("2"));
    QCOMPARE(std::string(kept.json()), std::string(batch.json(0)) + "," + std::string(batch.json(2)));
}

void TestLogBatch::anotherIsTakenInBehind()
{
    const LogOrigin origin("a", "o'\"x");
    const auto one = [&](LogBatch& batch, const char* id, const char* message, const char* metadata) {
        batch.append({id, 5, "error", message, metadata, *id == 'p'}, origin);
    };
    LogBatch whole("a");
    LogBatch first("a");
    LogBatch second("a");
    for (LogBatch* const batch : {&whole, &first}) {
        one(*batch, "1", "a \"quoted\" one", "{\"x\":1}");
        one(*batch, "2", "plain", "");
    }
    for (LogBatch* const batch : {&whole, &second}) {
        one(*batch, "p3", "tab\t", "");
        one(*batch, "4", "plain", "[2]");
    }
    first.append(second);
    first.append(LogBatch("a"));
    first.shrink();
    QCOMPARE(first.json(), whole.json());
    QCOMPARE(first.errorCount(), whole.errorCount());
    QVERIFY(first.hasProducerIds());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        QCOMPARE(first.json(i), whole.json(i));
        QCOMPARE(first.id(i), whole.id(i));
        QCOMPARE(first.message(i), whole.message(i));
        QCOMPARE(first.metadataJson(i), whole.metadataJson(i));
        QCOMPARE(first.userId(i), whole.userId(i));
    }
    LogBatch empty("a");
    empty.append(whole);
    QCOMPARE(empty.json(), whole.json());
}

VIGIE_TEST(TestLogBatch)
#include "tst_logbatch.moc"
