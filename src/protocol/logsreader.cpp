// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/logsreader.h"

#include "protocol/timestamp.h"

namespace vigie {

using namespace simdjson;
using ondemand::json_type;

bool LogsReader::refuse(std::string message)
{
    m_refusal = {"invalid_message", std::move(message), "logs"};
    return false;
}

bool LogsReader::refuseEntry(std::string_view field, std::string_view problem)
{
    std::string where = "logs[" + std::to_string(m_request.batch.size()) + "]";
    if (!field.empty())
        where.append(".").append(field);
    return refuse(where.append(" ").append(problem));
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
    // `ack` first, so that `logs`, the long part, is the last thing the cursor passes.
    ondemand::value ack;
    if (!object["ack"].get(ack)) {
        const json_type type = ack.type().value_unsafe();
        if (type == json_type::boolean)
            m_request.ack = ack.get_bool().value_unsafe();
        else if (type != json_type::null)
            return refuse("ack must be true or false");
    }
    ondemand::value logs;
    if (!object["logs"].get(logs))
        return readEntries(logs);
    if (object.reset().error())
        return refuse("\"data\" cannot be read");
    return readEntry(object);
}

bool LogsReader::readEntries(ondemand::value entries)
{
    const json_type type = entries.type().value_unsafe();
    if (type == json_type::object)
        return readEntry(entries.get_object().value_unsafe());
    if (type != json_type::array)
        return refuse("logs must be an array of entries");
    // Named: a range-for over the temporary result would outlive it.
    ondemand::array array = entries.get_array().value_unsafe();
    for (auto element : array) {
        ondemand::object object;
        if (element.get_object().get(object))
            return refuseEntry("", "must be an object");
        if (!readEntry(object))
            return false;
    }
    return true;
}

bool LogsReader::readEntry(ondemand::object object)
{
    LogBatch& batch = m_request.batch;
    if (batch.size() == m_limits.entriesPerBatch) {
        m_refusal = {"batch_too_large", "more than " + std::to_string(m_limits.entriesPerBatch) + " entries in one message",
                     "logs", Excess::BatchSize};
        return false;
    }
    NewLogEntry entry;
    entry.timestampMs = m_nowMs;
    entry.timeIsOurs = true;
    for (auto fieldResult : object) {
        ondemand::field field;
        std::string_view key;
        if (std::move(fieldResult).get(field) || field.unescaped_key().get(key))
            return refuseEntry("", "cannot be read");
        if (!readField(key, field.value(), entry))
            return false;
    }
    if (entry.level.empty())
        return refuseEntry("level", "is missing or empty");
    if (entry.level.size() > m_limits.levelBytes) {
        return refuseEntry("level", "must not be longer than " + std::to_string(m_limits.levelBytes)
                               + " bytes");
    }
    if (!entry.message.data())
        return refuseEntry("message", "is missing");
    if (!entry.idIsProducers)
        entry.id = m_ids.next(m_nowMs);
    batch.append(entry, m_origin);
    return true;
}

bool LogsReader::readField(std::string_view key, ondemand::value& value, NewLogEntry& entry)
{
    const bool isLevel = key == "level";
    if (isLevel || key == "message") {
        if (value.get_string().get(isLevel ? entry.level : entry.message))
            return refuseEntry(key, "must be text");
        return true;
    }
    const bool isId = key == "id";
    if (!isId && key != "timestamp" && key != "metadata")
        return true;
    const json_type type = value.type().value_unsafe();
    if (key == "metadata")
        return readMetadata(value, type, entry.metadataJson);
    if (type == json_type::null)
        return true;
    if (!isId)
        return readTimestamp(value, type, entry);
    if (value.get_string().get(entry.id))
        return refuseEntry("id", "must be text");
    const std::string problem = nameProblem(entry.id, m_limits.nameBytes);
    entry.idIsProducers = true;
    return problem.empty() || refuseEntry("id", problem);
}

bool LogsReader::readTimestamp(ondemand::value& value, json_type type, NewLogEntry& entry)
{
    Result<std::int64_t> time = Error{QStringLiteral("must be a number (ms since 1970) or ISO 8601 text")};
    if (type == json_type::string)
        time = timestampFromText(value.get_string().value_unsafe());
    else if (type == json_type::number)
        time = timestampFromNumber(value.get_double().value_unsafe());
    if (!time)
        return refuseEntry("timestamp", time.error().message.toStdString());
    entry.timestampMs = *time;
    entry.timeIsOurs = false;
    return true;
}

bool LogsReader::readMetadata(ondemand::value& value, json_type type, std::string_view& json)
{
    if (type != json_type::object && type != json_type::array) {
        json = value.raw_json_token();
        json = json.substr(0, json.find_last_not_of(" \t\r\n") + 1);
        return true;
    }
    std::string_view raw;
    std::size_t length = 0;
    const auto error = type == json_type::object ? value.get_object().value_unsafe().raw_json().get(raw)
                                                 : value.get_array().value_unsafe().raw_json().get(raw);
    if (error)
        return refuseEntry("metadata", "cannot be read");
    m_scratch.resize(raw.size());
    if (simdjson::minify(raw.data(), raw.size(), m_scratch.data(), length))
        return refuseEntry("metadata", "cannot be read");
    json = {m_scratch.data(), length};
    return true;
}

} // namespace vigie
