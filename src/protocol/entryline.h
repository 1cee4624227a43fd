// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "core/result.h"
#include "protocol/decoder.h"

#include <memory>
#include <string>
#include <string_view>

namespace vigie {

/// Reads entries back from their canonical JSON (LogBatch::json()), one object at a time. The rules are those of the wire, and
/// `id`, `timestamp` and `userId` are required. One thread; keeps its buffers.
class EntryLineReader
{
public:
    /// Entries are read as those of application `appId`, whichever the text names.
    explicit EntryLineReader(std::string appId, DecodeLimits limits = {});
    ~EntryLineReader();

    /// What the JSON does not say of an entry: as in NewLogEntry.
    struct Marks
    {
        bool idIsProducers = true;
        bool timeIsOurs = false;
    };

    /// The entry in `line`, in a batch of its own. The error is in English, as on the wire.
    Result<LogBatch> read(std::string_view line);
    /// Adds the entry in `line` to a batch of the same application.
    Outcome append(std::string_view line, Marks marks, LogBatch& batch);

private:
    struct Parser;

    std::string m_appId;
    DecodeLimits m_limits;
    EntryIdSource m_ids;
    LogOrigin m_origin; // of the previous entry: the next mostly has the same user
    std::string m_text; // the line, with padding
    std::unique_ptr<Parser> m_parser; // hides simdjson's heavy header
};

} // namespace vigie
