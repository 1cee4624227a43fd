// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/logsquery.h"

#include "core/pattern.h"
#include "protocol/decoder.h"
#include "protocol/metricsquery.h"
#include "core/timestamp.h"
#include "protocol/unknownparameter.h"

#include <QSet>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr int maxBeginnings = 8; // prefixes (`begin*`) in one search
constexpr std::size_t maxTerms = 20; // as in the address of a view

bool mayBeRepeated(QStringView name)
{
    return name == "level"_L1 || name == "where"_L1 || name == "not"_L1;
}

/// Of "key=value"; a key may not hold "=".
Result<FieldTerm> readTerm(const QString& name, const QString& text)
{
    const qsizetype sign = text.indexOf(u'=');
    if (sign <= 0)
        return Error{name + u" must be a key and a value: key=value"_s};
    return FieldTerm{text.first(sign).toStdString(), text.sliced(sign + 1).toStdString()};
}

} // namespace

Result<HistoryQuery> readLogsQuery(const QString& appId, const QUrlQuery& parameters, const DecodeLimits& limits)
{
    HistoryQuery query;
    query.appId = appId.toStdString();
    if (const std::string problem = nameProblem(query.appId, limits.nameBytes); !problem.empty())
        return Error{u"appId "_s + QString::fromStdString(problem)};

    QSet<QString> seen;
    for (const auto& [name, value] : parameters.queryItems(QUrl::FullyDecoded)) {
        if (!mayBeRepeated(name) && seen.contains(name))
            return Error{name + u" stands twice"_s};
        seen.insert(name);
        bool isNumber = false;
        if (name == "from"_L1 || name == "to"_L1) {
            const Result<std::int64_t> time = timestampFromParameter(value);
            if (!time)
                return Error{name + u' ' + time.error().message};
            (name == "from"_L1 ? query.filter.startTimeMs : query.filter.endTimeMs) = *time;
        } else if (name == "level"_L1) {
            for (const QString& level : value.split(u',', Qt::SkipEmptyParts))
                query.filter.levels.push_back(level.toStdString());
            if (query.filter.levels.size() > limits.filterLevels)
                return Error{u"level names more than %1 levels"_s.arg(limits.filterLevels)};
        } else if (name == "user"_L1) {
            query.userId = value.toStdString();
        } else if (name == "q"_L1) {
            query.words = value.toStdString();
            if (query.words.size() > limits.searchBytes)
                return Error{u"q is longer than %1 bytes"_s.arg(limits.searchBytes)};
            // Each prefix collects the positions of all its words before the first entry is found.
            if (std::ranges::count(query.words, '*') > maxBeginnings)
                return Error{u"q has more than %1 beginnings of words"_s.arg(maxBeginnings)};
        } else if (name == "regex"_L1) {
            query.regex = value.toStdString();
            if (query.regex.size() > limits.searchBytes)
                return Error{u"regex is longer than %1 bytes"_s.arg(limits.searchBytes)};
            if (const Result<Pattern> pattern = Pattern::of(query.regex); !pattern)
                return Error{u"regex: "_s + pattern.error().message};
        } else if (name == "search"_L1) {
            query.filter.search = value.toStdString();
            if (query.filter.search.size() > limits.searchBytes)
                return Error{u"search is longer than %1 bytes"_s.arg(limits.searchBytes)};
        } else if (name == "where"_L1 || name == "not"_L1) {
            Result<FieldTerm> term = readTerm(name, value);
            if (!term)
                return term.error();
            if (query.terms.where.size() + query.terms.without.size() == maxTerms)
                return Error{u"where and not are more than %1"_s.arg(maxTerms)};
            (name == "where"_L1 ? query.terms.where : query.terms.without).push_back(std::move(*term));
        } else if (name == "before"_L1) {
            query.beforeId = value.toStdString();
            if (const std::string problem = idProblem(*query.beforeId, limits.nameBytes); !problem.empty())
                return Error{u"before "_s + QString::fromStdString(problem)};
        } else if (name == "limit"_L1) {
            query.limit = std::min<std::size_t>(value.toUInt(&isNumber), limits.historyEntries);
            if (!isNumber || query.limit == 0)
                return Error{u"limit must be a whole number from 1"_s};
        } else if (name == "cursor"_L1) {
            query.beforeSequence = value.toULongLong(&isNumber);
            if (!isNumber || *query.beforeSequence == 0 || *query.beforeSequence > maxSequence)
                return Error{u"cursor must be one that an answer gave"_s};
        } else {
            return unknownParameter(name);
        }
    }
    return query;
}

