// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/metricsencoder.h"

#include "protocol/jsonmessage.h"

#include <QJsonArray>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using Index = std::optional<std::size_t>;

/// A member of a message and the series that it tells: its name, or its pattern where there is one for each instance.
struct Member
{
    const char* key;
    std::string_view series;
};

constexpr Member cpuMembers[] = {{"usage", "cpu.usage"},
                                 {"user", "cpu.user"},
                                 {"system", "cpu.system"},
                                 {"iowait", "cpu.iowait"},
                                 {"steal", "cpu.steal"}};
constexpr Member loadMembers[] = {{"1", "load.1"}, {"5", "load.5"}, {"15", "load.15"}};
constexpr Member coreMembers[] = {{"usage", "cpu.core.*"},          {"user", "cpu.core.*.user"},
                                  {"system", "cpu.core.*.system"},  {"iowait", "cpu.core.*.iowait"},
                                  {"steal", "cpu.core.*.steal"},    {"frequencyMHz", "cpu.core.*.frequency"}};
constexpr Member memoryMembers[] = {{"used", "memory.used"},         {"available", "memory.available"},
                                    {"free", "memory.free"},         {"cached", "memory.cached"},
                                    {"buffers", "memory.buffers"},   {"total", "memory.total"},
                                    {"swapUsed", "swap.used"},       {"swapTotal", "swap.total"}};
constexpr Member diskMembers[] = {{"readBytesPerSecond", "disk.read"}, {"writeBytesPerSecond", "disk.write"}};
constexpr Member spaceMembers[] = {{"used", "disk.used"}, {"free", "disk.free"}, {"total", "disk.total"}};
constexpr Member filesystemMembers[] = {{"used", "filesystem.*.used"},
                                        {"free", "filesystem.*.free"},
                                        {"total", "filesystem.*.total"}};
constexpr Member deviceMembers[] = {{"readBytesPerSecond", "disk.device.*.read"},
                                    {"writeBytesPerSecond", "disk.device.*.write"},
                                    {"utilisation", "disk.device.*.utilisation"}};
constexpr Member networkMembers[] = {{"receiveBytesPerSecond", "network.receive"}, {"sendBytesPerSecond", "network.send"}};
constexpr Member trafficMembers[] = {{"bytesReceived", "network.received"},
                                     {"bytesSent", "network.sent"},
                                     {"connections", "network.connections"}};
constexpr Member interfaceMembers[] = {{"bytesReceived", "network.interface.*.received"},
                                       {"bytesSent", "network.interface.*.sent"},
                                       {"receiveBytesPerSecond", "network.interface.*.receive"},
                                       {"sendBytesPerSecond", "network.interface.*.send"}};
constexpr Member pressureCpuMembers[] = {{"some", "pressure.cpu.some"}, {"full", "pressure.cpu.full"}};
constexpr Member pressureMemoryMembers[] = {{"some", "pressure.memory.some"}, {"full", "pressure.memory.full"}};
constexpr Member pressureIoMembers[] = {{"some", "pressure.io.some"}, {"full", "pressure.io.full"}};
constexpr Member limitMembers[] = {{"memory", "limits.memory"}, {"cpu", "limits.cpu"}};
constexpr Member uptimeMembers[] = {{"uptime", "uptime"}};

/// Where the series of some members stand.
template <std::size_t N> struct Group
{
    explicit constexpr Group(const Member (&all)[N]) : members(all) {}

    const Member (&members)[N];
    std::array<Index, N> indexes = {};

    double valueOr0(const Frame& frame, std::size_t i) const
    {
        const double value = frame.value(indexes[i]);
        return std::isnan(value) ? 0 : value;
    }

    /// Those that are known.
    QJsonObject json(const Frame& frame) const
    {
        QJsonObject object;
        for (std::size_t i = 0; i < N; ++i) {
            if (const double value = frame.value(indexes[i]); !std::isnan(value))
                object.insert(QLatin1StringView(members[i].key), value);
        }
        return object;
    }
};

/// The same for each instance of a kind.
template <std::size_t N> struct Instances
{
    explicit constexpr Instances(const Member (&all)[N]) : members(all) {}

    const Member (&members)[N];
    std::vector<std::pair<std::size_t, Group<N>>> groups = {}; ///< with one of the series that has the instance's labels
};

