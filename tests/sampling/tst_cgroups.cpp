// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/cgroups.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

/// Where a process's control groups are.
class TestCgroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheGroup_data();
    void findsTheGroup();
    void readsLists_data();
    void readsLists();
};

void TestCgroups::findsTheGroup_data()
{
    QTest::addColumn<QByteArray>("cgroup");
    QTest::addColumn<QByteArray>("mounts");
    QTest::addColumn<bool>("isUnified");
    QTest::addColumn<QString>("folders");
    const auto row = [](const char* name, const char* cgroup, const char* mounts, bool isUnified, const char* folders) {
        QTest::newRow(name) << QByteArray(cgroup) << QByteArray(mounts) << isUnified << QString::fromLatin1(folders);
    };
    constexpr auto two = "30 20 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n";
    constexpr auto one = "31 20 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
                         "32 20 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                         "33 20 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
    row("2, a service", "0::/system.slice/vigie.service\n", two, true,
        "/sys/fs/cgroup/system.slice/vigie.service /sys/fs/cgroup/system.slice /sys/fs/cgroup");
    row("2, a container with its own view", "0::/\n", two, true, "/sys/fs/cgroup");
    row("2, a container that sees the machine's path", "0::/system.slice/docker-1.scope\n",
        "30 20 0:26 /system.slice/docker-1.scope /sys/fs/cgroup ro - cgroup2 cgroup rw\n", true, "/sys/fs/cgroup");
    row("2, a group in such a container", "0::/system.slice/docker-1.scope/inner\n",
        "30 20 0:26 /system.slice/docker-1.scope /sys/fs/cgroup ro - cgroup2 cgroup rw\n", true,
        "/sys/fs/cgroup/inner /sys/fs/cgroup");
    row("2, outside what is seen", "0::/../../other\n", two, true, "/sys/fs/cgroup");
    row("2, a name that begins alike", "0::/docker-12\n", "30 20 0:26 /docker-1 /sys/fs/cgroup ro - cgroup2 cgroup rw\n", true,
        "/sys/fs/cgroup");
    row("1", "12:memory:/a/b\n3:cpu,cpuacct:/c\n0::/d\n", one, false,
        "/sys/fs/cgroup/memory/a/b /sys/fs/cgroup/memory/a /sys/fs/cgroup/memory");
    row("1, a container", "12:memory:/docker/1\n3:cpu,cpuacct:/docker/1\n",
        "32 20 0:28 /docker/1 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n", false, "/sys/fs/cgroup/memory");
    row("hybrid, memory is with 2", "3:cpu,cpuacct:/c\n0::/d\n", one, true, "/sys/fs/cgroup/unified/d /sys/fs/cgroup/unified");
    row("a colon in the name", "0::/a:b\n", two, true, "/sys/fs/cgroup/a:b /sys/fs/cgroup");
    row("not mounted", "0::/a\n", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n", true, "");
    row("no groups", "", two, true, "");
    row("garbage", "::\nmemory\n7\n0:\n", one, true, "");
}

void TestCgroups::findsTheGroup()
{
    QFETCH(QByteArray, cgroup);
    QFETCH(QByteArray, mounts);
    const CgroupPlace place = findCgroup(cgroup.toStdString(), mounts.toStdString(), "memory");
    QTEST(place.isUnified, "isUnified");
    QStringList folders;
    for (const std::string& folder : place.folders)
        folders << QString::fromStdString(folder);
    QTEST(folders.join(u' '), "folders");
}

void TestCgroups::readsLists_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<int>>("numbers");
    QTest::newRow("one") << QByteArray("3\n") << QList<int>{3};
    QTest::newRow("ranges") << QByteArray("0-3,8\n") << QList<int>{0, 1, 2, 3, 8};
    QTest::newRow("none") << QByteArray("\n") << QList<int>{};
    QTest::newRow("garbage") << QByteArray("0-x\n") << QList<int>{};
    QTest::newRow("backwards") << QByteArray("3-1\n") << QList<int>{};
    QTest::newRow("too many") << QByteArray("0-4000000000\n") << QList<int>{};
}

void TestCgroups::readsLists()
{
    QFETCH(QByteArray, text);
    const std::vector<int> numbers = numbersInList(text.toStdString());
    QTEST(QList<int>(numbers.begin(), numbers.end()), "numbers");
}

VIGIE_TEST(TestCgroups)
#include "tst_cgroups.moc"
