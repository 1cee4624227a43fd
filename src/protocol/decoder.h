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

/// What one message may hold; more is refused with a clear error.
struct DecodeLimits
{
    std::size_t entriesPerBatch = 5'000;
    int depth = 32; ///< arrays and objects within one another
    std::size_t filterLevels = 32; ///< that one filter names
    std::size_t searchBytes = 1'024; ///< of the words of one filter
    std::size_t nameBytes = longestName; ///< of an appId, userId or entry id
    std::size_t levelBytes = 64;
    std::size_t requestBytes = 64 * 1024; ///< of any message but `logs`: these are read slowly
    std::size_t historyEntries = 1'000; ///< a larger `limit` is lowered to this
};

/// A message that was understood, or the `error` to answer with.
using Decoded = std::variant<ClientMessage, ErrorMessage>;

/// Error code for anything but `auth` before sign-in; it is answered with `auth_error`.
inline constexpr std::string_view notAuthenticatedCode = "not_authenticated";

/// Reads what clients send: JSON text to plain structs, and every check there is. A message is taken or refused whole, but
/// for the entries of `logs`, each of which stands for itself. One thread; keeps its buffers between calls.
class Decoder
{
public:
    explicit Decoder(DecodeLimits limits = {});
    ~Decoder();

    /// Decodes one message of a peer. `origin` is who it has signed in as, null before that. `nowMs` (wall
    /// clock) stamps entries that carry no timestamp. `json` must be writable memory of the caller's with
    /// `padding` more bytes allocated behind it; lone surrogates are mended there.
    Decoded decode(std::string_view json, const LogOrigin* origin, std::int64_t nowMs);

    /// Bytes that must be allocated (their content does not matter) behind the text given to decode().
    static const std::size_t padding;

private:
    struct Parser;

    /// A member of `data` as it is written, but for white space; empty: there is none.
    QByteArray memberOfData(std::string_view json, std::string_view name);
    std::optional<Decoded> decodeInParts(std::string_view json, const LogOrigin& origin, std::int64_t nowMs);

    DecodeLimits m_limits;
    EntryIdSource m_ids;
    std::unique_ptr<Parser> m_parser; // keeps simdjson, a heavy header, out of ours
};

} // namespace vigie
