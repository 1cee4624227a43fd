// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/connectioncounter.h"
#include "testmain.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <arpa/inet.h>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace vigie;

namespace {

/// Connections of this process to itself over loopback.
class LoopbackConnections
{
public:
    ~LoopbackConnections()
    {
        for (const int fd : m_fds)
            ::close(fd);
    }

    /// Two ends each. False where the machine lacks the family.
    bool open(int family, int count)
    {
        sockaddr_storage address = {};
        socklen_t length = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
        address.ss_family = static_cast<sa_family_t>(family);
        if (family == AF_INET)
            reinterpret_cast<sockaddr_in*>(&address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        else
            reinterpret_cast<sockaddr_in6*>(&address)->sin6_addr = in6addr_loopback;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        const int listener = keep(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (listener < 0 || ::bind(listener, generic, length) != 0 || ::listen(listener, count) != 0 ||
            ::getsockname(listener, generic, &length) != 0)
            return false;
        for (int i = 0; i < count; ++i) {
            const int client = keep(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
            if (::connect(client, generic, length) != 0 || keep(::accept(listener, nullptr, nullptr)) < 0)
                return false;
        }
        return true;
    }

private:
    int keep(int fd)
    {
        if (fd >= 0)
            m_fds.push_back(fd);
        return fd;
    }

    std::vector<int> m_fds;
};

int countBySs()
{
    QProcess ss;
    ss.start(QStringLiteral("ss"),
             {QStringLiteral("-Htn"), QStringLiteral("state"), QStringLiteral("established")});
    if (!ss.waitForFinished() || ss.exitCode() != 0)
        return -1;
    return static_cast<int>(ss.readAllStandardOutput().count('\n'));
}

} // namespace

/// Established connections, against ss(8).
class TestConnectionCounter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void countsBothFamilies();
    void agreesWithSs_data();
    void agreesWithSs();
    void listenersAreNotConnections();
    void aBrokenAnswerIsNotReadBeyondItsEnd();
};

/// In a network of its own nobody else opens and closes connections between two counts. Where the kernel refuses to make one, it
/// is the machine's.
void TestConnectionCounter::initTestCase()
{
    if (::unshare(CLONE_NEWNET) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return;
    ifreq loopback{};
    std::strcpy(loopback.ifr_name, "lo");
    loopback.ifr_flags = IFF_UP;
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    QCOMPARE(::ioctl(fd, SIOCSIFFLAGS, &loopback), 0);
    ::close(fd);
}

void TestConnectionCounter::countsBothFamilies()
{
    ConnectionCounter counter;
    if (!counter.count())
        QSKIP("This kernel does not answer about its sockets.");
    LoopbackConnections v6;
    if (!v6.open(AF_INET6, 5))
        QSKIP("This machine has no IPv6.");
    LoopbackConnections v4;
    QVERIFY(v4.open(AF_INET, 5));
    QVERIFY(counter.count().value_or(0) >= 20);
}

void TestConnectionCounter::agreesWithSs_data()
{
    QTest::addColumn<int>("v4");
    QTest::addColumn<int>("v6");
    QTest::newRow("as it is") << 0 << 0;
    QTest::newRow("v4") << 7 << 0;
    QTest::newRow("v6") << 0 << 7;
    QTest::newRow("both") << 3 << 4;
    // More than fits one reply of the kernel.
    QTest::newRow("many") << 200 << 0;
}

void TestConnectionCounter::agreesWithSs()
{
    QFETCH(int, v4);
    QFETCH(int, v6);
    ConnectionCounter counter;
    if (!counter.count())
        QSKIP("This kernel does not answer about its sockets.");
    if (QStandardPaths::findExecutable(QStringLiteral("ss")).isEmpty())
        QSKIP("There is no ss(8) to compare with.");
    LoopbackConnections connections;
    if (v6 > 0 && !connections.open(AF_INET6, v6))
        QSKIP("This machine has no IPv6.");
    QVERIFY(v4 == 0 || connections.open(AF_INET, v4));

    // Others may open and close connections meanwhile: ss is asked between two equal counts.
    int ours = -1;
    int theirs = -2;
    for (int attempt = 0; attempt < 50 && ours != theirs; ++attempt) {
        const auto before = counter.count();
        theirs = countBySs();
        const auto after = counter.count();
        QVERIFY(before && after);
        ours = *after;
        if (*before != *after)
            theirs = -2;
    }
    QCOMPARE(ours, theirs);
    QVERIFY(ours >= 2 * (v4 + v6));
}

void TestConnectionCounter::listenersAreNotConnections()
{
    ConnectionCounter counter;
    if (!counter.count())
        QSKIP("This kernel does not answer about its sockets.");
    for (int attempt = 0; attempt < 50; ++attempt) {
        const auto before = counter.count();
        LoopbackConnections listenerOnly;
        QVERIFY(listenerOnly.open(AF_INET, 0));
        if (counter.count() == before)
            return;
    }
    QFAIL("a listener is counted");
}

/// `messages` of netlink(7), each a length and a type; the last may say more, or less, than is there.
void TestConnectionCounter::aBrokenAnswerIsNotReadBeyondItsEnd()
{
    constexpr quint32 sequence = 7;
    const auto message = [](quint32 length, quint16 type, qsizetype bytes) {
        const nlmsghdr header{length, type, 0, sequence, 0};
        return QByteArray(reinterpret_cast<const char*>(&header), sizeof header).leftJustified(bytes, '\0', true);
    };
    const auto countIn = [](const QByteArray& piece, int& established) {
        // On the heap and not a byte more, so that a sanitizer sees what is read behind it.
        const std::vector<char> bytes(piece.begin(), piece.end());
        return ConnectionCounter::countIn(bytes, sequence, established);
    };
    const QByteArray one = message(72, TCPDIAG_GETSOCK, 72);
    int established = 0;
    QCOMPARE(countIn(one + one + message(20, NLMSG_DONE, 20), established), ConnectionCounter::Answer::Ends);
    QCOMPARE(established, 2);
    QCOMPARE(countIn(one + message(20, NLMSG_ERROR, 20), established), ConnectionCounter::Answer::Refuses);
    QCOMPARE(established, 3);
    QCOMPARE(countIn(one + message(17, TCPDIAG_GETSOCK, 17), established), ConnectionCounter::Answer::GoesOn); // not padded
    QCOMPARE(established, 5);
    for (const QByteArray& broken : {QByteArray(), one.left(9), message(15, TCPDIAG_GETSOCK, 16), message(73, TCPDIAG_GETSOCK, 72)})
        QCOMPARE(countIn(broken, established), ConnectionCounter::Answer::GoesOn);
    QCOMPARE(established, 5);
}

VIGIE_TEST(TestConnectionCounter)
#include "tst_connectioncounter.moc"
