// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/logsreader.h"

#include "core/sysloglevel.h"
#include "protocol/exactjson.h"
#include "protocol/jsoncheck.h"

#include <algorithm>
#include <tuple>

namespace vigie {

using namespace simdjson;
using ondemand::json_type;

namespace {

/// The key, compared as it is written first: hardly any is escaped.
simdjson_result<std::string_view> keyOf(ondemand::field& field)
{
    for (const std::string_view known : {"level", "message", "timestamp", "metadata", "id"}) {
        if (field.key() == known)
            return std::string_view(known);
    }
    return field.unescaped_key();
}

} // namespace

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

bool LogsReader::readMessage(ondemand::document& document, std::size_t messageBytes)
{
    m_messageBytes = messageBytes;
    static constexpr int levelsAround = 4; // the message, its data, the array, the entry
    if (m_limits.depth < levelsAround)
        return false;
    m_uncheckedDepth = m_limits.depth - levelsAround;
    ondemand::object root;
    if (document.get_object().get(root))
        return false;
    int members = 0;
    for (auto fieldResult : root) {
        ondemand::field field;
        if (std::move(fieldResult).get(field))
            return false;
        ondemand::value& value = field.value();
        const bool isGood = members == 0 ? field.key() == "type" && exactToken(value) == "\"logs\""
            : members == 1 && field.key() == "data" && value.type().value_unsafe() == json_type::object
                && readObject(value.get_object().value_unsafe());
        if (!isGood)
            return false;
        ++members;
    }
    return members == 2 && isAtEnd(document);
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
        } else if (m_uncheckedDepth && ((field.key() != "ack" && field.key() != "levels") || checkValue(value, 0))) {
            return refuse("\"data\" cannot be read");
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
    if (m_uncheckedDepth || object.reset().error())
        return refuse("\"data\" cannot be read");
    return takeEntry(std::move(object));
}

bool LogsReader::readEntries(ondemand::value entries)
{
    const json_type type = entries.type().value_unsafe();
    if (type == json_type::object && !m_uncheckedDepth)
        return takeEntry(entries.get_object());
    if (type != json_type::array)
        return refuse("logs must be an array of entries");
    const char* const first = entries.raw_json_token().data();
    // Needs a name: a range-for would outlive the temporary result.
    ondemand::array array = entries.get_array().value_unsafe();
    for (auto element : array) {
        if (!takeEntry(element.get_object()))
            return false;
        if (m_request.batch.size() == 1 && m_uncheckedDepth)
            reserveForMore(std::size_t(entries.current_location().value_unsafe() - first));
    }
    return true;
}

/// Reserves space for more entries like the only one so far, which took `sourceBytes` of the message.
void LogsReader::reserveForMore(std::size_t sourceBytes)
{
    LogBatch& batch = m_request.batch;
    const std::size_t all = std::min(m_messageBytes / sourceBytes, m_limits.entriesPerBatch);
    if (all > 1)
        batch.reserve(all, all * (batch.json().size() + 1));
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
    return !m_uncheckedDepth || m_request.refused.empty();
}

bool LogsReader::readEntry(ondemand::object object)
{
    NewLogEntry entry;
    m_isPlain = true;
    entry.timestampMs = m_nowMs;
    entry.timeIsOurs = true;
    for (auto fieldResult : object) {
        ondemand::field field;
        std::string_view key;
        if (std::move(fieldResult).get(field) || keyOf(field).get(key))
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
    if (m_marks)
        std::tie(entry.idIsProducers, entry.timeIsOurs) = *m_marks;
    entry.isPlain = m_isPlain;
    m_request.batch.append(entry, m_origin);
    return true;
}

bool LogsReader::readField(std::string_view key, ondemand::value& value, NewLogEntry& entry)
{
    if (key == "level")
        return readLevel(value, entry.level);
    if (key == "message")
        return readText(value, entry.message) || fail(key, "must be text");
    if (key == "metadata")
        return readMetadata(value, entry.metadataJson);
    const bool isId = key == "id";
    const bool isTime = key == "timestamp";
    const json_type type = value.type().value_unsafe();
    // A text that is read is validated by that, and must not be read twice: the parser's buffer has room for each once.
    const bool isRead = (isId || isTime) && type == json_type::string;
    if (m_uncheckedDepth && !isRead && checkValue(value, *m_uncheckedDepth))
        return fail(key, "cannot be read");
    if ((!isId && !isTime) || type == json_type::null)
        return true;
    if (isTime)
        return readTimestamp(value, type, entry);
    if (!readText(value, entry.id))
        return fail("id", "must be text");
    const std::string problem = idProblem(entry.id, m_limits.nameBytes);
    entry.idIsProducers = true;
    return problem.empty() || fail("id", problem);
}

bool LogsReader::readText(ondemand::value& value, std::string_view& text)
{
    if (value.type().value_unsafe() != json_type::string)
        return false;
    // Without a backslash the source is the text: nothing to copy, as UTF-8 and control characters were checked with the document.
    const std::string_view token = value.raw_json_token();
    text = token.substr(1, token.rfind('"') - 1);
    if (text.find('\\') == std::string_view::npos)
        return !value.get_raw_json_string().error();
    m_isPlain = false;
    return !value.get_string().get(text);
}

bool LogsReader::readLevel(ondemand::value& value, std::string_view& level)
{
    if (!readText(value, level)) {
        if (value.type().value_unsafe() != json_type::number || (m_uncheckedDepth && checkValue(value, 0)))
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
    std::string_view text;
    if (type == json_type::string && !readText(value, text))
        return fail("timestamp", "cannot be read");
    const Result<std::int64_t> time = type == json_type::number ? timestampFromNumber(exactToken(value), m_times)
                                                                : timestampFromText(text, m_times);
    if (!time)
        return fail("timestamp", time.error().message.toStdString());
    entry.timestampMs = *time;
    entry.timeIsOurs = false;
    return true;
}

bool LogsReader::readMetadata(ondemand::value& value, std::string_view& json)
{
    const std::optional<std::string_view> exact = exactJson(value, m_scratch, m_uncheckedDepth);
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
        entry.level = syslogLevel(entry.level); // a name, or the level as it is
        named.append(entry, m_origin);
    }
    m_request.batch = std::move(named);
}

} // namespace vigie
