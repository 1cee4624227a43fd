// SPDX-License-Identifier: GPL-3.0-or-later
// The guarantee for clients that know only `auth` and the five replies.
#include "harness.h"
#include "testmain.h"

#include <QDateTime>
#include <algorithm>
#include <cmath>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestFiveReplies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void connectSaysWhatIsKnown_data();
    void connectSaysWhatIsKnown();
    void authSuccess_data();
    void authSuccess();
    void authErrors_data();
    void authErrors();
    void logsAreAlwaysAnArray();
    void metricsComeAtOnceAndByThemselves();
    void cleanupTestCase();

private:
    VigieProcess m_vigie;
};

namespace {

QStringList sorted(QStringList names)
{
    names.sort();
    return names;
}

const QJsonObject ann{{u"appId"_s, u"shop"_s}, {u"userId"_s, u"ann"_s}};

} // namespace

void TestFiveReplies::initTestCase()
{
    QVERIFY(m_vigie.start());
}

void TestFiveReplies::cleanupTestCase()
{
    QCOMPARE(m_vigie.stop(), 0);
}

void TestFiveReplies::connectSaysWhatIsKnown_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QJsonObject>("payload");
    QTest::newRow("nothing") << QString() << QJsonObject();
    QTest::newRow("both") << u"?appId=shop&userId=ann"_s << ann;
    QTest::newRow("application") << u"?appId=shop"_s << QJsonObject{{u"appId"_s, u"shop"_s}};
    QTest::newRow("user") << u"?userId=ann"_s << QJsonObject{{u"userId"_s, u"ann"_s}};
    QTest::newRow("path") << u"some/path?appId=shop&userId=ann"_s << ann;
    QTest::newRow("empty counts as absent") << u"?appId=&userId=ann"_s << QJsonObject{{u"userId"_s, u"ann"_s}};
    QTest::newRow("percent-encoded") << u"?appId=caf%C3%A9%20%26%20co&userId=a%2Bb"_s
                                     << QJsonObject{{u"appId"_s, u"café & co"_s}, {u"userId"_s, u"a+b"_s}};
    QTest::newRow("not a name") << u"?appId=a%01b&userId=ann"_s << QJsonObject{{u"userId"_s, u"ann"_s}};
}

void TestFiveReplies::connectSaysWhatIsKnown()
{
    QFETCH(QString, query);
    QFETCH(QJsonObject, payload);
    Client client;
    QVERIFY(client.open(m_vigie.url(query)));
    QCOMPARE(client.messages().size(), 1);
    const QJsonObject expected{{u"type"_s, u"connect"_s}, {u"payload"_s, payload}};
    QCOMPARE(client.messages().first(), expected);
}

void TestFiveReplies::authSuccess_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("text");
    QTest::newRow("by data") << QString() << uR"({"type":"auth","data":{"appId":"shop","userId":"ann"}})"_s;
    QTest::newRow("with a token") << QString()
                                  << uR"({"type":"auth","data":{"appId":"shop","userId":"ann","token":"t"}})"_s;
    QTest::newRow("by address") << u"?appId=shop&userId=ann"_s << uR"({"type":"auth"})"_s;
    QTest::newRow("by both") << u"?appId=shop"_s << uR"({"type":"auth","data":{"userId":"ann"}})"_s;
    QTest::newRow("data wins") << u"?appId=other&userId=bob"_s
                               << uR"({"type":"auth","data":{"appId":"shop","userId":"ann"}})"_s;
}

void TestFiveReplies::authSuccess()
{
    QFETCH(QString, query);
    QFETCH(QString, text);
    Client client;
    QVERIFY(client.open(m_vigie.url(query)));
    client.sendText(text);
    QVERIFY(client.waitFor(u"metrics"_s));
    QVERIFY(client.waitFor(u"stored"_s)); // which those clients ignore
    QCOMPARE(client.messages().size(), 4);
    const QJsonObject expected{{u"type"_s, u"auth_success"_s}, {u"payload"_s, ann}};
    QCOMPARE(client.messages()[1], expected);
    QCOMPARE(client.messages()[2]["type"_L1].toString(), u"metrics"_s);
}

void TestFiveReplies::authErrors_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("logs first") << uR"({"type":"logs","data":{"logs":[{"level":"info","message":"m"}]}})"_s;
    QTest::newRow("metrics first") << uR"({"type":"request_metrics"})"_s;
    QTest::newRow("unknown type first") << uR"({"type":"whatever"})"_s;
    QTest::newRow("nothing said") << uR"({"type":"auth"})"_s;
    QTest::newRow("no appId") << uR"({"type":"auth","data":{"userId":"ann"}})"_s;
    QTest::newRow("no userId") << uR"({"type":"auth","data":{"appId":"shop"}})"_s;
    QTest::newRow("empty appId") << uR"({"type":"auth","data":{"appId":"","userId":"ann"}})"_s;
    QTest::newRow("appId is no text") << uR"({"type":"auth","data":{"appId":7,"userId":"ann"}})"_s;
    QTest::newRow("appId is too long")
        << uR"({"type":"auth","data":{"appId":"%1","userId":"ann"}})"_s.arg(QString(129, u'a'));
}

void TestFiveReplies::authErrors()
{
    QFETCH(QString, text);
    Client client;
    QVERIFY(client.open(m_vigie.url()));
    client.sendText(text);
    const QJsonObject payload = client.takePayload(u"auth_error"_s);
    QCOMPARE(payload.keys(), QStringList{u"message"_s});
    QVERIFY(!payload["message"_L1].toString().isEmpty());
    // The connection lives on, and a second try succeeds.
    QVERIFY(client.signIn(u"shop"_s, u"ann"_s));
}

