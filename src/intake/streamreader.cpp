// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/streamreader.h"

#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF"; // some programs put it at the start of a file

} // namespace

StreamReader::StreamReader(LineReader lines, JoinBounds bounds, std::uint64_t start)
    : m_cutter(bounds.bytes, start), m_joiner(std::move(lines), bounds), m_isFirst(start == 0)
{
}

void StreamReader::add(std::string_view bytes, Time now, const Give& give)
{
    m_now = m_lastBytes = now;
    m_cutter.add(bytes, [&](std::string_view line, std::uint64_t end, bool goesOn) { takeLine(line, end, goesOn, give); });
    givePrinted(give);
}

void StreamReader::finishSilent(Time now, const Give& give)
{
    m_now = now;
    if (m_finishesLines && m_cutter.pendingBytes() > 0 && now - m_lastBytes >= lineSilence)
        m_cutter.finish([&](std::string_view line, std::uint64_t end, bool goesOn) { takeLine(line, end, goesOn, give); });
    m_joiner.finishSilent(now, m_printed);
    givePrinted(give);
}

void StreamReader::finishEntry(const Give& give)
{
    m_joiner.finish(m_printed);
    givePrinted(give);
}

void StreamReader::finish(Time now, const Give& give)
{
    m_now = now;
    m_cutter.finish([&](std::string_view line, std::uint64_t end, bool goesOn) { takeLine(line, end, goesOn, give); });
    m_joiner.finish(m_printed);
    givePrinted(give);
}

std::optional<StreamReader::Time> StreamReader::deadline() const
{
    std::optional<Time> when = m_joiner.deadline();
    if (m_finishesLines && m_cutter.pendingBytes() > 0)
        when = std::min(when.value_or(Time::max()), m_lastBytes + lineSilence);
    return when;
}

void StreamReader::takeLine(std::string_view line, std::uint64_t end, bool goesOn, const Give& give)
{
    const bool isRest = std::exchange(m_wasRest, goesOn);
    m_lines += goesOn ? 0 : 1;
    if (std::exchange(m_isFirst, false) && line.starts_with(byteOrderMark))
        line.remove_prefix(byteOrderMark.size());
    const auto json = isRest || goesOn ? std::nullopt : m_json.read(line);
    if (!json)
        return m_joiner.add(line, end, goesOn, m_now, m_printed);
    m_joiner.finish(m_printed);
    givePrinted(give);
    StreamEntry read;
    read.entry.timestampMs = json->timestampMs.value_or(0);
    read.entry.timeIsOurs = !json->timestampMs;
    read.entry.level = json->level;
    read.entry.message = json->message;
    read.entry.metadataJson = json->metadataJson;
    read.userId = json->userId;
    read.entry.id = json->id;
    read.entry.idIsProducers = !json->id.empty();
    read.end = end;
    give(read);
}

void StreamReader::givePrinted(const Give& give)
{
    for (const PrintedEntry& printed : m_printed) {
        StreamEntry read;
        read.entry.timestampMs = printed.time ? printed.time->ms : 0;
        read.entry.timeIsOurs = !printed.time;
        read.entry.level = printed.level;
        read.entry.message = printed.text;
        read.end = printed.end;
        read.isZoneGuessed = printed.time && printed.time->isZoneGuessed;
        give(read);
    }
    m_printed.clear();
}

} // namespace vigie
