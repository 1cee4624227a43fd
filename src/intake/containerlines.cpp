// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/containerlines.h"

#include <algorithm>

namespace vigie {

std::optional<ContainerPiece> criPiece(std::string_view line)
{
    ContainerPiece piece;
    constexpr std::size_t timeEnd = 10;
    if (line.size() <= timeEnd || line[timeEnd] != 'T')
        return std::nullopt;
    const std::optional<LineTime> time = timeAtStart(line, QTimeZone::utc());
    if (!time || time->isZoneGuessed)
        return std::nullopt;
    std::string_view rest = line.substr(time->length);
    piece.isStderr = rest.starts_with(" stderr ");
    if (!piece.isStderr && !rest.starts_with(" stdout "))
        return std::nullopt;
    rest.remove_prefix(8);
    // There may be more tags behind the first.
    const std::string_view tags = rest.substr(0, rest.find(' '));
    const std::string_view tag = tags.substr(0, tags.find(':'));
    if (tag != "F" && tag != "P")
        return std::nullopt;
    piece.isLineEnd = tag == "F";
    piece.text = rest.substr(std::min(tags.size() + 1, rest.size()));
    piece.timestampMs = time->ms;
    return piece;
}

ContainerLines::ContainerLines(const LineReader& reader, JoinBounds bounds)
    : m_streams{Stream(LineJoiner(reader, bounds)), Stream(LineJoiner(reader, bounds))}, m_bounds(bounds)
{}

void ContainerLines::add(const ContainerPiece& piece, std::uint64_t start, std::uint64_t end, Time now, const IsWhole& isWhole,
                         std::vector<Entry>& whole)
{
    Stream& stream = m_streams[piece.isStderr ? 1 : 0];
    stream.lastPiece = now;
    stream.lastEnd = end;
    if (stream.partial.empty()) {
        stream.partialStart = start;
        stream.partialMs = piece.timestampMs;
    }
    stream.partial.append(piece.text);
    if (!piece.isLineEnd && stream.partial.size() < m_bounds.bytes)
        return;
    std::string line;
    std::swap(line, stream.partial);
    addLine(stream, line, now, isWhole, whole);
}

void ContainerLines::addLine(Stream& stream, std::string_view line, Time now, const IsWhole& isWhole, std::vector<Entry>& whole)
{
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    if (isWhole && isWhole(line)) {
        stream.joiner.finish(m_printed);
        take(stream, whole);
        Entry entry{{}, stream.partialMs, &stream == &m_streams[1], true};
        entry.printed.text = line;
        entry.printed.end = stream.lastEnd;
        whole.push_back(std::move(entry));
        return;
    }
    const bool wasHeld = stream.joiner.deadline().has_value();
    stream.joiner.add(line, stream.lastEnd, false, now, m_printed);
    const bool isNew = !wasHeld || !m_printed.empty();
    take(stream, whole);
    if (isNew) {
        stream.entryStart = stream.partialStart;
        stream.entryMs = stream.partialMs;
    }
}

void ContainerLines::take(Stream& stream, std::vector<Entry>& whole)
{
    for (PrintedEntry& printed : m_printed)
        whole.push_back({std::move(printed), stream.entryMs, &stream == &m_streams[1], false});
    m_printed.clear();
}

void ContainerLines::finishSilent(Time now, std::vector<Entry>& whole)
{
    for (Stream& stream : m_streams) {
        // The last piece of a program that ends without an end of line stays one.
        if (!stream.partial.empty() && now - stream.lastPiece >= m_bounds.silence) {
            std::string line;
            std::swap(line, stream.partial);
            addLine(stream, line, stream.lastPiece, {}, whole);
        }
        stream.joiner.finishSilent(now, m_printed);
        take(stream, whole);
    }
}

void ContainerLines::finish(std::vector<Entry>& whole)
{
    for (Stream& stream : m_streams) {
        if (!stream.partial.empty()) {
            std::string line;
            std::swap(line, stream.partial);
            addLine(stream, line, stream.lastPiece, {}, whole);
        }
        stream.joiner.finish(m_printed);
        take(stream, whole);
    }
}

std::optional<ContainerLines::Time> ContainerLines::deadline() const
{
    std::optional<Time> when;
    for (const Stream& stream : m_streams) {
        if (const auto one = stream.joiner.deadline())
            when = std::min(when.value_or(Time::max()), *one);
        if (!stream.partial.empty())
            when = std::min(when.value_or(Time::max()), stream.lastPiece + m_bounds.silence);
    }
    return when;
}

std::optional<std::uint64_t> ContainerLines::heldFrom() const
{
    std::optional<std::uint64_t> from;
    constexpr auto none = ~std::uint64_t(0);
    for (const Stream& stream : m_streams) {
        if (stream.joiner.deadline())
            from = std::min(from.value_or(none), stream.entryStart);
        if (!stream.partial.empty())
            from = std::min(from.value_or(none), stream.partialStart);
    }
    return from;
}

} // namespace vigie
