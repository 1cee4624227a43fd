// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/linemeaning.h"

#include "core/localtime.h"
#include "core/severity.h"
#include "core/terminalcodes.h"
#include "core/timestamp.h"
#include "core/utf8.h"

#include <QDateTime>
#include <algorithm>
#include <array>

namespace vigie {

namespace {

constexpr int maxWords = 4; // before a level: time of day, thread, logger …

/// Those that stand in lines as they are and are seldom anything else.
constexpr std::array<std::string_view, 18> levelWords{"INFO",  "ERROR",    "WARN", "WARNING", "DEBUG",  "TRACE",
                                                      "FATAL", "CRITICAL", "CRIT", "ERR",     "NOTICE", "SEVERE",
                                                      "ALERT", "EMERG",    "PANIC", "VERBOSE", "LOG",    "SILLY"};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isLevelWord(std::string_view word)
{
    const auto isSame = [word](std::string_view known) {
        return std::ranges::equal(word, known, [](char a, char b) { return a == b || a == char(b | 0x20); });
    };
    return std::ranges::any_of(levelWords, isSame);
}

/// Whether `text` has `shape` at its beginning, where 0 stands for a digit, - for a dash or slash and T for itself or a blank.
bool hasShape(std::string_view text, std::string_view shape)
{
    if (text.size() < shape.size())
        return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = text[i];
        const bool fits = shape[i] == '0' ? isDigit(c)
            : shape[i] == '-'             ? c == '-' || c == '/'
            : shape[i] == 'T'             ? c == 'T' || c == ' '
                                          : c == shape[i];
        if (!fits)
            return false;
    }
    return true;
}

/// The length of a zone that `text` begins with; 0: it begins with none.
std::size_t zoneLength(std::string_view text)
{
    const std::size_t blank = text.starts_with(' ') ? 1 : 0;
    const std::string_view zone = text.substr(blank);
    std::size_t length = 0;
    if (zone.starts_with('Z') || zone.starts_with("UTC") || zone.starts_with("GMT"))
        length = zone.starts_with('Z') ? 1 : 3;
    else if (hasShape(zone.substr(std::min(zone.size(), std::size_t(1))), "00:00") && (zone[0] == '+' || zone[0] == '-'))
        length = 6;
    else if (hasShape(zone.substr(std::min(zone.size(), std::size_t(1))), "0000") && (zone[0] == '+' || zone[0] == '-'))
        length = 5;
    if (length == 0 || (length < zone.size() && (isLetter(zone[length]) || isDigit(zone[length]))))
        return 0;
    return blank + length;
}

/// What stands between a line's parts.
std::string_view withoutSeparators(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t-|,:;*=>");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

struct FoundLevel
{
    std::string_view level;
    LevelFrom from = LevelFrom::Nowhere;
    std::size_t end = 0; ///< in what was searched
};

FoundLevel levelNearStart(std::string_view text)
{
    std::string_view left = text;
    for (int words = 0; words < maxWords; ++words) {
        left = withoutSeparators(left);
        if (left.empty())
            return {};
        constexpr std::string_view opening = "[<(";
        constexpr std::string_view closing = "]>)";
        const std::size_t kind = opening.find(left.front());
        if (kind != std::string_view::npos) {
            const std::size_t end = left.find(closing[kind]);
            if (end == std::string_view::npos)
                return {};
            const std::string_view word = trimmedLevel(left.substr(1, end - 1));
            // A number in brackets is a process, a letter may be anything.
            if (word.size() > 1 && isLetter(word.front()) && severityOf(word) != Severity::Other)
                return {word, LevelFrom::Marked, std::size_t(left.data() - text.data()) + end + 1};
            left.remove_prefix(end + 1);
            continue;
        }
        // A time of day is one word.
        const std::string_view ends = isDigit(left.front()) ? " \t" : " \t:|,;][";
        const std::size_t length = std::min(left.find_first_of(ends), left.size());
        const std::string_view word = left.substr(0, std::max(length, std::size_t(1)));
        const std::size_t end = std::size_t(left.data() - text.data()) + word.size();
        if (isLevelWord(word)) {
            const bool isMarked = words == 0 && length < left.size() && left[length] == ':';
            const bool isInCapitals = std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
            if (isMarked || isInCapitals)
                return {word, isMarked ? LevelFrom::Marked : LevelFrom::Word, end};
        }
        left.remove_prefix(word.size());
    }
    return {};
}

} // namespace

std::optional<LineTime> timeAtStart(std::string_view text, const QTimeZone& zone)
{
    constexpr std::string_view toMinutes = "0000-00-00T00:00";
    if (!hasShape(text, toMinutes))
        return std::nullopt;
    std::size_t length = toMinutes.size();
    if (hasShape(text.substr(length), ":00"))
        length += 3;
    if (length + 1 < text.size() && (text[length] == '.' || text[length] == ',') && isDigit(text[length + 1])) {
        const auto end = std::find_if_not(text.begin() + std::ptrdiff_t(length) + 1, text.end(), isDigit);
        length = std::size_t(end - text.begin());
    }
    const std::size_t ofZone = zoneLength(text.substr(length));
    if (ofZone == 0 && length < text.size() && (isDigit(text[length]) || isLetter(text[length])))
        return std::nullopt;
    length += ofZone;
    std::array<char, 64> iso; // no allocation a line
    if (length > iso.size())
        return std::nullopt;
    std::ranges::copy(text.substr(0, length), iso.begin());
    iso[4] = iso[7] = '-';
    const Result<std::int64_t> utc = timestampFromText(std::string_view(iso.data(), length), TimeRule::Event);
    if (!utc)
        return std::nullopt;
    LineTime time{*utc, ofZone == 0, length};
    if (time.isZoneGuessed && zone != QTimeZone::utc()) {
        const QDateTime read = utcTime(*utc);
        time.ms = msOfTimeIn(zone, read.date(), read.time());
    }
    return time;
}

LineMeaning LineReader::read(std::string_view line)
{
    LineMeaning meaning;
    meaning.text = mendedUtf8(line, m_mended);
    meaning.plain = withoutStyleCodes(meaning.text, m_plain);
    meaning.format = "plain";
    if (m_forced == "plain")
        return meaning;
    if (const auto formatted = m_formatted.read(meaning.plain, m_zone, QDateTime::currentMSecsSinceEpoch(), m_forced == "text" ? "text" : m_forced)) {
        meaning.format = formatted->format;
        meaning.time = formatted->time;
        meaning.metadataJson = formatted->metadataJson;
        if (!formatted->message.empty())
            meaning.text = formatted->message;
        meaning.level = formatted->level;
        meaning.levelFrom = formatted->level.empty() ? LevelFrom::Nowhere : LevelFrom::Marked;
        if (!meaning.level.empty() || meaning.format != "syslog")
            return meaning;
    }
    std::string_view left = meaning.plain;
    const bool isBracketed = left.starts_with('[');
    if (isBracketed)
        left.remove_prefix(1);
    if (meaning.format != "syslog")
        meaning.time = timeAtStart(left, m_zone);
    if (meaning.format == "syslog") {
        // What the program itself says stands behind its name.
        left = left.substr(left.find(": ") + 1);
    } else if (meaning.time) {
        left.remove_prefix(meaning.time->length);
        if (isBracketed && left.starts_with(']'))
            left.remove_prefix(1);
    } else {
        left = meaning.plain;
    }
    const FoundLevel level = levelNearStart(left);
    meaning.level = level.level;
    meaning.levelFrom = level.from;
    if (meaning.format == "plain" && (meaning.time || !level.level.empty()))
        meaning.format = "text";
    if (!meaning.time && level.end > 0)
        meaning.time = timeAtStart(withoutSeparators(left.substr(level.end)), m_zone); // "INFO 2026-…"
    return meaning;
}

} // namespace vigie
