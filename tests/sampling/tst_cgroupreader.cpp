// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocations.h"
#include "machinelook.h"
#include "sampling/cgroupreader.h"
#include "sampling/machinereader.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>
#include <unistd.h>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is allowed to a container or a slice, in place of what the machine has.
class TestCgroupReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallestMemoryLimitCounts_data();
    void smallestMemoryLimitCounts();
    void memoryUsedIsWithoutTheCache_data();
    void memoryUsedIsWithoutTheCache();
    void cores_data();
    void cores();
    void timeOfTheGroup_data();
    void timeOfTheGroup();
    void allowedCoresAreAveraged();
    void limitsAndGroupsChange();
    void allocatesNothing();
    void realGroup();
};

namespace {

constexpr quint64 mib = 1024 * 1024;
constexpr auto twoMounts = "30 20 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
constexpr auto oneMounts = "31 20 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
                           "32 20 0:28 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct\n"
                           "33 20 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                           "34 20 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n";

/// As the sources do.
void read(CgroupReader& reader, const Look& look, test::Sample& sample)
{
    sample.limits = {reader.narrow(*sample.memory), reader.narrow(look, *sample.cpu)};
}

/// A machine of 1 GiB and four cores, a tenth busy.
test::Sample machine()
{
    test::Sample sample;
    MemorySample memory;
    memory.totalBytes = 1024 * mib;
    memory.usedBytes = 600 * mib;
    memory.availableBytes = 424 * mib;
    memory.freeBytes = 100 * mib;
    memory.buffersBytes = mib;
    sample.memory = memory;
    CpuSample cpu;
    cpu.total.usagePercent = 10;
    for (int i = 0; i < 4; ++i) {
        CoreSample core;
        core.index = i;
        core.usage.usagePercent = 10.0 * i;
        cpu.cores.push_back(core);
    }
    sample.cpu = cpu;
    return sample;
}

/// A tree with the process in the group /a/b.
void makeGroups(TestTree& tree, bool isUnified)
{
    tree.write(u"proc/self/cgroup"_s,
               isUnified ? "0::/a/b\n" : "4:memory:/a/b\n3:cpuset:/a/b\n2:cpuacct:/a/b\n1:cpu:/a/b\n0::/\n");
    tree.write(u"proc/self/mountinfo"_s, isUnified ? twoMounts : oneMounts);
}

void writeMemory(TestTree& tree, bool isUnified, const QString& group, const std::string& limit, const std::string& usage,
                 const std::string& stat)
{
    const QString folder = (isUnified ? u"sys/fs/cgroup"_s : u"sys/fs/cgroup/memory"_s) + group + u'/';
    tree.write(folder + (isUnified ? u"memory.max"_s : u"memory.limit_in_bytes"_s), limit + '\n');
    tree.write(folder + (isUnified ? u"memory.current"_s : u"memory.usage_in_bytes"_s), usage + '\n');
    tree.write(folder + u"memory.stat"_s, stat);
}

std::string bytes(quint64 mibs)
{
    return std::to_string(mibs * mib);
}

/// A group of the test's own in a hierarchy of version 1, gone at the end.
class OwnGroup
{
public:
    explicit OwnGroup(const QString& controller)
    {
        QFile own(u"/proc/self/cgroup"_s);
        if (!own.open(QIODevice::ReadOnly))
            return;
        for (const QByteArray& line : own.readAll().split('\n')) {
            const auto parts = line.split(':');
            if (parts.size() == 3 && parts[1] == controller.toUtf8())
                m_before = u"/sys/fs/cgroup/"_s + controller + QString::fromUtf8(parts[2]);
        }
        m_path = m_before + u"/vigie-test-"_s + QString::number(::getpid());
        m_isMade = !m_before.isEmpty() && QDir().mkdir(m_path);
    }

    ~OwnGroup()
    {
        if (!m_isMade)
            return;
        write(m_before + u"/cgroup.procs"_s, QByteArray::number(::getpid()));
        QDir().rmdir(m_path);
    }

