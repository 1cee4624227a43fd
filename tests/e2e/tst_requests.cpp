// SPDX-License-Identifier: GPL-3.0-or-later
// Every request of docs/protocol.md, in every spelling.
#include "harness.h"
#include "testmain.h"

#include <QDateTime>
#include <QJsonDocument>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void logsInEverySpelling_data();
    void logsInEverySpelling();
    void acknowledged();
    void anIdThatIsAnothersLosesNoEntry();
    void resendingMakesNoRepeat();
    void filterInBothSpellings();
    void historyInEverySpelling();
    void clearIsTold();
    void whatIsEmptyIsClearedInSilence();
    void metricsOnRequestAndSubscription();
    void logsSubscription();
    void appMetricsInBothSpellings();
    void commands();
    void authAgain();
    void cleanupTestCase();

private:
    VigieProcess m_vigie;
    int m_number = 0;
    QString m_app; // a new one for each test
    std::unique_ptr<Client> m_ann;
    std::unique_ptr<Client> m_bob;
};

namespace {

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

QStringList messagesOf(const QJsonArray& entries)
{
    QStringList texts;
    for (const QJsonValue entry : entries)
        texts.append(entry["message"_L1].toString());
    return texts;
}

} // namespace

void TestRequests::initTestCase()
{
    QVERIFY(m_vigie.start());
}

void TestRequests::cleanupTestCase()
{
    QCOMPARE(m_vigie.stop(), 0);
}

void TestRequests::init()
{
    m_app = u"app-%1"_s.arg(++m_number);
    m_ann = std::make_unique<Client>();
    m_bob = std::make_unique<Client>();
    QVERIFY(m_ann->signIn(m_vigie, m_app, u"ann"_s));
    QVERIFY(m_bob->signIn(m_vigie, m_app, u"bob"_s));
}

void TestRequests::cleanup()
{
    QVERIFY(m_ann->sync()); // whatever was asked, the connection lives on
    m_ann.reset();
    m_bob.reset();
}

void TestRequests::logsInEverySpelling_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("messages");
    QTest::newRow("batch") << uR"({"type":"logs","data":{"logs":[{"level":"a","message":"1"},{"level":"b","message":"2"}]}})"_s
                           << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("single in logs") << uR"({"type":"logs","data":{"logs":{"level":"a","message":"1"}}})"_s << QStringList{u"1"_s};
    QTest::newRow("single in data") << uR"({"type":"logs","data":{"level":"a","message":"1","metadata":null}})"_s
                                    << QStringList{u"1"_s};
    QTest::newRow("array in data") << uR"({"type":"logs","data":[{"level":"a","message":"1"},{"level":"a","message":"2"}]})"_s
                                   << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("data before type") << uR"({"data":[{"message":"1","level":"a"}],"type":"logs"})"_s << QStringList{u"1"_s};
    QTest::newRow("unknown fields") << uR"({"v":2,"type":"logs","data":{"x":[1],"logs":[{"y":{},"level":"a","message":"1"}]}})"_s
                                    << QStringList{u"1"_s};
}

void TestRequests::logsInEverySpelling()
{
    QFETCH(QString, text);
    QFETCH(QStringList, messages);
    m_ann->sendText(text);
    QVERIFY(m_ann->sync());
    for (Client* viewer : {m_ann.get(), m_bob.get()}) {
        QVERIFY(viewer->waitFor(u"logs"_s));
        QCOMPARE(messagesOf(viewer->takeEntries()), messages);
    }
    m_ann->socket().sendBinaryMessage(text.toUtf8());
    QVERIFY(m_bob->waitFor(u"logs"_s));
    QCOMPARE(messagesOf(m_bob->takeEntries()), messages);
}

void TestRequests::acknowledged()
{
    m_ann->sendObject(json(R"({"type":"logs","data":{"ack":true,"logs":[
        {"id":"one","level":"info","message":"1","timestamp":"2026-01-31T13:00:00.25+01:00"},
        {"id":"two","level":"info","message":"2","timestamp":1769860800000}]}})"));
    QCOMPARE(m_ann->takePayload(u"logs_ack"_s), json(R"({"count":2,"lastId":"two"})"));
    QVERIFY(m_bob->waitFor(u"logs"_s));
    const QJsonArray entries = m_bob->takeEntries();
    QCOMPARE(entries[0]["timestamp"_L1].toInteger(), 1769860800250);
    QCOMPARE(entries[1]["timestamp"_L1].toInteger(), 1769860800000);
    m_ann->sendObject(json(R"({"type":"logs","data":{"ack":true,"logs":[]}})"));
    QCOMPARE(m_ann->takePayload(u"logs_ack"_s), json(R"({"count":0,"lastId":""})"));
}

