// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint.h"
#include "core/severity.h"

#include <QMetaType>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// A producer's entry after validation, before it is added to a batch. All text is UTF-8.
struct NewLogEntry
{
    std::string_view id;
    std::int64_t timestampMs = 0; ///< since the epoch
    std::string_view level;
    std::string_view message;
    std::string_view metadataJson; ///< valid JSON, or empty: no metadata
    bool idIsProducers = false; ///< the producer chose the id, so the entry may be a repeat
    bool timeIsOurs = false; ///< the producer gave no time; this is the time of arrival
    bool isPlain = false; ///< id, level and message are known to need no escapes in JSON; false: not known
};

/// The sender of a batch's entries. Its JSON is made once and copied into every entry's.
class LogOrigin
{
public:
    LogOrigin() = default;
    LogOrigin(std::string appId, std::string userId);

    const std::string& appId() const { return m_appId; }
    const std::string& userId() const { return m_userId; }

private:
    friend class LogBatch;
    std::string m_appId;
    std::string m_userId;
    bool m_isUserPlain = true; // nothing in it has to be escaped
    std::string m_jsonTail; // ,"appId":"…","userId":"…"}
};

/// One or more log entries of one application, in order, in one block of memory. The canonical JSON of each entry is made here,
/// once; frames and the store reuse those bytes. Filled by one owner, then shared as LogBatchPtr and never changed again.
class LogBatch
{
public:
    explicit LogBatch(std::string appId) : m_appId(std::move(appId)) {}

    /// Reserves space for entries of about `jsonBytes` in total, so that append() does not reallocate.
    void reserve(std::size_t entries, std::size_t jsonBytes);
    /// Adds an entry sent by `origin`, whose appId is this batch's. The views need not outlive the call.
    void append(const NewLogEntry& entry, const LogOrigin& origin);
    /// Appends the entries of another batch of the same application.
    void append(const LogBatch& other);
    /// Releases reserved space that is unused, if it is much.
    void shrink();
    /// A copy with the entries for which `keep(index)` holds, in order. `keep` is called twice an entry. Where `newId(index)` is
    /// not empty, it replaces the entry's id.
    template <typename Predicate, typename NewId>
    LogBatch filtered(Predicate keep, NewId newId) const;
    template <typename Predicate>
    LogBatch filtered(Predicate keep) const
    {
        return filtered(keep, [](std::size_t) { return std::string_view(); });
    }
    /// A copy with all sequence numbers raised by `by`, in another epoch.
    LogBatch movedOn(std::uint64_t by, std::uint32_t epoch) const;

    /// The sequence number of the first entry (from 1). The others follow without a gap.
    void setFirstSequence(std::uint64_t sequence) { m_firstSequence = sequence; }
    std::uint64_t firstSequence() const { return m_firstSequence; }
    std::uint64_t lastSequence() const { return m_firstSequence + m_entries.size() - 1; }
    /// The epoch that `firstSequence()` belongs to. A store that opens late begins a new one (StoredCatalog::epoch).
    void setEpoch(std::uint32_t epoch) { m_epoch = epoch; }
    std::uint32_t epoch() const { return m_epoch; }
    /// How far the batch's source has read with it; null: it keeps no checkpoint.
    void setCheckpoint(CheckpointPtr checkpoint) { m_checkpoint = std::move(checkpoint); }
    const CheckpointPtr& checkpoint() const { return m_checkpoint; }

    const std::string& appId() const { return m_appId; }
    std::size_t size() const { return m_entries.size(); }
    bool empty() const { return m_entries.empty(); }
    /// Entries whose severity counts as an error.
    std::size_t errorCount() const { return m_errorCount; }
    /// Whether the producer chose any entry's id, so that the batch may hold repeats.
    bool hasProducerIds() const { return m_hasProducerIds; }

