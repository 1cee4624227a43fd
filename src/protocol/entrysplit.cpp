// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/entrysplit.h"

#include <algorithm>

namespace vigie {

namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Scans text that resembles JSON. Leaves validation to others.
class Scanner
{
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    std::size_t position() const { return m_at; }

    /// The next non-blank character; 0 at the end.
    char next()
    {
        m_at = std::min(m_text.find_first_not_of(blanks, m_at), m_text.size());
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }
    bool take(char wanted)
    {
        const bool isThere = next() == wanted;
        m_at += isThere ? 1 : 0;
        return isThere;
    }
    /// Skips a string. False if there is none here, or it does not end.
    bool takeString()
    {
        if (!take('"'))
            return false;
        for (;;) {
            m_at = m_text.find_first_of("\"\\", m_at);
            if (m_at >= m_text.size())
                return false;
            if (m_text[m_at++] == '"')
                return true;
            ++m_at; // skip the escaped character
        }
    }
    /// The text up to the next comma or closing bracket, trimmed; empty if there is none, or it does not end.
    std::string_view takeValue()
    {
        next();
        const std::size_t first = m_at;
        std::size_t depth = 0;
        for (;;) {
            m_at = m_text.find_first_of("\"[]{},", m_at);
            if (m_at >= m_text.size())
                return {};
            const char c = m_text[m_at];
            if (c == '"') {
                if (!takeString())
                    return {};
                continue;
            }
            const bool closes = c == ']' || c == '}';
            if (depth == 0 && (closes || c == ','))
                break;
            depth += c == '[' || c == '{' ? 1 : 0;
            depth -= closes ? 1 : 0;
            ++m_at;
        }
        const std::string_view value = m_text.substr(first, m_at - first);
        return value.substr(0, value.find_last_not_of(blanks) + 1);
    }
    /// Moves to the value of the object's first member with this key. False if there is none.
    bool enterMember(std::string_view key)
    {
        if (!take('{'))
            return false;
        do {
            next();
            const std::size_t first = m_at;
            if (!takeString())
                return false;
            const std::string_view name = m_text.substr(first + 1, m_at - first - 2);
            if (!take(':'))
                return false;
            if (name == key)
                return true;
            if (takeValue().empty())
                return false;
        } while (take(','));
        return false;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

std::optional<SplitEntries> splitEntries(std::string_view json, std::size_t max)
{
    Scanner scanner(json);
    if (!scanner.enterMember("data"))
        return std::nullopt;
    SplitEntries split;
    split.depth = 2;
    if (scanner.next() == '{') {
        if (!scanner.enterMember("logs"))
            return std::nullopt;
        ++split.depth;
    }
    if (!scanner.take('['))
        return std::nullopt;
    const std::size_t first = scanner.position();
    if (scanner.next() != ']') {
        do {
            const std::string_view entry = scanner.takeValue();
            if (entry.empty())
                return std::nullopt;
            split.entries.push_back(entry);
        } while (scanner.take(',') && split.entries.size() <= max);
    }
    if (split.entries.size() <= max && scanner.next() != ']')
        return std::nullopt;
    split.frame = json.substr(0, first);
    if (split.entries.size() <= max)
        split.frame.append(json.substr(scanner.position()));
    return split;
}

} // namespace vigie