    OwnGroup(const OwnGroup&) = delete;
    OwnGroup& operator=(const OwnGroup&) = delete;

    bool isMade() const { return m_isMade; }
    bool set(const QString& name, const QByteArray& value) { return write(m_path + u'/' + name, value); }
    bool enter() { return set(u"cgroup.procs"_s, QByteArray::number(::getpid())); }

private:
    static bool write(const QString& path, const QByteArray& value)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(value) == value.size();
    }

    QString m_before;
    QString m_path;
    bool m_isMade = false;
};

} // namespace

void TestCgroupReader::smallestMemoryLimitCounts_data()
{
    QTest::addColumn<bool>("isUnified");
    QTest::addColumn<QStringList>("limits"); // of /a/b, /a and /; none: not there
    QTest::addColumn<quint64>("total");      // MiB
    QTest::addColumn<quint64>("used");
    for (const bool isUnified : {true, false}) {
        const auto row = [isUnified](const char* name, const QStringList& limits, quint64 total, quint64 used) {
            QTest::addRow("%d, %s", isUnified ? 2 : 1, name) << isUnified << limits << total << used;
        };
        const QString none = isUnified ? u"max"_s : u"9223372036854771712"_s;
        const auto size = [](quint64 mibs) { return QString::fromStdString(bytes(mibs)); };
        row("none", {none, none, {}}, 1024, 600);
        row("own", {size(300), none, {}}, 300, 10);
        row("outer", {none, size(300), {}}, 300, 20);
        row("inner is smaller", {size(200), size(300), {}}, 200, 10);
        row("outer is smaller", {size(400), size(300), {}}, 300, 20);
        row("equal: the outer has more in it", {size(300), size(300), {}}, 300, 20);
        row("more than the machine has", {size(2000), none, {}}, 1024, 600);
        row("as much as the machine has", {size(1024), none, {}}, 1024, 600);
        row("a container's own view", {{}, {}, size(300)}, 300, 30);
        row("garbage", {u"-5"_s, u"x"_s, {}}, 1024, 600);
    }
}

void TestCgroupReader::smallestMemoryLimitCounts()
{
    QFETCH(bool, isUnified);
    QFETCH(QStringList, limits);
    QFETCH(quint64, total);
    QFETCH(quint64, used);
    TestTree tree;
    makeGroups(tree, isUnified);
    const QStringList groups = {u"/a/b"_s, u"/a"_s, QString()};
    for (qsizetype i = 0; i < 3; ++i) {
        if (!limits[i].isEmpty())
            writeMemory(tree, isUnified, groups[i], limits[i].toStdString(), bytes(10 * quint64(i + 1)), {});
    }
    CgroupReader reader(tree.root());
    test::Sample sample = machine();
    read(reader, {1s, 0s}, sample);
    QCOMPARE(sample.memory->totalBytes, total * mib);
    QCOMPARE(sample.memory->usedBytes, used * mib);
    QCOMPARE(sample.memory->availableBytes, (total - used) * mib);
    QCOMPARE(sample.limits.memoryBytes.has_value(), total != 1024);
    QCOMPARE(sample.limits.memoryBytes.value_or(total * mib), total * mib);
    QVERIFY(!sample.limits.cpuCores);
}

