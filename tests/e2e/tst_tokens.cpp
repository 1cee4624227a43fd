// SPDX-License-Identifier: GPL-3.0-or-later
// Who may connect, and with which rights, in the real program: tokens made, listed, refused and revoked by the command line.

#include "harness.h"
#include "testmain.h"

#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>
#include <QTimer>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void withoutATokenNobodyIsLetIn();
    void rolesAreHeldTo_data();
    void rolesAreHeldTo();
    void aProducerReadsNothing();
    void aTokenIsForOneUserAndApplication();
    void revokedAtOnce();
    void expiresWhileConnected();
    void anotherAuthMayBeRefusedWithoutHarm();
    void httpAsksForTheSame();
    void limitsAreForAdmins();
    void guessingIsSlowedDown();
    void askingGivesNoMoreTime();
    void theAuditTellsAndKeepsSecrets();
    void namesInTablesCannotPretend();
    void nobodyFloodsTheAudit();
    void theCommandLineSaysWhatIsWrong_data();
    void theCommandLineSaysWhatIsWrong();
    void aMistypedFolderIsNotMade();
    void theSubprotocolMayBeNamed();

private:
    /// What `vigie ARGUMENTS` writes, on the same data folder.
    bool signIn(Client& client, const QString& token, const QString& appId = u"shop"_s, const QString& userId = u"ann"_s);
    /// The status of a GET, with its JSON.
    std::pair<int, QJsonObject> get(const QByteArray& path, const QString& token = {});

    std::unique_ptr<VigieProcess> m_vigie;
};

void TestTokens::init()
{
    m_vigie = std::make_unique<VigieProcess>();
}

bool TestTokens::signIn(Client& client, const QString& token, const QString& appId, const QString& userId)
{
    if (!client.isOpen() && !client.open(m_vigie->url()))
        return false;
    QJsonObject data{{u"appId"_s, appId}, {u"userId"_s, userId}};
    if (!token.isEmpty())
        data.insert(u"token"_s, token);
    client.send(u"auth"_s, data);
    return waitUntil([&] { return client.count(u"auth_success"_s) > 0 || client.count(u"auth_error"_s) > 0; })
        && client.count(u"auth_success"_s) > 0;
}

std::pair<int, QJsonObject> TestTokens::get(const QByteArray& path, const QString& token)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_vigie->port());
    const QByteArray bearer = token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token.toLatin1() + "\r\n";
    socket.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_vigie->port()) + "\r\n" + bearer
                 + "\r\n");
    QByteArray answer;
    const auto body = [&answer] { return answer.mid(answer.indexOf("\r\n\r\n") + 4); };
    waitUntil([&] {
        answer += socket.readAll();
        return answer.contains("\r\n\r\n") && !QJsonDocument::fromJson(body()).isNull();
    });
    return {answer.mid(9, 3).toInt(), QJsonDocument::fromJson(body()).object()};
}

void TestTokens::withoutATokenNobodyIsLetIn()
{
    const QString token = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    QVERIFY(token.startsWith(u"vigie_"_s));
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    for (const auto& [shown, why] :
         std::initializer_list<std::pair<QString, QString>>{{QString(), u"a token is needed"_s},
                                                            {u"vigie_nonsense"_s, u"the token is not known"_s},
                                                            {token.chopped(1), u"the token is not known"_s}}) {
        Client client;
        QVERIFY(!signIn(client, shown));
        QCOMPARE(client.takePayload(u"auth_error"_s)["message"_L1].toString(), why);
        // The client may try again; until then, all else is refused.
        client.send(u"request_history"_s);
        QVERIFY(!client.take(u"auth_error"_s).isEmpty());
        QCOMPARE(client.count(u"logs"_s), 0);
    }
    Client client;
    QVERIFY(signIn(client, token));
    QCOMPARE(client.takePayload(u"auth_success"_s),
             (QJsonObject{{u"appId"_s, u"shop"_s}, {u"userId"_s, u"ann"_s}, {u"role"_s, u"viewer"_s}}));
    QVERIFY(client.waitFor(u"metrics"_s));
}

