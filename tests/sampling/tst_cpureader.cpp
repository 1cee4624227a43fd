// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cpureader.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>

using namespace vigie;
using namespace std::chrono_literals;

/// Processor time, load and frequency from captured and made-up trees.
class TestCpuReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMachines_data();
    void readsMachines();
    void usageBetweenTwoLooks_data();
    void usageBetweenTwoLooks();
    void aBusyProcessorIsNotOver100();
    void coresComeAndGo();
    void missedLookIsNoBasis();
    void doublesCountOnce();
    void frequencies();
    void frequencyIsAskedSeldom();
    void loadAverage_data();
    void loadAverage();
};

void TestCpuReader::readsMachines_data()
{
    QTest::addColumn<bool>("hasCpu");
    QTest::addColumn<int>("cores");
    QTest::addColumn<bool>("hasLoad");
    QTest::addColumn<double>("firstMHz");
    QTest::addColumn<double>("lastMHz");
    QTest::newRow("vm-x86") << true << 2 << true << 0.0 << 0.0;
    QTest::newRow("board-arm64") << true << 4 << true << 1500.0 << 1800.0;
    QTest::newRow("one-core") << true << 1 << true << 1598.721 << 1598.721;
    QTest::newRow("server-72") << true << 72 << true << 2100.0 << 2171.0;
    QTest::newRow("container") << true << 2 << true << 0.0 << 0.0;
    QTest::newRow("broken") << false << 0 << false << 0.0 << 0.0;
    QTest::newRow("empty") << false << 0 << false << 0.0 << 0.0;
    QTest::newRow("no such machine") << false << 0 << false << 0.0 << 0.0;
}

void TestCpuReader::readsMachines()
{
    QFETCH(bool, hasCpu);
    QFETCH(int, cores);
    QFETCH(bool, hasLoad);
    QFETCH(double, firstMHz);
    QFETCH(double, lastMHz);
    CpuReader reader(machineRoot(QLatin1String(QTest::currentDataTag())));
    std::optional<CpuSample> cpu;
    // The same look twice: no time has passed, so nothing was used.
    for (const auto at : {1s, 2s}) {
        reader.read({at, at == 1s ? 0s : 1s}, cpu);
        QCOMPARE(cpu.has_value(), hasCpu);
        if (!cpu)
            continue;
        QCOMPARE(static_cast<int>(cpu->cores.size()), cores);
        QCOMPARE(cpu->loadAverage.has_value(), hasLoad);
        QCOMPARE(cpu->total.usagePercent, 0.0);
        for (int i = 0; i < cores; ++i)
            QCOMPARE(cpu->cores[static_cast<std::size_t>(i)].index, i);
        if (firstMHz > 0) {
            QCOMPARE(cpu->cores.front().frequencyMHz, firstMHz);
            QCOMPARE(cpu->cores.back().frequencyMHz, lastMHz);
        }
    }
}

void TestCpuReader::usageBetweenTwoLooks_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<double>("usage");
    QTest::addColumn<double>("user");
    QTest::addColumn<double>("system");
    QTest::addColumn<double>("iowait");
    QTest::addColumn<double>("steal");
    const auto row = [](const char* name, const char* before, const char* now, double usage, double user,
                        double system, double iowait, double steal) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(now) << usage << user << system << iowait
                            << steal;
    };
    row("idle", "0 0 0 1000 0 0 0 0 0 0", "0 0 0 1100 0 0 0 0 0 0", 0, 0, 0, 0, 0);
    row("every column", "10 20 30 400 50 60 70 80 5 5", "20 30 45 430 70 62 73 90 9 9", 50, 20, 20, 20, 10);
    row("guest is in user", "100 0 0 0 0 0 0 0 100 0", "200 0 0 100 0 0 0 0 200 0", 50, 50, 0, 0, 0);
    row("arm without steal", "100 0 0 100 0 0 0", "150 0 25 125 0 0 0", 75, 50, 25, 0, 0);
    row("four columns", "100 0 0 100", "150 0 25 125", 75, 50, 25, 0, 0);
    row("no tick yet", "1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 8", 0, 0, 0, 0, 0);
    row("reset", "9000 10 800 70000 6 5 4 3", "50 0 20 900 0 0 0 0", 0, 0, 0, 0, 0);
    row("32-bit wrap", "4294967290 0 100 5000 0 0 0 0", "4 0 110 5090 0 0 0 0", 0, 0, 0, 0, 0);
    row("iowait corrected down", "100 0 0 100 50 0 0 0", "150 0 0 150 40 0 0 0", 50, 50, 0, 0, 0);
    row("idle corrected down", "100 0 0 100 0 0 0 0", "200 0 0 99 0 0 0 0", 100, 100, 0, 0, 0);
}

