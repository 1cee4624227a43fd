// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/decoder.h"

#include "protocol/entrysplit.h"
#include "protocol/exactjson.h"
#include "protocol/jsoncheck.h"
#include "protocol/logsreader.h"
#include "protocol/requestreader.h"

#include <span>

namespace vigie {

using namespace simdjson;

const std::size_t Decoder::padding = SIMDJSON_PADDING;

struct Decoder::Parser
{
    ondemand::parser parser;
    std::string scratch;
};

namespace {

/// The caller's text, which decode() may modify.
std::span<char> writable(std::string_view text)
{
    return {const_cast<char*>(text.data()), text.size()};
}

ErrorMessage unreadable(std::string problem, const DecodeLimits& limits)
{
    const auto hit = problem == tooDeepText(limits.depth) ? std::optional(LimitHit::JsonDepth) : std::nullopt;
    return {"invalid_json", std::move(problem), {}, hit};
}

} // namespace

Decoder::Decoder(DecodeLimits limits) : m_limits(limits), m_parser(std::make_unique<Parser>()) {}

Decoder::~Decoder() = default;

Decoded Decoder::decode(std::string_view json, const LogOrigin* origin, std::int64_t nowMs)
{
    if (json.empty())
        return unreadable("empty message", m_limits);
    if (origin) {
        Decoded logs = ClientMessage(LogsRequest{LogBatch(origin->appId())});
        if (readAtOnce(json, *origin, nowMs, std::get<LogsRequest>(std::get<ClientMessage>(logs))))
            return logs;
    }
    ondemand::document document;
    if (std::string problem = openJson(m_parser->parser, writable(json), m_limits.depth, document); !problem.empty()) {
        std::optional<Decoded> rest = origin ? decodeInParts(json, *origin, nowMs) : std::nullopt;
        return rest ? std::move(*rest) : unreadable(std::move(problem), m_limits);
    }

    ondemand::object root;
    std::string_view type;
    if (document.get_object().get(root))
        return ErrorMessage{"invalid_message", "a message must be an object: {\"type\": ..., \"data\": ...}", {}};
    if (root["type"].get_string().get(type))
        return ErrorMessage{"invalid_message", "\"type\" is missing or not text", {}};
    if (!origin && type != "auth" && type != "request_access") {
        return ErrorMessage{std::string(notAuthenticatedCode),
                            "sign in first: send {\"type\": \"auth\", \"data\": {\"userId\": ..., \"appId\": ...}}",
                            std::string(type.substr(0, 64))};
    }
    if (type != "logs") {
        if (json.size() > m_limits.requestBytes)
            return ErrorMessage{"invalid_message", "a message other than logs may have "
                                + std::to_string(m_limits.requestBytes) + " bytes", std::string(type.substr(0, 64))};
        Decoded decoded = readRequest(std::string(type), QByteArray::fromRawData(json.data(), qsizetype(json.size())), nowMs,
                                      m_limits);
        // Pass these values on unchanged: QJsonDocument reads numbers as doubles and loses the order of members.
        if (auto* const message = std::get_if<ClientMessage>(&decoded)) {
            // If a key is repeated, the two parsers may choose different values, so check the kind of this one, too.
            if (auto* const report = std::get_if<AppMetricsRequest>(message)) {
                if (QByteArray exact = memberOfData(json, "metrics"); exact.startsWith('{'))
                    report->metricsJson = std::move(exact);
            } else if (auto* const command = std::get_if<CommandRequest>(message); command && !command->dataJson.isEmpty()) {
                if (QByteArray exact = memberOfData(json, "data"); !exact.isEmpty())
                    command->dataJson = std::move(exact);
            }
        }
        return decoded;
    }

    LogsRequest request{LogBatch(origin->appId())};
    request.batch.reserve(1, json.size() + 128);
    LogsReader reader(m_limits, m_ids, *origin, nowMs, m_parser->scratch, request);
    ondemand::value data;
    if (root["data"].get(data))
        return ErrorMessage{"invalid_message", "\"data\" is missing", "logs"};
    if (!reader.readData(data))
        return reader.refusal();
    return ClientMessage(std::move(request));
}

/// Reads a `logs` message of the usual form, nothing wrong with it, in one walk. False for any other message; `request` is then
/// to be dropped.
bool Decoder::readAtOnce(std::string_view json, const LogOrigin& origin, std::int64_t nowMs, LogsRequest& request)
{
    ondemand::document document;
    if (m_parser->parser.iterate(json.data(), json.size(), json.size() + padding).get(document))
        return false;
    request.batch.reserve(1, json.size() + 128);
    LogsReader reader(m_limits, m_ids, origin, nowMs, m_parser->scratch, request);
    if (!reader.readMessage(document, json.size()))
        return false;
    request.batch.shrink();
    return true;
}

QByteArray Decoder::memberOfData(std::string_view json, std::string_view name)
{
    ondemand::document document;
    ondemand::object data;
    ondemand::value member;
    if (m_parser->parser.iterate(json.data(), json.size(), json.size() + padding).get(document)
        || document["data"].get_object().get(data) || data[name].get(member))
        return {};
    const std::optional<std::string_view> exact = exactJson(member, m_parser->scratch);
    return exact ? QByteArray(exact->data(), qsizetype(exact->size())) : QByteArray();
}

/// Decodes a `logs` message that is not valid JSON as a whole, entry by entry. Nothing if it cannot be split, or if something
/// other than its entries is wrong.
std::optional<Decoded> Decoder::decodeInParts(std::string_view json, const LogOrigin& origin, std::int64_t nowMs)
{
    std::optional<SplitEntries> split = splitEntries(json, m_limits.entriesPerBatch);
    if (!split)
        return std::nullopt;
    if (split->entries.size() > m_limits.entriesPerBatch)
        return tooManyEntries(m_limits);
    std::string& frame = split->frame;
    const std::size_t frameSize = frame.size();
    frame.resize(frameSize + padding);
    ondemand::document document;
    ondemand::object root;
    std::string_view type;
    ondemand::value data;
    if (!openJson(m_parser->parser, {frame.data(), frameSize}, m_limits.depth, document).empty()
        || document.get_object().get(root) || root["type"].get_string().get(type) || type != "logs" || root["data"].get(data)) {
        return std::nullopt;
    }
    LogsRequest request{LogBatch(origin.appId())};
    LogsReader reader(m_limits, m_ids, origin, nowMs, m_parser->scratch, request);
    const bool isRead = reader.readData(data);
    // A repeated key: the entries that were split are not the ones that were read.
    if (!isRead || !request.batch.empty() || !request.refused.empty())
        return std::nullopt;

    request.batch.reserve(1, json.size() + 128);
    const int depth = m_limits.depth - split->depth;
    for (const std::string_view entry : split->entries) {
        std::string problem = openJson(m_parser->parser, writable(entry), depth, document);
        if (problem == tooDeepText(depth)) {
            request.hit = LimitHit::JsonDepth;
            problem = tooDeepText(m_limits.depth);
        }
        if (!problem.empty())
            reader.refuseEntry(std::move(problem));
        else if (!reader.takeEntry(document.get_object()))
            return reader.refusal();
    }
    return ClientMessage(std::move(request));
}

} // namespace vigie
