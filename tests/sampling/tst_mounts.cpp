// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/filesystemreader.h"
#include "sampling/mounts.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>
#include <sys/statvfs.h>

using namespace vigie;

/// Which filesystems are the machine's own, and how full they are.
class TestMounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesLocalFilesystems_data();
    void choosesLocalFilesystems();
    void readsEveryColumn();
    void countsSpaceAsDfDoes();
    void containerDiskIsCountedOnce();
    void noticesMountsThatComeAndGo();
    void noticesMountsOfThisMachine();
};

void TestMounts::choosesLocalFilesystems_data()
{
    QTest::addColumn<QStringList>("points");
    const auto row = [](const char* machine, const QStringList& points) { QTest::newRow(machine) << points; };
    row("vm-x86", {QStringLiteral("/")});
    row("board-arm64", {QStringLiteral("/"), QStringLiteral("/boot")});
    row("one-core", {QStringLiteral("/")});
    row("server-72", {QStringLiteral("/"), QStringLiteral("/boot/efi"), QStringLiteral("/srv")});
    row("container", {QStringLiteral("/"), QStringLiteral("/etc/hosts"), QStringLiteral("/data")});
    row("workstation", {QStringLiteral("/"), QStringLiteral("/boot/efi"),
                        QStringLiteral("/media/anne/My Book"), QStringLiteral("/tank")});
    row("broken", {QStringLiteral("/b")});
    row("empty", {});
}

void TestMounts::choosesLocalFilesystems()
{
    QFETCH(QStringList, points);
    const auto text =
        machineText(QLatin1String(QTest::currentDataTag()), QStringLiteral("proc/self/mountinfo"));
    QStringList found;
    for (const Mount& mount : localFilesystems(parseMounts(text)))
        found << QString::fromStdString(mount.point);
    QCOMPARE(found, points);
}

void TestMounts::readsEveryColumn()
{
    const auto mounts = parseMounts(
        "36 35 98:2 /mnt1 /a\\134b\\011c rw,noatime master:1 shared:2 - ext3 /dev/my\\040disk rw\n"
        "37 35 98:3 / /plain rw - xfs /dev/root rw\n");
    QCOMPARE(mounts.size(), std::size_t(2));
    QCOMPARE(mounts[0].major, 98U);
    QCOMPARE(mounts[0].minor, 2U);
    QCOMPARE(mounts[0].root, std::string("/mnt1"));
    QCOMPARE(mounts[0].point, std::string("/a\\b\tc"));
    QCOMPARE(mounts[0].type, std::string("ext3"));
    QCOMPARE(mounts[0].source, std::string("/dev/my disk"));
    QCOMPARE(mounts[1].point, std::string("/plain"));
}

void TestMounts::countsSpaceAsDfDoes()
{
    FilesystemReader reader(machineRoot(QStringLiteral("server-72")),
                            [](const char* point, struct statvfs& space) {
                                if (std::string(point) == "/boot/efi")
                                    return false; // taken away this very moment
                                space.f_frsize = 1024;
                                space.f_bsize = 4096; // not the unit of the counts
                                space.f_blocks = 1000;
                                space.f_bfree = 400;
                                space.f_bavail = 350;
                                return true;
                            });
    DiskSample disk;
    QVERIFY(reader.read(disk));
    QCOMPARE(disk.filesystems.size(), std::size_t(2));
    const FilesystemSample& srv = disk.filesystems[1];
    QCOMPARE(srv.mountPoint, QStringLiteral("/srv"));
    QCOMPARE(srv.device, QStringLiteral("/dev/mapper/vg-srv"));
    QCOMPARE(srv.type, QStringLiteral("xfs"));
    QCOMPARE(srv.totalBytes, quint64(1000 * 1024));
    QCOMPARE(srv.usedBytes, quint64(600 * 1024));
    QCOMPARE(srv.freeBytes, quint64(350 * 1024));
    QCOMPARE(disk.totalBytes, quint64(2000 * 1024));
    QCOMPARE(disk.usedBytes, quint64(1200 * 1024));
    QCOMPARE(disk.freeBytes, quint64(700 * 1024));
    QVERIFY(reader.read(disk)); // sums are not carried over
    QCOMPARE(disk.totalBytes, quint64(2000 * 1024));
}

void TestMounts::containerDiskIsCountedOnce()
{
    FilesystemReader reader(machineRoot(QStringLiteral("container")), [](const char* point,
                                                                         struct statvfs& space) {
        space.f_frsize = 4096;
        space.f_blocks = std::string(point) == "/data" ? 5000 : 1000; // /etc/hosts is on the disk below "/"
        space.f_bfree = space.f_bavail = 100;
        return true;
    });
    DiskSample disk;
    QVERIFY(reader.read(disk));
    QCOMPARE(disk.filesystems.size(), std::size_t(2));
    QCOMPARE(disk.filesystems[0].mountPoint, QStringLiteral("/"));
    QCOMPARE(disk.filesystems[1].mountPoint, QStringLiteral("/data"));
    QCOMPARE(disk.totalBytes, quint64(6000 * 4096));
}

void TestMounts::noticesMountsThatComeAndGo()
{
    const auto full = [](const char*, struct statvfs& space) {
        space.f_frsize = space.f_blocks = 1;
        return true;
    };
    TestTree tree;
    FilesystemReader reader(tree.root(), full);
    DiskSample disk;
    QVERIFY(!reader.read(disk));
    const std::string root = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
    const std::string stick = "23 22 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n";
    const QString path = QStringLiteral("proc/self/mountinfo");
    tree.write(path, root);
    QVERIFY(reader.read(disk));
    QCOMPARE(disk.filesystems.size(), std::size_t(1));
    tree.write(path, root + stick);
    QVERIFY(reader.read(disk));
    QCOMPARE(disk.filesystems.size(), std::size_t(2));
    QCOMPARE(disk.filesystems[1].mountPoint, QStringLiteral("/media/stick"));
    tree.write(path, root);
    QVERIFY(reader.read(disk));
    QCOMPARE(disk.filesystems.size(), std::size_t(1));
    tree.remove(path);
    QVERIFY(!reader.read(disk));
    QVERIFY(disk.filesystems.empty());
    QCOMPARE(disk.totalBytes, quint64(0));
    tree.write(path, root + stick);
    QVERIFY(reader.read(disk));
    QCOMPARE(disk.filesystems.size(), std::size_t(2));
}

void TestMounts::noticesMountsOfThisMachine()
{
    // Against the C library's own look at the same place.
    FilesystemReader reader{std::string()};
    DiskSample disk;
    QVERIFY(reader.read(disk));
    QVERIFY(reader.read(disk)); // by poll(2) this time
    QVERIFY(!disk.filesystems.empty());
    for (const FilesystemSample& filesystem : disk.filesystems) {
        struct statvfs space = {};
        QCOMPARE(::statvfs(filesystem.mountPoint.toLocal8Bit().constData(), &space), 0);
        QCOMPARE(filesystem.totalBytes, quint64(space.f_blocks) * space.f_frsize);
    }
}

VIGIE_TEST(TestMounts)
#include "tst_mounts.moc"
