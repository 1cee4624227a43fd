// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/busmessage.h"
#include "testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

const BusOrigin origin{"ws 1", "id1", "e1", 42};

LogBatch someEntries(int count, const std::string& message = "Out of \"tea\"\n\u00e9\x1b[31m")
{
    LogBatch batch("my shop.v2");
    for (int i = 0; i < count; ++i) {
        const std::string id = "entry-" + std::to_string(i);
        batch.append({id, 1'700'000'000'000 + i, "warn", message, R"({"a":1e300,"b":[1.0],"n":9007199254740993})", i % 2 == 0, i % 3 == 0},
                     LogOrigin("my shop.v2", i % 4 == 0 ? "ann" : "bob"));
    }
    return batch;
}

/// A text that does not get smaller when it is packed.
std::string randomText(std::size_t bytes)
{
    QRandomGenerator random(7);
    std::string text(bytes, ' ');
    for (char& c : text)
        c = char('!' + random.bounded(90));
    return text;
}

} // namespace

class TestBusMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackToTheLetter_data();
    void comesBackToTheLetter();
    void clearingComesBack();
    void whatIsNoMessageIsSaid_data();
    void whatIsNoMessageIsSaid();
    void oneDamagedEntryCostsNoOther();
    void whatFitsIsNotCut();
    void whatDoesNotFitIsCutAndSaysSo();
};

void TestBusMessage::comesBackToTheLetter_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("one") << 1;
    QTest::newRow("packed") << 1'000;
}

void TestBusMessage::comesBackToTheLetter()
{
    QFETCH(int, count);
    const LogBatch sent = someEntries(count);
    const auto place = std::make_shared<const Checkpoint>(Checkpoint{"file:/var/log/\xff", std::string("7\0x", 3)});
    std::size_t refused = 0;
    const Result<BusMessage> message = readBus(encodeBus(origin, sent, {place}), refused);
    QVERIFY(bool(message));
    QCOMPARE(refused, std::size_t(0));
    QCOMPARE(message->origin.node, origin.node);
    QCOMPARE(message->origin.nodeId, origin.nodeId);
    QCOMPARE(message->origin.epoch, origin.epoch);
    QCOMPARE(message->origin.number, origin.number);
    QCOMPARE(message->appId, std::string("my shop.v2"));
    QVERIFY(!message->isClearing);
    QCOMPARE(message->places.size(), std::size_t(1));
    QVERIFY(*message->places[0] == *place);
    QCOMPARE(message->batch.size(), std::size_t(count));
    for (std::size_t i = 0; i < sent.size(); ++i) {
        QCOMPARE(message->batch.json(i), sent.json(i));
        QCOMPARE(message->batch.idIsProducers(i), sent.idIsProducers(i));
        QCOMPARE(message->batch.timeIsOurs(i), sent.timeIsOurs(i));
        QCOMPARE(message->batch.userId(i), sent.userId(i));
    }
}

void TestBusMessage::clearingComesBack()
{
    std::size_t refused = 0;
    const Result<BusMessage> message = readBus(encodeBus(origin, {"shop", "ann"}), refused);
    QVERIFY(bool(message));
    QVERIFY(message->isClearing);
    QCOMPARE(message->appId, std::string("shop"));
    QCOMPARE(message->clearedBy, std::string("ann"));
}

void TestBusMessage::whatIsNoMessageIsSaid_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("problem");
    const QByteArray good = QByteArray::fromStdString(encodeBus(origin, someEntries(100), {}));
    QTest::newRow("empty") << QByteArray() << u"no message of Vigie's"_s;
    QTest::newRow("something else") << QByteArray("hello") << u"no message of Vigie's"_s;
    QTest::newRow("later") << QByteArray(good).replace("\"v\":1", "\"v\":2") << u"a later Vigie (form 2)"_s;
    QTest::newRow("of nobody") << QByteArray("{\"v\":1}\n") << u"does not say"_s;
    QTest::newRow("no application's name") << QByteArray(good).replace("my shop.v2", QByteArray(200, 'x')) << u"does not say"_s;
    QTest::newRow("cut") << good.chopped(9) << u"damaged"_s;
    QTest::newRow("not packed") << good.left(good.indexOf('\n') + 1) + "x" << u"not packed as they should be"_s;
}

void TestBusMessage::whatIsNoMessageIsSaid()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, problem);
    std::size_t refused = 0;
    const Result<BusMessage> message = readBus(bytes.toStdString(), refused);
    QVERIFY(!message);
    QVERIFY2(message.error().message.contains(problem), qPrintable(message.error().message));
}

void TestBusMessage::oneDamagedEntryCostsNoOther()
{
    std::string bytes = encodeBus(origin, someEntries(3, "tea"), {});
    const std::size_t second = bytes.find("entry-1");
    bytes.replace(second - 1, 1, "x"); // the quote before it
    std::size_t refused = 0;
    const Result<BusMessage> message = readBus(bytes, refused);
    QVERIFY(bool(message));
    QCOMPARE(refused, std::size_t(1));
    QCOMPARE(message->batch.size(), std::size_t(2));
    QCOMPARE(message->batch.id(1), std::string_view("entry-2"));
    QCOMPARE(message->batch.timeIsOurs(0), true);
    QCOMPARE(message->batch.timeIsOurs(1), false); // each keeps its own mark
}

void TestBusMessage::whatFitsIsNotCut()
{
    // Ten times the limit, but the same letter over and over.
    const LogBatch cut = cutForBus(someEntries(1, std::string(1'000'000, 'a')), 100'000);
    QCOMPARE(cut.size(), std::size_t(1));
    QCOMPARE(cut.message(0).size(), std::size_t(1'000'000));
}

void TestBusMessage::whatDoesNotFitIsCutAndSaysSo()
{
    const std::string text = "\u00e9" + randomText(300'000);
    LogBatch batch = someEntries(1, "before");
    batch.append(someEntries(1, text));
    batch.append(someEntries(1, "behind"));
    constexpr std::size_t maxBytes = 100'000;
    const LogBatch cut = cutForBus(std::move(batch), maxBytes);
    QVERIFY(cut.size() > 4);
    QCOMPARE(cut.message(0), std::string_view("before"));
    QCOMPARE(cut.message(cut.size() - 1), std::string_view("behind"));
    QCOMPARE(cut.id(1), std::string_view("entry-0"));
    std::string whole;
    for (std::size_t i = 1; i + 1 < cut.size(); ++i) {
        QVERIFY(cut.json(i).size() <= maxBytes);
        whole += cut.message(i);
        const std::string_view metadata = cut.metadataJson(i);
        const QJsonObject part = QJsonDocument::fromJson({metadata.data(), qsizetype(metadata.size())}).object();
        QCOMPARE(part.value("part"_L1).toInt(), int(i));
        QCOMPARE(part.value("parts"_L1).toInt(), int(cut.size() - 2));
        QCOMPARE(cut.userId(i), std::string_view("ann"));
    }
    QVERIFY(whole == text + "\n" + R"({"a":1e300,"b":[1.0],"n":9007199254740993})");
    // Sent again it is cut the same.
    const LogBatch again = cutForBus(someEntries(1, text), maxBytes);
    QCOMPARE(again.id(1), cut.id(2));
}

VIGIE_TEST(TestBusMessage)
#include "tst_busmessage.moc"