void TestTokens::rolesAreHeldTo_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QStringList>("forbidden");
    const QStringList reads{u"filter"_s,          u"request_history"_s,  u"history"_s,
                            u"request_metrics"_s, u"get_last_actions"_s, u"subscribe"_s};
    const QStringList writes{u"logs"_s, u"send_metrics"_s};
    const QStringList operates{u"clear"_s, u"command"_s};
    QTest::newRow("viewer") << u"viewer"_s << writes + operates;
    QTest::newRow("producer") << u"producer"_s << reads + operates;
    QTest::newRow("operator") << u"operator"_s << QStringList();
    QTest::newRow("admin") << u"admin"_s << QStringList();
}

void TestTokens::rolesAreHeldTo()
{
    QFETCH(QString, role);
    QFETCH(QStringList, forbidden);
    const QString token = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s, u"--role"_s, role});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    Client client;
    QVERIFY(signIn(client, token));
    const std::pair<QString, QJsonObject> requests[] = {
        {u"filter"_s, {}},
        {u"request_history"_s, {}},
        {u"history"_s, {}},
        {u"request_metrics"_s, {}},
        {u"get_last_actions"_s, {}},
        {u"subscribe"_s, {{u"logs"_s, true}}},
        {u"logs"_s, {{u"logs"_s, QJsonArray{QJsonObject{{u"level"_s, u"info"_s}, {u"message"_s, u"from "_s + role}}}}}},
        {u"send_metrics"_s, {{u"metrics"_s, QJsonObject{{u"depth"_s, 3}}}}},
        {u"clear"_s, {}},
        {u"command"_s, {{u"type"_s, u"restart"_s}}},
    };
    for (const auto& [type, data] : requests) {
        client.forget();
        client.send(type, data);
        client.send(u"check_status"_s); // which everybody may
        QVERIFY(!client.take(u"status_response"_s).isEmpty());
        const QJsonObject error = client.count(u"error"_s) > 0 ? client.takePayload(u"error"_s) : QJsonObject();
        QCOMPARE(error["code"_L1].toString(), forbidden.contains(type) ? u"forbidden"_s : QString());
        if (!error.isEmpty())
            QCOMPARE(error["requestType"_L1].toString(), type);
    }
}

void TestTokens::aProducerReadsNothing()
{
    const QString sends = m_vigie->addToken({u"--user"_s, u"till"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"producer"_s});
    const QString all = m_vigie->addToken({u"--user"_s, u"boss"_s, u"--all-apps"_s, u"--role"_s, u"operator"_s});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    Client till;
    Client boss;
    QVERIFY(signIn(till, sends, u"shop"_s, u"till"_s));
    QVERIFY(signIn(boss, all, u"shop"_s, u"boss"_s));
    const QJsonObject entry{{u"level"_s, u"info"_s}, {u"message"_s, u"open"_s}};
    till.send(u"logs"_s, QJsonObject{{u"logs"_s, QJsonArray{entry}}, {u"ack"_s, true}});
    QVERIFY(!till.take(u"logs_ack"_s).isEmpty());
    QVERIFY(boss.waitFor(u"logs"_s));
    boss.send(u"send_metrics"_s, QJsonObject{{u"metrics"_s, QJsonObject{{u"revenue"_s, 999}}}});
    QVERIFY(boss.waitFor(u"app_metrics"_s));
    // Commands are for producers.
    boss.send(u"command"_s, QJsonObject{{u"type"_s, u"restart"_s}});
    QVERIFY(!till.take(u"command"_s).isEmpty());
    // A reader does not receive what readers normally get unasked.
    boss.send(u"subscribe"_s, QJsonObject{{u"metrics"_s, QJsonObject{{u"intervalMs"_s, 250}}}});
    boss.forget();
    QVERIFY(boss.waitFor(u"metrics"_s, 2));
    till.send(u"check_status"_s);
    QVERIFY(!till.take(u"status_response"_s).isEmpty());
    for (const QJsonObject& message : till.messages())
        QVERIFY2(!QStringList({u"logs"_s, u"metrics"_s, u"app_metrics"_s}).contains(message["type"_L1].toString()),
                 QJsonDocument(message).toJson().constData());
    QCOMPARE(get("/api/apps/shop/logs", sends).first, 403);
}

