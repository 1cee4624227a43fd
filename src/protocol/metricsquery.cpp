// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/metricsquery.h"

#include "core/jsontext.h"
#include "protocol/decoder.h"
#include "core/timestamp.h"
#include "protocol/unknownparameter.h"

#include <QSet>
#include <charconv>
#include <cmath>
#include <string>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr std::int64_t hourMs = 3'600'000;
constexpr int maxPoints = 5'000;
constexpr qsizetype maxSeries = 100;

Outcome readParameter(const QString& name, const QString& value, MetricQuery& query)
{
    if (name == "from"_L1 || name == "to"_L1) {
        const Result<std::int64_t> time = timestampFromParameter(value);
        if (!time)
            return Error{name + u' ' + time.error().message};
        (name == "from"_L1 ? query.fromMs : query.toMs) = *time;
    } else if (name == "points"_L1) {
        bool isNumber = false;
        query.points = static_cast<int>(std::min<uint>(value.toUInt(&isNumber), maxPoints));
        if (!isNumber || query.points == 0)
            return Error{u"points must be a whole number from 1"_s};
    } else if (name == "series"_L1) {
        const QStringList names = value.split(u',', Qt::SkipEmptyParts);
        if (names.size() > maxSeries)
            return Error{u"series names more than %1"_s.arg(maxSeries)};
        for (const QString& one : names)
            query.series.push_back(one.toStdString());
    } else {
        return unknownParameter(name);
    }
    return std::monostate{};
}

std::int64_t rangeMs(const QString& name)
{
    return name == "hour"_L1 ? hourMs : name == "day"_L1 ? 24 * hourMs : name == "week"_L1 ? 7 * 24 * hourMs : 0;
}

Result<MetricQuery> readQuery(const QUrlQuery& parameters, std::int64_t nowMs, bool mayNameRange)
{
    MetricQuery query;
    query.fromMs = -1;
    query.toMs = -1;
    std::int64_t length = hourMs;
    QSet<QString> seen;
    for (const auto& [name, value] : parameters.queryItems(QUrl::FullyDecoded)) {
        if (seen.contains(name))
            return Error{name + u" stands twice"_s};
        seen.insert(name);
        if (mayNameRange && name == "timeRange"_L1) {
            length = rangeMs(value);
            if (length == 0)
                return Error{u"timeRange must be hour, day or week"_s};
        } else if (const Outcome read = readParameter(name, value, query); !read) {
            return read.error();
        }
    }
    if (seen.contains(u"timeRange"_s) && (seen.contains(u"from"_s) || seen.contains(u"to"_s)))
        return Error{u"timeRange stands in place of from and to"_s};
    if (query.toMs < 0)
        query.toMs = std::max(nowMs, query.fromMs);
    if (query.fromMs < 0)
        query.fromMs = std::max<std::int64_t>(0, query.toMs - length);
    if (query.fromMs > query.toMs)
        return Error{u"from lies after to"_s};
    return query;
}

/// Three decimals, or six digits where that is less; large ones whole.
void appendNumber(std::string& json, double value)
{
    if (!std::isfinite(value)) {
        json += "null";
        return;
    }
    char text[32];
    const std::to_chars_result end =
        std::abs(value) < 1
            ? std::to_chars(text, text + sizeof text, value, std::chars_format::general, 6)
            : std::to_chars(text, text + sizeof text, std::abs(value) < 1e12 ? std::round(value * 1'000) / 1'000 : value);
    json.append(text, end.ptr);
}

void appendList(std::string& json, const char* name, const std::vector<double>& values)
{
    json += std::string(1, '"') + name + "\":[";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0)
            json += ',';
        appendNumber(json, values[i]);
    }
    json += ']';
}

void appendProcesses(std::string& json, const char* name, const std::vector<ProcessSample>& processes)
{
    json += std::string(1, '"') + name + "\":[";
    for (std::size_t i = 0; i < processes.size(); ++i) {
        const ProcessSample& process = processes[i];
        json += i > 0 ? ",{" : "{";
        json += "\"pid\":" + std::to_string(process.pid) + ",\"name\":";
        appendJsonString(json, process.name.toStdString());
        json += ",\"cpu\":";
        appendNumber(json, process.cpuPercent);
        json += ",\"memory\":" + std::to_string(process.residentBytes) + '}';
    }
    json += ']';
}

} // namespace

Result<MetricQuery> readMetricsQuery(const QUrlQuery& query, std::int64_t nowMs)
{
    return readQuery(query, nowMs, false);
}

Result<MetricQuery> readAppMetricsQuery(const QString& appId, const QUrlQuery& parameters, std::int64_t nowMs)
{
    const std::string name = appId.toStdString();
    if (const std::string problem = nameProblem(name, DecodeLimits().nameBytes); !problem.empty())
        return Error{u"appId "_s + QString::fromStdString(problem)};
    Result<MetricQuery> query = readQuery(parameters, nowMs, true);
    if (query)
        query->appId = name;
    return query;
}

Result<std::int64_t> readProcessesQuery(const QUrlQuery& query, std::int64_t nowMs)
{
    std::int64_t at = nowMs;
    bool seen = false;
    for (const auto& [name, value] : query.queryItems(QUrl::FullyDecoded)) {
        if (name != "at"_L1)
            return unknownParameter(name);
        if (std::exchange(seen, true))
            return Error{u"at stands twice"_s};
        const Result<std::int64_t> time = timestampFromParameter(value);
        if (!time)
            return Error{u"at "_s + time.error().message};
        at = *time;
    }
    return at;
}

QByteArray encodeMetricRange(const MetricQuery& query, const MetricRange& frame)
{
    std::string json = "{\"from\":" + std::to_string(query.fromMs) + ",\"to\":" + std::to_string(query.toMs)
        + ",\"stepMs\":" + std::to_string(frame.stepMs) + ",\"times\":[";
    for (std::size_t i = 0; i < frame.times.size(); ++i) {
        if (i > 0)
            json += ',';
        json += std::to_string(frame.times[i]);
    }
    json += "],\"series\":{";
    for (const MetricSeries& series : frame.series) {
        if (&series != &frame.series.front())
            json += ',';
        appendJsonString(json, series.name);
        json += ":{";
        appendList(json, "average", series.average);
        json += ',';
        appendList(json, "low", series.low);
        json += ',';
        appendList(json, "high", series.high);
        json += '}';
    }
    json += "}}";
    return QByteArray::fromStdString(json);
}

QByteArray encodeProcessSnapshot(const ProcessSnapshot& moment)
{
    std::string json = "{\"timestamp\":" + (moment.timestampMs > 0 ? std::to_string(moment.timestampMs) : "null") + ',';
    appendProcesses(json, "byCpu", moment.processes.topByCpu);
    json += ',';
    appendProcesses(json, "byMemory", moment.processes.topByMemory);
    json += '}';
    return QByteArray::fromStdString(json);
}

} // namespace vigie
