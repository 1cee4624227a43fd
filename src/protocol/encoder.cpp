// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/encoder.h"

#include "core/jsontext.h"

#include <QByteArrayList>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8);
}

QByteArray message(const QString& type, const QJsonValue& payload)
{
    return QJsonDocument(QJsonObject{{u"type"_s, type}, {u"payload"_s, payload}}).toJson(QJsonDocument::Compact);
}

QByteArray objectText(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// An object that has members, and one more whose JSON is written as it is.
QByteArray withMember(QByteArray object, const char* name, const QByteArray& json)
{
    object.chop(1);
    return object + ",\"" + name + "\":" + json + '}';
}

double number(quint64 value)
{
    return static_cast<double>(value);
}

QJsonObject usageJson(const CpuUsage& usage)
{
    return {{u"usage"_s, usage.usagePercent},
            {u"user"_s, usage.userPercent},
            {u"system"_s, usage.systemPercent},
            {u"iowait"_s, usage.iowaitPercent},
            {u"steal"_s, usage.stealPercent}};
}

QJsonObject cpuDetail(const CpuSample& cpu)
{
    QJsonObject json = usageJson(cpu.total);
    QJsonArray cores;
    for (const CoreSample& core : cpu.cores) {
        QJsonObject one = usageJson(core.usage);
        one.insert(u"core"_s, core.index);
        if (core.frequencyMHz > 0)
            one.insert(u"frequencyMHz"_s, core.frequencyMHz);
        cores.append(one);
    }
    json.insert(u"cores"_s, cores);
    if (cpu.loadAverage)
        json.insert(u"load"_s, QJsonArray{(*cpu.loadAverage)[0], (*cpu.loadAverage)[1], (*cpu.loadAverage)[2]});
    return json;
}

QJsonObject memoryDetail(const MemorySample& memory)
{
    return {{u"used"_s, number(memory.usedBytes)},
            {u"available"_s, number(memory.availableBytes)},
            {u"free"_s, number(memory.freeBytes)},
            {u"cached"_s, number(memory.cachedBytes)},
            {u"buffers"_s, number(memory.buffersBytes)},
            {u"total"_s, number(memory.totalBytes)},
            {u"swapUsed"_s, number(memory.swapUsedBytes)},
            {u"swapTotal"_s, number(memory.swapTotalBytes)}};
}

QJsonObject diskDetail(const DiskSample& disk)
{
    QJsonArray filesystems;
    for (const FilesystemSample& one : disk.filesystems) {
        filesystems.append(QJsonObject{{u"mountPoint"_s, one.mountPoint},
                                       {u"device"_s, one.device},
                                       {u"type"_s, one.type},
                                       {u"used"_s, number(one.usedBytes)},
                                       {u"free"_s, number(one.freeBytes)},
                                       {u"total"_s, number(one.totalBytes)}});
    }
    QJsonArray devices;
    for (const BlockDeviceSample& one : disk.devices) {
        devices.append(QJsonObject{{u"name"_s, one.name},
                                   {u"readBytesPerSecond"_s, one.readBytesPerSecond},
                                   {u"writeBytesPerSecond"_s, one.writeBytesPerSecond},
                                   {u"utilisation"_s, one.utilisationPercent}});
    }
    return {{u"filesystems"_s, filesystems},
            {u"devices"_s, devices},
            {u"readBytesPerSecond"_s, disk.readBytesPerSecond},
            {u"writeBytesPerSecond"_s, disk.writeBytesPerSecond}};
}

QJsonObject networkDetail(const NetworkSample& network)
{
    QJsonArray interfaces;
    for (const InterfaceSample& one : network.interfaces) {
        interfaces.append(QJsonObject{{u"name"_s, one.name},
                                      {u"bytesReceived"_s, number(one.receivedBytes)},
                                      {u"bytesSent"_s, number(one.sentBytes)},
                                      {u"receiveBytesPerSecond"_s, one.receiveBytesPerSecond},
                                      {u"sendBytesPerSecond"_s, one.sendBytesPerSecond}});
    }
    return {{u"interfaces"_s, interfaces},
            {u"receiveBytesPerSecond"_s, network.receiveBytesPerSecond},
            {u"sendBytesPerSecond"_s, network.sendBytesPerSecond}};
}

QJsonObject pressureDetail(const PressureSample& pressure)
{
    QJsonObject json;
    const auto add = [&json](const QString& name, const std::optional<PressureShare>& share) {
        if (share)
            json.insert(name, QJsonObject{{u"some"_s, share->somePercent}, {u"full"_s, share->fullPercent}});
    };
    add(u"cpu"_s, pressure.cpu);
    add(u"memory"_s, pressure.memory);
    add(u"io"_s, pressure.io);
    return json;
}

QJsonObject limitsDetail(const MachineLimits& limits)
{
    QJsonObject json;
    if (limits.memoryBytes)
        json.insert(u"memory"_s, number(*limits.memoryBytes));
    if (limits.cpuCores)
        json.insert(u"cpu"_s, *limits.cpuCores);
    return json;
}

QJsonArray processesJson(const std::vector<ProcessSample>& processes)
{
    QJsonArray json;
    for (const ProcessSample& one : processes) {
        json.append(QJsonObject{{u"pid"_s, one.pid},
                                {u"name"_s, one.name},
                                {u"cpu"_s, one.cpuPercent},
                                {u"memory"_s, number(one.residentBytes)}});
    }
    return json;
}

/// `more`: what else is said of it.
QByteArray commandText(const AppCommand& command, QJsonObject more = {})
{
    more.insert(u"type"_s, text(command.type));
    more.insert(u"userId"_s, text(command.userId));
    more.insert(u"appId"_s, text(command.appId));
    const QByteArray json = objectText(more);
    return command.dataJson.isEmpty() ? json : withMember(json, "data", command.dataJson);
}

QJsonArray refusedJson(const std::vector<RefusedEntry>& refused)
{
    QJsonArray json;
    for (const RefusedEntry& one : refused)
        json.append(QJsonObject{{u"index"_s, static_cast<qint64>(one.index)}, {u"message"_s, text(one.message)}});
    return json;
}

/// A command as it was remembered.
QByteArray actionText(const AppCommand& command)
{
    const QJsonObject json{{u"id"_s, text(command.id)},
                           {u"userId"_s, text(command.userId)},
                           {u"appId"_s, text(command.appId)},
                           {u"type"_s, text(command.type)},
                           {u"timestamp"_s, static_cast<qint64>(command.timestampMs)},
                           {u"status"_s, command.isDelivered ? u"delivered"_s : u"undelivered"_s}};
    return withMember(objectText(json), "data", commandText(command));
}

std::string joined(std::span<const LogEntryRef> entries)
{
    std::size_t bytes = 0;
    for (const LogEntryRef& entry : entries)
        bytes += entry.json().size() + 1;
    std::string json;
    json.reserve(bytes);
    for (const LogEntryRef& entry : entries) {
        if (!json.empty())
            json += ',';
        json.append(entry.json());
    }
    return json;
}

} // namespace