void TestCgroupReader::memoryUsedIsWithoutTheCache_data()
{
    QTest::addColumn<bool>("isUnified");
    QTest::addColumn<QByteArray>("stat");
    QTest::addColumn<quint64>("cached"); // MiB of the 200 charged
    const auto row = [](const char* name, bool isUnified, const std::string& stat, quint64 cached) {
        QTest::newRow(name) << isUnified << QByteArray::fromStdString(stat) << cached;
    };
    row("2", true,
        "anon " + bytes(20) + "\nfile " + bytes(170) + "\nshmem " + bytes(40) + "\ninactive_anon " + bytes(60)
            + "\ninactive_file " + bytes(100) + "\nactive_file " + bytes(30) + "\nslab_reclaimable " + bytes(5) + "\nslab "
            + bytes(7) + "\n",
        135);
    row("1", false,
        "cache " + bytes(1) + "\ninactive_file " + bytes(1) + "\ntotal_cache " + bytes(170) + "\ntotal_rss " + bytes(20)
            + "\ntotal_shmem " + bytes(40) + "\ntotal_inactive_file " + bytes(100) + "\ntotal_active_file " + bytes(30) + "\n",
        130);
    row("more than there is", true, "inactive_file 18446744073709551615\nactive_file 18446744073709551615\n", 200);
    row("no statistics", true, "", 0);
}

void TestCgroupReader::memoryUsedIsWithoutTheCache()
{
    QFETCH(bool, isUnified);
    QFETCH(QByteArray, stat);
    QFETCH(quint64, cached);
    TestTree tree;
    makeGroups(tree, isUnified);
    writeMemory(tree, isUnified, u"/a/b"_s, bytes(300), bytes(200), stat.toStdString());
    CgroupReader reader(tree.root());
    test::Sample sample = machine();
    read(reader, {1s, 0s}, sample);
    QCOMPARE(sample.memory->cachedBytes, cached * mib);
    QCOMPARE(sample.memory->usedBytes, (200 - cached) * mib);
    QCOMPARE(sample.memory->freeBytes, 100 * mib);
    QCOMPARE(sample.memory->availableBytes, (100 + cached) * mib);
    QCOMPARE(sample.memory->buffersBytes, quint64(0));
}

void TestCgroupReader::cores_data()
{
    QTest::addColumn<bool>("isUnified");
    QTest::addColumn<QByteArray>("quota"); // cpu.max of /a/b, and of /a; in version 1 quota and period likewise
    QTest::addColumn<QByteArray>("outer");
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<double>("allowed"); // 0: no limit
    for (const bool isUnified : {true, false}) {
        const auto row = [isUnified](const char* name, const char* quota, const char* outer, const char* list, double allowed) {
            QTest::addRow("%d, %s", isUnified ? 2 : 1, name)
                << isUnified << QByteArray(quota) << QByteArray(outer) << QByteArray(list) << allowed;
        };
        const char* const none = isUnified ? "max 100000" : "-1 100000";
        row("none", none, none, "0-3", 0);
        row("half a core", "50000 100000", none, "0-3", 0.5);
        row("outer", none, "150000 100000", "0-3", 1.5);
        row("another period", "5000 50000", none, "0-3", 0.1);
        row("more than there are", "900000 100000", none, "0-3", 0);
        row("certain cores", none, none, "1,3", 2);
        row("certain cores, and less time", "50000 100000", none, "1,3", 0.5);
        row("certain cores, and more time", "300000 100000", none, "1,3", 2);
        row("cores that are not online", none, none, "8-9", 0);
        row("garbage", "x y", "0 0", "?", 0);
    }
}

void TestCgroupReader::cores()
{
    QFETCH(bool, isUnified);
    QFETCH(QByteArray, quota);
    QFETCH(QByteArray, outer);
    QFETCH(QByteArray, list);
    QFETCH(double, allowed);
    TestTree tree;
    makeGroups(tree, isUnified);
    const auto write = [&](const QString& group, const QByteArray& text) {
        if (isUnified)
            return tree.write(u"sys/fs/cgroup"_s + group + u"/cpu.max"_s, text.toStdString() + '\n');
        const auto parts = text.split(' ');
        tree.write(u"sys/fs/cgroup/cpu"_s + group + u"/cpu.cfs_quota_us"_s, parts[0].toStdString() + '\n');
        tree.write(u"sys/fs/cgroup/cpu"_s + group + u"/cpu.cfs_period_us"_s, parts[1].toStdString() + '\n');
    };
    write(u"/a/b"_s, quota);
    write(u"/a"_s, outer);
    tree.write(isUnified ? u"sys/fs/cgroup/a/cpuset.cpus.effective"_s : u"sys/fs/cgroup/cpuset/a/b/cpuset.effective_cpus"_s,
               list.toStdString() + '\n');
    CgroupReader reader(tree.root());
    test::Sample sample = machine();
    read(reader, {1s, 0s}, sample);
    QCOMPARE(sample.limits.cpuCores.value_or(0), allowed);
    QCOMPARE(sample.cpu->cores.size(), std::size_t(4));
    QVERIFY(!sample.limits.memoryBytes);
}

