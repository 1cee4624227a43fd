// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/requestreader.h"

#include "core/timestamp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr int shortestIntervalMs = 250;
constexpr int longestIntervalMs = 3'600'000;

/// Why a message is refused. The readers below return it for an invalid field.
using Problem = std::string;

QByteArray valueJson(const QJsonValue& value)
{
    if (value.isUndefined())
        return {};
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    // QJsonDocument writes only arrays and objects, so wrap a scalar in an array and unwrap its text.
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return wrapped.mid(1, wrapped.size() - 2);
}

bool isAbsent(const QJsonValue& value)
{
    return value.isUndefined() || value.isNull();
}

using NameRule = std::string (*)(std::string_view, std::size_t);

Problem readName(const QJsonObject& data, QLatin1StringView key, const DecodeLimits& limits, std::string& out,
                 NameRule problemOf = nameProblem)
{
    const QJsonValue value = data[key];
    if (isAbsent(value))
        return {};
    if (!value.isString())
        return std::string(key.latin1()) + " must be text";
    out = value.toString().toStdString();
    const std::string problem = problemOf(out, limits.nameBytes);
    return problem.empty() ? Problem() : std::string(key.latin1()) + " " + problem;
}

Problem readTime(const QJsonObject& data, QLatin1StringView key, std::optional<std::int64_t>& out,
                 TimeRule rule = TimeRule::Bound)
{
    const QJsonValue value = data[key];
    if (isAbsent(value))
        return {};
    Result<std::int64_t> time = Error{u"must be a number (ms since 1970) or ISO 8601 text"_s};
    if (value.isDouble())
        time = timestampFromNumber(valueJson(value).toStdString(), rule);
    else if (value.isString())
        time = timestampFromText(value.toString().toStdString(), rule);
    if (!time)
        return std::string(key.latin1()) + " " + time.error().message.toStdString();
    out = *time;
    return {};
}

Problem readBool(const QJsonObject& data, QLatin1StringView key, std::optional<bool>& out)
{
    const QJsonValue value = data[key];
    if (isAbsent(value))
        return {};
    if (!value.isBool())
        return std::string(key.latin1()) + " must be true or false";
    out = value.toBool();
    return {};
}

Problem readAuth(const QJsonObject& data, const DecodeLimits& limits, AuthRequest& auth)
{
    std::string since;
    for (const Problem& problem :
         {readName(data, "userId"_L1, limits, auth.userId), readName(data, "appId"_L1, limits, auth.appId, appIdProblem),
          readName(data, "since"_L1, limits, since, idProblem)}) {
        if (!problem.empty())
            return problem;
    }
    if (!since.empty())
        auth.since = since;
    if (!isAbsent(data["token"_L1]) && !data["token"_L1].isString())
        return "token must be text";
    auth.token = data["token"_L1].toString().toStdString();
    return {};
}

Problem readAccessRequest(const QJsonObject& data, const DecodeLimits& limits, AccessRequest& request)
{
    for (const Problem& problem :
         {readName(data, "userId"_L1, limits, request.userId), readName(data, "appId"_L1, limits, request.appId, appIdProblem)}) {
        if (!problem.empty())
            return problem;
    }
    return request.userId.empty() ? "userId is missing" : request.appId.empty() ? "appId is missing" : Problem();
}

Problem readLevels(const QJsonValue& value, std::vector<std::string>& levels)
{
    if (isAbsent(value))
        return {};
    const bool isOne = value.isString() || value.isDouble();
    const QJsonArray array = isOne ? QJsonArray{value} : value.toArray();
    if (!value.isArray() && !isOne)
        return "level must be an array of texts";
    for (const QJsonValue& level : array) {
        if (!level.isString() && !level.isDouble())
            return "level must be an array of texts";
        const std::string text = (level.isString() ? level.toString().toUtf8() : valueJson(level)).toStdString();
        levels.emplace_back(trimmedLevel(text));
    }
    // Viewers with equal filters share frames, so bring equal filters into the same form.
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    return {};
}

