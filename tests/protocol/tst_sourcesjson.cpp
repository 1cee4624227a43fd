// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/sourcesjson.h"
#include "testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSourcesJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSourceIsToldWhole();
    void onlyTheOwnerSeesDetailAndExamples();
    void aTokenForOneApplicationLearnsOfNoOther();
    void namesOfStrangersAreEscaped();

private:
    static SourceState source(const std::string& app)
    {
        SourceState state;
        state.id = "file:/var/log/" + app;
        state.kind = SourceKind::File;
        state.name = "/var/log/" + app;
        state.appId = app;
        state.status = SourceStatus::Failing;
        state.problem = "permission denied";
        state.format = "nginx";
        state.detail = "its command line";
        state.entries = 9'007'199'254'740'993;
        state.lastEntryMs = 1'795'000'000'123;
        state.lagBytes = 42;
        state.lagMs = 7;
        state.notes = {{SourceNote::Kind::Guessed, "no_time_zone", 12, 1'795'000'000'000, "the line"}};
        return state;
    }
    static QJsonArray sources(const QByteArray& json)
    {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(json, &error);
        return error.error ? QJsonArray() : document["sources"_L1].toArray();
    }
};

void TestSourcesJson::aSourceIsToldWhole()
{
    QCOMPARE(encodeSources({source("shop")}, {{}, true}, 5),
             QByteArray(R"({"now":5,"sources":[{"id":"file:/var/log/shop","kind":"file","name":"/var/log/shop","app":"shop",)"
                        R"("status":"failing","problem":"permission denied","format":"nginx","entries":9007199254740993,)"
                        R"("lastEntry":1795000000123,"lagBytes":42,"lagMs":7,"notes":[{"kind":"guessed","reason":"no_time_zone",)"
                        R"("count":12,"last":1795000000000,"example":"the line"}],"detail":"its command line"}]})"));
    QCOMPARE(encodeSources({}, {}, 5), QByteArray(R"({"now":5,"sources":[]})"));
}

void TestSourcesJson::onlyTheOwnerSeesDetailAndExamples()
{
    const QByteArray json = encodeSources({source("shop")}, {{}, false}, 5);
    QVERIFY(!json.contains("command line"));
    QVERIFY(!json.contains("the line"));
    QCOMPARE(sources(json)[0]["notes"_L1][0]["count"_L1].toInt(), 12);
}

void TestSourcesJson::aTokenForOneApplicationLearnsOfNoOther()
{
    const QJsonArray told = sources(encodeSources({source("bank"), source("shop"), source("")}, {"shop", false}, 5));
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0]["app"_L1].toString(), u"shop"_s);
}

void TestSourcesJson::namesOfStrangersAreEscaped()
{
    SourceState state = source("shop");
    state.name = "a\"b\\c\n\x01";
    QCOMPARE(sources(encodeSources({state}, {}, 5))[0]["name"_L1].toString(), u"a\"b\\c\n\x01"_s);
}

VIGIE_TEST(TestSourcesJson)
#include "tst_sourcesjson.moc"
