// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/linkreader.h"
#include "sampling/networkreader.h"
#include "testmain.h"

#include <QProcess>
#include <QTest>
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Real interfaces, in network namespaces of their own.
class TestLinkReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tellsWhatIsBuiltOnWhat();
    void asksAgainOnlyAfterAChange();
    void whatPassesABridgeCountsOnce();
    void whatPassesAnUpperCountsOnce_data();
    void whatPassesAnUpperCountsOnce();
    void brokenAnswers();

private:
    bool ip(const QString& arguments);
    QString peerId() const { return QString::number(m_peer.processId()); }
    void makeLinkToThePeer();
    void sendToThePeer(const QString& device);
    std::optional<Link> find(std::string_view name);

    int m_own = -1;
    QProcess m_peer;
};

namespace {

constexpr int datagrams = 3000;
constexpr int datagramBytes = 1400;

quint64 sentBy(const NetworkSample& sample, QLatin1StringView name)
{
    for (const InterfaceSample& interface : sample.interfaces) {
        if (interface.name == name)
            return interface.sentBytes;
    }
    return 0;
}

} // namespace

void TestLinkReader::init()
{
    m_own = ::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (::unshare(CLONE_NEWNET) != 0)
        QSKIP("Needs the right to make network namespaces.");
    if (!ip(u"link set lo up"_s))
        QSKIP("Needs iproute2.");
    m_peer.start(u"unshare"_s, {u"-n"_s, u"sh"_s, u"-c"_s, u"echo; exec cat"_s});
    QVERIFY(m_peer.waitForReadyRead());
}

void TestLinkReader::cleanup()
{
    m_peer.closeWriteChannel();
    if (m_peer.state() != QProcess::NotRunning)
        QVERIFY(m_peer.waitForFinished());
    QCOMPARE(::setns(m_own, CLONE_NEWNET), 0);
    ::close(m_own);
}

bool TestLinkReader::ip(const QString& arguments)
{
    QProcess process;
    process.start(u"ip"_s, arguments.split(u' '));
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

void TestLinkReader::makeLinkToThePeer()
{
    QVERIFY(ip(u"link add v0 type veth peer name v1 netns "_s + peerId()));
    QProcess process;
    process.start(u"nsenter"_s, {u"-n"_s, u"-t"_s, peerId(), u"ip"_s, u"link"_s, u"set"_s, u"v1"_s, u"up"_s});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(ip(u"link set v0 up"_s));
}

void TestLinkReader::sendToThePeer(const QString& device)
{
    QVERIFY(ip(u"link set %1 up"_s.arg(device)));
    QVERIFY(ip(u"addr add 10.99.0.1/24 dev "_s + device));
    QVERIFY(ip(u"neigh replace 10.99.0.2 lladdr 02:00:00:00:00:02 nud permanent dev "_s + device));
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    to.sin_port = htons(9);
    QCOMPARE(::inet_pton(AF_INET, "10.99.0.2", &to.sin_addr), 1);
    const std::vector<char> bytes(datagramBytes, 'x');
    for (int i = 0; i < datagrams; ++i)
        QCOMPARE(::sendto(socket, bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&to), sizeof to),
                 ssize_t(bytes.size()));
    ::close(socket);
}

std::optional<Link> TestLinkReader::find(std::string_view name)
{
    LinkReader reader;
    std::vector<Link> links;
    if (!reader.refresh(links))
        return std::nullopt;
    for (const Link& link : links) {
        if (link.name == name)
            return link;
    }
    return std::nullopt;
}

void TestLinkReader::tellsWhatIsBuiltOnWhat()
{
    makeLinkToThePeer();
    QVERIFY(ip(u"link add br0 type bridge"_s));
    QVERIFY(ip(u"link set v0 master br0"_s));
    QVERIFY(ip(u"link add link br0 name m0 type macvlan"_s));
    QVERIFY(!find("lo"));
    const auto bridge = find("br0");
    const auto port = find("v0");
    const auto upper = find("m0");
    QVERIFY(bridge && port && upper);
    QCOMPARE(bridge->kind, std::string("bridge"));
    QCOMPARE(bridge->lower, 0);
    QCOMPARE(port->kind, std::string("veth"));
    QCOMPARE(port->master, bridge->index);
    QVERIFY(port->lowerIsElsewhere);
    QCOMPARE(upper->lower, bridge->index);
    QVERIFY(!upper->lowerIsElsewhere);
}