void TestCgroupReader::timeOfTheGroup_data()
{
    QTest::addColumn<bool>("isUnified");
    QTest::newRow("2") << true;
    QTest::newRow("1") << false;
}

void TestCgroupReader::timeOfTheGroup()
{
    // Half a core, of which 0.2 s are used in 2 s: a fifth of what is allowed.
    QFETCH(bool, isUnified);
    TestTree tree;
    makeGroups(tree, isUnified);
    const QString cpu = isUnified ? u"sys/fs/cgroup/a/b/"_s : u"sys/fs/cgroup/cpu/a/b/"_s;
    if (isUnified)
        tree.write(cpu + u"cpu.max"_s, "50000 100000\n");
    tree.write(cpu + u"cpu.cfs_quota_us"_s, "50000\n");
    tree.write(cpu + u"cpu.cfs_period_us"_s, "100000\n");
    const auto writeTimes = [&](quint64 userMs, quint64 systemMs) {
        if (isUnified)
            return tree.write(cpu + u"cpu.stat"_s, "usage_usec " + std::to_string((userMs + systemMs) * 1000) + "\nuser_usec "
                                                       + std::to_string(userMs * 1000) + "\nsystem_usec "
                                                       + std::to_string(systemMs * 1000) + "\nnr_periods 5\n");
        const QString accounting = u"sys/fs/cgroup/cpuacct/a/b/"_s;
        tree.write(accounting + u"cpuacct.usage"_s, std::to_string((userMs + systemMs) * 1'000'000) + '\n');
        tree.write(accounting + u"cpuacct.usage_user"_s, std::to_string(userMs * 1'000'000) + '\n');
        tree.write(accounting + u"cpuacct.usage_sys"_s, std::to_string(systemMs * 1'000'000) + '\n');
    };
    CgroupReader reader(tree.root());
    const auto usageAt = [&reader](std::chrono::seconds at) {
        test::Sample sample = machine();
        read(reader, {at, 1s}, sample);
        return sample.cpu->total;
    };
    writeTimes(5000, 1000);
    QCOMPARE(usageAt(1s).usagePercent, 0.0);
    writeTimes(5150, 1050);
    const CpuUsage usage = usageAt(3s);
    QCOMPARE(usage.usagePercent, 20.0);
    QCOMPARE(usage.userPercent, 15.0);
    QCOMPARE(usage.systemPercent, 5.0);
    writeTimes(99999, 1050);
    QCOMPARE(usageAt(4s).usagePercent, 100.0);
    writeTimes(1, 1); // reset
    QCOMPARE(usageAt(5s).usagePercent, 0.0);
    tree.remove(isUnified ? cpu + u"cpu.stat"_s : u"sys/fs/cgroup/cpuacct/a/b/cpuacct.usage"_s);
    QCOMPARE(usageAt(6s).usagePercent, 10.0); // the machine's: nobody tells the group's
}

void TestCgroupReader::allowedCoresAreAveraged()
{
    TestTree tree;
    makeGroups(tree, true);
    tree.write(u"sys/fs/cgroup/a/b/cpuset.cpus.effective"_s, "1,3\n");
    CgroupReader reader(tree.root());
    test::Sample sample = machine();
    read(reader, {1s, 0s}, sample);
    QCOMPARE(sample.cpu->total.usagePercent, 20.0);
    QCOMPARE(sample.limits.cpuCores, std::optional(2.0));
}