QByteArray encode(const ConnectMessage& connect)
{
    QJsonObject payload;
    if (!connect.appId.empty())
        payload.insert(u"appId"_s, text(connect.appId));
    if (!connect.userId.empty())
        payload.insert(u"userId"_s, text(connect.userId));
    return message(u"connect"_s, payload);
}

QByteArray encode(const AuthSuccess& success)
{
    QJsonObject payload{{u"appId"_s, text(success.appId)}, {u"userId"_s, text(success.userId)}};
    if (success.role)
        payload.insert(u"role"_s, text(std::string(roleName(*success.role))));
    return message(u"auth_success"_s, payload);
}

QByteArray encode(const AuthErrorMessage& error)
{
    QJsonObject payload{{u"message"_s, text(error.message)}};
    if (!error.code.empty())
        payload.insert(u"code"_s, text(error.code));
    if (error.retryAfterMs > 0)
        payload.insert(u"retryAfterMs"_s, static_cast<double>(error.retryAfterMs));
    return message(u"auth_error"_s, payload);
}

QByteArray encode(const AccessPending&)
{
    return message(u"access_pending"_s, QJsonObject());
}

QByteArray encode(const AccessGranted& granted)
{
    return message(u"access_granted"_s, QJsonObject{{u"appId"_s, text(granted.appId)}, {u"userId"_s, text(granted.userId)},
                                                    {u"token"_s, text(granted.token)}});
}

QByteArray encode(const AccessDenied& denied)
{
    return message(u"access_denied"_s, QJsonObject{{u"code"_s, text(denied.code)}, {u"message"_s, text(denied.message)}});
}

