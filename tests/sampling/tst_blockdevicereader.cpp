// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/blockdevicereader.h"
#include "sampling/diskreader.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>

using namespace vigie;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Rates of whole block devices.
class TestBlockDeviceReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsWholeDevices_data();
    void listsWholeDevices();
    void namesTellWhereSysfsIsSilent();
    void rates_data();
    void rates();
    void stackedDevicesAreNotSummed();
    void eachDiskCountsOnce_data();
    void eachDiskCountsOnce();
    void devicesComeAndGo();
    void eitherHalfMayBeMissing();
};

void TestBlockDeviceReader::listsWholeDevices_data()
{
    QTest::addColumn<QStringList>("names");
    const auto row = [](const char* machine, const QStringList& names) { QTest::newRow(machine) << names; };
    row("vm-x86", {QStringLiteral("vda")});
    row("board-arm64", {QStringLiteral("mmcblk0")});
    row("one-core", {QStringLiteral("sda")});
    row("server-72", {QStringLiteral("nvme0n1"), QStringLiteral("nvme1n1"), QStringLiteral("md127"),
                      QStringLiteral("dm-0"), QStringLiteral("dm-1")});
    row("container", {QStringLiteral("nvme0n1")});
    row("broken", {QStringLiteral("sdd")});
    row("empty", {});
}

void TestBlockDeviceReader::listsWholeDevices()
{
    QFETCH(QStringList, names);
    BlockDeviceReader reader(machineRoot(QLatin1String(QTest::currentDataTag())));
    DiskSample disk;
    for (const auto at : {1s, 2s}) {
        QVERIFY(reader.read({at, 1s}, disk));
        QStringList found;
        for (const BlockDeviceSample& device : disk.devices) {
            found << device.name;
            QCOMPARE(device.readBytesPerSecond, 0.0);
            QCOMPARE(device.utilisationPercent, 0.0);
        }
        QCOMPARE(found, names);
    }
}

void TestBlockDeviceReader::namesTellWhereSysfsIsSilent()
{
    BlockDeviceReader reader("/nowhere");
    DiskSample disk;
    std::string text;
    const QStringList whole = {QStringLiteral("sda"),     QStringLiteral("sdab"),    QStringLiteral("xvdb"),
                               QStringLiteral("nvme0n1"), QStringLiteral("mmcblk1"), QStringLiteral("nbd0"),
                               QStringLiteral("md0"),     QStringLiteral("dm-3")};
    const QStringList parts = {
        QStringLiteral("sda1"),      QStringLiteral("sdab12"),    QStringLiteral("xvdb1"),
        QStringLiteral("nvme0n1p1"), QStringLiteral("mmcblk1p2"), QStringLiteral("nbd0p1"),
        QStringLiteral("md0p1"),     QStringLiteral("loop0"),     QStringLiteral("sr0"),
        QStringLiteral("ram1"),      QStringLiteral("zram0"),     QStringLiteral("fd0")};
    for (const QString& name : whole + parts)
        text += "8 0 " + name.toStdString() + " 1 0 8 1 1 0 8 1 0 1 1\n";
    reader.parse(text, {1s, 0s}, disk);
    QStringList found;
    for (const BlockDeviceSample& device : disk.devices)
        found << device.name;
    QCOMPARE(found, whole);
    QVERIFY(!disk.devices[0].isStacked);
    QVERIFY(disk.devices[6].isStacked);
    QVERIFY(disk.devices[7].isStacked);
}

void TestBlockDeviceReader::rates_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<double>("read");
    QTest::addColumn<double>("write");
    QTest::addColumn<double>("busy");
    const auto row = [](const char* name, const char* before, const char* now, double read, double write,
                        double busy) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(now) << read << write << busy;
    };
    // Over two seconds; columns: reads merged SECTORS ms writes merged SECTORS ms inflight BUSY weighted
    row("plain", "5 0 100 9 5 0 200 9 0 1000 9", "9 0 300 9 9 0 1200 9 3 1500 9", 51200, 256000, 25);
    row("newer kernel, more columns", "5 0 100 9 5 0 200 9 0 1000 9 1 1 1 1 1 1",
        "9 0 300 9 9 0 1200 9 3 1500 9 2 2 2 2 2 2", 51200, 256000, 25);
    row("idle", "5 0 100 9 5 0 200 9 0 1000 9", "5 0 100 9 5 0 200 9 0 1000 9", 0, 0, 0);
    row("busier than time", "5 0 100 9 5 0 200 9 0 1000 9", "5 0 100 9 5 0 200 9 0 9000 9", 0, 0, 100);
    row("reset", "5 0 10000 9 5 0 20000 9 0 100000 9", "1 0 8 9 1 0 8 9 0 1 9", 0, 0, 0);
    row("32-bit sectors wrap", "5 0 4294967290 9 5 0 200 9 0 0 9", "6 0 10 9 6 0 1200 9 0 0 9", 0, 256000, 0);
    row("32-bit busy time wraps", "5 0 100 9 5 0 200 9 0 4294967196 9", "6 0 100 9 6 0 200 9 0 400 9", 0, 0,
        25);
}

