// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/streams.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vigie {

/// Writes whole numbers behind how many they are, into the section that was begun last: as writeNumbers() does, or where they are
/// few different ones as a byte each, of which Zstandard leaves less. One thread.
class FigureColumnWriter
{
public:
    void write(const std::vector<std::int64_t>& values, StreamWriter& to);
    /// The same, divided by what all of them are multiples of.
    void writeMultiples(std::vector<std::int64_t> values, StreamWriter& to);

private:
    bool writeChoices(const std::vector<std::int64_t>& values, StreamWriter& to);

    std::vector<std::int64_t> m_buffer;
};

/// Replaces `values` by such a column. False: it is damaged, or says that it has more than `most`.
bool readFigureColumn(StreamBlob::Section& from, std::size_t most, std::vector<std::int64_t>& values);
/// One of writeMultiples().
bool readMultiplesColumn(StreamBlob::Section& from, std::size_t most, std::vector<std::int64_t>& values);

} // namespace vigie
