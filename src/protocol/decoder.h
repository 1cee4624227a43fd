// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryid.h"
#include "core/names.h"
#include "protocol/messages.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace vigie {

/// Limits for one message. Beyond them, a message is refused with a clear error.
struct DecodeLimits
{
    std::size_t entriesPerBatch = 5'000;
    int depth = 32; ///< nesting of arrays and objects
    std::size_t filterLevels = 32; ///< levels in one filter
    std::size_t searchBytes = 1'024; ///< length of a filter's search text
    std::size_t nameBytes = maxNameBytes; ///< of an appId, userId or entry id
    std::size_t levelBytes = 64;
    std::size_t requestBytes = 64 * 1024; ///< any message but `logs`, as these are parsed slowly
    std::size_t historyEntries = 1'000; ///< a larger `limit` is lowered to this
};

/// A decoded message, or the `error` to answer with.
using Decoded = std::variant<ClientMessage, ErrorMessage>;

/// The error code for any message but `auth` before sign-in; sent in an `auth_error`.
inline constexpr std::string_view notAuthenticatedCode = "not_authenticated";

/// Decodes and validates client messages: JSON text to plain structs. A message is accepted or refused as a whole, except `logs`,
/// whose entries are accepted or refused one by one. One thread; keeps its buffers between calls.
class Decoder
{
public:
    explicit Decoder(DecodeLimits limits = {});
    ~Decoder();

    /// Decodes one message. `origin` is the signed-in sender, null before sign-in. `nowMs` (wall clock) is the timestamp of
    /// entries that carry none. `json` must be writable, with `padding` more bytes allocated behind it; lone surrogates are
    /// replaced in place.
    Decoded decode(std::string_view json, const LogOrigin* origin, std::int64_t nowMs);

    /// Bytes that must be allocated behind the text given to decode(). Their content does not matter.
    static const std::size_t padding;

private:
    struct Parser;

    /// The source text of a member of `data`, without white space between tokens; empty: there is no such member.
    QByteArray memberOfData(std::string_view json, std::string_view name);
    bool readAtOnce(std::string_view json, const LogOrigin& origin, std::int64_t nowMs, LogsRequest& request);
    std::optional<Decoded> decodeInParts(std::string_view json, const LogOrigin& origin, std::int64_t nowMs);

    DecodeLimits m_limits;
    EntryIdSource m_ids;
    std::unique_ptr<Parser> m_parser; // hides simdjson's heavy header
};

} // namespace vigie
