// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocations.h"
#include "machinelook.h"
#include "sampling/machinereader.h"
#include "sampling/framepool.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <set>
#include <thread>
#include <utility>
#include <vector>

using namespace vigie;
using test::hasSeries;
using namespace std::chrono_literals;

/// Whole machines, and what a look costs in memory.
class TestMachineReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMachines_data();
    void readsMachines();
    void oneMissingSourceHidesOnlyItself_data();
    void oneMissingSourceHidesOnlyItself();
    void allocatesNothingInTheSteadyState_data();
    void allocatesNothingInTheSteadyState();
    void poolReusesWhatWasLetGo();
    void poolReusesAcrossThreads();
};

void TestMachineReader::readsMachines_data()
{
    QTest::addColumn<bool>("hasCpu");
    QTest::addColumn<bool>("hasMemory");
    QTest::addColumn<bool>("hasUptime");
    QTest::addColumn<bool>("hasPressure");
    QTest::newRow("vm-x86") << true << true << true << true;
    QTest::newRow("board-arm64") << true << true << true << false;
    QTest::newRow("one-core") << true << true << true << false;
    QTest::newRow("server-72") << true << true << true << true;
    QTest::newRow("container") << true << true << true << false;
    QTest::newRow("broken") << false << false << false << false;
    QTest::newRow("empty") << false << false << false << false;
}

void TestMachineReader::readsMachines()
{
    QFETCH(bool, hasCpu);
    QFETCH(bool, hasMemory);
    QFETCH(bool, hasUptime);
    QFETCH(bool, hasPressure);
    // The slash at the end is as good as none.
    MachineReader machine(machineRoot(QLatin1String(QTest::currentDataTag())) + '/');
    Frame frame;
    for (const auto at : {1000ms, 1999ms}) {
        machine.read({at, at == 1000ms ? 0ms : 999ms}, false, frame);
        QCOMPARE(hasSeries(frame, "cpu.usage"), hasCpu);
        QCOMPARE(hasSeries(frame, "memory.used"), hasMemory);
        QCOMPARE(hasSeries(frame, "uptime"), hasUptime);
        QCOMPARE(hasSeries(frame, "pressure.cpu.some"), hasPressure);
        QVERIFY(hasSeries(frame, "disk.read"));
        QVERIFY(hasSeries(frame, "network.receive"));
        QVERIFY(std::isnan(test::valueIn(frame, "network.connections"))); // this machine's are not that machine's
        QVERIFY(frame.catalogue->ofKind("filesystem.*.used").empty());
        QVERIFY(!frame.processes);
    }
    QCOMPARE(frame.intervalMs, qint64(999));
}

void TestMachineReader::oneMissingSourceHidesOnlyItself_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("expected"); // one bit a part: cpu, memory, disk, network, uptime
    QTest::newRow("all there") << QString() << 0b11111;
    QTest::newRow("stat") << QStringLiteral("proc/stat") << 0b01111;
    QTest::newRow("meminfo") << QStringLiteral("proc/meminfo") << 0b10111;
    QTest::newRow("diskstats") << QStringLiteral("proc/diskstats") << 0b11011;
    QTest::newRow("net/dev") << QStringLiteral("proc/net/dev") << 0b11101;
    QTest::newRow("uptime") << QStringLiteral("proc/uptime") << 0b11110;
    QTest::newRow("loadavg") << QStringLiteral("proc/loadavg") << 0b11111;
}

void TestMachineReader::oneMissingSourceHidesOnlyItself()
{
    QFETCH(QString, path);
    QFETCH(int, expected);
    TestTree tree;
    for (const auto* file : {"stat", "meminfo", "diskstats", "net/dev", "uptime", "loadavg"}) {
        const QString name = QStringLiteral("proc/") + QLatin1String(file);
        tree.write(name, machineText(QStringLiteral("board-arm64"), name));
    }
    MachineReader machine(tree.root());
    Frame frame;
    machine.read({1s, 0s}, false, frame);
    if (!path.isEmpty())
        tree.remove(path);
    machine.read({2s, 1s}, false, frame);
    const int found = (hasSeries(frame, "cpu.usage") ? 0b10000 : 0) | (hasSeries(frame, "memory.used") ? 0b01000 : 0) |
                      (hasSeries(frame, "disk.read") ? 0b00100 : 0) | (hasSeries(frame, "network.receive") ? 0b00010 : 0) |
                      (hasSeries(frame, "uptime") ? 0b00001 : 0);
    QCOMPARE(found, expected);
    if (hasSeries(frame, "cpu.usage"))
        QCOMPARE(hasSeries(frame, "load.1"), path != QStringLiteral("proc/loadavg"));
}

