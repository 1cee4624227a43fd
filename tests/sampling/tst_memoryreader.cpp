// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/memoryreader.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>

using namespace vigie;

/// Memory and swap from captured and made-up /proc/meminfo.
class TestMemoryReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMachines_data();
    void readsMachines();
    void survivesNonsense_data();
    void survivesNonsense();
    void neverMoreThanTotal();
    void zfsCacheIsAvailable_data();
    void zfsCacheIsAvailable();
    void comesAndGoes();
};

void TestMemoryReader::readsMachines_data()
{
    // In KiB, as the files are.
    QTest::addColumn<quint64>("total");
    QTest::addColumn<quint64>("available");
    QTest::addColumn<quint64>("cached");
    QTest::addColumn<quint64>("buffers");
    QTest::addColumn<quint64>("swapTotal");
    QTest::addColumn<quint64>("swapUsed");
    const auto row = [](const char* name, quint64 total, quint64 available, quint64 cached, quint64 buffers,
                        quint64 swapTotal, quint64 swapUsed) {
        QTest::newRow(name) << total << available << cached << buffers << swapTotal << swapUsed;
    };
    row("board-arm64", 3885396, 3301220, 1102300 + 50212, 61220, 102396, 512);
    // No MemAvailable in 2.6: free + buffers + cached + reclaimable.
    row("one-core", 515340, 80212 + 40120 + 210300 + 20100, 210300 + 20100, 40120, 1044216, 34000);
    row("server-72", 528062220, 401220112, 380112044 + 18022110, 2012204, 0, 0);
    row("container", 2097152, 1950220, 150000, 0, 0, 0);
}

void TestMemoryReader::readsMachines()
{
    QFETCH(quint64, total);
    QFETCH(quint64, available);
    QFETCH(quint64, cached);
    QFETCH(quint64, buffers);
    QFETCH(quint64, swapTotal);
    QFETCH(quint64, swapUsed);
    MemoryReader reader(machineRoot(QLatin1String(QTest::currentDataTag())));
    std::optional<MemorySample> memory;
    reader.read(memory);
    QVERIFY(memory);
    QCOMPARE(memory->totalBytes, total * 1024);
    QCOMPARE(memory->availableBytes, available * 1024);
    QCOMPARE(memory->usedBytes, (total - available) * 1024);
    QCOMPARE(memory->cachedBytes, cached * 1024);
    QCOMPARE(memory->buffersBytes, buffers * 1024);
    QCOMPARE(memory->swapTotalBytes, swapTotal * 1024);
    QCOMPARE(memory->swapUsedBytes, swapUsed * 1024);
}

void TestMemoryReader::survivesNonsense_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isValid");
    const std::string broken = machineText(QStringLiteral("broken"), QStringLiteral("proc/meminfo"));
    QTest::newRow("broken") << QByteArray::fromStdString(broken) << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("only a total") << QByteArray("MemTotal: 100 kB\n") << true;
    QTest::newRow("no total") << QByteArray("MemFree: 100 kB\n") << false;
    QTest::newRow("no memory at all") << QByteArray("MemTotal: 0 kB\n") << false;
    QTest::newRow("total cut short") << QByteArray("MemTotal: 10") << false;
    QTest::newRow("total beyond 64 bits") << QByteArray("MemTotal: 18446744073709551615 kB\n") << false;
}

void TestMemoryReader::survivesNonsense()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isValid);
    QCOMPARE(MemoryReader::parse(text.toStdString()).has_value(), isValid);
}

void TestMemoryReader::neverMoreThanTotal()
{
    const auto memory = MemoryReader::parse("MemTotal: 100 kB\nMemFree: 300 kB\nMemAvailable: 200 kB\n"
                                            "SwapTotal: 5 kB\nSwapFree: 9 kB\n");
    QVERIFY(memory);
    QCOMPARE(memory->availableBytes, quint64(100 * 1024));
    QCOMPARE(memory->freeBytes, quint64(100 * 1024));
    QCOMPARE(memory->usedBytes, quint64(0));
    QCOMPARE(memory->swapUsedBytes, quint64(0));
}

void TestMemoryReader::zfsCacheIsAvailable_data()
{
    QTest::addColumn<QByteArray>("arcstats");
    QTest::addColumn<quint64>("usedGiB");
    const auto row = [](const char* name, const char* arcstats, quint64 usedGiB) {
        QTest::newRow(name) << QByteArray(arcstats) << usedGiB;
    };
    row("no ZFS", "", 60);
    row("50 GiB, of which 2 stay",
        "13 1 0x01 147 39984 4276412345 998877665544\nname                            type data\nhits 4 99\n"
        "c_min                           4    2147483648\nsize                            4    53687091200\n", 12);
    row("smaller than what it keeps", "c_min 4 2147483648\nsize 4 1073741824\n", 60);
    row("larger than what is in use", "c_min 4 0\nsize 4 109951162777600\n", 0);
    row("no least", "size 4 53687091200\n", 60);
    row("garbage", "c_min 4 x\nsize 4\nsize\n", 60);
    row("cut short", "c_min 4 2147483648\nsize 4 53687", 60);
}

void TestMemoryReader::zfsCacheIsAvailable()
{
    QFETCH(QByteArray, arcstats);
    constexpr quint64 gib = 1024 * 1024 * 1024;
    TestTree tree;
    tree.write(QStringLiteral("proc/meminfo"), "MemTotal: 67108864 kB\nMemFree: 3145728 kB\nMemAvailable: 4194304 kB\n"
                                               "Cached: 1048576 kB\n");
    if (!arcstats.isEmpty())
        tree.write(QStringLiteral("proc/spl/kstat/zfs/arcstats"), arcstats.toStdString());
    MemoryReader reader(tree.root());
    std::optional<MemorySample> memory;
    reader.read(memory);
    QVERIFY(memory);
    QCOMPARE(memory->totalBytes, 64 * gib);
    QTEST(memory->usedBytes / gib, "usedGiB");
    QCOMPARE(memory->usedBytes + memory->availableBytes, memory->totalBytes);
    QCOMPARE(memory->cachedBytes, gib + memory->availableBytes - 4 * gib);
}

void TestMemoryReader::comesAndGoes()
{
    TestTree tree;
    MemoryReader reader(tree.root());
    std::optional<MemorySample> memory = MemorySample{};
    reader.read(memory);
    QVERIFY(!memory);
    tree.write(QStringLiteral("proc/meminfo"), "MemTotal: 4 kB\nMemAvailable: 1 kB\n");
    reader.read(memory);
    QVERIFY(memory);
    QCOMPARE(memory->usedBytes, quint64(3 * 1024));
}

VIGIE_TEST(TestMemoryReader)
#include "tst_memoryreader.moc"
