// SPDX-License-Identifier: GPL-3.0-or-later
#include "oneport.h"
#include "server/net/peeruser.h"
#include "testmain.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <arpa/inet.h>
#include <memory>
#include <sys/fsuid.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr uid_t nobody = 65534;

/// A connection within this machine: a client that a test may close, and what the server has of it.
struct Pair
{
    test::OnePort server;
    QTcpSocket client;
    std::unique_ptr<Connection> accepted;

    bool connect(const QString& listens, const QString& calls)
    {
        if (!server.listen(listens.isEmpty() ? QHostAddress(QHostAddress::Any) : QHostAddress(listens)))
            return false;
        client.connectToHost(QHostAddress(calls), server.serverPort());
        return client.waitForConnected() && accept();
    }
    bool accept()
    {
        accepted = server.take();
        return accepted != nullptr;
    }
    PeerEnds ends() const
    {
        const auto [address, port] = accepted->localEnd();
        return {accepted->peerAddress(), accepted->peerPort(), address, port};
    }
};

QByteArray tableOf(const char* path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestPeerUser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ourOwnIsFound_data();
    void ourOwnIsFound();
    void anothersIsFound();
    void whatNobodyHasAnyMoreIsNobodys();
    void halfClosedIsStillTheirs();
    void whoListensIsNotTaken();
    void itIsAskedOnce();
    void whatAProxyPassesOnIsNotTheOwners();
    void tablesAreRead_data();
    void tablesAreRead();
    void whoIsOurs_data();
    void whoIsOurs();
};

void TestPeerUser::ourOwnIsFound_data()
{
    QTest::addColumn<QString>("listens");
    QTest::addColumn<QString>("calls");
    QTest::newRow("IPv4") << u"127.0.0.1"_s << u"127.0.0.1"_s;
    QTest::newRow("another address of loopback") << u"127.9.8.7"_s << u"127.9.8.7"_s;
    QTest::newRow("IPv6") << u"::1"_s << u"::1"_s;
    QTest::newRow("IPv4 where both are listened on") << QString() << u"127.0.0.1"_s;
    QTest::newRow("mapped") << u"127.0.0.1"_s << u"::ffff:127.0.0.1"_s;
}

void TestPeerUser::ourOwnIsFound()
{
    QFETCH(QString, listens);
    QFETCH(QString, calls);
    Pair pair;
    QVERIFY(pair.connect(listens, calls));
    QCOMPARE(userOfPeer(pair.ends()), std::optional<uid_t>(geteuid()));
    // The other way, in one of the two tables.
    const auto inTables = userInTable(tableOf("/proc/self/net/tcp") + tableOf("/proc/self/net/tcp6"), pair.ends());
    QCOMPARE(inTables, std::optional<uid_t>(geteuid()));
    QVERIFY(isOwnersProcess(*pair.accepted));
}