void TestRequests::anIdThatIsAnothersLosesNoEntry()
{
    // A program that numbers from 1 again, and another machine's that does, too.
    const auto sent = [](const QString& prefix) { return QJsonObject{{u"logs"_s, entries(prefix, 1, 3)}, {u"ack"_s, true}}; };
    m_ann->send(u"logs"_s, sent(u"first "_s));
    QCOMPARE(m_ann->takePayload(u"logs_ack"_s), json(R"({"count":3,"lastId":"3"})"));
    m_ann->send(u"logs"_s, sent(u"second "_s));
    QJsonObject ack = m_ann->takePayload(u"logs_ack"_s);
    QCOMPARE(ack["renamed"_L1].toInt(), 3);
    const QString newId = ack["lastId"_L1].toString();
    QCOMPARE(newId.size(), 26);
    m_bob->send(u"logs"_s, sent(u"first "_s));
    ack = m_bob->takePayload(u"logs_ack"_s);
    QCOMPARE(ack["renamed"_L1].toInt(), 3);
    QVERIFY(ack["lastId"_L1].toString() != newId);
    // Sent again, they are recognised as repeats under their new ids.
    m_ann->send(u"logs"_s, sent(u"second "_s));
    ack = m_ann->takePayload(u"logs_ack"_s);
    QCOMPARE(ack["repeats"_L1].toInt(), 3);
    QCOMPARE(ack["lastId"_L1].toString(), newId);
    m_ann->send(u"history"_s);
    QCOMPARE(m_ann->take(u"history"_s)["payload"_L1].toArray().size(), 9);
}

void TestRequests::resendingMakesNoRepeat()
{
    const QJsonObject data{{u"logs"_s, entries(u"m"_s, 1, 3)}, {u"ack"_s, true}};
    m_ann->send(u"logs"_s, data);
    m_ann->send(u"logs"_s, data);
    QCOMPARE(m_ann->takePayload(u"logs_ack"_s), json(R"({"count":3,"lastId":"3"})"));
    QCOMPARE(m_ann->takePayload(u"logs_ack"_s), json(R"({"count":3,"lastId":"3","repeats":3})"));
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, 2, 3)}});
    m_ann->send(u"send_metrics"_s, QJsonObject{{u"metrics"_s, QJsonObject()}}); // goes out after the entries
    QVERIFY(!m_ann->take(u"app_metrics"_s).isEmpty());
    m_ann->send(u"history"_s);
    QCOMPARE(messagesOf(m_ann->take(u"history"_s)["payload"_L1].toArray()), (QStringList{u"m1"_s, u"m2"_s, u"m3"_s, u"m4"_s}));
    QCOMPARE(messagesOf(m_ann->takeEntries()), (QStringList{u"m1"_s, u"m2"_s, u"m3"_s, u"m4"_s}));
}

