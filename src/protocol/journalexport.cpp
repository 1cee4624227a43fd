// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/journalexport.h"

#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t lengthBytes = 8;
constexpr std::size_t keptBytes = 64 * 1024; // of the memory of a value

bool isNameSign(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

} // namespace

bool JournalExportReader::add(std::string_view bytes)
{
    while (!bytes.empty()) {
        switch (m_state) {
        case State::Name:
            if (!takeName(bytes))
                return false;
            break;
        case State::Line: {
            const std::size_t end = std::min(bytes.find('\n'), bytes.size());
            takeValue(bytes.substr(0, end));
            if (end < bytes.size())
                giveField();
            bytes.remove_prefix(std::min(end + 1, bytes.size()));
            break;
        }
        case State::Length: {
            const std::size_t taken = std::min(lengthBytes - m_length.size(), bytes.size());
            m_length.append(bytes.substr(0, taken));
            bytes.remove_prefix(taken);
            if (m_length.size() < lengthBytes)
                break;
            m_left = 0;
            for (std::size_t i = lengthBytes; i > 0; --i)
                m_left = m_left << 8 | static_cast<unsigned char>(m_length[i - 1]);
            m_length.clear();
            m_state = m_left > 0 ? State::Bytes : State::End;
            break;
        }
        case State::Bytes: {
            const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size()));
            takeValue(bytes.substr(0, taken));
            bytes.remove_prefix(taken);
            m_left -= taken;
            if (m_left == 0)
                m_state = State::End;
            break;
        }
        case State::End:
            if (bytes[0] != '\n')
                return false;
            bytes.remove_prefix(1);
            giveField();
            break;
        }
    }
    return true;
}

bool JournalExportReader::finish()
{
    if (m_state != State::Name || !m_name.empty())
        return false;
    if (std::exchange(m_hasFields, false))
        m_entryEnd();
    return true;
}

bool JournalExportReader::takeName(std::string_view& bytes)
{
    const std::size_t end = static_cast<std::size_t>(std::ranges::find_if_not(bytes, isNameSign) - bytes.begin());
    if (m_name.size() + end > maxNameBytes)
        return false;
    m_name.append(bytes.substr(0, end));
    bytes.remove_prefix(end);
    if (bytes.empty())
        return true;
    const char sign = bytes[0];
    bytes.remove_prefix(1);
    if (sign == '=' && !m_name.empty()) {
        m_state = State::Line;
    } else if (sign == '\n' && !m_name.empty()) {
        m_state = State::Length;
    } else if (sign == '\n') {
        if (std::exchange(m_hasFields, false))
            m_entryEnd(); // more than one empty line ends no more
    } else {
        return false;
    }
    return true;
}

void JournalExportReader::takeValue(std::string_view bytes)
{
    const std::size_t room = maxValueBytes - m_value.size();
    m_isCut = m_isCut || bytes.size() > room;
    m_value.append(bytes.substr(0, room));
}

void JournalExportReader::giveField()
{
    m_hasFields = true;
    m_field(m_name, m_value, m_isCut);
    m_name.clear();
    if (m_value.capacity() > keptBytes)
        m_value = {};
    m_value.clear();
    m_isCut = false;
    m_state = State::Name;
}

} // namespace vigie