void TestCpuReader::usageBetweenTwoLooks()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, now);
    const auto text = [](const QByteArray& ticks) {
        return "cpu  " + ticks.toStdString() + "\ncpu0 " + ticks.toStdString() + "\nctxt 1\n";
    };
    CpuReader reader("/nowhere");
    CpuSample cpu;
    QVERIFY(reader.parseStat(text(before), cpu));
    QCOMPARE(cpu.total.usagePercent, 0.0);
    QVERIFY(reader.parseStat(text(now), cpu));
    QCOMPARE(cpu.cores.size(), std::size_t(1));
    for (const CpuUsage& usage : {cpu.total, cpu.cores[0].usage}) {
        QTEST(usage.usagePercent, "usage");
        QTEST(usage.userPercent, "user");
        QTEST(usage.systemPercent, "system");
        QTEST(usage.iowaitPercent, "iowait");
        QTEST(usage.stealPercent, "steal");
    }
}

void TestCpuReader::aBusyProcessorIsNotOver100()
{
    CpuReader reader("/nowhere");
    CpuSample cpu;
    QVERIFY(reader.parseStat("cpu  0 0 0 9 0 0 0 0\n", cpu));
    // 1/6 + 4/6 + 1/6, each rounded to a double, is a little more than all.
    QVERIFY(reader.parseStat("cpu  1 0 4 9 0 0 0 1\n", cpu));
    QVERIFY(cpu.total.usagePercent == 100.0);
    // Counters whose sum no whole number holds.
    QVERIFY(reader.parseStat("cpu  0 0 0 0 0 0 0 0\n", cpu));
    QVERIFY(reader.parseStat("cpu  18446744073709551615 0 2 0 0 0 0 0\n", cpu));
    QVERIFY(cpu.total.usagePercent == 100.0);
}

void TestCpuReader::coresComeAndGo()
{
    CpuReader reader("/nowhere");
    CpuSample cpu;
    const auto look = [&](const std::string& cores) {
        return reader.parseStat("cpu  100 0 0 100\n" + cores + "intr 5\n", cpu);
    };
    QVERIFY(look("cpu0 10 0 0 10\ncpu1 10 0 0 10\ncpu2 10 0 0 10\n"));
    QCOMPARE(cpu.cores.size(), std::size_t(3));
    QVERIFY(look("cpu0 15 0 0 15\ncpu2 20 0 0 10\n")); // cpu1 unplugged
    QCOMPARE(cpu.cores.size(), std::size_t(2));
    QCOMPARE(cpu.cores[0].index, 0);
    QCOMPARE(cpu.cores[0].usage.usagePercent, 50.0);
    QCOMPARE(cpu.cores[1].index, 2);
    QCOMPARE(cpu.cores[1].usage.usagePercent, 100.0);
    QVERIFY(look("cpu0 15 0 0 25\ncpu1 60 0 0 10\ncpu2 20 0 0 20\n")); // and back: nothing known of it
    QCOMPARE(cpu.cores.size(), std::size_t(3));
    QCOMPARE(cpu.cores[1].index, 1);
    QCOMPARE(cpu.cores[1].usage.usagePercent, 0.0);
    QCOMPARE(cpu.cores[2].usage.usagePercent, 0.0);
    QVERIFY(look("cpu0 15 0 0 35\ncpu1 70 0 0 20\ncpu2 20 0 0 30\n"));
    QCOMPARE(cpu.cores[1].usage.usagePercent, 50.0);
}

