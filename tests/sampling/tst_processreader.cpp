// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/processreader.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>
#include <algorithm>
#include <ctime>
#include <unistd.h>

using namespace vigie;
using namespace std::chrono_literals;

namespace {

std::string stat(int pid, const std::string& name, quint64 user, quint64 system, quint64 start, quint64 pages)
{
    return std::to_string(pid) + " (" + name + ") S 1 1 1 0 -1 4194560 100 200 0 0 " + std::to_string(user) +
           ' ' + std::to_string(system) + " 9999 9999 20 0 1 0 " + std::to_string(start) + " 222222 " +
           std::to_string(pages) + " 18446744073709551615 1 1 0 0 0 0 0 0\n";
}

QString path(int pid)
{
    return QStringLiteral("proc/%1/stat").arg(pid);
}

} // namespace

/// The processes that use most.
class TestProcessReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsesStat_data();
    void parsesStat();
    void ranksByUse();
    void asksEveryFiveSecondsWhileWanted();
    void aReusedPidIsAnotherProcess();
    void readsThisMachine();
    void findsItself();
};

void TestProcessReader::parsesStat_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("name"); // empty: not valid
    const auto row = [](const char* tag, const std::string& text, const char* name) {
        QTest::newRow(tag) << QByteArray::fromStdString(text) << QByteArray(name);
    };
    row("plain", stat(7, "vigie", 30, 12, 500, 64), "vigie");
    row("blanks and parentheses", stat(7, "a) b (c", 30, 12, 500, 64), "a) b (c");
    row("newline in its name", stat(7, "a\nb", 30, 12, 500, 64), "a\nb");
    row("cut short", stat(7, "vigie", 30, 12, 500, 64).substr(0, 40), "");
    row("no newline", stat(7, "vigie", 30, 12, 500, 64).substr(0, 100), "");
    row("no name", "7 S 1 1 1\n", "");
    row("reversed", "7 )vigie( S 1 1\n", "");
    row("empty", "", "");
    row("not numbers", "7 (x) S 1 1 1 0 -1 1 1 1 0 0 a b 0 0 20 0 1 0 5 6 7 8\n", "");
}

void TestProcessReader::parsesStat()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, name);
    const std::string kept = text.toStdString();
    const auto parsed = ProcessReader::parseStat(kept);
    QCOMPARE(parsed.has_value(), !name.isEmpty());
    if (!parsed)
        return;
    QCOMPARE(std::string(parsed->name), name.toStdString());
    QCOMPARE(parsed->ticks, quint64(42));
    QCOMPARE(parsed->startTicks, quint64(500));
    QCOMPARE(parsed->residentPages, quint64(64));
}

void TestProcessReader::ranksByUse()
{
    const auto tick = static_cast<quint64>(::sysconf(_SC_CLK_TCK));
    const auto page = static_cast<quint64>(::sysconf(_SC_PAGESIZE));
    TestTree tree;
    tree.write(QStringLiteral("proc/uptime"), "1 1\n");
    for (int pid = 1; pid <= 20; ++pid)
        tree.write(path(pid), stat(pid, QStringLiteral("p%1").arg(pid).toStdString(), 1000, 0, 5,
                                   static_cast<quint64>(pid)));
    ProcessReader reader(tree.root());
    std::optional<ProcessesSample> processes;
    reader.read({10s, 1s}, true, processes);
    QVERIFY(!processes); // one look tells no use
    tree.write(path(3), stat(3, "p3", 1000 + 2 * tick, tick, 5, 3));
    tree.write(path(4), stat(4, "p4", 1000, tick, 5, 4));
    tree.write(path(9), stat(9, "p9", 10, 0, 5, 9)); // went down: reset
    tree.write(path(99), stat(99, "new", tick / 2, 0, 900, 500));
    tree.remove(path(20));
    reader.read({12s, 2s}, true, processes);
    QVERIFY(processes);
    QCOMPARE(processes->topByCpu.size(), std::size_t(10));
    QCOMPARE(processes->topByCpu[0].pid, 3);
    QCOMPARE(processes->topByCpu[0].name, QStringLiteral("p3"));
    QCOMPARE(processes->topByCpu[0].cpuPercent, 150.0);
    QCOMPARE(processes->topByCpu[1].pid, 4);
    QCOMPARE(processes->topByCpu[1].cpuPercent, 50.0);
    QCOMPARE(processes->topByCpu[2].name, QStringLiteral("new"));
    QCOMPARE(processes->topByCpu[2].cpuPercent, 25.0);
    QCOMPARE(processes->topByCpu[3].cpuPercent, 0.0);
    QCOMPARE(processes->topByMemory.size(), std::size_t(10));
    QCOMPARE(processes->topByMemory[0].pid, 99);
    QCOMPARE(processes->topByMemory[0].residentBytes, 500 * page);
    QCOMPARE(processes->topByMemory[1].pid, 19);
}

