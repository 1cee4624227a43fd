// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace vigie {

/// Reads the journal's export format (systemd.io/JOURNAL_EXPORT_FORMATS): fields as "NAME=value", or as the name, a length of eight
/// bytes and the value, and an empty line behind each entry. However it is cut; no more than a field is ever in memory. One thread.
class JournalExportReader
{
public:
    /// `isCut`: the value is longer than maxValueBytes, and goes on.
    using Field = std::function<void(std::string_view name, std::string_view value, bool isCut)>;
    using EntryEnd = std::function<void()>;

    static constexpr std::size_t maxNameBytes = 256; ///< a longer name, or one with other signs than journald allows, is broken
    static constexpr std::size_t maxValueBytes = 1024 * 1024; ///< beyond, the rest is passed over

    JournalExportReader(Field field, EntryEnd entryEnd) : m_field(std::move(field)), m_entryEnd(std::move(entryEnd)) {}

    /// The next bytes. False: they are no such format; no further call is allowed.
    bool add(std::string_view bytes);
    /// No more comes: an entry without the empty line behind it is one. False: it ends within a field.
    bool finish();

private:
    enum class State { Name, Line, Length, Bytes, End };

    bool takeName(std::string_view& bytes);
    void takeValue(std::string_view bytes);
    void giveField();

    Field m_field;
    EntryEnd m_entryEnd;
    State m_state = State::Name;
    std::string m_name;
    std::string m_value;
    std::string m_length;
    std::uint64_t m_left = 0; // of a value in bytes
    bool m_isCut = false;
    bool m_hasFields = false; // of an entry that is not at its end
};

} // namespace vigie
