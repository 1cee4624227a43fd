// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryid.h"
#include "protocol/decoder.h"
#include "core/timestamp.h"

#include <simdjson.h>
#include <string>

namespace vigie {

/// The refusal of a message with more entries than may be.
ErrorMessage tooManyEntries(const DecodeLimits& limits);

/// Reads the `data` of a `logs` message into a batch: the hot road of the server. An entry that is malformed is noted as
/// refused and takes no other with it.
class LogsReader
{
public:
    /// All references must outlive the reader. `scratch` is memory kept between messages.
    LogsReader(const DecodeLimits& limits, EntryIdSource& ids, const LogOrigin& origin, std::int64_t nowMs, std::string& scratch,
               LogsRequest& request, TimeRule times = TimeRule::Event)
        : m_limits(limits), m_ids(ids), m_origin(origin), m_nowMs(nowMs), m_scratch(scratch), m_request(request), m_times(times)
    {}

    /// `data`: {logs: [entry…] or entry, ack?, levels?}, or [entry…], or one entry. False when all of it is to be thrown
    /// away; refusal() says why.
    bool readData(simdjson::ondemand::value data);
    /// One more entry of the message, or what stands in its place. False as above.
    bool takeEntry(simdjson::simdjson_result<simdjson::ondemand::object> entry);
    /// One more entry of the message, of which nothing can be read.
    void refuseEntry(std::string problem);
    /// One entry. False when it was not taken; problem() says why.
    bool readEntry(simdjson::ondemand::object object);

    const ErrorMessage& refusal() const { return m_refusal; }
    const std::string& problem() const { return m_problem; }

private:
    bool readObject(simdjson::ondemand::object object);
    bool readEntries(simdjson::ondemand::value entries);
    bool readField(std::string_view key, simdjson::ondemand::value& value, NewLogEntry& entry);
    bool readLevel(simdjson::ondemand::value& value, std::string_view& level);
    bool readTimestamp(simdjson::ondemand::value& value, simdjson::ondemand::json_type type, NewLogEntry& entry);
    bool readMetadata(simdjson::ondemand::value& value, std::string_view& json);
    void nameSyslogLevels();
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
    bool m_levelsAreSyslogs = false;
    ErrorMessage m_refusal;
    std::string m_problem;
};

} // namespace vigie