QJsonArray processesJson(const std::vector<ProcessSample>& processes)
{
    QJsonArray json;
    for (const ProcessSample& one : processes) {
        json.append(QJsonObject{{u"pid"_s, one.pid},
                                {u"name"_s, one.name},
                                {u"cpu"_s, one.cpuPercent},
                                {u"memory"_s, static_cast<double>(one.residentBytes)}});
    }
    return json;
}

/// One object an instance, completed by `name`, which writes down whose it is.
template <std::size_t N, typename Name>
QJsonArray instancesJson(const Frame& frame, const Instances<N>& instances, Name name)
{
    QJsonArray json;
    for (const auto& [first, group] : instances.groups) {
        QJsonObject one = group.json(frame);
        name(frame.catalogue->series()[first], one);
        json.append(one);
    }
    return json;
}

void insertUnlessEmpty(QJsonObject& into, const QString& key, const QJsonObject& object)
{
    if (!object.isEmpty())
        into.insert(key, object);
}

} // namespace

struct MetricsEncoder::Places
{
    explicit Places(CataloguePtr of);

    template <std::size_t N> void find(Group<N>& group);
    template <std::size_t N> void find(Instances<N>& instances);

    CataloguePtr catalogue;
    std::vector<bool> hasPlace; ///< by index
    Group<std::size(uptimeMembers)> uptime{uptimeMembers};
    Group<std::size(cpuMembers)> cpu{cpuMembers};
    Group<std::size(loadMembers)> load{loadMembers};
    Instances<std::size(coreMembers)> cores{coreMembers};
    Group<std::size(memoryMembers)> memory{memoryMembers};
    Group<std::size(diskMembers)> disk{diskMembers};
    Group<std::size(spaceMembers)> space{spaceMembers};
    Instances<std::size(filesystemMembers)> filesystems{filesystemMembers};
    Instances<std::size(deviceMembers)> devices{deviceMembers};
    Group<std::size(networkMembers)> network{networkMembers};
    Group<std::size(trafficMembers)> traffic{trafficMembers};
    Instances<std::size(interfaceMembers)> interfaces{interfaceMembers};
    Group<std::size(pressureCpuMembers)> pressureCpu{pressureCpuMembers};
    Group<std::size(pressureMemoryMembers)> pressureMemory{pressureMemoryMembers};
    Group<std::size(pressureIoMembers)> pressureIo{pressureIoMembers};
    Group<std::size(limitMembers)> limits{limitMembers};
};

MetricsEncoder::Places::Places(CataloguePtr of)
    : catalogue(std::move(of)), hasPlace(catalogue ? catalogue->size() : 0)
{
    if (!catalogue)
        return;
    find(uptime);
    find(cpu);
    find(load);
    find(cores);
    find(memory);
    find(disk);
    find(space);
    find(filesystems);
    find(devices);
    find(network);
    find(traffic);
    find(interfaces);
    find(pressureCpu);
    find(pressureMemory);
    find(pressureIo);
    find(limits);
}

template <std::size_t N> void MetricsEncoder::Places::find(Group<N>& group)
{
    for (std::size_t i = 0; i < N; ++i) {
        group.indexes[i] = catalogue->find(group.members[i].series);
        if (group.indexes[i])
            hasPlace[*group.indexes[i]] = true;
    }
}

template <std::size_t N> void MetricsEncoder::Places::find(Instances<N>& instances)
{
    for (const std::size_t first : catalogue->ofKind(instances.members[0].series)) {
        Group<N> group(instances.members);
        const std::string instance = catalogue->series()[first].instance.toStdString();
        for (std::size_t i = 0; i < N; ++i) {
            group.indexes[i] = catalogue->find(seriesName(instances.members[i].series, instance));
            if (group.indexes[i])
                hasPlace[*group.indexes[i]] = true;
        }
        instances.groups.emplace_back(first, group);
    }
}

MetricsEncoder::MetricsEncoder() = default;
MetricsEncoder::~MetricsEncoder() = default;

const MetricsEncoder::Places& MetricsEncoder::placesOf(const Frame& frame)
{
    if (!m_places || m_places->catalogue != frame.catalogue)
        m_places = std::make_unique<Places>(frame.catalogue);
    return *m_places;
}