QByteArray encodeLogsPage(const HistoryPage& page, std::size_t limit, std::size_t maxBytes)
{
    std::string json = "{\"logs\":[";
    std::size_t written = 0;
    for (auto entry = page.entries.rbegin(); entry != page.entries.rend() && json.size() < maxBytes; ++entry, ++written) {
        if (written > 0)
            json += ',';
        json += entry->json();
    }
    json += "],\"cursor\":";
    std::optional<std::uint64_t> cursor = page.stoppedAt;
    if (written < page.entries.size() || (!cursor && written == limit))
        cursor = page.entries[page.entries.size() - written].sequence();
    json += cursor ? '"' + std::to_string(*cursor) + '"' : "null";
    json += '}';
    return QByteArray::fromStdString(json);
}

QByteArray encodeTrace(std::string_view traceId, const TraceEntries& trace)
{
    std::string json = "{\"trace\":\"" + std::string(traceId) + "\",\"entries\":[";
    for (const LogEntryRef& entry : trace.entries) {
        json += json.back() == '[' ? "" : ",";
        json += entry.json();
    }
    json += trace.hasMore ? "],\"more\":true}" : "],\"more\":false}";
    return QByteArray::fromStdString(json);
}

Result<LogCountsQuery> readCountsQuery(const QString& appId, const QUrlQuery& parameters, std::int64_t nowMs)
{
    if (parameters.hasQueryItem(u"series"_s))
        return unknownParameter(u"series"_s);
    const Result<MetricQuery> stretch = readAppMetricsQuery(appId, parameters, nowMs);
    if (!stretch)
        return stretch.error();
    return LogCountsQuery{stretch->appId, stretch->fromMs, stretch->toMs, stretch->points};
}

QByteArray encodeLogCounts(const LogCountsQuery& query, const LogCounts& counts)
{
    std::string times;
    std::array<std::string, severityCount> levels;
    SeverityCounts sums{};
    const auto append = [](std::string& list, std::int64_t number) {
        if (!list.empty())
            list += ',';
        list += std::to_string(number);
    };
    for (std::size_t i = 0; i < counts.steps().size(); ++i) {
        const SeverityCounts& step = counts.steps()[i];
        if (step == SeverityCounts{})
            continue;
        append(times, counts.firstMs() + static_cast<std::int64_t>(i) * counts.stepMs());
        for (std::size_t severity = 0; severity < step.size(); ++severity) {
            append(levels[severity], step[severity]);
            sums[severity] += step[severity];
        }
    }
    std::string json = "{\"from\":" + std::to_string(query.fromMs) + ",\"to\":" + std::to_string(query.toMs)
        + ",\"stepMs\":" + std::to_string(counts.stepMs()) + ",\"complete\":" + (counts.isComplete() ? "true" : "false")
        + ",\"times\":[" + times + "],\"levels\":{";
    bool isFirst = true;
    for (std::size_t severity = 0; severity < levels.size(); ++severity) {
        if (sums[severity] == 0)
            continue;
        json += std::exchange(isFirst, false) ? "\"" : ",\"";
        json.append(severityName(static_cast<Severity>(severity))) += "\":[" + levels[severity] + ']';
    }
    json += "}}";
    return QByteArray::fromStdString(json);
}

} // namespace vigie