void TestTokens::aTokenIsForOneUserAndApplication()
{
    const QString token = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    Client client;
    QVERIFY(!signIn(client, token, u"bank"_s));
    QCOMPARE(client.takePayload(u"auth_error"_s)["message"_L1].toString(), u"the token is for another application"_s);
    QVERIFY(!signIn(client, token, u"shop"_s, u"bob"_s));
    QCOMPARE(client.takePayload(u"auth_error"_s)["message"_L1].toString(), u"the token is for another user"_s);
    // The URL cannot bypass this.
    Client byUrl;
    QVERIFY(byUrl.open(m_vigie->url(u"?appId=bank&userId=ann&token="_s + token)));
    byUrl.send(u"auth"_s);
    QCOMPARE(byUrl.takePayload(u"auth_error"_s)["message"_L1].toString(), u"a token is needed"_s);
    byUrl.send(u"auth"_s, QJsonObject{{u"token"_s, token}});
    QCOMPARE(byUrl.takePayload(u"auth_error"_s)["message"_L1].toString(), u"the token is for another application"_s);
    // A token alone is enough.
    Client alone;
    QVERIFY(alone.open(m_vigie->url()));
    alone.send(u"auth"_s, QJsonObject{{u"token"_s, token}});
    QCOMPARE(alone.takePayload(u"auth_success"_s)["appId"_L1].toString(), u"shop"_s);
}

void TestTokens::revokedAtOnce()
{
    const QString first = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    const QString second = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    const QString third = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"bank"_s});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    Client revoked;
    Client other;
    Client bank;
    QVERIFY(signIn(revoked, first));
    QVERIFY(signIn(other, second));
    QVERIFY(signIn(bank, third, u"bank"_s));
    m_vigie->command({u"token"_s, u"revoke"_s, u"1"_s});
    QVERIFY(revoked.waitForClose());
    QCOMPARE(int(revoked.socket().closeCode()), 4001);
    QCOMPARE(revoked.socket().closeReason(), u"the token was revoked"_s);
    Client again;
    QVERIFY(!signIn(again, first));
    QCOMPARE(again.takePayload(u"auth_error"_s)["message"_L1].toString(), u"the token was revoked"_s);
    QVERIFY(other.isOpen() && other.sync());
    m_vigie->command({u"app"_s, u"remove"_s, u"bank"_s});
    QVERIFY(bank.waitForClose());
    QVERIFY(other.isOpen() && other.sync());
    // A token made while Vigie runs is valid at once.
    const QString later = m_vigie->addToken({u"--user"_s, u"bob"_s, u"--app"_s, u"shop"_s});
    QVERIFY(waitUntil([&] {
        Client bob;
        return signIn(bob, later, u"shop"_s, u"bob"_s);
    }));
}

void TestTokens::expiresWhileConnected()
{
    // Its lifetime starts when it is made, so nothing slow may happen before the sign-in.
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    const QString token = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s, u"--expires"_s, u"8s"_s});
    std::unique_ptr<Client> client;
    QVERIFY(waitUntil([&] {
        client = std::make_unique<Client>();
        return signIn(*client, token);
    }));
    QVERIFY(client->waitForClose(2 * longWaitMs));
    QCOMPARE(int(client->socket().closeCode()), 4001);
    QCOMPARE(client->socket().closeReason(), u"the token has expired"_s);
}

void TestTokens::anotherAuthMayBeRefusedWithoutHarm()
{
    const QString token = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    Client client;
    QVERIFY(signIn(client, token));
    client.send(u"auth"_s, QJsonObject{{u"appId"_s, u"bank"_s}, {u"token"_s, token}});
    const QJsonObject error = client.takePayload(u"error"_s);
    QCOMPARE(error["code"_L1].toString(), u"forbidden"_s);
    QCOMPARE(error["requestType"_L1].toString(), u"auth"_s);
    QVERIFY(client.sync());
}