void TestFiveReplies::logsAreAlwaysAnArray()
{
    Client viewer;
    Client producer;
    QVERIFY(viewer.signIn(m_vigie, u"shop"_s, u"bob"_s));
    QVERIFY(producer.signIn(m_vigie, u"shop"_s, u"ann"_s));
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    producer.sendText(uR"({"type":"logs","data":{"logs":[{"level":"Info","message":"é \" \\ \n 😀"}]}})"_s);
    const QJsonObject message = viewer.take(u"logs"_s);
    QCOMPARE(message.keys(), sorted({u"payload"_s, u"type"_s}));
    QVERIFY(message["payload"_L1].isArray());
    const QJsonArray one = message["payload"_L1].toArray();
    QCOMPARE(one.size(), 1);
    const QJsonObject entry = one[0].toObject();
    QCOMPARE(entry.keys(), sorted({u"id"_s, u"timestamp"_s, u"level"_s, u"message"_s, u"appId"_s, u"userId"_s}));
    QCOMPARE(entry["id"_L1].toString().size(), 26);
    QVERIFY(entry["timestamp"_L1].toInteger() >= before);
    QVERIFY(entry["timestamp"_L1].toInteger() <= QDateTime::currentMSecsSinceEpoch());
    QCOMPARE(entry["level"_L1].toString(), u"Info"_s);
    QCOMPARE(entry["message"_L1].toString(), u"é \" \\ \n 😀"_s);
    QCOMPARE(entry["appId"_L1].toString(), u"shop"_s);
    QCOMPARE(entry["userId"_L1].toString(), u"ann"_s);

    // With all fields: to the letter.
    QJsonObject full{{u"id"_s, u"order-1"_s}, {u"timestamp"_s, 1769860800000LL}, {u"level"_s, u"warn"_s},
                     {u"message"_s, QString()}, {u"metadata"_s, QJsonObject{{u"n"_s, QJsonValue::Null}}}};
    producer.send(u"logs"_s, QJsonObject{{u"logs"_s, QJsonArray{full}}});
    QVERIFY(viewer.waitFor(u"logs"_s));
    full.insert(u"appId"_s, u"shop"_s);
    full.insert(u"userId"_s, u"ann"_s);
    QCOMPARE(viewer.takeEntries(), QJsonArray{full});
}

void TestFiveReplies::metricsComeAtOnceAndByThemselves()
{
    const auto checkFields = [](const QJsonObject& m) {
        QCOMPARE(m.keys(), sorted({u"timestamp"_s, u"cpu"_s, u"memory"_s, u"disk"_s, u"network"_s,
                                   u"activeConnections"_s, u"messageRate"_s, u"errorRate"_s}));
        QCOMPARE(m["cpu"_L1].toObject().keys(), sorted({u"usage"_s, u"cores"_s}));
        QCOMPARE(m["memory"_L1].toObject().keys(), sorted({u"used"_s, u"free"_s, u"total"_s}));
        QCOMPARE(m["disk"_L1].toObject().keys(), sorted({u"used"_s, u"free"_s, u"total"_s}));
        QCOMPARE(m["network"_L1].toObject().keys(),
                 sorted({u"bytesReceived"_s, u"bytesSent"_s, u"connections"_s}));
        for (const QString& name : m.keys()) {
            const QJsonObject group = m[name].isObject() ? m[name].toObject() : QJsonObject{{name, m[name]}};
            for (auto field = group.begin(); field != group.end(); ++field) {
                QVERIFY2(field->isDouble() && field->toDouble() >= 0, qPrintable(name + u'.' + field.key()));
                if (field.key() != "usage"_L1 && !field.key().endsWith("Rate"_L1))
                    QVERIFY2(field->toDouble() == std::floor(field->toDouble()), qPrintable(field.key()));
            }
        }
    };
    Client client;
    QVERIFY(client.open(m_vigie.url(u"?appId=shop&userId=ann"_s)));
    client.send(u"auth"_s);
    QVERIFY(client.waitFor(u"metrics"_s));
    const QJsonObject first = client.takePayload(u"metrics"_s);
    checkFields(first);
    // Two more arrive by themselves. Each time, the sample is later by about the interval, or by less after a late one.
    QVERIFY(client.waitFor(u"metrics"_s, 2, 20'000));
    const QJsonObject second = client.takePayload(u"metrics"_s);
    const QJsonObject third = client.takePayload(u"metrics"_s);
    checkFields(second);
    checkFields(third);
    const qint64 apart = third["timestamp"_L1].toInteger() - second["timestamp"_L1].toInteger();
    QVERIFY2(apart >= 1'500 && apart <= 8'000, qPrintable(QString::number(apart)));

    QVERIFY(third["cpu"_L1]["usage"_L1].toDouble() <= 100);
    QVERIFY(third["cpu"_L1]["cores"_L1].toInt() >= 1);
    const QJsonObject memory = third["memory"_L1].toObject();
    QVERIFY(memory["total"_L1].toInteger() > 16 * 1024 * 1024);
    QCOMPARE(memory["used"_L1].toInteger() + memory["free"_L1].toInteger(), memory["total"_L1].toInteger());
    const QJsonObject disk = third["disk"_L1].toObject();
    QVERIFY(disk["used"_L1].toInteger() + disk["free"_L1].toInteger() <= disk["total"_L1].toInteger());
    QVERIFY(third["network"_L1]["connections"_L1].toInt() >= 2); // both ends of our own
    QCOMPARE(third["activeConnections"_L1].toInt(), 1);
    QVERIFY(third["errorRate"_L1].toDouble() <= 1);
    QVERIFY(third["timestamp"_L1].toInteger() <= QDateTime::currentMSecsSinceEpoch() + 1000);
}

VIGIE_TEST(TestFiveReplies)
#include "tst_fivereplies.moc"