void TestPeerUser::anothersIsFound()
{
    if (geteuid() != 0)
        QSKIP("only root can be another user");
    Pair pair;
    QVERIFY(pair.server.listen(QHostAddress::LocalHost));
    // A socket is of whoever makes it.
    setfsuid(nobody);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setfsuid(0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(pair.server.serverPort());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QCOMPARE(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    pair.client.setSocketDescriptor(socket);
    QVERIFY(pair.accept());
    QCOMPARE(userOfPeer(pair.ends()), std::optional<uid_t>(nobody));
    QCOMPARE(userInTable(tableOf("/proc/self/net/tcp"), pair.ends()), std::optional<uid_t>(nobody));
    QVERIFY(!isOwnersProcess(*pair.accepted));
}

void TestPeerUser::whatNobodyHasAnyMoreIsNobodys()
{
    // The kernel says of both that they are root's.
    Pair pair;
    QVERIFY(pair.connect(u"127.0.0.1"_s, u"127.0.0.1"_s));
    const PeerEnds ends = pair.ends();
    pair.client.abort();
    QTRY_VERIFY(!userOfPeer(ends));
    QVERIFY(!isOwnersProcess(*pair.accepted));
    pair.accepted.reset();
    QVERIFY(!userOfPeer(ends)); // in TIME_WAIT

    // One that is closed in order waits for our end.
    Pair second;
    QVERIFY(second.connect(u"127.0.0.1"_s, u"127.0.0.1"_s));
    const PeerEnds waiting = second.ends();
    const int client = dup(int(second.client.socketDescriptor()));
    second.client.abort();
    QCOMPARE(userOfPeer(waiting), std::optional<uid_t>(geteuid())); // the other descriptor holds it
    ::close(client);
    QVERIFY(!userOfPeer(waiting));
}

void TestPeerUser::halfClosedIsStillTheirs()
{
    Pair pair;
    QVERIFY(pair.connect(u"127.0.0.1"_s, u"127.0.0.1"_s));
    QCOMPARE(::shutdown(int(pair.client.socketDescriptor()), SHUT_WR), 0);
    QCOMPARE(userOfPeer(pair.ends()), std::optional<uid_t>(geteuid()));
}

void TestPeerUser::whoListensIsNotTaken()
{
    // Without a connection from there the kernel gives the one who listens on that port.
    Pair pair;
    QVERIFY(pair.connect(u"127.0.0.1"_s, u"127.0.0.1"_s));
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    PeerEnds ends = pair.ends();
    ends.peerPort = other.serverPort();
    QVERIFY(!userOfPeer(ends));
}

void TestPeerUser::itIsAskedOnce()
{
    Pair pair;
    QVERIFY(pair.connect(u"127.0.0.1"_s, u"127.0.0.1"_s));
    QVERIFY(isOwnersProcess(*pair.accepted));
    const PeerEnds ends = pair.ends();
    pair.client.abort();
    QTRY_VERIFY(!userOfPeer(ends));
    QVERIFY(isOwnersProcess(*pair.accepted));
}

void TestPeerUser::whatAProxyPassesOnIsNotTheOwners()
{
    for (const bool isKnown : {false, true}) {
        Pair pair;
        QVERIFY(pair.connect(u"127.0.0.1"_s, u"127.0.0.1"_s));
        if (isKnown)
            QVERIFY(isOwnersProcess(*pair.accepted));
        noteProxy(*pair.accepted);
        QVERIFY(!isOwnersProcess(*pair.accepted));
    }
}

void TestPeerUser::tablesAreRead_data()
{
    // The words of an address are written as numbers of this machine.
    const auto word = [](quint32 inMemory) { return QByteArray::number(inMemory, 16).toUpper().rightJustified(8, '0'); };
    const QByteArray ours = word(htonl(0x7f000001)) + ":0BB9";
    const QByteArray theirs = word(htonl(0x7f000001)) + ":A3E8";
    const QByteArray mapped = word(0) + word(0) + word(htonl(0xffff)) + theirs;
    const QByteArray mappedOurs = word(0) + word(0) + word(htonl(0xffff)) + ours;
    const auto line = [](const QByteArray& own, const QByteArray& other, const QByteArray& user, const QByteArray& inode) {
        return "   1: " + own + ' ' + other + " 01 00000000:00000000 00:00000000 00000000  " + user + "        0 " + inode
               + " 1 00000000d8ef0dcb 100 0 0 10 0\n";
    };
    const QByteArray head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<int>("user");
    QTest::newRow("empty") << QByteArray() << -1;
    QTest::newRow("head alone") << head << -1;
    QTest::newRow("there") << head + line(theirs, ours, "1000", "239") << 1000;
    QTest::newRow("mapped") << head + line(mapped, mappedOurs, "1000", "239") << 1000;
    QTest::newRow("our own end") << head + line(ours, theirs, "1000", "239") << -1;
    QTest::newRow("no process has it") << head + line(theirs, ours, "0", "0") << -1;
    QTest::newRow("behind another") << head + line(ours, theirs, "0", "7") + line(theirs, ours, "1000", "239") << 1000;
    QTest::newRow("cut") << head + line(theirs, ours, "1000", "239").left(80) << -1;
    QTest::newRow("no number") << head + line(theirs, ours, "x", "239") << -1;
    QTest::newRow("no port") << head + line(theirs.left(8), ours, "1000", "239") << -1;
}

void TestPeerUser::tablesAreRead()
{
    QFETCH(QByteArray, table);
    QFETCH(int, user);
    const QHostAddress loopback(QHostAddress::LocalHost);
    QCOMPARE(userInTable(table, {loopback, 0xa3e8, loopback, 0x0bb9}), user < 0 ? std::nullopt : std::optional(uid_t(user)));
}

void TestPeerUser::whoIsOurs_data()
{
    QTest::addColumn<uint>("user");
    QTest::addColumn<uint>("own");
    QTest::addColumn<int>("overflow");
    QTest::addColumn<bool>("isOurs");
    QTest::newRow("the owner") << 1000U << 1000U << -1 << true;
    QTest::newRow("root") << 0U << 1000U << -1 << true;
    QTest::newRow("another") << 1001U << 1000U << -1 << false;
    QTest::newRow("another, to root") << 1001U << 0U << -1 << false;
    QTest::newRow("nobody, to nobody") << 65534U << 65534U << -1 << true;
    // In a namespace of few users that number stands for all others.
    QTest::newRow("anybody, to nobody") << 65534U << 65534U << 65534 << false;
    QTest::newRow("the owner, in a namespace") << 1000U << 1000U << 65534 << true;
}

void TestPeerUser::whoIsOurs()
{
    QFETCH(uint, user);
    QFETCH(uint, own);
    QFETCH(int, overflow);
    QTEST(isOwnUser(user, own, overflow < 0 ? std::nullopt : std::optional(uid_t(overflow))), "isOurs");
}

VIGIE_TEST(TestPeerUser)
#include "tst_peeruser.moc"