QByteArray MetricsEncoder::encode(const MetricsMessage& metrics)
{
    static const Frame nothing;
    const Frame& frame = metrics.frame ? *metrics.frame : nothing;
    const Places& at = placesOf(frame);
    // A whole number, as it always was, also where part of a core is allowed.
    const double allowed = at.limits.valueOr0(frame, 1);
    const double cores = allowed > 0 ? std::ceil(allowed) : static_cast<double>(at.cores.groups.size());
    const double used = at.memory.valueOr0(frame, 0);
    const double total = at.memory.valueOr0(frame, 5);
    const auto all = [&frame](const auto& group) {
        QJsonObject object;
        for (std::size_t i = 0; i < group.indexes.size(); ++i)
            object.insert(QLatin1StringView(group.members[i].key), group.valueOr0(frame, i));
        return object;
    };
    return jsonMessage(
        u"metrics"_s,
        QJsonObject{
            {u"timestamp"_s, frame.timestampMs},
            {u"cpu"_s, QJsonObject{{u"usage"_s, at.cpu.valueOr0(frame, 0)}, {u"cores"_s, cores}}},
            // used + free = total: what is not available counts as used, the rest as free.
            {u"memory"_s, QJsonObject{{u"used"_s, used}, {u"free"_s, total - used}, {u"total"_s, total}}},
            {u"disk"_s, all(at.space)},
            {u"network"_s, all(at.traffic)},
            {u"activeConnections"_s, metrics.activity.connections},
            {u"messageRate"_s, metrics.activity.messagesPerSecond},
            {u"errorRate"_s, metrics.activity.errorShare},
        });
}

QByteArray MetricsEncoder::encode(const MetricsDetail& detail)
{
    static const Frame nothing;
    const Frame& frame = detail.frame ? *detail.frame : nothing;
    const Places& at = placesOf(frame);
    QJsonObject payload = at.uptime.json(frame);
    payload.insert(u"timestamp"_s, frame.timestampMs);
    if (QJsonObject cpu = at.cpu.json(frame); !cpu.isEmpty()) {
        cpu.insert(u"cores"_s, instancesJson(frame, at.cores, [](const Series& series, QJsonObject& core) {
                       core.insert(u"core"_s, series.instance.toInt());
                   }));
        if (at.load.json(frame).size() == 3)
            cpu.insert(u"load"_s, QJsonArray{at.load.valueOr0(frame, 0), at.load.valueOr0(frame, 1), at.load.valueOr0(frame, 2)});
        payload.insert(u"cpu"_s, cpu);
    }
    insertUnlessEmpty(payload, u"memory"_s, at.memory.json(frame));
    if (QJsonObject disk = at.disk.json(frame); !disk.isEmpty()) {
        disk.insert(u"filesystems"_s, instancesJson(frame, at.filesystems, [](const Series& series, QJsonObject& filesystem) {
                        filesystem.insert(u"mountPoint"_s, series.instance);
                        filesystem.insert(u"device"_s, series.label("device"));
                        filesystem.insert(u"type"_s, series.label("type"));
                    }));
        const auto name = [](const Series& series, QJsonObject& device) { device.insert(u"name"_s, series.instance); };
        disk.insert(u"devices"_s, instancesJson(frame, at.devices, name));
        payload.insert(u"disk"_s, disk);
    }
    if (QJsonObject network = at.network.json(frame); !network.isEmpty()) {
        const auto name = [](const Series& series, QJsonObject& one) { one.insert(u"name"_s, series.instance); };
        network.insert(u"interfaces"_s, instancesJson(frame, at.interfaces, name));
        payload.insert(u"network"_s, network);
    }
    insertUnlessEmpty(payload, u"limits"_s, at.limits.json(frame));
    QJsonObject pressure;
    insertUnlessEmpty(pressure, u"cpu"_s, at.pressureCpu.json(frame));
    insertUnlessEmpty(pressure, u"memory"_s, at.pressureMemory.json(frame));
    insertUnlessEmpty(pressure, u"io"_s, at.pressureIo.json(frame));
    insertUnlessEmpty(payload, u"pressure"_s, pressure);
    if (frame.processes) {
        payload.insert(u"processes"_s, QJsonObject{{u"byCpu"_s, processesJson(frame.processes->topByCpu)},
                                                   {u"byMemory"_s, processesJson(frame.processes->topByMemory)}});
    }
    QJsonObject others;
    for (std::size_t i = 0; i < at.hasPlace.size(); ++i) {
        if (!at.hasPlace[i] && !std::isnan(frame.values[i]))
            others.insert(QString::fromStdString(frame.catalogue->series()[i].name), frame.values[i]);
    }
    insertUnlessEmpty(payload, u"series"_s, others);
    return jsonMessage(u"metrics_detail"_s, payload);
}

} // namespace vigie
