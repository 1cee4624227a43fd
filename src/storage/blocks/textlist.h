// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// Texts one behind the other in one block of memory. All of them together have less than 4 GiB.
class TextList
{
public:
    void add(std::string_view text)
    {
        m_bytes.append(text);
        end();
    }
    /// The text that is being added in pieces: append to it, then call end().
    std::string& bytes() { return m_bytes; }
    void end() { m_ends.push_back(static_cast<std::uint32_t>(m_bytes.size())); }

    std::string_view operator[](std::size_t i) const
    {
        const std::size_t begin = i == 0 ? 0 : m_ends[i - 1];
        return std::string_view(m_bytes).substr(begin, m_ends[i] - begin);
    }
    std::size_t size() const { return m_ends.size(); }
    bool empty() const { return m_ends.empty(); }
    std::string_view joined() const { return m_bytes; }
    /// Keeps the memory.
    void clear()
    {
        m_bytes.clear();
        m_ends.clear();
    }
    void reserve(std::size_t texts, std::size_t bytes)
    {
        m_ends.reserve(texts);
        m_bytes.reserve(bytes);
    }

private:
    std::string m_bytes;
    std::vector<std::uint32_t> m_ends;
};

} // namespace vigie