void TestBlockDeviceReader::rates()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, now);
    BlockDeviceReader reader("/nowhere");
    DiskSample disk;
    reader.parse("8 0 sda " + before.toStdString() + "\n", {1s, 0s}, disk);
    QCOMPARE(disk.devices.size(), std::size_t(1));
    QCOMPARE(disk.devices[0].readBytesPerSecond, 0.0);
    reader.parse("8 0 sda " + now.toStdString() + "\n", {3s, 2s}, disk);
    QCOMPARE(disk.devices.size(), std::size_t(1));
    QTEST(disk.devices[0].readBytesPerSecond, "read");
    QTEST(disk.devices[0].writeBytesPerSecond, "write");
    QTEST(disk.devices[0].utilisationPercent, "busy");
    QTEST(disk.readBytesPerSecond, "read");
    QTEST(disk.writeBytesPerSecond, "write");
}

void TestBlockDeviceReader::stackedDevicesAreNotSummed()
{
    // A RAID of two disks with a logical volume on it: what is written once moves four counters.
    TestTree tree;
    tree.write(QStringLiteral("sys/block/sda/size"), "1\n");
    tree.write(QStringLiteral("sys/block/sdb/size"), "1\n");
    tree.write(QStringLiteral("sys/block/md0/slaves/sda/size"), "1\n");
    tree.write(QStringLiteral("sys/block/dm-0/slaves/md0/size"), "1\n");
    tree.write(QStringLiteral("sys/block/odd/slaves/sda/size"), "1\n");
    BlockDeviceReader reader(tree.root());
    DiskSample disk;
    const auto text = [](int sectors) {
        std::string lines;
        for (const char* name : {"sda", "sda1", "sdb", "md0", "dm-0", "odd"})
            lines += std::string("8 0 ") + name + " 1 0 0 1 1 0 " + std::to_string(sectors) + " 1 0 1 1\n";
        return lines;
    };
    reader.parse(text(0), {1s, 0s}, disk);
    reader.parse(text(10), {2s, 1s}, disk);
    QCOMPARE(disk.devices.size(), std::size_t(5));
    for (const BlockDeviceSample& device : disk.devices)
        QCOMPARE(device.writeBytesPerSecond, 5120.0);
    QCOMPARE(disk.writeBytesPerSecond, 10240.0);
}

void TestBlockDeviceReader::eachDiskCountsOnce_data()
{
    QTest::addColumn<QStringList>("devices");
    QTest::addColumn<QStringList>("slaves"); // "dm-0/sda": dm-0 lies on sda
    QTest::addColumn<QStringList>("counted");
    const auto row = [](const char* name, const char* devices, const char* slaves, const char* counted) {
        const auto list = [](const char* words) { return QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts); };
        QTest::newRow(name) << list(devices) << list(slaves) << list(counted);
    };
    row("layers on one disk", "sda zd0 drbd0 dm-0", "dm-0/sda", "sda");
    row("bcache", "sda nvme0n1 bcache0", "bcache0/sda bcache0/nvme0n1", "sda nvme0n1");
    row("RAID", "sda sdb md0", "md0/sda md0/sdb", "sda sdb");
    row("over the network", "sda nbd0 rbd0", "", "sda nbd0 rbd0");
    row("encrypted, over the network", "nbd0 dm-0", "dm-0/nbd0", "nbd0");
    row("on a file, in memory", "sda loop0 zram0 ram0", "", "sda");
    row("partition of a volume", "sda zd0 zd0p1 drbd1", "", "sda");
    row("two paths to one NVMe disk", "nvme0n1 nvme0c0n1 nvme0c1n1", "", "nvme0c0n1 nvme0c1n1");
    row("NVMe disks with one path", "nvme0n1 nvme0n2 nvme1c0n2", "", "nvme0n1 nvme0n2 nvme1c0n2");
    row("two paths to one SCSI disk", "sda sdb dm-0", "dm-0/sda dm-0/sdb", "sda sdb");
    row("PowerPath", "sda sdb emcpowera", "", "sda sdb");
}

