// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/entryline.h"

#include "protocol/jsoncheck.h"
#include "protocol/logsreader.h"

namespace vigie {

using namespace simdjson;

namespace {

Error error(const std::string& problem)
{
    return {QString::fromStdString(problem)};
}

} // namespace

struct EntryLineReader::Parser
{
    ondemand::parser parser;
    std::string scratch;
};

EntryLineReader::EntryLineReader(std::string appId, DecodeLimits limits)
    : m_appId(std::move(appId)), m_limits(limits), m_parser(std::make_unique<Parser>())
{}

EntryLineReader::~EntryLineReader() = default;

Result<LogBatch> EntryLineReader::read(std::string_view line)
{
    LogBatch batch(m_appId);
    batch.reserve(1, line.size() + 128);
    if (const Outcome added = append(line, {}, batch); !added)
        return added.error();
    return batch;
}

Outcome EntryLineReader::append(std::string_view line, Marks marks, LogBatch& batch)
{
    m_text.assign(line);
    m_text.resize(line.size() + SIMDJSON_PADDING);
    ondemand::document document;
    if (const std::string problem = openJson(m_parser->parser, {m_text.data(), line.size()}, m_limits.depth, document);
        !problem.empty())
        return error(problem);
    ondemand::object object;
    if (document.get_object().get(object))
        return error("must be an object");
    // The wire fills these in if they are missing. Here, each import would then add the entry again.
    std::string_view id;
    if (object["id"].get_string().get(id))
        return error("id is missing or not text");
    ondemand::value timestamp;
    if (object["timestamp"].get(timestamp) || timestamp.type().value_unsafe() == ondemand::json_type::null)
        return error("timestamp is missing");
    std::string_view userId;
    if (object["userId"].get_string().get(userId))
        return error("userId is missing or not text");
    if (const std::string problem = nameProblem(userId, m_limits.nameBytes); !problem.empty())
        return error("userId " + problem);
    if (m_origin.userId() != userId || m_origin.appId() != m_appId)
        m_origin = LogOrigin(m_appId, std::string(userId));

    document.rewind();
    if (document.get_object().get(object))
        return error("must be an object");
    LogsRequest request{std::move(batch)};
    LogsReader reader(m_limits, m_ids, m_origin, 0, m_parser->scratch, request, TimeRule::Stored);
    reader.setMarks(marks.idIsProducers, marks.timeIsOurs);
    const bool isRead = reader.readEntry(object);
    batch = std::move(request.batch);
    if (!isRead)
        return error(reader.problem());
    return std::monostate{};
}

} // namespace vigie
