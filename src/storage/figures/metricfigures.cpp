// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metricfigures.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

namespace vigie {

namespace {

constexpr std::size_t maxAppFigures = 100;
constexpr std::size_t longestName = 100;
constexpr double largestValue = 1e100; // so that no sum of them can be infinite

class Figures
{
public:
    void percent(std::string name, double value) { add(std::move(name), value, Quantum::Tenth); }
    void hundredths(std::string name, double value) { add(std::move(name), value, Quantum::Hundredth); }
    void size(std::string name, quint64 bytes) { add(std::move(name), static_cast<double>(bytes), Quantum::Kibi); }
    void rate(std::string name, double perSecond) { add(std::move(name), perSecond, Quantum::Unit); }

    std::vector<MetricFigure> take() { return std::move(m_figures); }

private:
    void add(std::string name, double value, Quantum quantum)
    {
        if (std::isfinite(value))
            m_figures.push_back({std::move(name), value, quantum});
    }

    std::vector<MetricFigure> m_figures;
};

void addCpu(const CpuSample& cpu, Figures& out)
{
    out.percent("cpu.usage", cpu.total.usagePercent);
    out.percent("cpu.user", cpu.total.userPercent);
    out.percent("cpu.system", cpu.total.systemPercent);
    out.percent("cpu.iowait", cpu.total.iowaitPercent);
    out.percent("cpu.steal", cpu.total.stealPercent);
    for (const CoreSample& core : cpu.cores)
        out.percent("cpu.core." + std::to_string(core.index), core.usage.usagePercent);
    if (cpu.loadAverage) {
        out.hundredths("load.1", (*cpu.loadAverage)[0]);
        out.hundredths("load.5", (*cpu.loadAverage)[1]);
        out.hundredths("load.15", (*cpu.loadAverage)[2]);
    }
}

void addMemory(const MemorySample& memory, Figures& out)
{
    out.size("memory.total", memory.totalBytes);
    out.size("memory.used", memory.usedBytes);
    out.size("memory.free", memory.freeBytes);
    out.size("memory.cached", memory.cachedBytes);
    out.size("memory.buffers", memory.buffersBytes);
    out.size("swap.total", memory.swapTotalBytes);
    out.size("swap.used", memory.swapUsedBytes);
}

void addDisk(const DiskSample& disk, Figures& out)
{
    out.size("disk.total", disk.totalBytes);
    out.size("disk.used", disk.usedBytes);
    out.rate("disk.read", disk.readBytesPerSecond);
    out.rate("disk.write", disk.writeBytesPerSecond);
    for (const FilesystemSample& filesystem : disk.filesystems) {
        const std::string name = "filesystem." + filesystem.mountPoint.toStdString();
        out.size(name + ".total", filesystem.totalBytes);
        out.size(name + ".used", filesystem.usedBytes);
    }
    for (const BlockDeviceSample& device : disk.devices) {
        const std::string name = "disk.device." + device.name.toStdString();
        out.rate(name + ".read", device.readBytesPerSecond);
        out.rate(name + ".write", device.writeBytesPerSecond);
        out.percent(name + ".utilisation", device.utilisationPercent);
    }
}

void addNetwork(const NetworkSample& network, Figures& out)
{
    out.rate("network.receive", network.receiveBytesPerSecond);
    out.rate("network.send", network.sendBytesPerSecond);
    if (network.connectionsKnown)
        out.rate("network.connections", network.connections);
    for (const InterfaceSample& interface : network.interfaces) {
        const std::string name = "network.interface." + interface.name.toStdString();
        out.rate(name + ".receive", interface.receiveBytesPerSecond);
        out.rate(name + ".send", interface.sendBytesPerSecond);
    }
}

void addPressure(const char* resource, const std::optional<PressureShare>& share, Figures& out)
{
    if (!share)
        return;
    const std::string name = std::string("pressure.") + resource;
    out.hundredths(name + ".some", share->somePercent);
    out.hundredths(name + ".full", share->fullPercent);
}

void addMembers(const QJsonObject& object, const std::string& prefix, std::vector<MetricFigure>& out)
{
    for (auto member = object.begin(); member != object.end() && out.size() < maxAppFigures; ++member) {
        const std::string name = prefix + member.key().toStdString();
        if (name.size() > longestName)
            continue;
        const QJsonValue value = member.value();
        if (value.isObject())
            addMembers(value.toObject(), name + '.', out);
        else if (value.isBool())
            out.push_back({name, value.toBool() ? 1.0 : 0.0, Quantum::Auto});
        else if (value.isDouble() && std::abs(value.toDouble()) <= largestValue)
            out.push_back({name, value.toDouble(), Quantum::Auto});
    }
}

} // namespace

std::vector<MetricFigure> figuresOf(const Sample& sample)
{
    if (sample.intervalMs <= 0)
        return {};
    Figures figures;
    if (sample.cpu)
        addCpu(*sample.cpu, figures);
    if (sample.memory)
        addMemory(*sample.memory, figures);
    if (sample.disk)
        addDisk(*sample.disk, figures);
    if (sample.network)
        addNetwork(*sample.network, figures);
    addPressure("cpu", sample.pressure.cpu, figures);
    addPressure("memory", sample.pressure.memory, figures);
    addPressure("io", sample.pressure.io, figures);
    return figures.take();
}

std::vector<MetricFigure> figuresOf(const QByteArray& metricsJson)
{
    std::vector<MetricFigure> figures;
    addMembers(QJsonDocument::fromJson(metricsJson).object(), {}, figures);
    return figures;
}

} // namespace vigie