Problem readFilter(const QJsonObject& data, LogFilter& filter)
{
    for (const Problem& problem :
         {readLevels(data["level"_L1], filter.levels), readTime(data, "startTime"_L1, filter.startTimeMs),
          readTime(data, "endTime"_L1, filter.endTimeMs)}) {
        if (!problem.empty())
            return problem;
    }
    const QJsonValue search = data["search"_L1];
    if (!isAbsent(search) && !search.isString())
        return "search must be text";
    filter.search = search.toString().toStdString();
    return {};
}

/// Which limit the filter exceeds.
Problem limitHitOf(const QJsonValue& levels, const LogFilter& filter, const DecodeLimits& limits)
{
    if (static_cast<std::size_t>(levels.toArray().size()) > limits.filterLevels)
        return "level must not hold more than " + std::to_string(limits.filterLevels) + " levels";
    if (filter.search.size() > limits.searchBytes)
        return "search must not be longer than " + std::to_string(limits.searchBytes) + " bytes";
    return {};
}

bool isTypeName(const QString& name)
{
    const auto allowed = [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || u"_.:-"_s.contains(c));
    };
    return !name.isEmpty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), allowed);
}

Problem readHistory(const QJsonObject& root, const QJsonObject& data, const DecodeLimits& limits,
                    HistoryRequest& history)
{
    const QJsonValue limit = data["limit"_L1];
    if (!isAbsent(limit)) {
        if (!limit.isDouble() || limit.toDouble() < 1 || limit.toDouble() != std::floor(limit.toDouble()))
            return "limit must be a whole number from 1";
        history.limit = static_cast<std::size_t>(
            std::min(limit.toDouble(), static_cast<double>(limits.historyEntries)));
    }
    if (data["before"_L1].isString()) {
        std::string id;
        if (const Problem problem = readName(data, "before"_L1, limits, id, idProblem); !problem.empty())
            return problem;
        history.beforeId = id;
    } else if (const Problem problem = readTime(data, "before"_L1, history.beforeTimeMs); !problem.empty()) {
        return "before must be an entry's id or a time in ms";
    }
    if (Problem problem = readBool(data, "stored"_L1, history.stored); !problem.empty())
        return problem;
    for (const QJsonObject& holder : {root, data}) {
        const QJsonValue config = holder["ws_sent_config"_L1];
        if (isAbsent(config))
            continue;
        if (!config.isObject())
            return "ws_sent_config must be an object";
        const QJsonValue name = config["response_type"_L1];
        if (isAbsent(name))
            continue;
        if (!isTypeName(name.toString()))
            return "response_type must be 1 to 64 letters, digits or _ . : -";
        history.reply = HistoryRequest::Reply::Named;
        history.responseType = name.toString().toStdString();
    }
    return {};
}

Problem readSubscribe(const QJsonObject& data, SubscribeRequest& subscribe)
{
    const QJsonValue metrics = data["metrics"_L1];
    if (!isAbsent(metrics)) {
        const QJsonValue interval = metrics["intervalMs"_L1];
        if (!metrics.isObject() || !interval.isDouble())
            return "metrics must be {\"intervalMs\": number}";
        if (interval.toDouble() < shortestIntervalMs || interval.toDouble() > longestIntervalMs) {
            return "intervalMs must be from " + std::to_string(shortestIntervalMs) + " to "
                + std::to_string(longestIntervalMs);
        }
        subscribe.metricsIntervalMs = static_cast<int>(interval.toDouble());
    }
    if (Problem problem = readBool(data, "detail"_L1, subscribe.detail); !problem.empty())
        return problem;
    return readBool(data, "logs"_L1, subscribe.logs);
}