void TestTokens::httpAsksForTheSame()
{
    const QString token = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    for (const QByteArray path :
         {"/api/apps/shop/logs", "/api/apps/shop/counts", "/api/apps/shop/metrics", "/api/metrics", "/api/processes"}) {
        const auto [status, refusal] = get(path);
        QCOMPARE(status, 401);
        QCOMPARE(refusal["message"_L1].toString(), u"a token is needed"_s);
        QCOMPARE(get(path, token).first, 200);
        QCOMPARE(get(path + "?token=" + token.toLatin1()).first, 401); // never in a URL
        // Nor is it told back to who put it there all the same.
        for (const QByteArray& query : {"?token=" + token.toLatin1(), "?" + token.toLatin1()}) {
            const auto [misplaced, answer] = get(path + query, token);
            QCOMPARE(misplaced, 400);
            QVERIFY2(!QJsonDocument(answer).toJson().contains(token.left(12).toLatin1()), query.constData());
        }
    }
    QCOMPARE(get("/api/apps/bank/logs", token).first, 401);
    QCOMPARE(get("/api/apps/shop%2f..%2fbank/logs", token).first, 401);
    QCOMPARE(get("/api/apps/bank/logs", token).second["message"_L1].toString(), u"the token is for another application"_s);
    QCOMPARE(get("/api/metrics", u"vigie_nonsense"_s).first, 401);
}

void TestTokens::limitsAreForAdmins()
{
    QHash<QString, QString> tokens;
    for (const QString& role : {u"viewer"_s, u"producer"_s, u"operator"_s, u"admin"_s})
        tokens.insert(role, m_vigie->addToken({u"--user"_s, role, u"--all-apps"_s, u"--role"_s, role}));
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    QCOMPARE(get("/api/limits").first, 401);
    for (const auto& [role, token] : tokens.asKeyValueRange()) {
        const auto [status, answer] = get("/api/limits", token);
        QCOMPARE(status, role == "admin"_L1 ? 200 : 403);
        QCOMPARE(answer["code"_L1].toString(), role == "admin"_L1 ? QString() : u"forbidden"_s);
    }
}

void TestTokens::guessingIsSlowedDown()
{
    const QString token = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(get("/api/metrics", u"vigie_guess%1"_s.arg(i)).first, 401);
    // The first wait is one second, which may have passed on a slow machine; but each is twice as long as the one before.
    constexpr int maxTries = 8;
    int status = 401;
    for (int i = 0; i < maxTries && status == 401; ++i)
        status = get("/api/metrics", u"vigie_guess"_s).first;
    QCOMPARE(status, 429);
    // Over WebSocket as well, and in words.
    const QString wanted = u"too many failed sign-ins, try again in "_s;
    Client client;
    QString refusal;
    for (int i = 0; i < maxTries && !refusal.startsWith(wanted); ++i) {
        QVERIFY(!signIn(client, u"vigie_guess"_s));
        refusal = client.takePayload(u"auth_error"_s)["message"_L1].toString();
    }
    QVERIFY2(refusal.startsWith(wanted), qPrintable(refusal));
    // Failures of others do not delay the holder of a token.
    Client another;
    QVERIFY(signIn(another, token));
    QCOMPARE(get("/api/metrics", token).first, 200);
    // Many failures on one connection close it.
    for (int i = 0; i < 60; ++i)
        client.send(u"auth"_s, QJsonObject{{u"token"_s, u"vigie_guess"_s}, {u"appId"_s, u"shop"_s}});
    QVERIFY(client.waitForClose());
    QCOMPARE(int(client.socket().closeCode()), 4005);
}

