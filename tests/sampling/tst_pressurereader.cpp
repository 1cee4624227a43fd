// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/pressurereader.h"
#include "sampling/uptimereader.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>

using namespace vigie;

/// Pressure and uptime.
class TestPressureReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMachines_data();
    void readsMachines();
    void readsShares();
    void partsComeAndGo();
    void uptime_data();
    void uptime();
};

void TestPressureReader::readsMachines_data()
{
    QTest::addColumn<bool>("hasCpu");
    QTest::addColumn<bool>("hasMemory");
    QTest::addColumn<bool>("hasIo");
    QTest::newRow("vm-x86") << true << true << true;
    QTest::newRow("server-72") << true << true << true;
    QTest::newRow("board-arm64") << false << false << false;
    QTest::newRow("broken") << false << false << false;
    QTest::newRow("empty") << false << false << false;
}

void TestPressureReader::readsMachines()
{
    QFETCH(bool, hasCpu);
    QFETCH(bool, hasMemory);
    QFETCH(bool, hasIo);
    PressureReader reader(machineRoot(QLatin1String(QTest::currentDataTag())));
    PressureSample pressure;
    pressure.cpu = pressure.memory = pressure.io = PressureShare{1, 1};
    reader.read(pressure);
    QCOMPARE(pressure.cpu.has_value(), hasCpu);
    QCOMPARE(pressure.memory.has_value(), hasMemory);
    QCOMPARE(pressure.io.has_value(), hasIo);
}

void TestPressureReader::readsShares()
{
    PressureReader reader(machineRoot(QStringLiteral("server-72")));
    PressureSample pressure;
    reader.read(pressure);
    QVERIFY(pressure.cpu && pressure.io);
    QCOMPARE(pressure.cpu->somePercent, 3.12);
    QCOMPARE(pressure.cpu->fullPercent, 0.0); // older kernels have no such line for the processor
    QCOMPARE(pressure.io->somePercent, 12.5);
    QCOMPARE(pressure.io->fullPercent, 7.25);
}

void TestPressureReader::partsComeAndGo()
{
    TestTree tree;
    PressureReader reader(tree.root());
    PressureSample pressure;
    reader.read(pressure);
    QVERIFY(!pressure.memory);
    tree.write(QStringLiteral("proc/pressure/memory"), "some avg10=1.50 avg60=0.00 avg300=0.00 total=1\n");
    reader.read(pressure);
    QVERIFY(pressure.memory && !pressure.cpu);
    QCOMPARE(pressure.memory->somePercent, 1.5);
}

void TestPressureReader::uptime_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds"); // -1: absent
    QTest::newRow("plain") << QByteArray("350735.47 234388.90\n") << qint64(350735);
    QTest::newRow("just booted") << QByteArray("0.01 0.00\n") << qint64(0);
    QTest::newRow("cut short") << QByteArray("3507") << qint64(-1);
    QTest::newRow("text") << QByteArray("soon\n") << qint64(-1);
    QTest::newRow("negative") << QByteArray("-3.0 1\n") << qint64(-1);
    QTest::newRow("beyond reason") << QByteArray("1e300 1\n") << qint64(-1);
    QTest::newRow("infinite") << QByteArray("inf 1\n") << qint64(-1);
    QTest::newRow("empty") << QByteArray() << qint64(-1);
}

void TestPressureReader::uptime()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    QCOMPARE(UptimeReader::parse(text.toStdString()).value_or(-1), seconds);
}

VIGIE_TEST(TestPressureReader)
#include "tst_pressurereader.moc"