void TestMachineReader::allocatesNothingInTheSteadyState_data()
{
    QTest::addColumn<bool>("isThisMachine");
    QTest::newRow("this machine") << true;
    QTest::newRow("server-72") << false;
}

void TestMachineReader::allocatesNothingInTheSteadyState()
{
    QFETCH(bool, isThisMachine);
    if (!canCountAllocations)
        QSKIP("Sanitizers count for themselves.");
    FramePool pool;
    const std::size_t before = allocationCount();
    pool.take(); // the counter counts what C++ allocates, and what Qt does
    const std::size_t afterNew = allocationCount();
    QVERIFY(afterNew > before);
    QVERIFY(!QByteArray(100, 'x').isEmpty());
    QVERIFY(allocationCount() > afterNew);

    MachineReader machine(isThisMachine ? std::string() : machineRoot(QStringLiteral("server-72")));
    Look look;
    const auto takeOne = [&] {
        const auto frame = pool.take();
        machine.read(look, false, *frame);
        look.interval = 1s;
        look.at += look.interval;
    };
    for (int i = 0; i < 20; ++i)
        takeOne();
    // Others may mount a disk or bring up an interface meanwhile; they do not a hundred times in a row.
    std::size_t fewest = ~std::size_t(0);
    for (int round = 0; round < 100 && fewest > 0; ++round) {
        const std::size_t start = allocationCount();
        for (int i = 0; i < 20; ++i)
            takeOne();
        fewest = std::min(fewest, allocationCount() - start);
    }
    QCOMPARE(fewest, std::size_t(0));
}

void TestMachineReader::poolReusesWhatWasLetGo()
{
    FramePool pool;
    auto first = pool.take();
    const Frame* const address = first.get();
    QVERIFY(pool.take().get() != address); // still held
    std::vector<FramePtr> held;
    for (int i = 0; i < 30; ++i) { // a listener that keeps them all
        held.push_back(pool.take());
        QVERIFY(held.back().get() != address);
    }
    std::vector<const Frame*> distinct;
    for (const FramePtr& frame : held)
        distinct.push_back(frame.get());
    std::sort(distinct.begin(), distinct.end());
    QVERIFY(std::adjacent_find(distinct.begin(), distinct.end()) == distinct.end());

    held.clear();
    const Frame* const recent = pool.take().get();
    bool isReused = false;
    for (int i = 0; i < 8; ++i)
        isReused = isReused || pool.take().get() == recent;
    QVERIFY(isReused);
}

void TestMachineReader::poolReusesAcrossThreads()
{
    // One thread fills frames, another reads and lets go of them. Nothing tells the first in good order
    // that the second is done but the pool itself, so that the thread sanitizer sees a reuse too soon.
    FramePool pool;
    constexpr std::size_t total = 20000;
    std::vector<FramePtr> published(total);
    std::atomic<std::size_t> publishedCount = 0;
    std::atomic<std::size_t> readCount = 0;
    qint64 sum = 0;
    std::thread reader([&] {
        for (std::size_t i = 0; i < total; ++i) {
            while (publishedCount.load(std::memory_order_acquire) <= i)
                std::this_thread::yield();
            sum += published[i]->timestampMs;
            published[i].reset();
            readCount.store(i + 1, std::memory_order_relaxed);
        }
    });
    std::set<const Frame*> distinct;
    for (std::size_t i = 0; i < total; ++i) {
        while (readCount.load(std::memory_order_relaxed) + 4 < i)
            std::this_thread::yield();
        auto frame = pool.take();
        frame->timestampMs = static_cast<qint64>(i);
        distinct.insert(frame.get());
        published[i] = std::move(frame);
        publishedCount.store(i + 1, std::memory_order_release);
    }
    reader.join();
    QCOMPARE(sum, qint64(total) * qint64(total - 1) / 2);
    QVERIFY(distinct.size() <= 8);
}

VIGIE_TEST(TestMachineReader)
#include "tst_machinereader.moc"