void TestLinkReader::asksAgainOnlyAfterAChange()
{
    makeLinkToThePeer();
    QVERIFY(ip(u"link add br0 type bridge"_s));
    LinkReader reader;
    std::vector<Link> links;
    const auto settle = [&] { // addresses of IPv6 come by themselves
        while (reader.refresh(links)) {
        }
    };
    QVERIFY(reader.refresh(links));
    settle();
    QVERIFY(ip(u"link set v0 master br0"_s)); // the list of names is the same
    QVERIFY(reader.refresh(links));
    settle();
    const auto forwards = [&links] {
        return std::any_of(links.begin(), links.end(), [](const Link& link) { return link.name == "br0" && link.forwards; });
    };
    const auto setForwarding = [](bool isOn) {
        QFile file(u"/proc/sys/net/ipv4/conf/br0/forwarding"_s);
        return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(isOn ? "1" : "0") == 1;
    };
    QVERIFY(setForwarding(false)); // a machine with a container engine forwards from the start
    settle();
    for (const bool isOn : {true, false}) {
        QVERIFY(setForwarding(isOn));
        QVERIFY(reader.refresh(links));
        QCOMPARE(forwards(), isOn);
        settle();
    }
}

void TestLinkReader::whatPassesABridgeCountsOnce()
{
    makeLinkToThePeer();
    QVERIFY(ip(u"link add br0 type bridge"_s));
    LinkReader links;
    NetworkReader reader({}, {}, [&links](std::vector<Link>& found) { return links.refresh(found); });
    std::optional<NetworkSample> network;
    reader.read({1s, 0s}, network);
    QVERIFY(ip(u"link set v0 master br0"_s));
    sendToThePeer(u"br0"_s);
    reader.read({2s, 1s}, network);
    QVERIFY(network);
    QVERIFY(sentBy(*network, "br0"_L1) >= quint64(datagrams) * datagramBytes);
    QVERIFY(sentBy(*network, "v0"_L1) >= quint64(datagrams) * datagramBytes * 9 / 10);
    QCOMPARE(network->sentBytes, sentBy(*network, "v0"_L1));
}

void TestLinkReader::whatPassesAnUpperCountsOnce_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("macvlan") << u"link add link v0 name up0 type macvlan"_s;
    QTest::newRow("VLAN") << u"link add link v0 name up0 type vlan id 5"_s;
    QTest::newRow("bond") << u"link add up0 type bond"_s;
    QTest::newRow("VXLAN") << u"link add up0 type vxlan id 5 remote 10.98.0.2 dev v0 dstport 4789"_s;
}

void TestLinkReader::whatPassesAnUpperCountsOnce()
{
    QFETCH(QString, command);
    makeLinkToThePeer();
    const bool isBond = command.endsWith(u"bond"_s);
    QVERIFY(ip(u"addr add 10.98.0.1/24 dev v0"_s));
    QVERIFY(ip(u"neigh replace 10.98.0.2 lladdr 02:00:00:00:00:03 nud permanent dev v0"_s));
    if (!ip(command))
        QSKIP("This kernel has none.");
    if (isBond)
        QVERIFY(ip(u"link set v0 down"_s) && ip(u"link set v0 master up0"_s));
    LinkReader links;
    NetworkReader reader({}, {}, [&links](std::vector<Link>& found) { return links.refresh(found); });
    std::optional<NetworkSample> network;
    sendToThePeer(u"up0"_s);
    reader.read({1s, 0s}, network);
    QVERIFY(network);
    QVERIFY(sentBy(*network, "up0"_L1) >= quint64(datagrams) * datagramBytes);
    QVERIFY(sentBy(*network, "v0"_L1) >= quint64(datagrams) * datagramBytes * 9 / 10);
    QCOMPARE(network->sentBytes, sentBy(*network, "v0"_L1));
}

void TestLinkReader::brokenAnswers()
{
    // Each cut of what the kernel really says: no byte beyond it is read, and no interface is made up.
    makeLinkToThePeer();
    LinkReader reader;
    NetlinkSocket socket(NETLINK_ROUTE);
    struct
    {
        nlmsghdr header;
        char family[16];
    } question = {};
    question.header.nlmsg_type = 18; // RTM_GETLINK
    std::vector<char> answer;
    quint32 number = 0;
    QVERIFY(socket.dump(question, [&](std::span<const char> piece, quint32 sequence) {
        number = sequence;
        answer.insert(answer.end(), piece.begin(), piece.end());
        return forEachAnswer(piece, sequence, [](const nlmsghdr&, std::span<const char>) {});
    }));
    std::vector<Link> all;
    bool isWhole = true;
    QCOMPARE(LinkReader::linksIn(answer, number, all, isWhole), NetlinkAnswer::Ends);
    QVERIFY(isWhole);
    QVERIFY(!all.empty());
    for (std::size_t length = 0; length < answer.size(); length += 7) {
        const std::vector<char> cut(answer.begin(), answer.begin() + std::ptrdiff_t(length)); // so that sanitizers see its end
        std::vector<Link> links;
        (void)LinkReader::linksIn(cut, number, links, isWhole);
        QVERIFY(links.size() <= all.size());
    }
    all.clear();
    QCOMPARE(LinkReader::linksIn(answer, number + 1, all, isWhole), NetlinkAnswer::GoesOn);
    QVERIFY(all.empty());
}

VIGIE_TEST(TestLinkReader)
#include "tst_linkreader.moc"