QByteArray encode(const ErrorMessage& error)
{
    QJsonObject payload{{u"code"_s, text(error.code)}, {u"message"_s, text(error.message)}};
    if (!error.requestType.empty())
        payload.insert(u"requestType"_s, text(error.requestType));
    if (!error.refused.empty())
        payload.insert(u"refused"_s, refusedJson(error.refused));
    return message(u"error"_s, payload);
}

ErrorMessage entriesRefused(std::vector<RefusedEntry> refused, std::size_t total)
{
    constexpr std::size_t namedInWords = 3;
    std::string words = std::to_string(refused.size()) + " of " + std::to_string(total)
                        + (refused.size() == 1 ? " entries was refused: " : " entries were refused: ");
    for (std::size_t i = 0; i < std::min(refused.size(), namedInWords); ++i)
        words += (i > 0 ? "; logs[" : "logs[") + std::to_string(refused[i].index) + "]: " + refused[i].message;
    if (refused.size() > namedInWords)
        words += "; …";
    return {"entries_refused", std::move(words), "logs", {}, std::move(refused)};
}

QByteArray encode(const MetricsMessage& metrics)
{
    static const Sample nothing;
    const Sample& sample = metrics.sample ? *metrics.sample : nothing;
    // The five replies are fixed to the letter: a part without a source is 0, never absent.
    const CpuSample cpu = sample.cpu.value_or(CpuSample{});
    const MemorySample memory = sample.memory.value_or(MemorySample{});
    const DiskSample disk = sample.disk.value_or(DiskSample{});
    const NetworkSample network = sample.network.value_or(NetworkSample{});
    // A whole number, as it always was, also where part of a core is allowed.
    const double cores = sample.limits.cpuCores ? std::ceil(*sample.limits.cpuCores) : static_cast<double>(cpu.cores.size());
    return message(
        u"metrics"_s,
        QJsonObject{
            {u"timestamp"_s, sample.timestampMs},
            {u"cpu"_s, QJsonObject{{u"usage"_s, cpu.total.usagePercent},
                                   {u"cores"_s, cores}}},
            // used + free = total: what is not available counts as used, the rest as free.
            {u"memory"_s, QJsonObject{{u"used"_s, number(memory.usedBytes)},
                                      {u"free"_s, number(memory.totalBytes - memory.usedBytes)},
                                      {u"total"_s, number(memory.totalBytes)}}},
            {u"disk"_s, QJsonObject{{u"used"_s, number(disk.usedBytes)},
                                    {u"free"_s, number(disk.freeBytes)},
                                    {u"total"_s, number(disk.totalBytes)}}},
            {u"network"_s, QJsonObject{{u"bytesReceived"_s, number(network.receivedBytes)},
                                       {u"bytesSent"_s, number(network.sentBytes)},
                                       {u"connections"_s, network.connections}}},
            {u"activeConnections"_s, metrics.activity.connections},
            {u"messageRate"_s, metrics.activity.messagesPerSecond},
            {u"errorRate"_s, metrics.activity.errorShare},
        });
}

QByteArray encode(const MetricsDetail& detail)
{
    static const Sample nothing;
    const Sample& sample = detail.sample ? *detail.sample : nothing;
    QJsonObject payload{{u"timestamp"_s, sample.timestampMs}};
    if (sample.uptimeSeconds)
        payload.insert(u"uptime"_s, *sample.uptimeSeconds);
    if (sample.cpu)
        payload.insert(u"cpu"_s, cpuDetail(*sample.cpu));
    if (sample.memory)
        payload.insert(u"memory"_s, memoryDetail(*sample.memory));
    if (sample.disk)
        payload.insert(u"disk"_s, diskDetail(*sample.disk));
    if (sample.network)
        payload.insert(u"network"_s, networkDetail(*sample.network));
    if (const QJsonObject limits = limitsDetail(sample.limits); !limits.isEmpty())
        payload.insert(u"limits"_s, limits);
    if (const QJsonObject pressure = pressureDetail(sample.pressure); !pressure.isEmpty())
        payload.insert(u"pressure"_s, pressure);
    if (sample.processes) {
        payload.insert(u"processes"_s, QJsonObject{{u"byCpu"_s, processesJson(sample.processes->topByCpu)},
                                                   {u"byMemory"_s, processesJson(sample.processes->topByMemory)}});
    }
    return message(u"metrics_detail"_s, payload);
}

