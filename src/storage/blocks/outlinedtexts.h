// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/streams.h"
#include "storage/blocks/textlist.h"
#include "storage/blocks/textoutline.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace vigie {

class ColumnReader;

/// Puts texts together that were taken apart into a few outlines and a column for each of their variables. Keeps its buffers. One
/// thread.
class OutlinedTexts
{
public:
    /// Where an outline's text has a variable.
    static constexpr char variable = '\0';

    /// Takes the outlines, as their texts, which must live until they were read. `indexes`: the outline of each text. False: an
    /// index leads nowhere.
    template <typename Index>
    bool setOutlines(std::span<const std::string_view> texts, std::span<const Index> indexes)
    {
        m_all.clear();
        m_indexes.clear();
        for (const std::string_view text : texts)
            addOutline(text);
        for (const Index index : indexes) {
            if (index < 0 || static_cast<std::size_t>(index) >= texts.size())
                return false;
            m_indexes.push_back(static_cast<std::uint16_t>(index));
            ++m_all[static_cast<std::size_t>(index)].uses;
        }
        return true;
    }

    /// Reads the columns, and adds the texts to `values`. If there is `needed`, it says by their outline what is needed of them:
    /// where that is not all, each has what stands in those variables, a line each. False: they are damaged.
    bool read(StreamBlob::Section& from, ColumnReader& columns, const OutlineTest& needed, TextList& values);

private:
    struct Outline
    {
        TextOutline text;
        OutlineNeed need;
        std::size_t firstColumn = 0;
        std::size_t columns = 0; // that are needed
        std::size_t uses = 0;
        std::size_t next = 0; // use

        std::size_t variables() const { return text.pieces.size() - 1; }
    };

    void addOutline(std::string_view text);
    bool readColumns(StreamBlob::Section& from, ColumnReader& columns, const OutlineTest& needed);

    std::vector<Outline> m_all;
    std::vector<std::uint16_t> m_indexes;
    std::vector<TextList> m_columns; // those that are in use first
};

} // namespace vigie
