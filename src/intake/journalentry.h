// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// One entry of systemd's journal, as its fields: names and bytes. One thread; keeps its buffers.
class JournalEntry
{
public:
    static constexpr std::size_t maxFieldBytes = 1024 * 1024; ///< a longer value is cut
    static constexpr std::size_t maxFields = 512; ///< beyond, they are left out

    void clear();
    /// "MESSAGE", "hello". `isCut`: the value goes on. A name may come again.
    void add(std::string_view name, std::string_view value, bool isCut = false);

    bool empty() const { return m_count == 0; }
    bool isCut() const { return m_isCut; }
    /// The first value of that name; empty: there is none.
    std::string_view value(std::string_view name) const;
    std::size_t size() const { return m_count; }
    std::string_view name(std::size_t i) const { return m_fields[i].name; }
    std::string_view value(std::size_t i) const { return m_fields[i].value; }

private:
    struct Field
    {
        std::string name;
        std::string value;
    };

    std::vector<Field> m_fields; // the first m_count are in use
    std::size_t m_count = 0;
    bool m_isCut = false;
};

/// What an entry of the journal says, in Vigie's terms. docs/architecture.md has the table of fields.
struct JournalMeaning
{
    std::string appId;
    std::string message; ///< UTF-8
    std::string_view level; ///< syslog's word
    std::string metadataJson;
    std::int64_t timeMs = 0; ///< since the epoch; 0: it says none
    /// Whose output it is a line of; empty: it is no line of a program's output, but whole.
    std::string stream;
    bool isPartial = false; ///< the stream's next entry goes on with the same line
};

/// `appId`: of all entries; empty: each unit is an application.
JournalMeaning meaningOf(const JournalEntry& entry, const std::string& appId = {});

/// The unit as an application's name: "nginx" for "nginx.service", all else as it is.
std::string_view unitName(std::string_view unit);

} // namespace vigie
