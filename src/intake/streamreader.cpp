// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/streamreader.h"

#include "core/names.h"
#include "core/utf8.h"
#include "protocol/decoder.h"

#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t maxWrapped = 1'000; // entries of one stream that wait for the other's
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF"; // some programs put it at the start of a file

} // namespace

std::string_view keptLevel(std::string_view level)
{
    constexpr std::string_view usual = "info";
    return level.empty() ? usual : level.substr(0, utf8CutAt(level, DecodeLimits{}.levelBytes));
}

bool namesUser(const StreamEntry& entry)
{
    return !entry.userId.empty() && nameProblem(entry.userId).empty();
}

StreamReader::StreamReader(LineReader lines, JoinBounds bounds, std::uint64_t start)
    : m_cutter(bounds.bytes, start), m_joiner(std::move(lines), bounds), m_lastEnd(start), m_isFirst(start == 0)
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
    if (m_containers)
        m_containers->finishSilent(now, m_wrapped);
    giveWrapped(give);
}

void StreamReader::finishEntry(const Give& give)
{
    m_joiner.finish(m_printed);
    givePrinted(give);
    if (m_containers)
        m_containers->finish(m_wrapped);
    giveWrapped(give);
}

void StreamReader::finish(Time now, const Give& give)
{
    m_now = now;
    m_cutter.finish([&](std::string_view line, std::uint64_t end, bool goesOn) { takeLine(line, end, goesOn, give); });
    finishEntry(give);
}

std::optional<StreamReader::Time> StreamReader::deadline() const
{
    std::optional<Time> when = m_joiner.deadline();
    if (m_containers) {
        if (const auto one = m_containers->deadline())
            when = std::min(when.value_or(Time::max()), *one);
    }
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
    const std::string& forced = m_joiner.reader().forcedFormat();
    const bool mayBeJson = forced.empty() || forced == "json" || forced == "docker";
    auto json = isRest || goesOn || !mayBeJson ? std::nullopt : m_json.read(line);
    const std::uint64_t start = std::exchange(m_lastEnd, end);
    m_isJson = json.has_value();
    if (!isRest && !goesOn && takePiece(line, json, start, end, give))
        return;
    if (!json)
        return m_joiner.add(line, end, goesOn, m_now, m_printed);
    m_joiner.finish(m_printed);
    givePrinted(give);
    giveJson(*json, end, give);
}

void StreamReader::giveJson(const JsonLogLine& json, std::uint64_t end, const Give& give)
{
    StreamEntry read;
    read.entry.timestampMs = json.timestampMs.value_or(0);
    if (!json.localTime.empty()) {
        if (const auto local = timeAtStart(json.localTime, m_joiner.reader().zone()))
            read.entry.timestampMs = local->ms;
    }
    read.entry.timeIsOurs = !json.timestampMs;
    read.entry.level = json.level;
    read.entry.message = json.message;
    read.entry.metadataJson = json.metadataJson;
    read.userId = json.userId;
    read.entry.id = json.id;
    read.entry.idIsProducers = !json.id.empty();
    read.isZoneGuessed = json.timestampMs && !json.localTime.empty();
    read.end = end;
    give(read);
}

/// False: the line is none of a container's file.
bool StreamReader::takePiece(std::string_view line, const std::optional<JsonLogLine>& json, std::uint64_t start, std::uint64_t end,
                             const Give& give)
{
    const std::string& forced = m_joiner.reader().forcedFormat();
    std::optional<ContainerPiece> piece;
    if (json && json->isContainers && forced != "json")
        piece = ContainerPiece{json->stream == "stderr", json->message.ends_with('\n'), json->message, *json->timestampMs};
    else if (!json && (forced.empty() || forced == "cri"))
        piece = criPiece(line);
    m_wrapping = !piece ? std::string_view() : json ? "docker" : "cri";
    if (!piece)
        return false;
    m_joiner.finish(m_printed);
    givePrinted(give);
    if (!m_containers)
        m_containers.emplace(LineReader(m_joiner.reader().zone()), JoinBounds());
    const std::string text(piece->text); // the reader's room is needed for what is in it
    piece->text = text;
    m_containers->add(*piece, start, end, m_now, [this](std::string_view inner) { return m_json.read(inner).has_value(); }, m_wrapped);
    giveWrapped(give);
    return true;
}

void StreamReader::giveWrapped(const Give& give)
{
    if (m_wrapped.empty())
        return;
    // Who goes on behind an entry must find nothing there that was given, and nothing missing: what one stream has waits for what
    // the other began before and has not ended.
    std::uint64_t end = m_lastEnd;
    if (const auto held = m_containers->heldFrom()) {
        const auto last = std::ranges::max(m_wrapped, {}, [](const ContainerLines::Entry& one) { return one.printed.end; });
        if (last.printed.end <= *held)
            end = *held;
        else if (m_wrapped.size() < maxWrapped)
            return;
        else
            m_containers->finish(m_wrapped);
    }
    for (const ContainerLines::Entry& one : m_wrapped) {
        const auto giveOn = [&](const StreamEntry& inner) {
            StreamEntry read = inner;
            const std::string_view members = read.entry.metadataJson;
            m_metadata = one.isStderr ? "{\"stream\":\"stderr\"" : "{\"stream\":\"stdout\"";
            m_metadata.append(members.starts_with('{') && members.size() > 2 ? "," : "}");
            if (members.starts_with('{') && members.size() > 2)
                m_metadata.append(members.substr(1));
            read.entry.metadataJson = m_metadata;
            if (read.entry.timeIsOurs)
                read.entry.timestampMs = one.timestampMs;
            read.entry.timeIsOurs = false;
            give(read);
        };
        if (one.isOneLine) {
            if (const auto json = m_json.read(one.printed.text))
                giveJson(*json, end, giveOn);
            continue;
        }
        m_printed.push_back(one.printed);
        m_printed.back().end = end;
        givePrinted(giveOn);
    }
    m_wrapped.clear();
}

void StreamReader::givePrinted(const Give& give)
{
    for (const PrintedEntry& printed : m_printed) {
        StreamEntry read;
        read.entry.timestampMs = printed.time ? printed.time->ms : 0;
        read.entry.timeIsOurs = !printed.time;
        read.entry.level = printed.level;
        read.entry.message = printed.text;
        read.entry.metadataJson = printed.metadataJson;
        read.end = printed.end;
        read.isZoneGuessed = printed.time && printed.time->isZoneGuessed;
        give(read);
    }
    m_printed.clear();
}

} // namespace vigie
