// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/outlinedtexts.h"

#include "storage/blocks/column.h"

namespace vigie {

void OutlinedTexts::addOutline(std::string_view text)
{
    std::vector<std::string_view>& pieces = m_all.emplace_back().text.pieces;
    std::size_t begin = 0;
    for (std::size_t at = text.find(variable); at != std::string_view::npos; at = text.find(variable, begin)) {
        pieces.push_back(text.substr(begin, at - begin));
        begin = at + 1;
    }
    pieces.push_back(text.substr(begin));
}

bool OutlinedTexts::readColumns(StreamBlob::Section& from, ColumnReader& columns, const OutlineTest& needed)
{
    std::size_t used = 0;
    for (Outline& one : m_all) {
        if (one.uses == 0)
            continue; // its columns are empty
        if (needed) {
            StreamBlob::Section behind = from;
            for (std::size_t i = 0; i < one.variables(); ++i) {
                const auto bytes = columns.pass(behind);
                if (!bytes)
                    return false;
                one.text.between.push_back(*bytes);
            }
            one.need = needed(one.text);
            if (one.need.isNothing()) {
                from = behind;
                continue;
            }
        }
        one.firstColumn = used;
        for (std::size_t i = 0; i < one.variables(); ++i) {
            if (!one.need.isAll && !std::ranges::binary_search(one.need.variables, i)) {
                if (!columns.pass(from))
                    return false;
                continue;
            }
            if (m_columns.size() == used)
                m_columns.emplace_back();
            if (!columns.read(from, one.uses, m_columns[used++]))
                return false;
        }
        one.columns = used - one.firstColumn;
    }
    return true;
}

bool OutlinedTexts::read(StreamBlob::Section& from, ColumnReader& columns, const OutlineTest& needed, TextList& values)
{
    if (!readColumns(from, columns, needed))
        return false;
    for (const std::uint16_t index : m_indexes) {
        Outline& one = m_all[index];
        if (one.need.isAll)
            values.bytes().append(one.text.pieces.front());
        for (std::size_t i = 0; i < one.columns; ++i) {
            const std::string_view behind = one.need.isAll ? one.text.pieces[i + 1] : std::string_view("\n");
            values.bytes().append(m_columns[one.firstColumn + i][one.next]).append(behind);
        }
        ++one.next;
        values.end();
        if (values.bytes().size() > StreamBlob::maxBytes)
            return false;
    }
    return true;
}

} // namespace vigie
