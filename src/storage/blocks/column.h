// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/streams.h"
#include "storage/blocks/textlist.h"
#include "storage/blocks/textoutline.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace vigie {

/// Writes a column, the values of one field of a block's entries, in the form that takes the least: all the same; a choice of few;
/// whole numbers; hexadecimal digits; ULIDs; texts that are alike but for their numbers; texts. A value comes back letter for letter.
/// Keeps its buffers. One thread.
class ColumnWriter
{
public:
    ColumnWriter();
    ~ColumnWriter();

    /// Into the section that was begun last. Nothing for no values: the reader knows how many there are.
    void write(const TextList& values, StreamWriter& to);
    /// The same for numbers.
    void write(const std::vector<std::int64_t>& values, StreamWriter& to);

private:
    struct Templates;

    bool writeChoices(const TextList& values, StreamWriter& to);
    bool writeNumbers(const TextList& values, StreamWriter& to);
    bool writeHex(const TextList& values, StreamWriter& to);
    bool writeUlids(const TextList& values, StreamWriter& to);
    bool writeTemplates(const TextList& values, StreamWriter& to);
    void writeTexts(const TextList& values, StreamWriter& to);

    std::unique_ptr<Templates> m_templates;
    std::vector<std::uint32_t> m_slots; // of a hash table
    std::vector<std::int64_t> m_numbers;
    int m_depth = 0;
};

/// Reads a column of `count` values from a section. Keeps its buffers. One thread.
class ColumnReader
{
public:
    ColumnReader();
    ~ColumnReader();

    /// Replaces `values`. If there is `needed`, texts that are alike may have no more than it says by their outline. False: it is
    /// damaged.
    bool read(StreamBlob::Section& from, std::size_t count, TextList& values, const OutlineTest& needed = {});
    bool read(StreamBlob::Section& from, std::size_t count, std::vector<std::int64_t>& values);
    /// Goes past a column of texts that is not empty, mostly without unpacking it. Gives the bytes that they may have; nothing: it is
    /// damaged.
    std::optional<ByteSet> pass(StreamBlob::Section& from);

private:
    struct Templates;

    bool readTemplates(StreamBlob::Section& from, std::size_t count, const OutlineTest& needed, TextList& values);
    std::optional<ByteSet> passTemplates(StreamBlob::Section& from);

    std::unique_ptr<Templates> m_templates;
    std::vector<std::int64_t> m_numbers;
    int m_depth = 0;
};

} // namespace vigie
