// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/decoder.h"

#include "protocol/jsoncheck.h"
#include "protocol/logsreader.h"
#include "protocol/requestreader.h"

#include <algorithm>

namespace vigie {

using namespace simdjson;

const std::size_t Decoder::padding = SIMDJSON_PADDING;

struct Decoder::Parser
{
    ondemand::parser parser;
    std::string scratch;
};

std::string nameProblem(std::string_view name, std::size_t maxBytes)
{
    if (name.empty())
        return "must not be empty";
    if (name.size() > maxBytes)
        return "must not be longer than " + std::to_string(maxBytes) + " bytes";
    const bool hasControl = std::any_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    return hasControl ? "must not hold control characters" : std::string();
}

Decoder::Decoder(DecodeLimits limits) : m_limits(limits), m_parser(std::make_unique<Parser>()) {}

Decoder::~Decoder() = default;

Decoded Decoder::decode(std::string_view json, const LogOrigin* origin, std::int64_t nowMs)
{
    if (json.empty())
        return ErrorMessage{"invalid_json", "empty message", {}};
    ondemand::document document;
    const padded_string_view padded(json.data(), json.size(), json.size() + padding);
    std::string problem = openJson(m_parser->parser, padded, m_limits.depth, document);
    if (!problem.empty()) {
        const auto excess = problem == tooDeepText(m_limits.depth) ? std::optional(Excess::JsonDepth) : std::nullopt;
        return ErrorMessage{"invalid_json", std::move(problem), {}, excess};
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
        return readRequest(std::string(type), QByteArray::fromRawData(json.data(), qsizetype(json.size())),
                           nowMs, m_limits);
    }

    LogsRequest request{LogBatch(origin->appId()), false};
    request.batch.reserve(1, json.size() + 128);
    LogsReader reader(m_limits, m_ids, *origin, nowMs, m_parser->scratch, request);
    ondemand::value data;
    if (root["data"].get(data))
        return ErrorMessage{"invalid_message", "\"data\" is missing", "logs"};
    if (!reader.readData(data))
        return reader.refusal();
    return ClientMessage(std::move(request));
}

} // namespace vigie