void TestRequests::filterInBothSpellings()
{
    const QJsonArray logs = json(R"({"a":[
        {"level":"ERROR","message":"payment failed","timestamp":"1970-01-01T00:00:01Z"},
        {"level":"severe","message":"other","metadata":{"k":"PAYMENT"},"timestamp":"1970-01-01T00:00:02Z"},
        {"level":"info","message":"payment done","timestamp":"1970-01-01T00:00:03Z"},
        {"level":"custom","message":"x","timestamp":"1970-01-01T00:00:04Z"}]})")["a"_L1]
                                .toArray();
    const auto seen = [&](const QJsonObject& filter) {
        m_bob->sendObject(filter);
        if (!m_bob->sync())
            return QStringList{u"no answer"_s};
        m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, logs}});
        m_ann->sync();
        m_ann->send(u"send_metrics"_s, QJsonObject{{u"metrics"_s, QJsonObject()}}); // goes out after the entries
        m_bob->take(u"app_metrics"_s);
        return messagesOf(m_bob->takeEntries());
    };
    const QString failed = u"payment failed"_s;
    const QString done = u"payment done"_s;
    QCOMPARE(seen(json(R"({"type":"filter","data":{"level":["error"]}})")), (QStringList{failed, u"other"_s}));
    QCOMPARE(seen(json(R"({"type":"filter","filters":{"level":"info"}})")), QStringList{done});
    QCOMPARE(seen(json(R"({"type":"filter","data":{"level":["CUSTOM","err"]}})")), (QStringList{failed, u"other"_s, u"x"_s}));
    QCOMPARE(seen(json(R"({"type":"filter","data":{"search":"Payment"}})")), (QStringList{failed, u"other"_s, done}));
    QCOMPARE(seen(json(R"({"type":"filter","data":{"startTime":2000,"endTime":"1970-01-01T00:00:03Z"}})")),
             (QStringList{u"other"_s, done}));
    QCOMPARE(seen(json(R"({"type":"filter","data":{"search":"payment","endTime":1000}})")), QStringList{failed});
    // A refused filter leaves the previous one in place.
    QCOMPARE(seen(json(R"({"type":"filter","data":{"level":true}})")), QStringList{failed});
    QCOMPARE(m_bob->takePayload(u"error"_s)["requestType"_L1].toString(), u"filter"_s);
    QCOMPARE(seen(json(R"({"type":"filter","data":{}})")).size(), 4);
    QCOMPARE(seen(json(R"({"type":"filter"})")).size(), 4);
}

void TestRequests::historyInEverySpelling()
{
    m_bob->send(u"request_history"_s);
    QCOMPARE(m_bob->take(u"logs"_s)["payload"_L1], QJsonValue(QJsonArray()));
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, 1, 5)}});
    QVERIFY(m_bob->waitFor(u"logs"_s));
    m_bob->forget();

    m_bob->send(u"request_history"_s, QJsonObject{{u"limit"_s, 2}});
    QVERIFY(m_bob->waitFor(u"logs"_s));
    QCOMPARE(messagesOf(m_bob->takeEntries()), (QStringList{u"m4"_s, u"m5"_s}));
    m_bob->send(u"history"_s, QJsonObject{{u"limit"_s, 2}, {u"before"_s, u"4"_s}});
    QCOMPARE(messagesOf(m_bob->take(u"history"_s)["payload"_L1].toArray()), (QStringList{u"m2"_s, u"m3"_s}));
    m_bob->send(u"history"_s, QJsonObject{{u"before"_s, u"no such id"_s}});
    QCOMPARE(m_bob->take(u"history"_s)["payload"_L1], QJsonValue(QJsonArray()));
    m_bob->send(u"history"_s, QJsonObject{{u"before"_s, 1000}});
    QCOMPARE(m_bob->take(u"history"_s)["payload"_L1], QJsonValue(QJsonArray()));
    m_bob->sendObject(json(R"({"type":"history","data":{"limit":1},"ws_sent_config":{"response_type":"old_logs"}})"));
    QCOMPARE(messagesOf(m_bob->takePayload(u"old_logs"_s)["logs"_L1].toArray()), QStringList{u"m5"_s});
    m_bob->sendObject(json(R"({"type":"request_history","data":{"limit":1,"ws_sent_config":{"response_type":"a.b"}}})"));
    QCOMPARE(messagesOf(m_bob->takePayload(u"a.b"_s)["logs"_L1].toArray()), QStringList{u"m5"_s});
    m_bob->send(u"history"_s, QJsonObject{{u"limit"_s, 5000}});
    QCOMPARE(m_bob->take(u"history"_s)["payload"_L1].toArray().size(), 5);
}

void TestRequests::clearIsTold()
{
    Client stranger;
    QVERIFY(stranger.signIn(m_vigie, m_app + u"-other"_s, u"eve"_s));
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, 1, 5)}});
    m_ann->send(u"clear"_s);
    const QJsonObject who{{u"appId"_s, m_app}, {u"userId"_s, u"ann"_s}};
    QCOMPARE(m_ann->takePayload(u"clear"_s), who);
    QCOMPARE(m_bob->takePayload(u"clear"_s), who);
    m_bob->send(u"history"_s);
    QCOMPARE(m_bob->take(u"history"_s)["payload"_L1].toArray().size(), 0);
    QVERIFY(stranger.sync());
    QCOMPARE(stranger.count(u"clear"_s), 0);
}

