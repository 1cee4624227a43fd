// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of clients. The first byte says whether the peer is signed in. What is accepted is within its limits, encodes to valid
// JSON, and decodes to the same again. Each log entry is accepted or refused.
#include "protocol/decoder.h"
#include "protocol/encoder.h"
#include "protocol/entryline.h"
#include "protocol/entrysplit.h"
#include "core/timestamp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

using namespace vigie;

namespace {

using namespace Qt::StringLiterals;

const LogOrigin ann("shop", "ann");

void require(bool isSo, int line = __builtin_LINE())
{
    if (isSo)
        return;
    std::fprintf(stderr, "line %d does not hold\n", line);
    std::abort();
}

Decoded decode(QByteArrayView json, const LogOrigin* origin)
{
    static Decoder decoder;
    // Not a byte more than is asked for.
    const auto text = std::make_unique<char[]>(std::size_t(json.size()) + Decoder::padding);
    std::memcpy(text.get(), json.data(), std::size_t(json.size()));
    return decoder.decode({text.get(), std::size_t(json.size())}, origin, 1'700'000'000'000);
}

/// `message`, an object, as a client would send it.
template <typename Message> Message sentAgain(const QByteArray& json)
{
    const Decoded decoded = decode(json, &ann);
    const auto* message = std::get_if<ClientMessage>(&decoded);
    require(message && std::holds_alternative<Message>(*message));
    return std::get<Message>(*message);
}

QByteArray jsonText(const std::string& text)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray{QString::fromStdString(text)}).toJson(QJsonDocument::Compact);
    return wrapped.mid(1, wrapped.size() - 2);
}

QJsonValue jsonValue(const QByteArray& json)
{
    QJsonParseError problem;
    const QJsonArray array = QJsonDocument::fromJson('[' + json + ']', &problem).array();
    require(problem.error == QJsonParseError::NoError && array.size() == 1);
    return array[0];
}

/// The payload of a message of ours.
QJsonValue payloadOf(const QByteArray& json, QStringView type)
{
    const QJsonObject message = QJsonDocument::fromJson(json).object();
    require(message["type"_L1].toString() == type && message.contains("payload"_L1));
    return message["payload"_L1];
}

void requireName(const std::string& name, bool mayBeEmpty = false)
{
    require((mayBeEmpty && name.empty()) || nameProblem(name, DecodeLimits().nameBytes).empty());
}

void check(const AuthRequest& auth)
{
    requireName(auth.userId, true);
    requireName(auth.appId, true);
    if (auth.since)
        requireName(*auth.since);
}

void check(const AccessRequest& request)
{
    requireName(request.userId);
    requireName(request.appId);
}

/// Whether this time, as a number, is read as ms.
bool isMs(std::int64_t ms, TimeRule rule)
{
    const Result<std::int64_t> read = timestampFromNumber(std::to_string(ms), rule);
    return read && *read == ms;
}

void check(const LogsRequest& logs)
{
    require(logs.batch.size() + logs.refused.size() <= DecodeLimits().entriesPerBatch);
    EntryLineReader reader("shop");
    for (std::size_t i = 0; i < logs.batch.size(); ++i) {
        const std::string_view json = logs.batch.json(i);
        const Result<LogBatch> again = reader.read(json);
        require(again && again->size() == 1 && again->json(0) == json);
        const QByteArray text(json.data(), qsizetype(json.size()));
        require(jsonValue(text).toObject()["appId"_L1] == "shop"_L1);
        if (!isMs(logs.batch.timestampMs(i), TimeRule::Event))
            continue;
        const auto sent = sentAgain<LogsRequest>("{\"type\":\"logs\",\"data\":" + text + '}');
        require(sent.batch.size() == 1 && sent.batch.json(0) == json);
    }
    if (logs.refused.empty())
        return;
    const std::size_t count = logs.batch.size() + logs.refused.size();
    for (std::size_t i = 0; i < logs.refused.size(); ++i) {
        require(!logs.refused[i].message.empty() && logs.refused[i].index < count);
        require(i == 0 || logs.refused[i - 1].index < logs.refused[i].index);
    }
    const QJsonValue payload = payloadOf(encode(entriesRefused(logs.refused, count)), u"error");
    require(std::size_t(payload["refused"_L1].toArray().size()) == logs.refused.size());
}

/// Each entry sent is accepted or refused. If a message repeats a key, either value may count.
void checkCount(QByteArrayView json, const LogsRequest& logs)
{
    const QByteArray text = json.toByteArray();
    if (text.count("\"data\"") != 1 || text.count("\"logs\"") > 2 || text.contains('\\'))
        return;
    if (const auto split = splitEntries({json.data(), std::size_t(json.size())}, DecodeLimits().entriesPerBatch))
        require(split->entries.size() == logs.batch.size() + logs.refused.size());
}

void check(const FilterRequest& request)
{
    const LogFilter& filter = request.filter;
    require(filter.levels.size() <= DecodeLimits().filterLevels && filter.search.size() <= DecodeLimits().searchBytes);
    QByteArray levels;
    for (const std::string& level : filter.levels)
        levels += (levels.isEmpty() ? "" : ",") + jsonText(level);
    const auto time = [](const char* key, std::optional<std::int64_t> value) {
        return value && isMs(*value, TimeRule::Bound) ? QByteArray(",\"") + key + "\":" + QByteArray::number(qlonglong(*value))
                                                      : QByteArray();
    };
    const QByteArray json = "{\"type\":\"filter\",\"filters\":{\"level\":[" + levels + "],\"search\":" + jsonText(filter.search)
                            + time("startTime", filter.startTimeMs) + time("endTime", filter.endTimeMs) + "}}";
    LogFilter sent = filter;
    for (std::optional<std::int64_t>* bound : {&sent.startTimeMs, &sent.endTimeMs}) {
        if (*bound && !isMs(**bound, TimeRule::Bound))
            bound->reset();
    }
    require(sentAgain<FilterRequest>(json).filter == sent);
}

