// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryid.h"
#include "core/logbatch.h"
#include "intake/linecutter.h"
#include "intake/linemeaning.h"
#include "intake/streamreader.h"
#include "protocol/entryline.h"
#include "protocol/jsonelements.h"
#include "protocol/jsonlogline.h"

#include <QByteArray>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigie {

/// What the body of a request is made of.
enum class PostedForm {
    Text, ///< lines as programs print them
    JsonLines, ///< an object a line
    Json ///< one object, or an array of them
};

/// By the Content-Type field, null where it is absent; nothing: one that holds no entries.
std::optional<PostedForm> postedFormOf(const QByteArray& contentType);

/// The entries of one posted body, as its bytes come. One that cannot be taken is refused alone. One thread.
class PostedEntries
{
public:
    static constexpr std::size_t maxEntryBytes = 1024 * 1024; ///< of JSON
    /// Of one as Vigie writes it: 256 KiB of text, of which JSON makes up to six times as much.
    static constexpr std::size_t maxStoredBytes = 2 * 1024 * 1024;
    static constexpr std::size_t maxRefusalsTold = 100;

    // Why an entry is refused.
    static constexpr std::string_view tooLarge = "too_large";
    static constexpr std::string_view malformed = "malformed"; ///< broken JSON
    static constexpr std::string_view noObject = "not_an_object";

    struct Refusal
    {
        std::uint64_t line; ///< from 1: of the body's lines, or of its array's elements
        std::string_view reason;
        std::string example; ///< how it begins, in whole characters; for the owner
    };

    /// `userId`: whose the entries are. `mayNameUsers`: unless they say so themselves.
    PostedEntries(PostedForm form, std::string appId, std::string userId, bool mayNameUsers);

    /// `nowMs`: since the epoch, of entries that say no time.
    void add(std::string_view bytes, std::int64_t nowMs);
    void finish(std::int64_t nowMs);
    /// Takes what has waited long enough for more, while the body is open.
    void finishSilent(std::int64_t nowMs);
    /// When finishSilent() has something to do, by the monotonic clock; absent: not before more bytes.
    std::optional<StreamReader::Time> deadline() const { return m_stream.deadline(); }
    /// The body broke off: takes the lines that came whole. Half of one is none.
    void abandon(std::int64_t nowMs);

    /// What was read since the last call.
    LogBatch takeBatch() { return std::exchange(m_batch, LogBatch(m_appId)); }
    std::uint64_t refusedCount() const { return m_refusedCount; }
    /// The first of them.
    const std::vector<Refusal>& refused() const { return m_refused; }
    std::uint64_t guessedZones() const { return m_guessedZones; }

private:
    void takeLine(std::string_view line, bool goesOn);
    void takeElement(std::string_view text, JsonElements::State state);
    void takeJson(std::string_view text);
    void takeText(std::string_view text);
    bool takeStored(std::string_view text);
    void append(NewLogEntry entry, std::string_view userId);
    void refuse(std::string_view reason, std::string_view text);

    PostedForm m_form;
    std::string m_appId;
    LogOrigin m_origin;
    bool m_mayNameUsers;
    LogBatch m_batch;
    EntryIdSource m_ids;
    std::int64_t m_nowMs = 0;
    StreamReader m_stream;
    StreamReader::Give m_give;
    LineCutter m_lines;
    JsonElements m_elements;
    LineReader m_lineReader;
    JsonLogLineReader m_json;
    EntryLineReader m_stored;
    std::string m_mended;
    std::uint64_t m_line = 0;
    bool m_isRest = false; // of a line that was too long
    std::uint64_t m_refusedCount = 0;
    std::vector<Refusal> m_refused;
    std::uint64_t m_guessedZones = 0;
};

} // namespace vigie
