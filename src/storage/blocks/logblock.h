// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "storage/blocks/column.h"
#include "storage/blocks/objectcolumns.h"
#include "storage/blocks/streams.h"
#include "storage/blocks/textlist.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// Entries of one application that follow one another, field by field, until they are packed. Keeps its buffers. One thread.
class BlockEntries
{
public:
    void add(const NewLogEntry& entry, std::string_view userId);
    /// Keeps the place of an entry that had come before.
    void addRepeat(std::int64_t timeMs);

    std::size_t size() const { return m_times.size(); }
    /// Of the texts that were added.
    std::size_t textBytes() const;
    const TextList& messages() const { return m_messages; }
    const TextList& metadata() const { return m_metadata; }
    const TextList& ids() const { return m_ids; }

    /// The i-th, until the next call that changes this.
    NewLogEntry entry(std::size_t i) const;
    std::string_view userId(std::size_t i) const { return m_users[i]; }
    bool isRepeat(std::size_t i) const;
    /// Adds all of another's.
    void add(const BlockEntries& other);
    void clear();

private:
    friend class BlockPacker;

    std::vector<std::int64_t> m_times;
    std::vector<std::int64_t> m_marks;
    TextList m_levels;
    TextList m_users;
    TextList m_ids;
    TextList m_messages;
    TextList m_metadata;
};

/// Packs them, each field by itself, as it compresses best with its like. Keeps its buffers. One thread.
class BlockPacker
{
public:
    /// Appends the block to `to`.
    void pack(const BlockEntries& entries, std::string& to);

private:
    StreamWriter m_streams;
    ColumnWriter m_columns;
    ObjectWriter m_objects;
};

/// Reads such a block, each field when it is asked for first. Keeps its buffers. One thread.
class LogBlock
{
public:
    /// `blob` must live as long as it is read. `textBytes`, if known: of all its texts (BlockEntries::textBytes()), so that a damaged
    /// block takes no more memory than a sound one. False: it is damaged.
    bool open(std::string_view blob, std::optional<std::size_t> textBytes = {});
    std::size_t size() const { return m_size; }

    // Each of these reads fields. False: they are damaged.

    bool readTimesAndLevels();
    bool readIds();
    /// Messages and metadata. If there is `needed`, some may have no more than it says by their outline, until readAll().
    bool readMessages(const OutlineTest& needed = {});
    bool readAll();

    // The i-th entry's, once they were read. Views live until the next open().

    std::int64_t timeMs(std::size_t i) const { return m_times[i]; }
    std::string_view level(std::size_t i) const { return m_levels[i]; }
    bool isRepeat(std::size_t i) const;
    std::string_view id(std::size_t i) const { return m_ids[i]; }
    const TextList& messages() const { return m_messages; }
    const TextList& metadata() const { return m_metadata; }
    std::string_view userId(std::size_t i) const { return m_users[i]; }
    NewLogEntry entry(std::size_t i) const;

private:
    enum Field : unsigned { Times, Marks, Levels, Users, Ids, Messages, Metadata };

    bool isRead(Field field) const { return m_read & (1u << field); }
    bool read(Field field, const OutlineTest& needed = {});

    StreamBlob m_blob;
    ColumnReader m_columns;
    ObjectReader m_objects;
    std::size_t m_size = 0;
    unsigned m_read = 0;
    std::vector<std::int64_t> m_times;
    std::vector<std::int64_t> m_marks;
    TextList m_levels;
    TextList m_users;
    TextList m_ids;
    TextList m_messages;
    TextList m_metadata;
};

} // namespace vigie
