// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryid.h"
#include "protocol/decoder.h"

#include <simdjson.h>
#include <string>

namespace vigie {

/// Reads the `data` of a `logs` message into a batch: the hot road of the server. Every method returns
/// whether all is well; when not, refusal() says why and the batch is to be thrown away.
class LogsReader
{
public:
    /// All references must outlive the reader. `scratch` is memory kept between messages.
    LogsReader(const DecodeLimits& limits, EntryIdSource& ids, const LogOrigin& origin, std::int64_t nowMs,
               std::string& scratch, LogsRequest& request)
        : m_limits(limits), m_ids(ids), m_origin(origin), m_nowMs(nowMs), m_scratch(scratch), m_request(request)
    {}

    /// `data`: {logs: [entry…] or entry, ack?}, or [entry…], or one entry.
    bool readData(simdjson::ondemand::value data);
    /// One entry.
    bool readEntry(simdjson::ondemand::object object);

    const ErrorMessage& refusal() const { return m_refusal; }

private:
    bool readObject(simdjson::ondemand::object object);
    bool readEntries(simdjson::ondemand::value entries);
    bool readField(std::string_view key, simdjson::ondemand::value& value, NewLogEntry& entry);
    bool readTimestamp(simdjson::ondemand::value& value, simdjson::ondemand::json_type type, NewLogEntry& entry);
    bool readMetadata(simdjson::ondemand::value& value, simdjson::ondemand::json_type type,
                      std::string_view& json);
    bool refuse(std::string message);
    bool refuseEntry(std::string_view field, std::string_view problem);

    const DecodeLimits& m_limits;
    EntryIdSource& m_ids;
    const LogOrigin& m_origin;
    std::int64_t m_nowMs;
    std::string& m_scratch;
    LogsRequest& m_request;
    ErrorMessage m_refusal;
};

} // namespace vigie