void TestProcessReader::asksEveryFiveSecondsWhileWanted()
{
    TestTree tree;
    const auto pidNow = [](const std::optional<ProcessesSample>& processes) {
        return processes ? processes->topByMemory.at(0).pid : 0;
    };
    tree.write(path(1), stat(1, "init", 1, 1, 1, 10));
    ProcessReader reader(tree.root());
    std::optional<ProcessesSample> processes;
    reader.read({1s, 1s}, true, processes);
    reader.read({2s, 1s}, true, processes);
    QCOMPARE(pidNow(processes), 1);
    tree.write(path(2), stat(2, "big", 1, 1, 1, 1000));
    reader.read({6s, 4s}, true, processes);
    QCOMPARE(pidNow(processes), 1);
    processes.reset(); // another sample of the pool
    reader.read({6500ms, 500ms}, true, processes);
    QCOMPARE(pidNow(processes), 1);
    reader.read({7s, 500ms}, true, processes);
    QCOMPARE(pidNow(processes), 2);
    reader.read({8s, 1s}, false, processes);
    QVERIFY(!processes);
    reader.read({9s, 1s}, true, processes);
    QVERIFY(!processes);
    reader.read({10s, 1s}, true, processes);
    QCOMPARE(pidNow(processes), 2);
}

void TestProcessReader::aReusedPidIsAnotherProcess()
{
    const auto tick = static_cast<quint64>(::sysconf(_SC_CLK_TCK));
    TestTree tree;
    tree.write(path(5), stat(5, "old", 50 * tick, 0, 100, 1));
    ProcessReader reader(tree.root());
    std::optional<ProcessesSample> processes;
    reader.read({1s, 1s}, true, processes);
    tree.write(path(5), stat(5, "young", tick, 0, 200, 1));
    reader.read({2s, 1s}, true, processes);
    QVERIFY(processes);
    QCOMPARE(processes->topByCpu.at(0).name, QStringLiteral("young"));
    QCOMPARE(processes->topByCpu.at(0).cpuPercent, 100.0);
}

void TestProcessReader::readsThisMachine()
{
    ProcessReader reader{std::string()};
    std::optional<ProcessesSample> processes;
    reader.read({1s, 1s}, true, processes);
    reader.read({2s, 1s}, true, processes);
    QVERIFY(processes);
    QVERIFY(!processes->topByMemory.empty());
    QVERIFY(std::is_sorted(processes->topByMemory.begin(), processes->topByMemory.end(),
                           [](const auto& a, const auto& b) { return a.residentBytes > b.residentBytes; }));
    for (const ProcessSample& process : processes->topByMemory) {
        QVERIFY(process.pid > 0);
        QVERIFY(!process.name.isEmpty());
    }
}

void TestProcessReader::findsItself()
{
    // Alone, as others on this machine may use more: the kernel's own text about this process, in a tree with nothing else.
    TestTree tree;
    tree.write(QStringLiteral("proc/uptime"), "1 1\n");
    QVERIFY(QFile::link(QStringLiteral("/proc/self"),
                        QString::fromStdString(tree.root()) + QStringLiteral("/proc/%1").arg(::getpid())));
    ProcessReader reader(tree.root());
    std::optional<ProcessesSample> processes;
    reader.read({1s, 1s}, true, processes);
    const std::vector<char> ballast(64 * 1024 * 1024, 'x');
    // The kernel counts in hundredths of a second.
    for (const std::clock_t begin = std::clock(); std::clock() - begin < CLOCKS_PER_SEC / 10;)
        continue;
    reader.read({2s, 1s}, true, processes);
    QVERIFY(processes);
    QCOMPARE(ballast.back(), 'x');
    QFile name(QStringLiteral("/proc/self/comm"));
    QVERIFY(name.open(QIODevice::ReadOnly));
    for (const auto& top : {processes->topByCpu, processes->topByMemory}) {
        QCOMPARE(top.size(), std::size_t(1));
        QCOMPARE(top[0].pid, int(::getpid()));
        QVERIFY(top[0].cpuPercent > 0);
        QVERIFY(top[0].residentBytes > ballast.size() / 2); // the kernel's own count may be a little behind
    }
    QCOMPARE(processes->topByCpu[0].name, QString::fromUtf8(name.readAll().trimmed()));
}

VIGIE_TEST(TestProcessReader)
#include "tst_processreader.moc"