void TestRequests::whatIsEmptyIsClearedInSilence()
{
    // As a client library does that takes a `clear` for a request.
    for (Client* client : {m_ann.get(), m_bob.get()}) {
        connect(client, &Client::received, client, [client](const QJsonObject& message) {
            if (message["type"_L1] == "clear"_L1)
                client->send(u"clear"_s);
        });
    }
    const auto cleared = [this] {
        int lines = 0;
        for (const QByteArray& line : m_vigie.command({u"audit"_s, u"--json"_s}).split('\n')) {
            const QJsonObject event = QJsonDocument::fromJson(line).object();
            lines += event["event"_L1] == "cleared"_L1 && event["appId"_L1] == m_app ? 1 : 0;
        }
        return lines;
    };
    m_ann->send(u"clear"_s); // there is nothing yet
    QVERIFY(m_ann->sync());
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, 1, 5)}});
    m_ann->send(u"clear"_s);
    for (Client* client : {m_ann.get(), m_bob.get()})
        QVERIFY(client->waitFor(u"clear"_s));
    // All answers are processed, and everything that they could trigger.
    for (int round = 0; round < 5; ++round) {
        for (Client* client : {m_ann.get(), m_bob.get()})
            QVERIFY(client->sync());
    }
    for (Client* client : {m_ann.get(), m_bob.get()})
        QCOMPARE(client->count(u"clear"_s), 1);
    QVERIFY(waitUntil([&cleared] { return cleared() > 0; }));
    QCOMPARE(cleared(), 1);
}

void TestRequests::metricsOnRequestAndSubscription()
{
    // A message may be shared for a tenth of a second, and so not count the newest connection.
    const auto connections = [this] {
        m_ann->send(u"request_metrics"_s);
        return m_ann->takePayload(u"metrics"_s)["activeConnections"_L1].toInt();
    };
    QTRY_COMPARE(connections(), 2);
    m_ann->send(u"subscribe"_s, json(R"({"metrics":{"intervalMs":250},"detail":true})"));
    QVERIFY(m_ann->waitFor(u"metrics_detail"_s, 4));
    QVERIFY(m_ann->count(u"metrics"_s) >= 4);
    m_ann->forget();
    const QJsonObject detail = m_ann->takePayload(u"metrics_detail"_s);
    for (const QString& part : {u"timestamp"_s, u"uptime"_s, u"cpu"_s, u"memory"_s, u"disk"_s, u"network"_s})
        QVERIFY2(detail.contains(part), qPrintable(part));
    QVERIFY(detail["cpu"_L1]["cores"_L1].toArray().size() >= 1);
    QCOMPARE(detail["cpu"_L1]["load"_L1].toArray().size(), 3);
    m_ann->send(u"subscribe"_s, json(R"({"detail":false})"));
    QVERIFY(m_ann->sync());
    m_ann->forget();
    QVERIFY(m_ann->waitFor(u"metrics"_s, 3)); // the rate stays
    QCOMPARE(m_ann->count(u"metrics_detail"_s), 0);
}

void TestRequests::logsSubscription()
{
    m_ann->send(u"subscribe"_s, json(R"({"logs":false})"));
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, 1, 2)}});
    QVERIFY(m_bob->waitFor(u"logs"_s));
    m_ann->send(u"subscribe"_s, json(R"({"logs":true})"));
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, 3, 1)}});
    QVERIFY(m_ann->waitFor(u"logs"_s));
    QCOMPARE(messagesOf(m_ann->takeEntries()), QStringList{u"m3"_s});
}

void TestRequests::appMetricsInBothSpellings()
{
    const QJsonObject metrics = json(R"({"orders":12,"queue":{"length":3}})");
    for (const QString& type : {u"send_metrics"_s, u"metrics"_s}) {
        m_ann->send(type, QJsonObject{{u"metrics"_s, metrics}, {u"timestamp"_s, 1769860800000LL}});
        const QJsonObject expected{
            {u"appId"_s, m_app}, {u"userId"_s, u"ann"_s}, {u"timestamp"_s, 1769860800000LL}, {u"metrics"_s, metrics}};
        QCOMPARE(m_ann->takePayload(u"app_metrics"_s), expected);
        QCOMPARE(m_bob->takePayload(u"app_metrics"_s), expected);
    }
}

