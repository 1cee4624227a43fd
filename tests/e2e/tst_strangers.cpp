// SPDX-License-Identifier: GPL-3.0-or-later
// A client without a token, or with one of another application, gets nothing and changes nothing, whatever it sends.
#include "siege.h"
#include "testmain.h"

#include <QJsonDocument>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestStrangers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void strangersGetNothing_data();
    void strangersGetNothing();
    void othersGetNothingOfOurs_data();
    void othersGetNothingOfOurs();
    void othersGetNothingOfOursOverHttp_data();
    void othersGetNothingOfOursOverHttp();
    void cleanupTestCase();

private:
    QByteArray get(const QByteArray& path, const QString& token);

    SiegeFixture m_besieged;
};

void TestStrangers::initTestCase()
{
    QVERIFY(m_besieged.start());
    QVERIFY(waitUntil([this] { return m_besieged.sent() >= 20; })); // "honest 5" is there to be named
}

void TestStrangers::cleanupTestCase()
{
    QVERIFY2(m_besieged.waitForAll(), qPrintable(m_besieged.complaint()));
    QVERIFY(m_besieged.stop());
}

void TestStrangers::strangersGetNothing_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("answer");
    for (const char* message : {
             R"({"type":"logs","data":{"logs":[{"level":"info","message":"x"}],"ack":true}})",
             R"({"type":"filter","data":{}})",
             R"({"type":"request_history"})",
             R"({"type":"history"})",
             R"({"type":"request_metrics"})",
             R"({"type":"subscribe","data":{"detail":true}})",
             R"({"type":"send_metrics","data":{"metrics":{"a":1}}})",
             R"({"type":"metrics","data":{"metrics":{"a":1}}})",
             R"({"type":"clear"})",
             R"({"type":"check_status"})",
             R"({"type":"command","data":{"type":"stop"}})",
             R"({"type":"get_last_actions"})",
             R"({"type":"auth_success"})",
             R"({"type":""})",
         })
        QTest::newRow(message) << QByteArray(message) << u"auth_error"_s;
    const auto row = [](const char* name, const QJsonObject& data) {
        const QJsonObject message{{u"type"_s, u"auth"_s}, {u"data"_s, data}};
        QTest::newRow(name) << QJsonDocument(message).toJson(QJsonDocument::Compact) << u"auth_error"_s;
    };
    const QString& bank = m_besieged.bankToken();
    row("no token", {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"ann"_s}});
    row("revoked", {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"eve"_s}, {u"token"_s, m_besieged.revokedToken()}});
    row("other application", {{u"appId"_s, u"shop"_s}, {u"token"_s, bank}});
    row("other user", {{u"appId"_s, u"bank"_s}, {u"userId"_s, u"ann"_s}, {u"token"_s, bank}});
    row("no text", {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"ann"_s}, {u"token"_s, QJsonObject{{u"$ne"_s, QString()}}}});
    // There is no window whose owner could be asked.
    QTest::newRow("may I?") << QByteArray(R"({"type":"request_access","data":{"userId":"eve","appId":"shop"}})")
                            << u"access_denied"_s;
    QTest::newRow("may nobody?") << QByteArray(R"({"type":"request_access"})") << u"error"_s;
}

void TestStrangers::strangersGetNothing()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, answer);
    const auto client = m_besieged.attacker();
    QVERIFY(client);
    QByteArray all;
    QStringList types;
    const auto isTold = [&](const QString& type) {
        while (const auto frame = client->nextFrame()) {
            all += frame->payload;
            types.append(QJsonDocument::fromJson(frame->payload)["type"_L1].toString());
            if (types.last() == type)
                return true;
        }
        return false;
    };
    client->sendFrame(message);
    QVERIFY2(isTold(answer), all.constData());
    // Not even what others receive in the meantime.
    const int before = m_besieged.sent();
    QVERIFY(waitUntil([&] { return m_besieged.sent() > before + 10; }));
    client->sendFrame(R"({"type":"check_status"})");
    QVERIFY2(isTold(u"auth_error"_s), all.constData());
    QCOMPARE(types, (QStringList{u"connect"_s, answer, u"auth_error"_s}));
    QVERIFY2(!all.contains("honest") && !client->received().contains("honest"), all.constData());
}