void TestTokens::askingGivesNoMoreTime()
{
    QVERIFY(m_vigie->setLimits({{u"signInSeconds"_s, 2}}));
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    // Nobody is there to answer, and asking all the same does not prolong the connection.
    Client client;
    QVERIFY(client.open(m_vigie->url()));
    QTimer asking;
    connect(&asking, &QTimer::timeout, &client, [&client] {
        client.send(u"request_access"_s, QJsonObject{{u"userId"_s, u"eve"_s}, {u"appId"_s, u"shop"_s}});
    });
    asking.start(500);
    QVERIFY(client.waitForClose());
    QCOMPARE(int(client.socket().closeCode()), 1008);
    QVERIFY(client.count(u"access_denied"_s) > 0);
}

void TestTokens::theAuditTellsAndKeepsSecrets()
{
    const QString token = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"operator"_s});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    Client client;
    QVERIFY(!signIn(client, u"vigie_s3cretguess"_s));
    client.forget();
    QVERIFY(signIn(client, token));
    client.send(u"command"_s, QJsonObject{{u"type"_s, u"restart"_s}});
    client.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, 1, 1)}});
    client.send(u"clear"_s);
    QVERIFY(client.sync());
    QCOMPARE(m_vigie->stop(), 0); // and nothing of it is lost then
    QStringList events;
    for (const QByteArray& line : m_vigie->command({u"audit"_s, u"--json"_s}).split('\n')) {
        const QJsonObject event = QJsonDocument::fromJson(line).object();
        if (!event.isEmpty())
            events.append(event["event"_L1].toString() + u' ' + event["detail"_L1].toString());
    }
    QCOMPARE(events, QStringList({u"app_added "_s, u"token_added token 1, operator"_s, u"refused the token is not known"_s,
                                  u"signed_in operator"_s, u"commanded restart"_s, u"cleared "_s}));
    QVERIFY(m_vigie->command({u"token"_s, u"list"_s}).contains("Operator"));
    // No token appears anywhere, whole or guessed.
    QVERIFY(!m_vigie->err().contains("vigie_") && !m_vigie->out().contains("vigie_"));
    QDirIterator files(m_vigie->dataDir(), QDir::Files, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains(token.toLatin1()) && !bytes.contains("s3cretguess"), qPrintable(file.fileName()));
        ++looked;
    }
    QVERIFY(looked >= 2);
}

void TestTokens::namesInTablesCannotPretend()
{
    // U+009B starts a terminal command, U+202E reverses the text direction.
    m_vigie->addToken({u"--user"_s, u"eve\u009b2J"_s, u"--app"_s, u"\u202eshop"_s});
    const QString tokens = QString::fromUtf8(m_vigie->command({u"token"_s, u"list"_s}));
    QVERIFY2(tokens.contains(u"eve\ufffd2J"_s) && tokens.contains(u"\ufffdshop"_s), qPrintable(tokens));
    QCOMPARE(QString::fromUtf8(m_vigie->command({u"app"_s, u"list"_s})), u"\ufffdshop\n"_s);
}

void TestTokens::nobodyFloodsTheAudit()
{
    const QString operates = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"operator"_s});
    const QString reads = m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    Client viewer;
    QVERIFY(signIn(viewer, reads));
    for (int i = 0; i < 10; ++i)
        viewer.send(u"clear"_s);
    QVERIFY(viewer.sync());
    Client client;
    QVERIFY(signIn(client, operates));
    for (int i = 0; i < 500; ++i) {
        client.send(u"command"_s, QJsonObject{{u"type"_s, u"restart"_s}});
        client.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, i, 1)}}); // or there is nothing to clear
        client.send(u"clear"_s);
    }
    QVERIFY(client.sync());
    QCOMPARE(m_vigie->stop(), 0); // what was left out is told then
    QMap<QString, int> lines;
    QMap<QString, int> all;
    QStringList refused;
    for (const QByteArray& line : m_vigie->command({u"audit"_s, u"--json"_s}).split('\n')) {
        const QJsonObject event = QJsonDocument::fromJson(line).object();
        const QString kind = event["event"_L1].toString();
        static const QRegularExpression more(u"^and (\\d+) more$"_s);
        const QRegularExpressionMatch match = more.match(event["detail"_L1].toString());
        ++lines[kind];
        all[kind] += match.hasMatch() ? match.captured(1).toInt() : 1;
        if (kind == "refused"_L1)
            refused.append(event["userId"_L1].toString() + u' ' + event["detail"_L1].toString());
    }
    for (const QString& kind : {u"commanded"_s, u"cleared"_s}) {
        QCOMPARE(all[kind], 500);
        QVERIFY2(lines[kind] < 250, qPrintable(QString::number(lines[kind])));
    }
    QVERIFY(!refused.isEmpty() && refused.size() < 5);
    QCOMPARE(refused.first(), u"ann clear: the role viewer may not clear or command"_s);
}

