// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "core/result.h"
#include "protocol/decoder.h"

#include <memory>
#include <string>
#include <string_view>

namespace vigie {

/// Reads entries back from the canonical JSON they were given out as (LogBatch::json()), one object a text, by the
/// rules of the wire; besides them `id`, `timestamp` and `userId` must be there. One thread; keeps its buffers.
class EntryLineReader
{
public:
    /// The entries become those of application `appId`, whichever the text names.
    explicit EntryLineReader(std::string appId, DecodeLimits limits = {});
    ~EntryLineReader();

    /// The one entry of `line`, in a batch of its own; an error says, in English as on the wire, why it is none.
    Result<LogBatch> read(std::string_view line);

private:
    struct Parser;

    std::string m_appId;
    DecodeLimits m_limits;
    EntryIdSource m_ids;
    LogOrigin m_origin; // of the entry before: the next is mostly by the same user
    std::string m_text; // the line, and room behind it
    std::unique_ptr<Parser> m_parser; // keeps simdjson, a heavy header, out of ours
};

} // namespace vigie