void TestStrangers::othersGetNothingOfOurs_data()
{
    QTest::addColumn<QJsonObject>("message");
    // Each message type as intended, then with the shop's values in every possible field.
    const QJsonObject entry{{u"level"_s, u"info"_s},
                            {u"message"_s, u"forged"_s},
                            {u"appId"_s, u"shop"_s},
                            {u"userId"_s, u"till"_s},
                            {u"id"_s, u"honest 5"_s}};
    const std::pair<QString, QJsonObject> types[] = {
        {u"auth"_s, {{u"since"_s, u"honest 5"_s}}},
        {u"request_access"_s, {{u"userId"_s, u"eve"_s}, {u"appId"_s, u"shop"_s}}},
        {u"logs"_s, {{u"logs"_s, QJsonArray{entry}}, {u"ack"_s, true}}},
        {u"filter"_s, {{u"search"_s, u"honest"_s}, {u"level"_s, u"info"_s}}},
        {u"request_history"_s, {{u"before"_s, u"honest 15"_s}, {u"limit"_s, 1000}}},
        {u"history"_s, {{u"before"_s, u"honest 15"_s}, {u"limit"_s, 1000}}},
        {u"request_metrics"_s, {}},
        {u"subscribe"_s, {{u"logs"_s, true}, {u"detail"_s, true}}},
        {u"send_metrics"_s, {{u"metrics"_s, QJsonObject{{u"appId"_s, u"shop"_s}}}}},
        {u"clear"_s, {{u"before"_s, u"honest 15"_s}}},
        {u"check_status"_s, {}},
        {u"command"_s, {{u"type"_s, u"stop"_s}, {u"data"_s, QJsonObject{{u"appId"_s, u"shop"_s}}}}},
        {u"get_last_actions"_s, {}},
    };
    for (const auto& [type, data] : types) {
        const auto row = [&type](const char* name, QJsonObject message) {
            message.insert(u"type"_s, type);
            QTest::addRow("%s, %s", qPrintable(type), name) << message;
        };
        QJsonObject named = data;
        named.insert(u"appId"_s, u"shop"_s);
        QJsonObject fully = named;
        fully.insert(u"userId"_s, u"till"_s);
        row("plain", {{u"data"_s, data}});
        row("appId in data", {{u"data"_s, named}});
        row("both in data", {{u"data"_s, fully}});
        row("both beside data", {{u"data"_s, data}, {u"appId"_s, u"shop"_s}, {u"userId"_s, u"till"_s}});
        row("both in filters", {{u"data"_s, data}, {u"filters"_s, fully}});
        row("both where the answer is named",
            {{u"data"_s, data}, {u"ws_sent_config"_s, QJsonObject{{u"appId"_s, u"shop"_s}, {u"response_type"_s, u"logs"_s}}}});
    }
}

void TestStrangers::othersGetNothingOfOurs()
{
    QFETCH(QJsonObject, message);
    const int first = m_besieged.sent();
    const auto client = m_besieged.attacker(m_besieged.bankToken());
    QVERIFY(client);
    client->sendFrame(QJsonDocument(message).toJson(QJsonDocument::Compact));
    QVERIFY(waitUntil([&] { return m_besieged.sent() > first + 4; }));
    client->sendFrame(R"({"type":"check_status"})");
    QByteArray all;
    int answers = message["type"_L1] == "check_status"_L1 ? 2 : 1;
    while (answers > 0) {
        const auto frame = client->nextFrame();
        QVERIFY2(frame && frame->opcode == 1, all.constData());
        all += frame->payload;
        answers -= frame->payload.contains("status_response") ? 1 : 0;
    }
    // The shop's entries start with this text; what eve forged is the bank's alone, under the same id.
    QVERIFY2(!all.contains(R"("message":"honest)"), all.constData());
    QVERIFY(m_besieged.viewer().isOpen() && m_besieged.producer().isOpen());
    for (Client* honest : {&m_besieged.viewer(), &m_besieged.producer()}) {
        for (const QString& type : {u"clear"_s, u"command"_s, u"app_metrics"_s})
            QCOMPARE(honest->count(type), 0);
    }
    QVERIFY2(m_besieged.waitForAll(), qPrintable(m_besieged.complaint()));
}

QByteArray TestStrangers::get(const QByteArray& path, const QString& token)
{
    RawClient client;
    if (!client.connectTo(m_besieged.vigie()))
        return "no connection";
    client.write("GET " + path + " HTTP/1.1\r\nHost: " + m_besieged.host() + "\r\nAuthorization: Bearer " + token.toLatin1()
                 + "\r\n\r\n");
    client.waitForText("\n\r\n"); // the head; what follows came with it, or is not looked at
    waitUntil([&] { return client.received().contains('}') || !client.received().contains("HTTP/1.1 200"); });
    return client.received();
}

void TestStrangers::othersGetNothingOfOursOverHttp_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    for (const char* path : {"/api/apps/shop/logs", "/api/apps/shop/counts", "/api/apps/shop/metrics",
                             "/api/apps/bank%2f..%2fshop/logs", "/api/apps/bank/../shop/logs"})
        QTest::newRow(path) << QByteArray(path) << 401;
    for (const char* query : {"before=honest%2015", "cursor=16", "cursor=1099511627775", "q=honest", "user=till",
                              "before=honest%2015&limit=1000"})
        QTest::newRow(query) << QByteArray("/api/apps/bank/logs?") + query << 200;
    for (const char* query : {"cursor=1099511627776", "q=honest&cursor=18446744073709551615"})
        QTest::newRow(query) << QByteArray("/api/apps/bank/logs?") + query << 400;
    QTest::newRow("appId") << QByteArray("/api/apps/bank/logs?appId=shop") << 400;
}

void TestStrangers::othersGetNothingOfOursOverHttp()
{
    QFETCH(QByteArray, path);
    const QByteArray answer = get(path, m_besieged.bankToken());
    QTEST(answer.mid(9, 3).toInt(), "status");
    QVERIFY2(!answer.contains(R"("message":"honest)"), answer.constData());
}

VIGIE_TEST(TestStrangers)
#include "tst_strangers.moc"
