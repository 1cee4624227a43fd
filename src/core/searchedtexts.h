// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "core/shownjson.h"
#include "core/terminalcodes.h"

#include <string>
#include <string_view>

namespace vigie {

/// What a search looks at of an entry, everywhere the same: its message, and its metadata's JSON with escapes undone, both without the
/// style codes of terminals.
class SearchedTexts
{
public:
    /// The entry's texts must live as long as this.
    explicit SearchedTexts(const NewLogEntry& entry)
        : m_message(withoutStyleCodes(entry.message, m_messageRoom)),
          m_metadata(withoutStyleCodes(shownJson(entry.metadataJson, m_jsonRoom), m_metadataRoom))
    {
    }
    SearchedTexts(const SearchedTexts&) = delete;
    SearchedTexts& operator=(const SearchedTexts&) = delete;

    std::string_view message() const { return m_message; }
    std::string_view metadata() const { return m_metadata; }

private:
    std::string m_messageRoom;
    std::string m_jsonRoom;
    std::string m_metadataRoom;
    std::string_view m_message;
    std::string_view m_metadata;
};

} // namespace vigie
