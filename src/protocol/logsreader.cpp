// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/logsreader.h"

#include "core/sysloglevel.h"
#include "protocol/exactjson.h"

namespace vigie {

using namespace simdjson;
using ondemand::json_type;

ErrorMessage tooManyEntries(const DecodeLimits& limits)
{
    return {"batch_too_large", "more than " + std::to_string(limits.entriesPerBatch) + " entries in one message", "logs",
            LimitHit::BatchSize};
}

bool LogsReader::refuse(std::string message)
{
    m_refusal = {"invalid_message", std::move(message), "logs"};
    return false;
}

bool LogsReader::fail(std::string_view field, std::string_view problem)
{
    m_problem.assign(field).append(" ").append(problem);
    return false;
}

void LogsReader::refuseEntry(std::string problem)
{
    m_request.refused.push_back({entryCount(), std::move(problem)});
}

bool LogsReader::readData(ondemand::value data)
{
    json_type type;
    if (data.type().get(type))
        return refuse("\"data\" cannot be read");
    if (type == json_type::array)
        return readEntries(data);
    if (type == json_type::object)
        return readObject(data.get_object().value_unsafe());
    return refuse("\"data\" must be an object: {\"logs\": [...]}");
}

bool LogsReader::readObject(ondemand::object object)
{
    bool hasLogs = false;
    bool knewLevels = false; // as of when the logs were read
    bool areLevelsKnown = true;
    // Compare raw keys: unescaping would use the parser's buffer, which readEntry() may need.
    for (auto fieldResult : object) {
        ondemand::field field;
        if (std::move(fieldResult).get(field))
            return refuse("\"data\" cannot be read");
        ondemand::value& value = field.value();
        if (field.key() == "logs" && !hasLogs) {
            hasLogs = true;
            knewLevels = m_levelsAreSyslogs;
            if (!readEntries(value))
                return false;
        } else if (field.key() == "ack") {
            const json_type type = value.type().value_unsafe();
            if (type == json_type::boolean)
                m_request.ack = value.get_bool().value_unsafe();
            else if (type != json_type::null)
                return refuse("ack must be true or false");
        } else if (field.key() == "levels") {
            const std::string_view levels = exactToken(value);
            areLevelsKnown = levels == "\"syslog\"" || levels == "null";
            m_levelsAreSyslogs = levels == "\"syslog\"";
        }
    }
    if (hasLogs) {
        if (!areLevelsKnown)
            return refuse("levels must be \"syslog\"");
        if (m_levelsAreSyslogs && !knewLevels)
            nameSyslogLevels();
        return true;
    }
    if (object.reset().error())
        return refuse("\"data\" cannot be read");
    return takeEntry(std::move(object));
}

bool LogsReader::readEntries(ondemand::value entries)
{
    const json_type type = entries.type().value_unsafe();
    if (type == json_type::object)
        return takeEntry(entries.get_object());
    if (type != json_type::array)
        return refuse("logs must be an array of entries");
    // Needs a name: a range-for would outlive the temporary result.
    ondemand::array array = entries.get_array().value_unsafe();
    for (auto element : array) {
        if (!takeEntry(element.get_object()))
            return false;
    }
    return true;
}

bool LogsReader::takeEntry(simdjson_result<ondemand::object> entry)
{
    if (entryCount() == m_limits.entriesPerBatch) {
        m_refusal = tooManyEntries(m_limits);
        return false;
    }
    ondemand::object object;
    if (std::move(entry).get(object))
        refuseEntry("must be an object");
    else if (!readEntry(object))
        refuseEntry(m_problem);
    return true;
}

bool LogsReader::readEntry(ondemand::object object)
{
    NewLogEntry entry;
    entry.timestampMs = m_nowMs;
    entry.timeIsOurs = true;
    for (auto fieldResult : object) {
        ondemand::field field;
        std::string_view key;
        if (std::move(fieldResult).get(field) || field.unescaped_key().get(key))
            return fail("it", "cannot be read");
        if (!readField(key, field.value(), entry))
            return false;
    }
    if (entry.level.empty())
        return fail("level", "is missing or empty");
    if (entry.level.size() > m_limits.levelBytes)
        return fail("level", "must not be longer than " + std::to_string(m_limits.levelBytes) + " bytes");
    if (!entry.message.data())
        return fail("message", "is missing");
    if (!entry.idIsProducers)
        entry.id = m_ids.next(m_nowMs);
    m_request.batch.append(entry, m_origin);
    return true;
}

bool LogsReader::readField(std::string_view key, ondemand::value& value, NewLogEntry& entry)
{
    if (key == "level")
        return readLevel(value, entry.level);
    if (key == "message")
        return !value.get_string().get(entry.message) || fail(key, "must be text");
    const bool isId = key == "id";
    if (!isId && key != "timestamp" && key != "metadata")
        return true;
    const json_type type = value.type().value_unsafe();
    if (key == "metadata")
        return readMetadata(value, entry.metadataJson);
    if (type == json_type::null)
        return true;
    if (!isId)
        return readTimestamp(value, type, entry);
    if (value.get_string().get(entry.id))
        return fail("id", "must be text");
    const std::string problem = idProblem(entry.id, m_limits.nameBytes);
    entry.idIsProducers = true;
    return problem.empty() || fail("id", problem);
}

bool LogsReader::readLevel(ondemand::value& value, std::string_view& level)
{
    if (value.get_string().get(level)) {
        if (value.type().value_unsafe() != json_type::number)
            return fail("level", "must be text or a number");
        level = exactToken(value);
    }
    level = trimmedLevel(level);
    if (m_levelsAreSyslogs)
        level = syslogLevel(level);
    return true;
}

bool LogsReader::readTimestamp(ondemand::value& value, json_type type, NewLogEntry& entry)
{
    if (type != json_type::string && type != json_type::number)
        return fail("timestamp", "must be a number (ms since 1970) or ISO 8601 text");
    const Result<std::int64_t> time = type == json_type::number ? timestampFromNumber(exactToken(value), m_times)
                                                                : timestampFromText(value.get_string().value_unsafe(), m_times);
    if (!time)
        return fail("timestamp", time.error().message.toStdString());
    entry.timestampMs = *time;
    entry.timeIsOurs = false;
    return true;
}

bool LogsReader::readMetadata(ondemand::value& value, std::string_view& json)
{
    const std::optional<std::string_view> exact = exactJson(value, m_scratch);
    if (!exact)
        return fail("metadata", "cannot be read");
    json = *exact;
    return true;
}

/// Converts the levels of entries that were read before the message said that it uses syslog's numbers.
void LogsReader::nameSyslogLevels()
{
    const LogBatch& read = m_request.batch;
    LogBatch named(read.appId());
    named.reserve(read.size(), read.json().size() + read.size() * syslogLevels[0].size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        NewLogEntry entry = read.entry(i);
        entry.level = syslogLevel(entry.level);
        named.append(entry, m_origin);
    }
    m_request.batch = std::move(named);
}

} // namespace vigie