void TestCgroupReader::limitsAndGroupsChange()
{
    TestTree tree;
    makeGroups(tree, true);
    CgroupReader reader(tree.root());
    const auto limit = [&reader] {
        test::Sample sample = machine();
        sample.limits.memoryBytes = 5; // of a look before
        read(reader, {1s, 0s}, sample);
        return sample.limits.memoryBytes.value_or(0) / mib;
    };
    QCOMPARE(limit(), quint64(0));
    writeMemory(tree, true, u"/a/b"_s, bytes(300), bytes(1), {});
    QCOMPARE(limit(), quint64(300));
    writeMemory(tree, true, u"/a/b"_s, bytes(200), bytes(1), {});
    QCOMPARE(limit(), quint64(200));
    writeMemory(tree, true, u"/c"_s, bytes(100), bytes(1), {});
    tree.write(u"proc/self/cgroup"_s, "0::/c\n");
    QCOMPARE(limit(), quint64(100));
    tree.remove(u"proc/self/cgroup"_s);
    QCOMPARE(limit(), quint64(0));
}

void TestCgroupReader::allocatesNothing()
{
    if (!canCountAllocations)
        QSKIP("Sanitizers count for themselves.");
    TestTree tree;
    makeGroups(tree, true);
    writeMemory(tree, true, u"/a/b"_s, bytes(300), bytes(1), "inactive_file 4096\n");
    tree.write(u"sys/fs/cgroup/a/b/cpu.max"_s, "50000 100000\n");
    tree.write(u"sys/fs/cgroup/a/b/cpu.stat"_s, "usage_usec 5\n");
    tree.write(u"sys/fs/cgroup/a/b/cpuset.cpus.effective"_s, "0-3\n");
    CgroupReader reader(tree.root());
    test::Sample sample = machine();
    read(reader, {1s, 0s}, sample);
    sample = machine();
    const std::size_t before = allocationCount();
    read(reader, {2s, 1s}, sample);
    QCOMPARE(allocationCount(), before);
    QVERIFY(sample.limits.memoryBytes && sample.limits.cpuCores);
}

void TestCgroupReader::realGroup()
{
    if (!canCountAllocations)
        QSKIP("A sanitizer takes more memory than this group may have.");
    OwnGroup memory(u"memory"_s);
    OwnGroup cpu(u"cpu"_s);
    if (!memory.isMade() || !cpu.isMade())
        QSKIP("Needs control groups of version 1, and the right to make some.");
    OwnGroup accounting(u"cpuacct"_s);
    QVERIFY(memory.set(u"memory.limit_in_bytes"_s, QByteArray::number(300 * mib)));
    QVERIFY(cpu.set(u"cpu.cfs_quota_us"_s, "50000"));
    QVERIFY(memory.enter());
    QVERIFY(cpu.enter());
    QVERIFY(accounting.enter());
    MachineReader reader{std::string()};
    Frame frame;
    reader.read({1s, 0s}, false, frame);
    QCOMPARE(test::valueIn(frame, "limits.memory"), double(300 * mib));
    QCOMPARE(test::valueIn(frame, "limits.cpu"), 0.5);
    QCOMPARE(test::valueIn(frame, "memory.total"), double(300 * mib));
    const double before = test::valueIn(frame, "memory.used");
    const std::string filled(100 * mib, 'x'); // charged to this group
    reader.read({2s, 1s}, false, frame);
    QVERIFY(test::valueIn(frame, "memory.used") > before + double(90 * mib));
    QVERIFY(test::valueIn(frame, "memory.used") < double(300 * mib));
    QVERIFY(test::valueIn(frame, "cpu.usage") > 0);
    QVERIFY(filled.back() == 'x');
}

VIGIE_TEST(TestCgroupReader)
#include "tst_cgroupreader.moc"