void TestRequests::commands()
{
    m_bob->send(u"check_status"_s);
    QCOMPARE(m_bob->takePayload(u"status_response"_s)["status"_L1].toObject(),
             json(R"({"userExists":true,"appExists":true,"userHasAccess":true,"appIsActive":false})"));
    m_bob->send(u"command"_s, json(R"({"type":"restart"})"));
    QJsonObject response = m_bob->takePayload(u"command_response"_s);
    QCOMPARE(response["success"_L1].toBool(true), false);
    QCOMPARE(response["data"_L1].toObject(), json(R"({"delivered":0})"));

    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, QJsonArray()}}); // a producer from now on
    QVERIFY(m_ann->sync());
    m_bob->send(u"command"_s, json(R"({"type":"restart","data":{"graceful":[null,1]}})"));
    response = m_bob->takePayload(u"command_response"_s);
    QCOMPARE(response["success"_L1].toBool(), true);
    QCOMPARE(response["data"_L1].toObject(), json(R"({"delivered":1})"));
    const QJsonObject message = m_ann->take(u"command"_s);
    QCOMPARE(message["data"_L1], message["payload"_L1]);
    QJsonObject received = message["payload"_L1].toObject();
    const qint64 timestamp = received.take(u"timestamp"_s).toInteger();
    const QString id = received.take(u"id"_s).toString();
    QVERIFY(timestamp > 1769860800000LL);
    QCOMPARE(id.size(), 26);
    QJsonObject restart = json(R"({"type":"restart","data":{"graceful":[null,1]},"userId":"bob"})");
    restart.insert(u"appId"_s, m_app);
    QCOMPARE(received, restart);
    QVERIFY(m_bob->sync());
    QCOMPARE(m_bob->count(u"command"_s), 0);

    m_bob->send(u"get_last_actions"_s);
    QJsonArray actions = m_bob->take(u"get_last_actions"_s)["payload"_L1].toArray();
    QCOMPARE(actions.size(), 2);
    QCOMPARE(actions[0]["status"_L1].toString(), u"undelivered"_s);
    QCOMPARE(actions[1].toObject(), (QJsonObject{{u"id"_s, id},
                                                 {u"userId"_s, u"bob"_s},
                                                 {u"appId"_s, m_app},
                                                 {u"type"_s, u"restart"_s},
                                                 {u"data"_s, restart},
                                                 {u"timestamp"_s, timestamp},
                                                 {u"status"_s, u"delivered"_s}}));
    for (int i = 0; i < 25; ++i)
        m_bob->send(u"command"_s, QJsonObject{{u"type"_s, u"c%1"_s.arg(i)}});
    m_bob->send(u"get_last_actions"_s);
    actions = m_bob->take(u"get_last_actions"_s)["payload"_L1].toArray();
    QCOMPARE(actions.size(), 20);
    QCOMPARE(actions.first()["type"_L1].toString(), u"c5"_s);
    QCOMPARE(actions.last()["type"_L1].toString(), u"c24"_s);
    QCOMPARE(actions.last()["userId"_L1].toString(), u"bob"_s);
}

void TestRequests::authAgain()
{
    m_bob->sendText(uR"({"type":"auth","data":{"appId":7}})"_s);
    QCOMPARE(m_bob->takePayload(u"error"_s)["requestType"_L1].toString(), u"auth"_s);
    m_bob->send(u"filter"_s, json(R"({"level":"error"})"));
    QVERIFY(m_bob->signIn(m_app + u"-two"_s, u"bob"_s));
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"first"_s, 1, 1, u"error"_s)}});
    QVERIFY(m_ann->sync());
    QVERIFY(m_ann->signIn(m_app + u"-two"_s, u"ann"_s));
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"hidden"_s, 1, 1)}});
    m_ann->send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"second"_s, 2, 1, u"error"_s)}});
    QVERIFY(m_bob->waitFor(u"logs"_s));
    QCOMPARE(messagesOf(m_bob->takeEntries()), QStringList{u"second2"_s});
}

VIGIE_TEST(TestRequests)
#include "tst_requests.moc"