Problem readAppMetrics(const QJsonObject& data, AppMetricsRequest& report)
{
    if (!data["metrics"_L1].isObject())
        return "metrics must be an object";
    report.metricsJson = valueJson(data["metrics"_L1]);
    std::optional<std::int64_t> time;
    if (Problem problem = readTime(data, "timestamp"_L1, time, TimeRule::Event); !problem.empty())
        return problem;
    report.timestampMs = time.value_or(report.timestampMs);
    return {};
}

Problem readCommand(const QJsonObject& data, const DecodeLimits& limits, CommandRequest& command)
{
    if (Problem problem = readName(data, "type"_L1, limits, command.type, idProblem); !problem.empty())
        return problem;
    if (command.type.empty())
        return "type of the command is missing";
    command.dataJson = valueJson(data["data"_L1]);
    return {};
}

} // namespace

Decoded readRequest(const std::string& type, const QByteArray& json, std::int64_t nowMs,
                    const DecodeLimits& limits)
{
    QJsonParseError parse;
    const QJsonObject root = QJsonDocument::fromJson(json, &parse).object();
    // openJson() has accepted this text. If Qt's parser rejects it all the same, do not treat it as empty.
    if (parse.error != QJsonParseError::NoError)
        return ErrorMessage{"invalid_json", parse.errorString().toStdString(), type};
    const bool takesFilters = type == "filter" && !isAbsent(root["filters"_L1]);
    const QJsonValue dataValue = root[takesFilters ? "filters"_L1 : "data"_L1];
    const auto refused = [&type](Problem problem) {
        return ErrorMessage{"invalid_message", std::move(problem), type};
    };
    if (!isAbsent(dataValue) && !dataValue.isObject())
        return refused(takesFilters ? "\"filters\" must be an object" : "\"data\" must be an object");
    const QJsonObject data = dataValue.toObject();
    const auto answer = [&refused](Problem problem, auto message) -> Decoded {
        if (!problem.empty())
            return refused(std::move(problem));
        return ClientMessage(std::move(message));
    };

    if (type == "auth") {
        AuthRequest auth;
        Problem problem = readAuth(data, limits, auth);
        return answer(std::move(problem), std::move(auth));
    }
    if (type == "request_access") {
        AccessRequest request;
        Problem problem = readAccessRequest(data, limits, request);
        return answer(std::move(problem), std::move(request));
    }
    if (type == "filter") {
        FilterRequest filter;
        Problem problem = readFilter(data, filter.filter);
        if (problem.empty()) {
            if (std::string tooMuch = limitHitOf(data["level"_L1], filter.filter, limits); !tooMuch.empty())
                return ErrorMessage{"invalid_message", std::move(tooMuch), type, LimitHit::Filter};
        }
        return answer(std::move(problem), std::move(filter));
    }
    if (type == "request_history" || type == "history") {
        HistoryRequest history;
        history.reply = type == "history" ? HistoryRequest::Reply::History : HistoryRequest::Reply::Logs;
        Problem problem = readHistory(root, data, limits, history);
        return answer(std::move(problem), std::move(history));
    }
    if (type == "request_metrics")
        return MetricsRequest{};
    if (type == "subscribe") {
        SubscribeRequest subscribe;
        Problem problem = readSubscribe(data, subscribe);
        return answer(std::move(problem), std::move(subscribe));
    }
    if (type == "send_metrics" || type == "metrics") {
        AppMetricsRequest report{nowMs, {}};
        Problem problem = readAppMetrics(data, report);
        return answer(std::move(problem), std::move(report));
    }
    if (type == "clear")
        return ClearRequest{};
    if (type == "check_status")
        return StatusRequest{};
    if (type == "command") {
        CommandRequest command;
        Problem problem = readCommand(data, limits, command);
        return answer(std::move(problem), std::move(command));
    }
    if (type == "get_last_actions")
        return LastActionsRequest{};
    return ErrorMessage{"unknown_type", "there is no message type \"" + type.substr(0, 64) + "\"", type.substr(0, 64)};
}

} // namespace vigie
