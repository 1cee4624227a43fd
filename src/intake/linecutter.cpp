// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/linecutter.h"

#include "core/utf8.h"

#include <algorithm>

namespace vigie {

void LineCutter::add(std::string_view bytes, const Take& take)
{
    while (!bytes.empty()) {
        if (m_pending.empty()) {
            const std::size_t nuls = std::min(bytes.find_first_not_of('\0'), bytes.size());
            m_skippedNuls += nuls;
            m_end += nuls;
            bytes.remove_prefix(nuls);
        }
        const std::size_t newline = bytes.find('\n');
        if (newline == std::string_view::npos) {
            m_pending.append(bytes);
            // A CR may be half of a line's end.
            const std::string_view rest = cutLong(m_pending, take);
            m_pending.erase(0, m_pending.size() - rest.size());
            return;
        }
        if (m_pending.empty()) {
            takeLine(bytes.substr(0, newline), take);
        } else {
            m_pending.append(bytes.substr(0, newline));
            takeLine(m_pending, take);
            m_pending.clear();
        }
        bytes.remove_prefix(newline + 1);
    }
}

void LineCutter::takeLine(std::string_view line, const Take& take)
{
    line = cutLong(line, take);
    m_end += line.size() + 1;
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    take(line, m_end, false);
}

std::string_view LineCutter::cutLong(std::string_view text, const Take& take)
{
    while (text.size() > m_max + 1) { // one more may be a CR
        const std::size_t cut = utf8CutAt(text, m_max);
        m_end += cut;
        take(text.substr(0, cut), m_end, true);
        text.remove_prefix(cut);
    }
    return text;
}

void LineCutter::finish(const Take& take)
{
    if (m_pending.empty())
        return;
    const std::string_view line = cutLong(m_pending, take);
    m_end += line.size();
    take(line, m_end, false);
    m_pending.clear();
}

} // namespace vigie
