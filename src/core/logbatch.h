// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/severity.h"

#include <QMetaType>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// What a producer said of one entry, validated, before it is written into a batch. All text is UTF-8.
struct NewLogEntry
{
    std::string_view id;
    std::int64_t timestampMs = 0; ///< since the epoch
    std::string_view level;
    std::string_view message;
    std::string_view metadataJson; ///< valid JSON, or empty: no metadata
    bool idIsProducers = false; ///< the producer named it, so it may come again
    bool timeIsOurs = false; ///< the producer said no time: it is when the entry came
};

/// Who sends the entries of a batch. Written once, copied into every entry's JSON.
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
    std::string m_jsonTail; // ,"appId":"…","userId":"…"}
};

/// One or more log entries of one application, in order, as one block of memory: the canonical JSON of each
/// is made here, once, and every frame and the store reuse those bytes. Filled by one owner, then shared as
/// LogBatchPtr and never changed again.
class LogBatch
{
public:
    explicit LogBatch(std::string appId) : m_appId(std::move(appId)) {}

    /// Makes room for entries of about `jsonBytes` in all, so that append() need not grow.
    void reserve(std::size_t entries, std::size_t jsonBytes);
    /// Writes an entry of `origin`, whose appId is this batch's. The views need not outlive the call.
    void append(const NewLogEntry& entry, const LogOrigin& origin);
    /// Takes the entries of another batch of the same application in behind its own.
    void append(const LogBatch& other);
    /// Gives back what room was made and is not used, where that is much.
    void shrink();
    /// Keeps the entries for which `keep(index)` holds, in order, and drops the others; it is asked twice. `newId(index)`, where
    /// it gives something, is then the entry's id.
    template <typename Predicate, typename NewId>
    LogBatch filtered(Predicate keep, NewId newId) const;
    template <typename Predicate>
    LogBatch filtered(Predicate keep) const
    {
        return filtered(keep, [](std::size_t) { return std::string_view(); });
    }
    /// The same entries further on in the order, by another count of it.
    LogBatch movedOn(std::uint64_t by, std::uint32_t epoch) const;

    /// The place of the first entry in its application's order (from 1); the others follow without a gap.
    void setFirstSequence(std::uint64_t sequence) { m_firstSequence = sequence; }
    std::uint64_t firstSequence() const { return m_firstSequence; }
    std::uint64_t lastSequence() const { return m_firstSequence + m_entries.size() - 1; }
    /// Which count of the order `firstSequence()` belongs to: a store that opens late begins a new one
    /// (StoredCatalog::epoch).
    void setEpoch(std::uint32_t epoch) { m_epoch = epoch; }
    std::uint32_t epoch() const { return m_epoch; }

    const std::string& appId() const { return m_appId; }
    std::size_t size() const { return m_entries.size(); }
    bool empty() const { return m_entries.empty(); }
    /// Entries at a severity that counts as an error.
    std::size_t errorCount() const { return m_errorCount; }
    /// Whether any entry's id was named by its producer and so may be a repeat.
    bool hasProducerIds() const { return m_hasProducerIds; }

    // Of the i-th entry. The views live as long as the batch.
    NewLogEntry entry(std::size_t i) const
    {
        return {id(i), timestampMs(i), level(i), message(i), metadataJson(i), idIsProducers(i), timeIsOurs(i)};
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
    /// The entries [from, to) as JSON objects parted by commas; `from < to`.
    std::string_view json(std::size_t from, std::size_t to) const;
    std::string_view json() const { return m_json; }
    /// Of memory: for small entries far more than their JSON, and room that was made and not used is there, too.
    std::size_t heldBytes() const
    {
        return sizeof *this + m_appId.capacity() + m_json.capacity() + m_plain.capacity()
            + m_entries.capacity() * sizeof(Entry);
    }

private:
    /// A piece of m_json or, where JSON had to escape it, its plain form in m_plain.
    struct Span
    {
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
        bool inPlain = false;
    };
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
    Span appendText(std::string_view text);

    std::string m_appId;
    std::uint64_t m_firstSequence = 0;
    std::uint32_t m_epoch = 0;
    std::size_t m_errorCount = 0;
    bool m_hasProducerIds = false;
    std::string m_json; // entry,entry,entry
    std::string m_plain;
    std::vector<Entry> m_entries;
};

using LogBatchPtr = std::shared_ptr<const LogBatch>;

/// One entry of a shared batch, which it keeps alive.
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
        if (const std::string_view id = newId(i); !id.empty())
            one.id = id;
        kept.append(one, LogOrigin(m_appId, std::string(userId(i))));
    }
    return kept;
}

} // namespace vigie

Q_DECLARE_METATYPE(vigie::LogBatchPtr)
