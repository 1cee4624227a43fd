// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryid.h"
#include "protocol/decoder.h"
#include "core/timestamp.h"

#include <optional>
#include <simdjson.h>
#include <string>

namespace vigie {

/// The error for a message with too many entries.
ErrorMessage tooManyEntries(const DecodeLimits& limits);

/// Reads the `data` of a `logs` message into a batch: the hot path of the server. A malformed entry is recorded as refused and
/// does not affect the others.
class LogsReader
{
public:
    /// All references must outlive the reader. `scratch` is a buffer kept between messages.
    LogsReader(const DecodeLimits& limits, EntryIdSource& ids, const LogOrigin& origin, std::int64_t nowMs, std::string& scratch,
               LogsRequest& request, TimeRule times = TimeRule::Event)
        : m_limits(limits), m_ids(ids), m_origin(origin), m_nowMs(nowMs), m_scratch(scratch), m_request(request), m_times(times)
    {}

    /// `data`: {logs: [entry…] or entry, ack?, levels?}, or [entry…], or one entry. False if the whole message must be refused;
    /// refusal() says why.
    bool readData(simdjson::ondemand::value data);
    /// Reads and validates a whole message at once, if it is of the usual form: {type: "logs", data: {logs: [entry…], ack?,
    /// levels?}}, `type` first. False if it is of another form or anything is wrong; drop what was read then.
    bool readMessage(simdjson::ondemand::document& document, std::size_t messageBytes);
    /// Adds one more element of the array, an entry or not. Returns as readData().
    bool takeEntry(simdjson::simdjson_result<simdjson::ondemand::object> entry);
    /// Records an entry that could not be parsed.
    void refuseEntry(std::string problem);
    /// What is true of each entry that has an id and a time, in place of what these themselves say.
    void setMarks(bool idIsProducers, bool timeIsOurs) { m_marks = {idIsProducers, timeIsOurs}; }
    /// Reads one entry. False if it was refused; problem() says why.
    bool readEntry(simdjson::ondemand::object object);

    const ErrorMessage& refusal() const { return m_refusal; }
    const std::string& problem() const { return m_problem; }

private:
    bool readObject(simdjson::ondemand::object object);
    bool readEntries(simdjson::ondemand::value entries);
    bool readField(std::string_view key, simdjson::ondemand::value& value, NewLogEntry& entry);
    bool readText(simdjson::ondemand::value& value, std::string_view& text);
    bool readLevel(simdjson::ondemand::value& value, std::string_view& level);
    bool readTimestamp(simdjson::ondemand::value& value, simdjson::ondemand::json_type type, NewLogEntry& entry);
    bool readMetadata(simdjson::ondemand::value& value, std::string_view& json);
    void nameSyslogLevels();
    void reserveForMore(std::size_t sourceBytes);
    bool refuse(std::string message);
    bool fail(std::string_view field, std::string_view problem);
    std::size_t entryCount() const { return m_request.batch.size() + m_request.refused.size(); }

    const DecodeLimits& m_limits;
    EntryIdSource& m_ids;
    const LogOrigin& m_origin;
    std::int64_t m_nowMs;
    std::string& m_scratch;
    LogsRequest& m_request;
    TimeRule m_times;
    std::optional<int> m_uncheckedDepth; // levels an entry's values may have, if they are not validated yet
    std::size_t m_messageBytes = 0;
    std::optional<std::pair<bool, bool>> m_marks;
    bool m_isPlain = true; // no text of the present entry was escaped
    bool m_levelsAreSyslogs = false;
    ErrorMessage m_refusal;
    std::string m_problem;
};

} // namespace vigie