void check(const HistoryRequest& history)
{
    require(history.limit >= 1 && history.limit <= DecodeLimits().historyEntries);
    require(!(history.beforeId && history.beforeTimeMs));
    if (history.beforeId)
        requireName(*history.beforeId);
    const bool isNamed = history.reply == HistoryRequest::Reply::Named;
    const QString type = isNamed                                        ? QString::fromStdString(history.responseType)
                         : history.reply == HistoryRequest::Reply::Logs ? u"logs"_s
                                                                        : u"history"_s;
    const QJsonValue payload = payloadOf(encodeHistory({}, history), type);
    require(isNamed ? payload["logs"_L1].isArray() : payload.isArray());
}

void check(const SubscribeRequest& subscribe)
{
    require(!subscribe.metricsIntervalMs || *subscribe.metricsIntervalMs >= 250);
}

void check(const AppMetricsRequest& report)
{
    const QJsonValue metrics = jsonValue(report.metricsJson);
    require(metrics.isObject());
    const QByteArray json = encode(AppMetrics{"shop", "ann", report.timestampMs, report.metricsJson});
    require(payloadOf(json, u"app_metrics")["metrics"_L1] == metrics);
    if (!isMs(report.timestampMs, TimeRule::Event))
        return;
    const auto sent = sentAgain<AppMetricsRequest>("{\"type\":\"send_metrics\",\"data\":{\"timestamp\":"
                                                   + QByteArray::number(qlonglong(report.timestampMs))
                                                   + ",\"metrics\":" + report.metricsJson + "}}");
    require(sent.metricsJson == report.metricsJson && sent.timestampMs == report.timestampMs);
}

void check(const CommandRequest& command)
{
    requireName(command.type);
    const AppCommand passed{"shop", "ann", 1, command.type, command.dataJson};
    const QJsonValue payload = payloadOf(encode(passed), u"command");
    require(payload["type"_L1].toString().toStdString() == command.type);
    if (!command.dataJson.isEmpty())
        require(payload["data"_L1] == jsonValue(command.dataJson));
    require(payloadOf(encode(LastActions{{passed, passed}}), u"get_last_actions").toArray().size() == 2);
    const QByteArray data = command.dataJson.isEmpty() ? QByteArray() : ",\"data\":" + command.dataJson;
    const auto sent =
        sentAgain<CommandRequest>("{\"type\":\"command\",\"data\":{\"type\":" + jsonText(command.type) + data + "}}");
    require(sent.type == command.type && sent.dataJson == command.dataJson);
}

void check(const MetricsRequest&) {}
void check(const ClearRequest&) {}
void check(const StatusRequest&) {}
void check(const LastActionsRequest&) {}

/// A message of the usual form is read in one walk. With one more member, which says nothing, it is not, and is the same.
void checkOtherForm(const QByteArray& json, const Decoded& decoded)
{
    const qsizetype brace = json.indexOf('{');
    if (brace < 0)
        return;
    QByteArray otherJson = json;
    const Decoded other = decode(otherJson.insert(brace + 1, R"("x":0,)"), &ann);
    require(other.index() == decoded.index());
    const auto* const message = std::get_if<ClientMessage>(&decoded);
    const auto* const logs = message ? std::get_if<LogsRequest>(message) : nullptr;
    if (!logs)
        return;
    const auto& expected = std::get<LogsRequest>(std::get<ClientMessage>(other));
    require(logs->ack == expected.ack && logs->refused.size() == expected.refused.size());
    require(logs->batch.size() == expected.batch.size());
    const auto withoutId = [](const LogBatch& batch, std::size_t i) {
        return batch.json(i).substr(std::size_t(batch.id(i).data() + batch.id(i).size() - batch.json(i).data()));
    };
    for (std::size_t i = 0; i < expected.batch.size(); ++i) {
        require(logs->batch.idIsProducers(i) == expected.batch.idIsProducers(i));
        if (logs->batch.idIsProducers(i))
            require(logs->batch.json(i) == expected.batch.json(i));
        else
            require(withoutId(logs->batch, i) == withoutId(expected.batch, i));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const bool isSignedIn = data[0] % 2 == 0;
    const Decoded decoded = decode({data + 1, qsizetype(size - 1)}, isSignedIn ? &ann : nullptr);
    if (const auto* error = std::get_if<ErrorMessage>(&decoded)) {
        require(!error->code.empty() && !error->message.empty());
        (void)payloadOf(encode(*error), u"error");
        return 0;
    }
    const auto& message = std::get<ClientMessage>(decoded);
    require(isSignedIn || std::holds_alternative<AuthRequest>(message) || std::holds_alternative<AccessRequest>(message));
    std::visit([](const auto& request) { check(request); }, message);
    if (const auto* logs = std::get_if<LogsRequest>(&message))
        checkCount({data + 1, qsizetype(size - 1)}, *logs);
    if (isSignedIn)
        checkOtherForm(QByteArray(reinterpret_cast<const char*>(data + 1), qsizetype(size - 1)), decoded);
    return 0;
}