void TestTokens::theCommandLineSaysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("no action") << QStringList{u"token"_s} << 2;
    QTest::newRow("unknown action") << QStringList{u"token"_s, u"make"_s} << 2;
    QTest::newRow("no user") << QStringList{u"token"_s, u"add"_s, u"--app"_s, u"shop"_s} << 2;
    QTest::newRow("no application") << QStringList{u"token"_s, u"add"_s, u"--user"_s, u"ann"_s} << 2;
    QTest::newRow("both") << QStringList{u"token"_s, u"add"_s, u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s, u"--all-apps"_s}
                          << 2;
    QTest::newRow("role") << QStringList{u"token"_s, u"add"_s,  u"--user"_s, u"ann"_s,
                                         u"--app"_s, u"shop"_s, u"--role"_s, u"king"_s}
                          << 2;
    for (const char* time : {"", "d", "5", "-5d", "5w", "1.5h", "99999999d"})
        QTest::addRow("expires %s", time) << QStringList{u"token"_s, u"add"_s,  u"--user"_s,    u"ann"_s,
                                                         u"--app"_s, u"shop"_s, u"--expires"_s, QString::fromLatin1(time)}
                                          << 2;
    QTest::newRow("no number") << QStringList{u"token"_s, u"revoke"_s} << 2;
    QTest::newRow("no such token") << QStringList{u"token"_s, u"revoke"_s, u"7"_s} << 1;
    QTest::newRow("nameless application") << QStringList{u"app"_s, u"add"_s} << 2;
    QTest::newRow("no such application") << QStringList{u"app"_s, u"remove"_s, u"shop"_s} << 1;
    QTest::newRow("too much") << QStringList{u"app"_s, u"list"_s, u"shop"_s} << 2;
}

void TestTokens::theCommandLineSaysWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QProcess process;
    process.setProgram(programPath());
    process.setArguments(arguments + QStringList{u"--data-dir"_s, m_vigie->dataDir()});
    process.start();
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), code);
    const QByteArray complaint = process.readAllStandardError();
    QVERIFY2(complaint.startsWith("vigie: ") && complaint.count('\n') == 1, complaint.constData());
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

void TestTokens::aMistypedFolderIsNotMade()
{
    const QString typo = m_vigie->dataDir() + u"/tpyo"_s;
    for (const QStringList& words : {QStringList{u"token"_s, u"list"_s}, {u"app"_s, u"list"_s}, {u"audit"_s},
                                     {u"token"_s, u"revoke"_s, u"1"_s}, {u"app"_s, u"remove"_s, u"shop"_s}}) {
        QCOMPARE(m_vigie->run(words + QStringList{u"--data-dir"_s, typo}), 1);
        QVERIFY2(m_vigie->err().contains("There is no data folder"), m_vigie->err().constData());
        QVERIFY(!QFile::exists(typo));
    }
}

void TestTokens::theSubprotocolMayBeNamed()
{
    QVERIFY(m_vigie->start());
    for (const QByteArray offered : {"vigie.v1", "chat, vigie.v1"}) {
        RawClient client;
        QVERIFY(client.connectTo(*m_vigie));
        client.write("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_vigie->port())
                     + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " + offered + "\r\n\r\n");
        QVERIFY(client.waitForText("Sec-WebSocket-Protocol: vigie.v1\r\n"));
    }
}

VIGIE_TEST(TestTokens)
#include "tst_tokens.moc"