QByteArray encode(const LogsAck& ack)
{
    QJsonObject payload{{u"count"_s, static_cast<qint64>(ack.count)}, {u"lastId"_s, text(ack.lastId)}};
    if (ack.repeats > 0)
        payload.insert(u"repeats"_s, static_cast<qint64>(ack.repeats));
    if (ack.renamed > 0)
        payload.insert(u"renamed"_s, static_cast<qint64>(ack.renamed));
    if (!ack.refused.empty())
        payload.insert(u"refused"_s, refusedJson(ack.refused));
    return message(u"logs_ack"_s, payload);
}

QByteArray encode(const Stored& stored)
{
    return message(u"stored"_s,
                   QJsonObject{{u"lastId"_s, stored.lastId.empty() ? QJsonValue() : QJsonValue(text(stored.lastId))}});
}

QByteArray encode(const Gap& gap)
{
    QJsonObject payload{{u"fromId"_s, gap.fromId.empty() ? QJsonValue() : QJsonValue(text(gap.fromId))},
                        {u"toId"_s, gap.toId.empty() ? QJsonValue() : QJsonValue(text(gap.toId))}};
    payload.insert(u"count"_s, gap.count ? QJsonValue(static_cast<qint64>(*gap.count)) : QJsonValue());
    return message(u"gap"_s, payload);
}

QByteArray encode(const StatusResponse& status)
{
    return message(u"status_response"_s,
                   QJsonObject{{u"success"_s, status.success},
                               {u"message"_s, text(status.message)},
                               {u"status"_s, QJsonObject{{u"userExists"_s, status.userExists},
                                                         {u"appExists"_s, status.appExists},
                                                         {u"userHasAccess"_s, status.userHasAccess},
                                                         {u"appIsActive"_s, status.appIsActive}}}});
}

QByteArray encode(const CommandResponse& response)
{
    return message(u"command_response"_s,
                   QJsonObject{{u"success"_s, response.success},
                               {u"message"_s, text(response.message)},
                               {u"data"_s, QJsonObject{{u"delivered"_s, response.delivered}}}});
}

QByteArray encode(const LastActions& last)
{
    QByteArrayList actions;
    for (const AppCommand& action : last.actions)
        actions.append(actionText(action));
    return R"({"type":"get_last_actions","payload":[)" + actions.join(',') + "]}";
}

QByteArray encode(const AppMetrics& metrics)
{
    const QJsonObject payload{{u"appId"_s, text(metrics.appId)},
                              {u"userId"_s, text(metrics.userId)},
                              {u"timestamp"_s, static_cast<qint64>(metrics.timestampMs)}};
    return R"({"type":"app_metrics","payload":)" + withMember(objectText(payload), "metrics", metrics.metricsJson) + '}';
}

QByteArray encode(const AppCommand& command)
{
    const QByteArray payload = commandText(
        command, {{u"timestamp"_s, static_cast<qint64>(command.timestampMs)}, {u"id"_s, text(command.id)}});
    // Producers of this family read either.
    return R"({"type":"command","payload":)" + payload + ",\"data\":" + payload + '}';
}

QByteArray encode(const AppCleared& cleared)
{
    return message(u"clear"_s,
                   QJsonObject{{u"appId"_s, text(cleared.appId)}, {u"userId"_s, text(cleared.userId)}});
}

QByteArray encodeLogs(std::span<const LogEntryRef> entries)
{
    const std::string json = joined(entries);
    QByteArray message;
    message.reserve(qsizetype(logsPrefix.size() + json.size() + logsSuffix.size()));
    message.append(logsPrefix.data(), logsPrefix.size());
    message.append(json.data(), qsizetype(json.size()));
    message.append(logsSuffix.data(), logsSuffix.size());
    return message;
}

QByteArray encodeHistory(std::span<const LogEntryRef> entries, const HistoryRequest& request)
{
    if (request.reply == HistoryRequest::Reply::Logs)
        return encodeLogs(entries);
    const bool named = request.reply == HistoryRequest::Reply::Named;
    std::string json = "{\"type\":";
    appendJsonString(json, named ? std::string_view(request.responseType) : "history");
    json += named ? ",\"payload\":{\"logs\":[" : ",\"payload\":[";
    json += joined(entries);
    json += named ? "]}}" : "]}";
    return QByteArray::fromStdString(json);
}

} // namespace vigie
