// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/encoder.h"

#include "core/jsontext.h"
#include "protocol/jsonmessage.h"

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
    return jsonMessage(u"connect"_s, payload);
}

QByteArray encode(const AuthSuccess& success)
{
    QJsonObject payload{{u"appId"_s, text(success.appId)}, {u"userId"_s, text(success.userId)}};
    if (success.role)
        payload.insert(u"role"_s, text(std::string(roleName(*success.role))));
    return jsonMessage(u"auth_success"_s, payload);
}

QByteArray encode(const AuthErrorMessage& error)
{
    QJsonObject payload{{u"message"_s, text(error.message)}};
    if (!error.code.empty())
        payload.insert(u"code"_s, text(error.code));
    if (error.retryAfterMs > 0)
        payload.insert(u"retryAfterMs"_s, static_cast<double>(error.retryAfterMs));
    return jsonMessage(u"auth_error"_s, payload);
}

QByteArray encode(const AccessPending&)
{
    return jsonMessage(u"access_pending"_s, QJsonObject());
}

QByteArray encode(const AccessGranted& granted)
{
    return jsonMessage(u"access_granted"_s, QJsonObject{{u"appId"_s, text(granted.appId)}, {u"userId"_s, text(granted.userId)},
                                                    {u"token"_s, text(granted.token)}});
}

QByteArray encode(const AccessDenied& denied)
{
    return jsonMessage(u"access_denied"_s, QJsonObject{{u"code"_s, text(denied.code)}, {u"message"_s, text(denied.message)}});
}

QByteArray encode(const ErrorMessage& error)
{
    QJsonObject payload{{u"code"_s, text(error.code)}, {u"message"_s, text(error.message)}};
    if (!error.requestType.empty())
        payload.insert(u"requestType"_s, text(error.requestType));
    if (!error.refused.empty())
        payload.insert(u"refused"_s, refusedJson(error.refused));
    return jsonMessage(u"error"_s, payload);
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

QByteArray encode(const LogsAck& ack)
{
    QJsonObject payload{{u"count"_s, static_cast<qint64>(ack.count)}, {u"lastId"_s, text(ack.lastId)}};
    if (ack.repeats > 0)
        payload.insert(u"repeats"_s, static_cast<qint64>(ack.repeats));
    if (ack.renamed > 0)
        payload.insert(u"renamed"_s, static_cast<qint64>(ack.renamed));
    if (!ack.refused.empty())
        payload.insert(u"refused"_s, refusedJson(ack.refused));
    return jsonMessage(u"logs_ack"_s, payload);
}

QByteArray encode(const Stored& stored)
{
    return jsonMessage(u"stored"_s,
                   QJsonObject{{u"lastId"_s, stored.lastId.empty() ? QJsonValue() : QJsonValue(text(stored.lastId))}});
}

QByteArray encode(const Gap& gap)
{
    QJsonObject payload{{u"fromId"_s, gap.fromId.empty() ? QJsonValue() : QJsonValue(text(gap.fromId))},
                        {u"toId"_s, gap.toId.empty() ? QJsonValue() : QJsonValue(text(gap.toId))}};
    payload.insert(u"count"_s, gap.count ? QJsonValue(static_cast<qint64>(*gap.count)) : QJsonValue());
    return jsonMessage(u"gap"_s, payload);
}

QByteArray encode(const StatusResponse& status)
{
    return jsonMessage(u"status_response"_s,
                   QJsonObject{{u"success"_s, status.success},
                               {u"message"_s, text(status.message)},
                               {u"status"_s, QJsonObject{{u"userExists"_s, status.userExists},
                                                         {u"appExists"_s, status.appExists},
                                                         {u"userHasAccess"_s, status.userHasAccess},
                                                         {u"appIsActive"_s, status.appIsActive}}}});
}

QByteArray encode(const CommandResponse& response)
{
    return jsonMessage(u"command_response"_s,
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
    return jsonMessage(u"clear"_s,
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
