// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonelements.h"

#include <algorithm>
#include <utility>

namespace vigie {

void JsonElements::add(std::string_view bytes, const Take& take)
{
    while (!bytes.empty()) {
        if (m_place == Place::Object) {
            // What cannot end anything is taken at once.
            std::size_t plain = bytes.find_first_of(m_isInText ? "\"\\\n" : "\"{}[]");
            plain = m_isEscaped ? 0 : plain == std::string_view::npos ? bytes.size() : plain;
            const std::size_t room = m_max - m_text.size();
            m_text.append(bytes.substr(0, std::min(plain, room)));
            m_isTooLong |= plain > room;
            bytes.remove_prefix(plain);
        }
        if (bytes.empty())
            return;
        addByte(bytes.front(), take);
        bytes.remove_prefix(1);
    }
}

void JsonElements::addByte(char byte, const Take& take)
{
    if (m_place == Place::Object)
        return addToObject(byte, take);
    const bool isBlank = byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
    const bool ends = byte == ',' || byte == ']' || byte == '\n';
    if (m_place == Place::Other && (ends || byte == '{'))
        end(State::Whole, take);
    if (m_place == Place::Other)
        return keep(byte);
    if (isBlank || ends)
        return;
    if (byte == '[' && !std::exchange(m_isInArray, true))
        return;
    m_place = byte == '{' ? Place::Object : Place::Other;
    m_depth = byte == '{' ? 1 : 0;
    keep(byte);
}

void JsonElements::addToObject(char byte, const Take& take)
{
    if (m_isInText && byte == '\n')
        return end(State::Broken, take);
    keep(byte);
    if (std::exchange(m_isEscaped, false))
        return;
    if (byte == '"')
        m_isInText = !m_isInText;
    else if (m_isInText)
        m_isEscaped = byte == '\\';
    else if (byte == '{' || byte == '[')
        ++m_depth;
    else if ((byte == '}' || byte == ']') && --m_depth == 0)
        end(State::Whole, take);
}

void JsonElements::keep(char byte)
{
    if (m_text.size() < m_max)
        m_text += byte;
    else
        m_isTooLong = true;
}

void JsonElements::end(State state, const Take& take)
{
    take(m_text, m_isTooLong ? State::TooLong : state);
    m_text.clear();
    m_place = Place::Between;
    m_depth = 0;
    m_isInText = m_isEscaped = m_isTooLong = false;
}

void JsonElements::finish(const Take& take)
{
    if (m_place != Place::Between)
        end(m_place == Place::Object ? State::Broken : State::Whole, take);
    m_isInArray = false;
}

} // namespace vigie
