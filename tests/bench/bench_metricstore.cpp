// SPDX-License-Identifier: GPL-3.0-or-later
// What keeping figures costs and how fast they are charted: run by hand or by scripts/bench.
//   bench_metricstore FOLDER [DAYS]   fills FOLDER with that many days up to now unless it holds them, then asks;
//                                     prints one JSON object
#include "../machinelook.h"
#include "storage/figures/frameaverage.h"
#include "storage/figures/metricreader.h"
#include "storage/figures/metricstore.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t secondMs = 1'000;
constexpr std::int64_t dayMs = 86'400 * secondMs;
constexpr int cores = 8;

/// A workstation with 8 cores, a disk and two interfaces that is used by day and builds now and then.
class Machine
{
public:
    test::Sample look(std::int64_t timeMs)
    {
        const double day = std::max(0.0, std::sin(2 * M_PI * double(timeMs % dayMs) / double(dayMs) - M_PI / 2));
        if (m_random() % 1'800 == 0)
            m_isBuilding = !m_isBuilding && day > 0.2;
        const double level = 1 + 9 * day + (m_isBuilding ? 60 : 0);
        test::Sample sample;
        sample.timestampMs = timeMs + m_random() % 4;
        sample.intervalMs = secondMs;
        sample.cpu.emplace();
        double sum = 0;
        for (int i = 0; i < cores; ++i) {
            // Ticks of a hundredth of a second are all that the kernel tells.
            const double percent = std::round(std::clamp(level * jitter(), 0.0, 100.0));
            sample.cpu->cores.push_back({i, {percent}, 0});
            sum += percent;
        }
        sample.cpu->total = {sum / cores, sum / cores * 0.7, sum / cores * 0.25, std::round(jitter()) / 10, 0};
        m_load += (level / 20 - m_load) / 60;
        sample.cpu->loadAverage = {m_load, m_load * 0.9, m_load * 0.8};
        sample.memory.emplace();
        sample.memory->totalBytes = 16'544'309'248;
        m_usedPages += (m_random() % 401) - 200.0;
        m_usedPages = std::clamp(m_usedPages, 800'000.0, 3'000'000.0);
        sample.memory->usedBytes = static_cast<quint64>(m_usedPages) * 4096;
        sample.memory->freeBytes = sample.memory->totalBytes - sample.memory->usedBytes - 2'000'000'000;
        sample.memory->cachedBytes = 2'000'000'000;
        sample.memory->swapTotalBytes = 2'147'479'552;
        sample.disk.emplace();
        sample.disk->totalBytes = 511'101'108'224;
        m_diskUsed += m_isBuilding ? 40'960 : 4'096;
        sample.disk->usedBytes = m_diskUsed;
        const bool writes = m_random() % 5 == 0 || m_isBuilding;
        sample.disk->writeBytesPerSecond = writes ? double(m_random() % 5'000) * 4'096 : 0;
        sample.disk->readBytesPerSecond = m_isBuilding ? double(m_random() % 900) * 4'096 : 0;
        sample.disk->filesystems.push_back({u"/"_s, u"/dev/nvme0n1p2"_s, u"ext4"_s, sample.disk->totalBytes, m_diskUsed, 0});
        sample.disk->devices.push_back({u"nvme0n1"_s, sample.disk->readBytesPerSecond, sample.disk->writeBytesPerSecond,
                                        writes ? double(m_random() % 100) / 10 : 0, false});
        sample.network.emplace();
        sample.network->receiveBytesPerSecond = double(m_random() % 2'000) * (1 + 50 * day);
        sample.network->sendBytesPerSecond = double(m_random() % 900) * (1 + 20 * day);
        sample.network->connections = 40 + int(m_random() % 3);
        sample.network->connectionsKnown = true;
        sample.network->interfaces.push_back(
            {u"eth0"_s, 0, 0, sample.network->receiveBytesPerSecond, sample.network->sendBytesPerSecond});
        sample.network->interfaces.push_back({u"docker0"_s, 0, 0, 0, 0});
        sample.pressure.cpu = {{m_isBuilding ? double(m_random() % 300) / 100 : 0, 0}};
        sample.pressure.memory = {{0, 0}};
        sample.pressure.io = {{writes ? double(m_random() % 100) / 100 : 0, 0}};
        return sample;
    }

    ProcessesSample processes()
    {
        ProcessesSample top;
        for (int i = 0; i < 10; ++i) {
            top.topByCpu.push_back({1'000 + 7 * i + (m_isBuilding ? int(m_random() % 30'000) : 0),
                                    u"process-%1"_s.arg(m_random() % 20), double(m_random() % 300) / 10,
                                    20'000'000 + 4'096ULL * (m_random() % 100)});
            top.topByMemory.push_back(
                {2'000 + i, u"editor-%1"_s.arg(i), 0, 900'000'000 - 50'000'000ULL * i + 4'096ULL * (m_random() % 8)});
        }
        return top;
    }

private:
    double jitter() { return double(m_random() % 2'001) / 1'000; }

    std::mt19937 m_random{1};
    bool m_isBuilding = false;
    double m_load = 0;
    double m_usedPages = 1'500'000;
    quint64 m_diskUsed = 227'633'266'688;
};

void fill(MetricStore& store, std::int64_t fromMs, std::int64_t toMs)
{
    Machine machine;
    FrameAverage second;
    for (std::int64_t time = fromMs; time < toMs; time += secondMs) {
        const FramePtr frame = test::frameOf(machine.look(time));
        second.add(*frame);
        store.add(frame->timestampMs, *second.catalogue(), second.take());
        if (time / secondMs % 5 == 0)
            store.addProcesses(time, machine.processes());
        // As the recorder would, but for the time that this takes: by the minute, not every ten seconds.
        if (time / secondMs % 60 == 0)
            (void)store.write();
        while (time % (dayMs / 24) == 0 && store.tidy(time).operator bool() && *store.tidy(time)) { }
    }
    (void)store.write();
}

/// The median time of some questions, in ms.
double chartMs(MetricReader& reader, std::int64_t fromMs, std::int64_t toMs, const std::vector<std::string>& series)
{
    std::vector<double> times;
    for (int round = 0; round < 9; ++round) {
        QElapsedTimer timer;
        timer.start();
        const MetricRange frame = reader.frame({{}, fromMs, toMs, 1'200, series});
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
        if (frame.times.empty())
            std::fprintf(stderr, "nothing was found\n");
    }
    std::ranges::nth_element(times, times.begin() + 4);
    return times[4];
}

/// The median time of asking for the processes of moments all over the month, in ms.
double processesMs(MetricReader& reader, std::int64_t fromMs, std::int64_t toMs)
{
    constexpr int moments = 301;
    std::vector<double> times;
    for (int i = 0; i < moments; ++i) {
        QElapsedTimer timer;
        timer.start();
        const ProcessSnapshot moment = reader.processesAt(fromMs + (toMs - fromMs) / moments * i);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
        if (moment.timestampMs == 0)
            std::fprintf(stderr, "nothing was found\n");
    }
    std::ranges::nth_element(times, times.begin() + moments / 2);
    return times[moments / 2];
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "bench_metricstore FOLDER [DAYS]\n");
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    const int days = argc > 2 ? std::max(1, QByteArray(argv[2]).toInt()) : 31;
    QDir().mkpath(folder);
    const QString path = folder + u"/metrics.db"_s;
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch() / secondMs * secondMs;
    QJsonObject result{{u"days"_s, days}};
    QElapsedTimer timer;
    if (!QFileInfo::exists(path)) {
        auto store = MetricStore::open(path, {});
        if (!store) {
            std::fprintf(stderr, "%s\n", qPrintable(store.error().message));
            return 1;
        }
        timer.start();
        fill(*store, now - days * dayMs, now);
        result[u"samplesPerSecond"_s] = days * 86'400 / (double(timer.nsecsElapsed()) / 1e9);
    }
    timer.start();
    {
        auto store = MetricStore::open(path, {});
        if (!store)
            return 1;
        result[u"openMs"_s] = double(timer.nsecsElapsed()) / 1e6;
    }
    auto database = Database::open(path, Database::Access::ReadOnly);
    if (!database)
        return 1;
    const auto number = [&](const QByteArray& sql) { return double(*database->number(sql.toStdString())); };
    const bool hasBlocks = number("SELECT count(*) FROM sqlite_schema WHERE name = 'process_block'") > 0; // not of an earlier Vigie
    result[u"fileBytes"_s] = QFileInfo(path).size();
    const double seconds = number("SELECT sum(end_ms - start_ms) / 1000 FROM chunk WHERE tier = 0");
    const double bytes = number("SELECT sum(length(data)) FROM chunk WHERE tier = 0");
    const double series = number("SELECT count(*) FROM series");
    const std::int64_t last = *database->number("SELECT max(end_ms) FROM chunk");
    result[u"series"_s] = series;
    result[u"bytesPerSample"_s] = bytes / seconds;
    result[u"bytesPerValue"_s] = bytes / seconds / series;
    // What SQLite adds: its rows' heads, the index, and pages that are not full.
    const QByteArray looks = hasBlocks ? "(SELECT * FROM processes UNION ALL SELECT * FROM process_block)" : "processes";
    const double lookBytes = number("SELECT sum(length(data)) FROM " + looks);
    const double payload = number("SELECT sum(length(data)) FROM chunk") + lookBytes;
    result[u"processBytes"_s] = lookBytes;
    result[u"fileBytesPerPayloadByte"_s] = double(QFileInfo(path).size()) / payload;
    result[u"bytesPerMinuteRow"_s] =
        number("SELECT sum(length(data)) * 60000 / sum(end_ms - start_ms) FROM chunk WHERE tier = 1");
    result[u"bytesPerProcessLook"_s] =
        lookBytes / number("SELECT sum(end_ms - start_ms + 5000) / 5000 FROM " + looks);
    MetricReader reader;
    reader.setPath(path);
    const std::vector<std::string> charts{"cpu.usage",  "memory.used",     "memory.total", "disk.read",
                                          "disk.write", "network.receive", "network.send"};
    result[u"monthMs"_s] = chartMs(reader, last - 30 * dayMs, last, charts);
    result[u"monthAllSeriesMs"_s] = chartMs(reader, last - 30 * dayMs, last, {});
    result[u"weekMs"_s] = chartMs(reader, last - 7 * dayMs, last, charts);
    result[u"dayMs"_s] = chartMs(reader, last - dayMs, last, charts);
    result[u"hourMs"_s] = chartMs(reader, last - 3'600'000, last, charts);
    result[u"processesMs"_s] = processesMs(reader, last - 30 * dayMs, last - 60'000);
    std::printf("%s", QJsonDocument(result).toJson().constData());
    return 0;
}
