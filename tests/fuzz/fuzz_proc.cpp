// SPDX-License-Identifier: GPL-3.0-or-later
// Kernel files with any content. The input is split at 0xFF: each part is the content of the next of `files`, or of a `Part`
// beyond them. When each has a part, the machine is sampled; the parts that follow are the next contents. No resulting value is
// absurd.
#include "figures/figurereader.h"
#include "sampling/connectioncounter.h"
#include "sampling/diskreader.h"
#include "sampling/linkreader.h"
#include "sampling/machinereader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/statvfs.h>

using namespace vigie;

namespace {

const char* const files[] = {
    "proc/stat",
    "proc/loadavg",
    "proc/meminfo",
    "proc/diskstats",
    "proc/self/mountinfo",
    "proc/net/dev",
    "proc/uptime",
    "proc/pressure/cpu",
    "proc/pressure/memory",
    "proc/pressure/io",
    "proc/7/stat",
    "proc/8/stat",
    "proc/cpuinfo",
    "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq",
    "sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq",
    "proc/spl/kstat/zfs/arcstats",
    "proc/self/cgroup",
    "sys/fs/cgroup/memory.max",
    "sys/fs/cgroup/memory.current",
    "sys/fs/cgroup/memory.stat",
    "sys/fs/cgroup/cpu.max",
    "sys/fs/cgroup/cpu.stat",
    "sys/fs/cgroup/cpuset.cpus.effective",
    "sys/fs/cgroup/memory/memory.limit_in_bytes",
    "sys/fs/cgroup/memory/memory.usage_in_bytes",
    "sys/fs/cgroup/cpu/cpu.cfs_quota_us",
    "sys/fs/cgroup/cpu/cpu.cfs_period_us",
};

/// Of a round of the input, by index.
enum Part : qsizetype {
    Block = std::ssize(files), ///< its first byte: which of `devices` there are in /sys/block; bit 0: whether there is any
    Space,                     ///< statvfs(3)'s answers: three numbers of 64 bits for each filesystem
    Netlink,                   ///< the kernel's answer about connections, or about interfaces
    PartCount
};

const char* const devices[] = {"sda", "vda", "nvme0n1", "dm-0", "dm-0/slaves", "dm-0/slaves/sda", "cciss!c0d0"};

void require(bool isSo, int line = __builtin_LINE())
{
    if (isSo)
        return;
    std::fprintf(stderr, "line %d does not hold\n", line);
    std::abort();
}

void requireAmount(double figure, int line = __builtin_LINE())
{
    require(std::isfinite(figure) && figure >= 0, line);
}

void requirePercent(double figure, int line = __builtin_LINE())
{
    require(figure >= 0 && figure <= 100, line);
}

/// The file of this index, as it is from now on.
void write(const QDir& root, qsizetype index, const QByteArray& content)
{
    static std::vector<std::optional<QByteArray>> written(std::size(files));
    std::optional<QByteArray>& before = written[std::size_t(index)];
    if (before == content)
        return;
    const QString path = root.filePath(QString::fromLatin1(files[index]));
    if (!before)
        QDir().mkpath(QFileInfo(path).path());
    before = content;
    QFile file(path);
    require(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size());
}

void makeBlockDevices(const QDir& root, const QByteArray& part)
{
    static unsigned made = 0;
    const unsigned wanted = part.isEmpty() ? 0 : static_cast<unsigned char>(part[0]);
    if (wanted == made)
        return;
    made = wanted;
    QDir(root.filePath(QStringLiteral("sys/block"))).removeRecursively();
    if (wanted & 1)
        root.mkpath(QStringLiteral("sys/block"));
    for (qsizetype i = 0; i < std::ssize(devices); ++i) {
        if (wanted & 1 && wanted & 2u << i)
            root.mkpath(QLatin1StringView("sys/block/") + QLatin1StringView(devices[i]));
    }
}

void checkDisk(const DiskSample& disk)
{
    for (const FilesystemSample& filesystem : disk.filesystems)
        require(filesystem.usedBytes <= filesystem.totalBytes && filesystem.freeBytes <= filesystem.totalBytes);
    for (const BlockDeviceSample& device : disk.devices) {
        requireAmount(device.readBytesPerSecond);
        requireAmount(device.writeBytesPerSecond);
        requirePercent(device.utilisationPercent);
    }
    requireAmount(disk.readBytesPerSecond);
    requireAmount(disk.writeBytesPerSecond);
}

void checkProcesses(const std::vector<ProcessSample>& top)
{
    require(top.size() <= ProcessReader::topCount);
    for (const ProcessSample& process : top) {
        require(process.pid > 0);
        requireAmount(process.cpuPercent);
    }
}

/// By what the sources say of themselves, and what some figures are to one another.
void check(const Frame& frame)
{
    require(frame.values.size() == frame.catalogue->size());
    for (std::size_t i = 0; i < frame.values.size(); ++i) {
        const SeriesKind& kind = *frame.catalogue->series()[i].kind;
        const double value = frame.values[i];
        require(std::isnan(value) || (std::isfinite(value) && value >= kind.low && value <= kind.high));
    }
    FigureReader memory({"memory.used", "memory.available", "memory.total", "memory.free", "swap.used", "swap.total"});
    memory.read(frame);
    if (memory.isKnown(0)) {
        // Numbers beyond 2^53 are rounded.
        require(std::abs(memory.value(0) + memory.value(1) - memory.value(2)) <= memory.value(2) * 1e-15);
        require(memory.value(3) <= memory.value(2));
        require(memory.value(4) <= memory.value(5));
    }
    FigureReader limits({"limits.memory"});
    limits.read(frame);
    require(limits.valueOr(0, 1) > 0);
    if (frame.processes) {
        checkProcesses(frame.processes->topByCpu);
        checkProcesses(frame.processes->topByMemory);
    }
}

void countConnections(const QByteArray& piece)
{
    // Not a byte more than there is.
    const std::vector<char> bytes(piece.begin(), piece.end());
    int established = 0;
    (void)ConnectionCounter::countIn(bytes, 1, established);
    require(established >= 0 && std::size_t(established) <= bytes.size());
}

void readLinks(const QByteArray& piece)
{
    const std::vector<char> bytes(piece.begin(), piece.end());
    std::vector<Link> links;
    bool isWhole = true;
    (void)LinkReader::linksIn(bytes, 1, links, isWhole);
    require(links.size() <= bytes.size());
    require(repeatingLinks(links).size() <= links.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const QTemporaryDir folder(QStringLiteral("/dev/shm/vigie-fuzz-XXXXXX"));
    const QByteArray input(reinterpret_cast<const char*>(data), qsizetype(size));
    const QList<QByteArray> parts = input.split('\xff');
    const QDir dir(folder.path());
    for (qsizetype i = 0; i < std::ssize(files); ++i)
        write(dir, i, {});
    makeBlockDevices(dir, {});

    const std::string root = QFile::encodeName(folder.path()).toStdString();
    MachineReader machine(root); // asks nobody but the files
    QByteArray answers;
    DiskReader disk(root, [&answers](const char*, struct statvfs& space) {
        quint64 figures[3];
        if (answers.size() < qsizetype(sizeof figures))
            return false;
        std::memcpy(figures, answers.constData(), sizeof figures);
        answers.remove(0, sizeof figures);
        space.f_frsize = 1ul << figures[0] % 20;
        space.f_blocks = figures[0];
        space.f_bfree = figures[1];
        space.f_bavail = figures[2];
        return true;
    });
    Frame frame;
    std::optional<DiskSample> space;
    std::chrono::nanoseconds now{1'000'000'000};
    for (qsizetype first = 0; first < std::min<qsizetype>(parts.size(), 4 * PartCount); first += PartCount) {
        for (qsizetype i = 0; i < std::ssize(files) && first + i < parts.size(); ++i)
            write(dir, i, parts[first + i]);
        makeBlockDevices(dir, parts.value(first + Block));
        answers = parts.value(first + Space);
        countConnections(parts.value(first + Netlink));
        readLinks(parts.value(first + Netlink));
        // As long as clocks and processes stand still, so that they are asked each time.
        const std::chrono::nanoseconds interval = first > 0 ? ProcessReader::period : std::chrono::seconds(0);
        now += interval;
        machine.read({now, interval}, true, frame);
        check(frame);
        disk.read({now, interval}, space);
        if (space)
            checkDisk(*space);
    }
    return 0;
}
