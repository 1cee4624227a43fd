// SPDX-License-Identifier: GPL-3.0-or-later
// Files of /proc and /sys with anything in them. The input is parted by 0xFF: each part is the content of the next file, and
// when all have one they are looked at, so that the parts that follow are what they change to.
#include "sampling/machinereader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <chrono>
#include <cmath>
#include <cstdlib>

using namespace vigie;

namespace {

const char* const files[] = {
    "proc/stat", "proc/loadavg", "proc/meminfo", "proc/diskstats", "proc/self/mountinfo", "proc/net/dev", "proc/uptime",
    "proc/pressure/cpu", "proc/pressure/memory", "proc/pressure/io", "proc/7/stat", "proc/7/status",
};

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const QTemporaryDir folder(QStringLiteral("/dev/shm/vigie-fuzz-XXXXXX"));
    const QByteArray input(reinterpret_cast<const char*>(data), qsizetype(size));
    const QList<QByteArray> parts = input.split('\xff');
    for (const char* name : files) {
        const QString path = folder.filePath(QString::fromLatin1(name));
        QDir().mkpath(QFileInfo(path).path());
        write(path, {});
    }
    MachineReader reader(QFile::encodeName(folder.path()).toStdString());
    Sample sample;
    std::chrono::nanoseconds now{1'000'000'000};
    for (qsizetype first = 0; first < std::min<qsizetype>(parts.size(), 4 * std::ssize(files)); first += std::ssize(files)) {
        for (qsizetype i = 0; i < std::ssize(files) && first + i < parts.size(); ++i)
            write(folder.filePath(QString::fromLatin1(files[i])), parts[first + i]);
        reader.read({now, first > 0 ? std::chrono::nanoseconds(1'000'000'000) : std::chrono::nanoseconds(0)}, true, sample);
        now += std::chrono::seconds(1);
        if (sample.cpu
            && (!std::isfinite(sample.cpu->total.usagePercent) || sample.cpu->total.usagePercent < 0
                || sample.cpu->total.usagePercent > 100.001))
            std::abort();
    }
    return 0;
}