void TestBlockDeviceReader::eachDiskCountsOnce()
{
    QFETCH(QStringList, devices);
    QFETCH(QStringList, slaves);
    QFETCH(QStringList, counted);
    TestTree tree;
    for (const QString& device : devices) {
        if (!device.contains(u"0p"_s))
            tree.write(u"sys/block/"_s + device + u"/size"_s, "1\n");
    }
    for (const QString& slave : slaves)
        tree.write(u"sys/block/"_s + QString(slave).replace(u'/', u"/slaves/"_s) + u"/size"_s, "1\n");
    BlockDeviceReader reader(tree.root());
    DiskSample disk;
    const auto text = [&devices](int sectors) {
        std::string lines;
        for (const QString& name : devices)
            lines += "8 0 " + name.toStdString() + " 1 0 0 1 1 0 " + std::to_string(sectors) + " 1 0 1 1\n";
        return lines;
    };
    reader.parse(text(0), {1s, 0s}, disk);
    reader.parse(text(2048), {2s, 1s}, disk);
    QStringList found;
    for (const BlockDeviceSample& device : disk.devices) {
        QCOMPARE(device.writeBytesPerSecond, 1048576.0);
        if (!device.isStacked)
            found << device.name;
    }
    QCOMPARE(found, counted);
    QCOMPARE(disk.writeBytesPerSecond, 1048576.0 * double(counted.size()));
}

void TestBlockDeviceReader::devicesComeAndGo()
{
    BlockDeviceReader reader("/nowhere");
    DiskSample disk;
    const std::string sda = "8 0 sda 1 0 100 1 1 0 100 1 0 1 1\n";
    const std::string sdb = "8 16 sdb 1 0 9000 1 1 0 9000 1 0 900 1\n";
    const std::string sdbLater = "8 16 sdb 1 0 9010 1 1 0 9000 1 0 900 1\n";
    reader.parse(sda, {1s, 0s}, disk);
    reader.parse(sda + sdb, {2s, 1s}, disk); // what it did before it was plugged in is no rate
    QCOMPARE(disk.devices.size(), std::size_t(2));
    QCOMPARE(disk.devices[1].readBytesPerSecond, 0.0);
    QCOMPARE(disk.devices[1].utilisationPercent, 0.0);
    reader.parse(sdb + sda, {3s, 1s}, disk);
    QCOMPARE(disk.devices[0].name, QStringLiteral("sdb"));
    QCOMPARE(disk.devices[1].name, QStringLiteral("sda"));
    reader.parse(sda, {4s, 1s}, disk);
    QCOMPARE(disk.devices.size(), std::size_t(1));
    reader.parse(sda + sdbLater, {5s, 1s}, disk);
    QCOMPARE(disk.devices[1].readBytesPerSecond, 0.0);
    reader.parse(sda + sdbLater, {6s, 1s}, disk);
    QCOMPARE(disk.devices.size(), std::size_t(2));
}

void TestBlockDeviceReader::eitherHalfMayBeMissing()
{
    TestTree tree;
    DiskReader reader(tree.root(), [](const char*, struct statvfs&) { return false; });
    std::optional<DiskSample> disk;
    reader.read({1s, 0s}, disk);
    QVERIFY(!disk);
    tree.write(QStringLiteral("proc/diskstats"), "8 0 sda 1 0 100 1 1 0 100 1 0 1 1\n");
    reader.read({2s, 1s}, disk);
    QVERIFY(disk);
    QCOMPARE(disk->devices.size(), std::size_t(1));
    QVERIFY(disk->filesystems.empty());
    tree.remove(QStringLiteral("proc/diskstats"));
    tree.write(QStringLiteral("proc/self/mountinfo"), "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
    reader.read({3s, 1s}, disk);
    QVERIFY(disk);
    QVERIFY(disk->devices.empty());
}

VIGIE_TEST(TestBlockDeviceReader)
#include "tst_blockdevicereader.moc"