void TestCpuReader::missedLookIsNoBasis()
{
    TestTree tree;
    CpuReader reader(tree.root());
    std::optional<CpuSample> cpu;
    tree.write(QStringLiteral("proc/stat"), "cpu  100 0 0 100\ncpu0 100 0 0 100\n");
    reader.read({1s, 0s}, cpu);
    QVERIFY(cpu);
    tree.remove(QStringLiteral("proc/stat"));
    reader.read({2s, 1s}, cpu);
    QVERIFY(!cpu);
    tree.write(QStringLiteral("proc/stat"), "cpu  200 0 0 100\ncpu0 200 0 0 100\n");
    reader.read({3s, 1s}, cpu);
    QVERIFY(cpu);
    QCOMPARE(cpu->total.usagePercent, 0.0);
    tree.write(QStringLiteral("proc/stat"), "cpu  300 0 0 100\ncpu0 300 0 0 100\n");
    reader.read({4s, 1s}, cpu);
    QVERIFY(cpu);
    QCOMPARE(cpu->total.usagePercent, 100.0);
}

void TestCpuReader::doublesCountOnce()
{
    CpuReader reader("/nowhere");
    CpuSample cpu;
    QVERIFY(reader.parseStat("cpu  1 0 0 1\ncpu0 1 0 0 1\ncpu0 1 0 0 1\ncpu99999999 1 0 0 1\ncpu-1 1 0 0 1\n",
                             cpu));
    QCOMPARE(cpu.cores.size(), std::size_t(1));
}

void TestCpuReader::frequencies()
{
    std::vector<double> mhz;
    QVERIFY(
        CpuFrequency::parseCpuInfo("processor\t: 0\ncpu MHz\t\t: 800.5\n\nprocessor\t: 3\ncpu MHz\t\t: 3100\n"
                                   "\nprocessor\t: 4\ncpu MHz\t\t: fast\ncpu MHz : nan\n",
                                   mhz));
    QCOMPARE(mhz, (std::vector<double>{800.5, 0, 0, 3100}));
    mhz.clear();
    const auto arm = machineText(QStringLiteral("board-arm64"), QStringLiteral("proc/cpuinfo"));
    QVERIFY(!CpuFrequency::parseCpuInfo(arm, mhz));
    QVERIFY(!CpuFrequency::parseCpuInfo("cpu MHz\t\t: 800.5\n", mhz));
    const auto vm = machineText(QStringLiteral("vm-x86"), QStringLiteral("proc/cpuinfo"));
    QVERIFY(CpuFrequency::parseCpuInfo(vm, mhz));
    QCOMPARE(mhz.size(), std::size_t(2));
}

void TestCpuReader::frequencyIsAskedSeldom()
{
    TestTree tree;
    const QString path = QStringLiteral("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq");
    std::vector<CoreSample> cores(1);
    CpuFrequency frequency(tree.root());
    tree.write(path, "1000000\n");
    frequency.read({10s, 1s}, cores);
    QCOMPARE(cores[0].frequencyMHz, 1000.0);
    tree.write(path, "2000000\n");
    frequency.read({14s, 1s}, cores);
    QCOMPARE(cores[0].frequencyMHz, 1000.0);
    frequency.read({15s, 1s}, cores);
    QCOMPARE(cores[0].frequencyMHz, 2000.0);
    tree.write(path, "<unknown>\n");
    frequency.read({20s, 1s}, cores);
    QCOMPARE(cores[0].frequencyMHz, 0.0);
    tree.write(path, "3000000\n");
    cores.resize(2); // a core plugged in is asked at once
    cores[1].index = 1;
    frequency.read({21s, 1s}, cores);
    QCOMPARE(cores[0].frequencyMHz, 3000.0);
    QCOMPARE(cores[1].frequencyMHz, 0.0);
}

void TestCpuReader::loadAverage_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("valid") << QByteArray("0.50 1.25 300.75 3/812 91233\n") << true;
    QTest::newRow("cut short") << QByteArray("0.50 1.25 30") << false;
    QTest::newRow("two numbers") << QByteArray("0.50 1.25\n") << false;
    QTest::newRow("text") << QByteArray("0.50 x 2.0\n") << false;
    QTest::newRow("negative") << QByteArray("0.50 -1.0 2.0\n") << false;
    QTest::newRow("not a number") << QByteArray("nan 1.0 2.0\n") << false;
    QTest::newRow("not finite") << QByteArray("inf 1.0 2.0\n") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestCpuReader::loadAverage()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isValid);
    const auto load = CpuReader::parseLoadAverage(text.toStdString());
    QCOMPARE(load.has_value(), isValid);
    if (load)
        QCOMPARE(*load, (std::array<double, 3>{0.5, 1.25, 300.75}));
}

VIGIE_TEST(TestCpuReader)
#include "tst_cpureader.moc"
