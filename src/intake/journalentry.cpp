// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/journalentry.h"

#include "core/jsontext.h"
#include "core/names.h"
#include "core/sysloglevel.h"
#include "core/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace vigie {

namespace {

struct Renamed
{
    std::string_view field;
    std::string_view key;
};

// What journald adds itself is trusted, and begins with "_": of that, what people look for.
constexpr std::array<Renamed, 7> renamed{{{"_SYSTEMD_UNIT", "unit"},
                                          {"SYSLOG_IDENTIFIER", "identifier"},
                                          {"_PID", "pid"},
                                          {"_UID", "uid"},
                                          {"_COMM", "comm"},
                                          {"_EXE", "exe"},
                                          {"_HOSTNAME", "host"}}};
// These are an entry's own parts, or said by one of those above.
constexpr std::array<std::string_view, 8> leftOut{"MESSAGE",          "PRIORITY",   "SYSLOG_FACILITY",           "SYSLOG_PID",
                                                  "SYSLOG_TIMESTAMP", "SYSLOG_RAW", "CONTAINER_PARTIAL_MESSAGE", "CONTAINER_ID"};
constexpr std::size_t maxMetadataValue = 64 * 1024;

/// The key of a field in metadata; empty: it has no place there.
std::string_view keyOf(std::string_view field)
{
    for (const Renamed& one : renamed) {
        if (one.field == field)
            return one.key;
    }
    return field.starts_with('_') || std::ranges::find(leftOut, field) != leftOut.end() ? std::string_view() : field;
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() <= 18 && (text == "0" || text[0] != '0')
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void appendValue(std::string& json, std::string_view key, std::string_view value)
{
    std::string room;
    if ((key == "pid" || key == "uid") && isNumber(value))
        json.append(value);
    else
        appendJsonString(json, mendedUtf8(value.substr(0, utf8CutAt(value, maxMetadataValue)), room));
}

std::string metadataOf(const JournalEntry& entry)
{
    std::string json;
    for (std::size_t i = 0; i < entry.size(); ++i) {
        const std::string_view key = keyOf(entry.name(i));
        const auto isSame = [&](std::size_t other) { return entry.name(other) == entry.name(i); };
        std::size_t values = 0;
        bool isFirst = true;
        for (std::size_t other = 0; other < entry.size() && !key.empty(); ++other) {
            isFirst = isFirst && (other >= i || !isSame(other));
            values += isSame(other) ? 1 : 0;
        }
        if (key.empty() || !isFirst)
            continue;
        std::string room;
        json += json.empty() ? '{' : ',';
        appendJsonString(json, mendedUtf8(key, room));
        json += ':';
        if (values > 1)
            json += '[';
        bool follows = false;
        for (std::size_t other = i; other < entry.size(); ++other) {
            if (!isSame(other))
                continue;
            if (std::exchange(follows, true))
                json += ',';
            appendValue(json, key, entry.value(other));
        }
        if (values > 1)
            json += ']';
    }
    return json.empty() ? json : json + '}';
}

std::int64_t microseconds(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() && value > 0 ? value : 0;
}

} // namespace

void JournalEntry::clear()
{
    constexpr std::size_t keptBytes = 4'096; // of a value's memory
    for (std::size_t i = 0; i < m_count; ++i) {
        if (m_fields[i].value.capacity() > keptBytes)
            m_fields[i].value = {};
    }
    m_count = 0;
    m_isCut = false;
}

void JournalEntry::add(std::string_view name, std::string_view value, bool isCut)
{
    if (m_count == maxFields) {
        m_isCut = true;
        return;
    }
    if (m_count == m_fields.size())
        m_fields.emplace_back();
    Field& field = m_fields[m_count++];
    field.name.assign(name);
    field.value.assign(value.substr(0, maxFieldBytes));
    m_isCut = m_isCut || isCut || value.size() > maxFieldBytes;
}

std::string_view JournalEntry::value(std::string_view name) const
{
    for (std::size_t i = 0; i < m_count; ++i) {
        if (m_fields[i].name == name)
            return m_fields[i].value;
    }
    return {};
}

std::string_view unitName(std::string_view unit)
{
    constexpr std::string_view service = ".service";
    return unit.ends_with(service) && unit.size() > service.size() ? unit.substr(0, unit.size() - service.size()) : unit;
}

JournalMeaning meaningOf(const JournalEntry& entry, const std::string& appId)
{
    JournalMeaning meaning;
    std::string room;
    bool hasMessage = false;
    for (std::size_t i = 0; i < entry.size(); ++i) {
        if (entry.name(i) != "MESSAGE")
            continue;
        std::string_view value = entry.value(i);
        if (value.ends_with('\n')) // conmon's lines have their ends
            value.remove_suffix(1);
        if (std::exchange(hasMessage, true))
            meaning.message += '\n';
        meaning.message += mendedUtf8(value, room);
    }

    const std::string_view container = entry.value("CONTAINER_ID_FULL");
    const std::string_view unit = entry.value("_SYSTEMD_UNIT");
    const std::string_view transport = entry.value("_TRANSPORT");
    if (!appId.empty())
        meaning.appId = appId;
    else if (const std::string_view name = entry.value("CONTAINER_NAME"); !container.empty())
        meaning.appId = appIdFrom(name.empty() ? container.substr(0, 12) : name);
    else if (transport == "kernel")
        meaning.appId = "kernel";
    else if (!unit.empty())
        meaning.appId = appIdFrom(unitName(unit));
    else if (const std::string_view identifier = entry.value("SYSLOG_IDENTIFIER"); !identifier.empty())
        meaning.appId = appIdFrom(identifier);
    else
        meaning.appId = appIdFrom(entry.value("_COMM").empty() ? std::string_view("journal") : entry.value("_COMM"));

    const std::string_view priority = entry.value("PRIORITY");
    const std::string_view word = syslogLevel(priority);
    meaning.level = word.data() == priority.data() ? std::string_view("info") : word;
    meaning.metadataJson = metadataOf(entry);
    // What a program says of itself is finer than when journald got it.
    const std::int64_t own = microseconds(entry.value("_SOURCE_REALTIME_TIMESTAMP"));
    meaning.timeMs = (own > 0 ? own : microseconds(entry.value("__REALTIME_TIMESTAMP"))) / 1'000;
    if (!container.empty()) {
        meaning.stream.append(container).append(" ").append(priority);
        meaning.isPartial = entry.value("CONTAINER_PARTIAL_MESSAGE") == "true";
    } else if (transport == "stdout") {
        meaning.stream.append(unit).append(" ").append(entry.value("_PID")).append(" ").append(entry.value("_STREAM_ID"));
    }
    return meaning;
}

} // namespace vigie
