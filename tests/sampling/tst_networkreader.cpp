// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/networkreader.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>

using namespace vigie;
using namespace std::chrono_literals;

/// Rates and totals of interfaces.
class TestNetworkReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMachines_data();
    void readsMachines();
    void rates_data();
    void rates();
    void interfacesComeAndGo();
    void missedLookIsNoBasis();
    void connectionsMayBeUnknown();
};

void TestNetworkReader::readsMachines_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<quint64>("received");
    QTest::addColumn<quint64>("sent");
    const auto row = [](const char* machine, const QStringList& names, quint64 received, quint64 sent) {
        QTest::newRow(machine) << names << received << sent;
    };
    row("board-arm64", {QStringLiteral("eth0"), QStringLiteral("wlan0")}, 912201133, 61022011);
    row("one-core", {QStringLiteral("eth0")}, 3120448811, 410220113); // no blank after the colon
    row("server-72",
        {QStringLiteral("eno1"), QStringLiteral("eno2"), QStringLiteral("docker0"),
         QStringLiteral("veth1a2b3c4"), QStringLiteral("br-0123456789ab")},
        61220110223344 + 102201122 + 5102201 + 10220, 81220110223344 + 901220113 + 81022011 + 20440);
    row("container", {QStringLiteral("eth0")}, 1406, 126);
    row("broken", {QStringLiteral("eth2")}, 100, 200);
    row("empty", {}, 0, 0);
}

void TestNetworkReader::readsMachines()
{
    QFETCH(QStringList, names);
    NetworkReader reader(machineRoot(QLatin1String(QTest::currentDataTag())), {});
    std::optional<NetworkSample> network;
    for (const auto at : {1s, 2s}) {
        reader.read({at, 1s}, network);
        QVERIFY(network);
        QStringList found;
        for (const InterfaceSample& interface : network->interfaces)
            found << interface.name;
        QCOMPARE(found, names);
        QTEST(network->receivedBytes, "received");
        QTEST(network->sentBytes, "sent");
        QCOMPARE(network->receiveBytesPerSecond, 0.0);
    }
}

void TestNetworkReader::rates_data()
{
    QTest::addColumn<quint64>("before");
    QTest::addColumn<quint64>("now");
    QTest::addColumn<double>("rate");
    QTest::newRow("still") << quint64(500) << quint64(500) << 0.0;
    QTest::newRow("moving") << quint64(500) << quint64(2500) << 1000.0;
    QTest::newRow("past 32 bits") << quint64(4294967000) << quint64(4294969000) << 1000.0;
    QTest::newRow("32-bit wrap") << quint64(4294967000) << quint64(1704) << 0.0;
    QTest::newRow("reset") << quint64(123456789) << quint64(10) << 0.0;
    QTest::newRow("64-bit wrap") << ~quint64(0) << quint64(5) << 0.0;
}

void TestNetworkReader::rates()
{
    QFETCH(quint64, before);
    QFETCH(quint64, now);
    QFETCH(double, rate);
    const auto text = [](quint64 bytes) {
        const auto number = std::to_string(bytes);
        return "lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\neth0: " + number + " 0 0 0 0 0 0 0 " + number +
               " 0 0 0 0 0 0 0\n";
    };
    NetworkReader reader("/nowhere", {});
    NetworkSample network;
    reader.parse(text(before), {1s, 0s}, network);
    QCOMPARE(network.receiveBytesPerSecond, 0.0);
    reader.parse(text(now), {3s, 2s}, network);
    QCOMPARE(network.interfaces.size(), std::size_t(1));
    QCOMPARE(network.interfaces[0].receiveBytesPerSecond, rate);
    QCOMPARE(network.interfaces[0].sendBytesPerSecond, rate);
    QCOMPARE(network.receiveBytesPerSecond, rate);
    QCOMPARE(network.sendBytesPerSecond, rate);
    QCOMPARE(network.receivedBytes, now);
}

void TestNetworkReader::interfacesComeAndGo()
{
    const auto line = [](const char* name, int bytes) {
        return std::string(name) + ": " + std::to_string(bytes) + " 0 0 0 0 0 0 0 7 0 0 0 0 0 0 0\n";
    };
    NetworkReader reader("/nowhere", {});
    NetworkSample network;
    reader.parse(line("eth0", 100), {1s, 0s}, network);
    reader.parse(line("eth0", 200) + line("tun0", 5000), {2s, 1s}, network);
    QCOMPARE(network.interfaces.size(), std::size_t(2));
    QCOMPARE(network.receiveBytesPerSecond, 100.0);
    reader.parse(line("tun0", 5010) + line("eth0", 250), {3s, 1s}, network);
    QCOMPARE(network.interfaces[0].name, QStringLiteral("tun0"));
    QCOMPARE(network.interfaces[0].receiveBytesPerSecond, 10.0);
    QCOMPARE(network.interfaces[1].receiveBytesPerSecond, 50.0);
    reader.parse(line("eth0", 250), {4s, 1s}, network);
    QCOMPARE(network.interfaces.size(), std::size_t(1));
    QCOMPARE(network.receivedBytes, quint64(250));
    reader.parse(line("eth0", 250) + line("tun0", 6000), {5s, 1s}, network);
    QCOMPARE(network.receiveBytesPerSecond, 0.0);
}

void TestNetworkReader::missedLookIsNoBasis()
{
    const QString path = QStringLiteral("proc/net/dev");
    TestTree tree;
    NetworkReader reader(tree.root(), {});
    std::optional<NetworkSample> network;
    tree.write(path, "eth0: 100 0 0 0 0 0 0 0 100 0 0 0 0 0 0 0\n");
    reader.read({1s, 0s}, network);
    tree.remove(path);
    reader.read({2s, 1s}, network);
    QVERIFY(!network);
    tree.write(path, "eth0: 900 0 0 0 0 0 0 0 900 0 0 0 0 0 0 0\n");
    reader.read({3s, 1s}, network);
    QVERIFY(network);
    QCOMPARE(network->receiveBytesPerSecond, 0.0); // those 800 bytes took two seconds, not one
    tree.write(path, "eth0: 950 0 0 0 0 0 0 0 900 0 0 0 0 0 0 0\n");
    reader.read({4s, 1s}, network);
    QCOMPARE(network->receiveBytesPerSecond, 50.0);
}

void TestNetworkReader::connectionsMayBeUnknown()
{
    std::optional<int> answer = 12;
    NetworkReader reader(machineRoot(QStringLiteral("container")), [&answer] { return answer; });
    std::optional<NetworkSample> network;
    reader.read({1s, 0s}, network);
    QVERIFY(network);
    QVERIFY(network->connectionsKnown);
    QCOMPARE(network->connections, 12);
    answer.reset();
    reader.read({2s, 1s}, network);
    QVERIFY(network);
    QVERIFY(!network->connectionsKnown);
    QCOMPARE(network->connections, 0);
    QCOMPARE(network->receivedBytes, quint64(1406));
}

VIGIE_TEST(TestNetworkReader)
#include "tst_networkreader.moc"
