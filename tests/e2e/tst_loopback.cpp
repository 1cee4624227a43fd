// SPDX-License-Identifier: GPL-3.0-or-later
// Whose process comes by loopback: the owner's and root's need no token, other users' and what a proxy passes on do.
#include "harness.h"
#include "testmain.h"

#include <QJsonDocument>
#include <unistd.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

namespace {

constexpr uid_t nobody = 65534;
constexpr uid_t somebody = 64'321; // whom no machine knows

} // namespace

class TestLoopback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoComesIn_data();
    void whoComesIn();
    void othersComeInByToken();
    void othersMayAskToJoin();
    void aProxysClientsAreStrangers_data();
    void aProxysClientsAreStrangers();
    void aConnectionThatAProxySharesIsNotTheOwners();

private:
    /// How a sign-in of a process of `user` ends: "auth_success", or the error's code.
    static QString signIn(const VigieProcess& vigie, uid_t user, const QString& token = {});
    /// The status of a GET, or of several on one connection.
    static QList<int> statusesOf(const VigieProcess& vigie, uid_t user, const QList<QByteArray>& extras);
};

QString TestLoopback::signIn(const VigieProcess& vigie, uid_t user, const QString& token)
{
    Client client;
    {
        const SocketsOf other(user);
        client.socket().open(vigie.url());
    }
    if (!client.waitFor(u"connect"_s))
        return u"no connection"_s;
    client.send(u"auth"_s, QJsonObject{{u"appId"_s, u"shop"_s}, {u"userId"_s, u"ann"_s}, {u"token"_s, token}});
    waitUntil([&client] { return client.count(u"auth_success"_s) + client.count(u"auth_error"_s) > 0; });
    return client.count(u"auth_success"_s) > 0 ? u"auth_success"_s : client.takePayload(u"auth_error"_s)["code"_L1].toString();
}

QList<int> TestLoopback::statusesOf(const VigieProcess& vigie, uid_t user, const QList<QByteArray>& extras)
{
    RawClient client;
    {
        const SocketsOf other(user);
        client.connectTo(vigie);
    }
    QList<int> statuses;
    for (const QByteArray& extra : extras) {
        client.forget();
        client.write("GET /api/apps/shop/logs HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(vigie.port()) + "\r\n" + extra
                     + "\r\n");
        client.waitForText("}"); // an answer's end
        statuses.append(client.received().mid(9, 3).toInt());
    }
    return statuses;
}

void TestLoopback::whoComesIn_data()
{
    QTest::addColumn<uint>("owner"); // whom Vigie runs as
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<uint>("user"); // who comes
    QTest::addColumn<bool>("comesIn");
    const QStringList open{u"--open-loopback"_s};
    const QStringList closed{u"--require-token"_s};
    QTest::newRow("root to root") << 0U << QStringList() << 0U << true;
    QTest::newRow("nobody to root") << 0U << QStringList() << nobody << false;
    QTest::newRow("somebody to somebody") << somebody << QStringList() << somebody << true;
    QTest::newRow("root to somebody") << somebody << QStringList() << 0U << true;
    QTest::newRow("nobody to somebody") << somebody << QStringList() << nobody << false;
    QTest::newRow("nobody to nobody") << nobody << QStringList() << nobody << true;
    QTest::newRow("nobody, open") << 0U << open << nobody << true;
    QTest::newRow("nobody to somebody, open") << somebody << open << nobody << true;
    QTest::newRow("root, closed") << 0U << closed << 0U << false;
    QTest::newRow("nobody, closed") << 0U << closed << nobody << false;
}

void TestLoopback::whoComesIn()
{
    QFETCH(uint, owner);
    QFETCH(QStringList, flags);
    QFETCH(uint, user);
    QFETCH(bool, comesIn);
    if (geteuid() != 0 && (owner != 0 || user != 0))
        QSKIP("only root can be another user");
    VigieProcess vigie;
    if (owner != 0)
        QVERIFY(vigie.runAs(owner));
    QVERIFY(vigie.start(flags));
    QCOMPARE(signIn(vigie, user), comesIn ? u"auth_success"_s : u"token_needed"_s);
    QCOMPARE(statusesOf(vigie, user, {{}}), QList<int>{comesIn ? 200 : 401});
}

void TestLoopback::othersComeInByToken()
{
    if (geteuid() != 0)
        QSKIP("only root can be another user");
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QString token = vigie.addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"producer"_s});
    QVERIFY(waitUntil([&] { return signIn(vigie, nobody, token) == "auth_success"_L1; }));
}

void TestLoopback::othersMayAskToJoin()
{
    if (geteuid() != 0)
        QSKIP("only root can be another user");
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const auto answerTo = [&vigie](uid_t user) {
        Client client;
        {
            const SocketsOf other(user);
            client.socket().open(vigie.url());
        }
        client.waitFor(u"connect"_s);
        client.send(u"request_access"_s, QJsonObject{{u"appId"_s, u"shop"_s}, {u"userId"_s, u"ann"_s}});
        return client.takePayload(u"access_denied"_s)["code"_L1].toString();
    };
    QCOMPARE(answerTo(0), u"not_needed"_s);
    QCOMPARE(answerTo(nobody), u"nobody_there"_s); // there is no window whose owner could be asked
}

void TestLoopback::aProxysClientsAreStrangers_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<bool>("comesIn");
    for (const char* field : {"X-Forwarded-For: 192.0.2.1", "x-forwarded-for: 127.0.0.1", "Forwarded: for=127.0.0.1",
                              "X-Forwarded-Proto: https", "X-Forwarded-Host: ops.example", "X-Forwarded-Port: 443",
                              "X-Real-IP: 127.0.0.1", "Via: 1.1 proxy"})
        QTest::newRow(field) << QByteArray(field) + "\r\n" << QStringList() << false;
    QTest::newRow("no proxy") << QByteArray() << QStringList() << true;
    QTest::newRow("open") << QByteArray("X-Forwarded-For: 192.0.2.1\r\n") << QStringList{u"--open-loopback"_s} << true;
}

void TestLoopback::aProxysClientsAreStrangers()
{
    QFETCH(QByteArray, field);
    QFETCH(QStringList, flags);
    QFETCH(bool, comesIn);
    VigieProcess vigie;
    QVERIFY(vigie.start(flags));
    QCOMPARE(statusesOf(vigie, geteuid(), {field}), QList<int>{comesIn ? 200 : 401});
    RawClient client;
    QVERIFY(client.connectTo(vigie));
    client.write(RawClient::upgradeHead("127.0.0.1:" + QByteArray::number(vigie.port()), field));
    QVERIFY(client.waitForText("\"connect\""));
    client.sendFrame(R"({"type":"auth","data":{"appId":"shop","userId":"ann"}})");
    QVERIFY2(client.waitForText(comesIn ? "auth_success" : "token_needed"), client.received().constData());
}

void TestLoopback::aConnectionThatAProxySharesIsNotTheOwners()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QByteArray passedOn = "X-Forwarded-For: 192.0.2.1\r\n";
    QCOMPARE(statusesOf(vigie, geteuid(), {{}, passedOn, {}}), (QList<int>{200, 401, 401}));
}

VIGIE_TEST(TestLoopback)
#include "tst_loopback.moc"
