// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/column.h"
#include "storage/blocks/outlinedtexts.h"
#include "storage/blocks/streams.h"
#include "storage/blocks/textlist.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigie {

/// Writes JSON objects as columns, one for each of their members, where that takes less than their text. They come back letter for
/// letter. Keeps its buffers. One thread.
class ObjectWriter
{
public:
    ObjectWriter();
    ~ObjectWriter();

    /// `objects`: JSON texts, any of them empty.
    void write(const TextList& objects, ColumnWriter& columns, StreamWriter& to);

private:
    struct Shapes;
    std::unique_ptr<Shapes> m_shapes;
};

/// Reads them back. Keeps its buffers. One thread.
class ObjectReader
{
public:
    /// Replaces `objects`. If there is `needed`, some may have no more than it says by their outline. False: they are damaged.
    bool read(StreamBlob::Section& from, std::size_t count, ColumnReader& columns, TextList& objects,
              const OutlineTest& needed = {});

private:
    OutlinedTexts m_outlined;
    TextList m_shapes;
    std::vector<std::string_view> m_texts; // of m_shapes
    std::vector<std::int64_t> m_indexes;
};

} // namespace vigie
