// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/containerpieces.h"

#include "core/timestamp.h"

#include <algorithm>
#include <charconv>

namespace vigie {

namespace {

constexpr std::size_t headBytes = 8;
constexpr std::size_t maxTimeBytes = 40; // "2026-11-30T10:00:24.380399575+00:00"

/// The nanoseconds of an ISO time; -1: it has no fraction.
std::int32_t nanosecondsOf(std::string_view time)
{
    const std::size_t point = time.find('.');
    if (point == std::string_view::npos)
        return -1;
    std::int32_t value = 0;
    int digits = 0;
    for (std::size_t i = point + 1; i < time.size() && time[i] >= '0' && time[i] <= '9' && digits < 9; ++i, ++digits)
        value = value * 10 + (time[i] - '0');
    for (; digits < 9; ++digits)
        value *= 10;
    return value;
}

} // namespace

bool ContainerPieces::add(std::string_view bytes, const Give& give)
{
    if (!m_isTerminal)
        return addFrames(bytes, give);
    addLines(bytes, give);
    return true;
}

bool ContainerPieces::addFrames(std::string_view bytes, const Give& give)
{
    while (!bytes.empty()) {
        if (m_left == 0) {
            const std::size_t taken = std::min(headBytes - m_head.size(), bytes.size());
            m_head.append(bytes.substr(0, taken));
            bytes.remove_prefix(taken);
            if (m_head.size() < headBytes)
                return true;
            if (static_cast<unsigned char>(m_head[0]) > 2 || m_head[1] != 0 || m_head[2] != 0 || m_head[3] != 0)
                return false;
            m_isError = m_head[0] == 2;
            for (std::size_t i = 4; i < headBytes; ++i)
                m_left = m_left << 8 | static_cast<unsigned char>(m_head[i]);
            m_head.clear();
            m_hasTime = false;
            continue;
        }
        const auto taken = static_cast<std::uint32_t>(std::min<std::size_t>(m_left, bytes.size()));
        m_left -= taken;
        addText(bytes.substr(0, taken), m_left == 0, give);
        bytes.remove_prefix(taken);
    }
    return true;
}

void ContainerPieces::addLines(std::string_view bytes, const Give& give)
{
    while (!bytes.empty()) {
        const std::size_t newline = bytes.find('\n');
        const std::size_t taken = newline == std::string_view::npos ? bytes.size() : newline + 1;
        addText(bytes.substr(0, taken), newline != std::string_view::npos, give);
        if (newline != std::string_view::npos)
            m_hasTime = false;
        bytes.remove_prefix(taken);
    }
}

void ContainerPieces::addText(std::string_view bytes, bool isEnd, const Give& give)
{
    if (m_text.empty() && isEnd)
        return take(bytes, give);
    // A part is as long wherever the body is cut, as its hash tells later whether it came before.
    while (m_text.size() + bytes.size() > maxPiece) {
        const std::size_t taken = maxPiece - m_text.size();
        m_text.append(bytes.substr(0, taken));
        bytes.remove_prefix(taken);
        take(m_text, give);
        m_text.clear();
    }
    m_text.append(bytes);
    if (isEnd) {
        take(m_text, give);
        m_text.clear();
    }
}

/// Podman (4.3) puts a time before each write of a container, and an LF behind lines only. Of a terminal whose line and its end came
/// by two writes that makes "TIME textTIME \r\n". Nothing tells these apart but that both times are of the same moment.
std::string_view ContainerPieces::withoutTimeOfEnd(std::string_view line)
{
    const std::size_t end = line.find_last_not_of("\r\n");
    const bool saysSecondsOnly = m_nanoseconds < 0 && !m_timeText.empty();
    if (!saysSecondsOnly || end == std::string_view::npos || line[end] != ' ' || !line.ends_with('\n') || end < m_timeText.size())
        return line;
    const std::size_t begin = end - m_timeText.size();
    const auto ms = timestampFromText(line.substr(begin, m_timeText.size()), TimeRule::Event);
    if (line[begin + 10] != 'T' || !ms || *ms / 1'000 < m_second || *ms / 1'000 > m_second + 1)
        return line;
    m_mended.assign(line.substr(0, begin)).append(line.substr(end + 1));
    return m_mended;
}

void ContainerPieces::take(std::string_view text, const Give& give)
{
    while (text.size() > maxPiece) {
        take(text.substr(0, maxPiece), give);
        text.remove_prefix(maxPiece);
    }
    if (!m_hasTime) {
        m_hasTime = true;
        m_part = 0;
        const std::size_t space = text.substr(0, maxTimeBytes).find(' ');
        const std::string_view time = space == std::string_view::npos ? std::string_view() : text.substr(0, space);
        if (const auto ms = timestampFromText(time, TimeRule::Event); !time.empty() && time.find('T') != time.npos && ms) {
            m_timeText = time;
            m_second = *ms / 1'000;
            m_nanoseconds = nanosecondsOf(time);
            text.remove_prefix(space + 1);
        }
        // Without one it is as old as what came before.
        if (m_isTerminal)
            text = withoutTimeOfEnd(text);
    }
    if (!text.empty())
        give({m_isError, m_second, m_nanoseconds, m_timeText, text, m_part++});
}

void ContainerPieces::finish(const Give& give)
{
    if (!m_text.empty())
        take(m_text, give);
    m_text.clear();
    m_head.clear();
    m_left = 0;
    m_hasTime = false;
}

} // namespace vigie