    // The i-th entry. The views live as long as the batch.
    NewLogEntry entry(std::size_t i) const
    {
        return {id(i), timestampMs(i), level(i), message(i), metadataJson(i), idIsProducers(i), timeIsOurs(i), isPlain(i)};
    }
    std::string_view id(std::size_t i) const { return text(m_entries[i].id); }
    bool idIsProducers(std::size_t i) const { return m_entries[i].idIsProducers; }
    bool timeIsOurs(std::size_t i) const { return m_entries[i].timeIsOurs; }
    std::int64_t timestampMs(std::size_t i) const { return m_entries[i].timestampMs; }
    Severity severity(std::size_t i) const { return m_entries[i].severity; }
    std::string_view level(std::size_t i) const { return text(m_entries[i].level); }
    std::string_view message(std::size_t i) const { return text(m_entries[i].message); }
    /// JSON text, empty when the entry has none.
    std::string_view metadataJson(std::size_t i) const { return text(m_entries[i].metadata); }
    std::string_view userId(std::size_t i) const { return text(m_entries[i].userId); }
    /// The entry's canonical JSON object.
    std::string_view json(std::size_t i) const { return json(i, i + 1); }
    /// The entries [from, to) as JSON objects separated by commas; `from < to`.
    std::string_view json(std::size_t from, std::size_t to) const;
    std::string_view json() const { return m_json; }
    /// Memory in use. For small entries this is far more than their JSON. Includes unused capacity.
    std::size_t heldBytes() const
    {
        return sizeof *this + m_appId.capacity() + m_json.capacity() + m_plain.capacity()
            + m_entries.capacity() * sizeof(Entry) + (m_checkpoint ? sizeof(Checkpoint) + m_checkpoint->place.capacity() : 0);
    }

private:
    /// A part of m_json or, where JSON had to escape the text, of m_plain.
    struct Span
    {
        std::uint32_t offset = 0;
        std::uint32_t length : 31 = 0;
        std::uint32_t inPlain : 1 = 0;
    };
    static constexpr std::uint32_t maxLength = 0x7fffffff;
    class Writer;
    struct Text;
    struct Entry
    {
        std::int64_t timestampMs = 0;
        Severity severity = Severity::Other;
        bool idIsProducers = false;
        bool timeIsOurs = false;
        std::uint32_t jsonOffset = 0;
        std::uint32_t jsonLength = 0;
        Span id, level, message, metadata, userId;
    };

    std::string_view text(const Span& span) const
    {
        return std::string_view(span.inPlain ? m_plain : m_json).substr(span.offset, span.length);
    }
    bool isPlain(std::size_t i) const
    {
        const Entry& one = m_entries[i];
        return !one.id.inPlain && !one.level.inPlain && !one.message.inPlain;
    }
    Span keepPlain(std::string_view text);

    std::string m_appId;
    std::uint64_t m_firstSequence = 0;
    std::uint32_t m_epoch = 0;
    std::size_t m_errorCount = 0;
    bool m_hasProducerIds = false;
    std::string m_json; // entry,entry,entry
    std::string m_plain;
    std::vector<Entry> m_entries;
    CheckpointPtr m_checkpoint;
};

using LogBatchPtr = std::shared_ptr<const LogBatch>;

/// One entry of a shared batch. Keeps the batch alive.
struct LogEntryRef
{
    LogBatchPtr batch;
    std::uint32_t index = 0;

    std::uint64_t sequence() const { return batch->firstSequence() + index; }
    std::string_view id() const { return batch->id(index); }
    std::string_view json() const { return batch->json(index); }
};

template <typename Predicate, typename NewId>
LogBatch LogBatch::filtered(Predicate keep, NewId newId) const
{
    LogBatch kept(m_appId);
    kept.m_checkpoint = m_checkpoint;
    std::size_t entries = 0;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < size(); ++i) {
        if (keep(i)) {
            ++entries;
            bytes += json(i).size() + 1;
        }
    }
    kept.reserve(entries, bytes);
    for (std::size_t i = 0; i < size(); ++i) {
        if (!keep(i))
            continue;
        NewLogEntry one = entry(i);
        if (const std::string_view id = newId(i); !id.empty()) {
            one.id = id;
            one.isPlain = false;
        }
        kept.append(one, LogOrigin(m_appId, std::string(userId(i))));
    }
    return kept;
}

} // namespace vigie

Q_DECLARE_METATYPE(vigie::LogBatchPtr)
