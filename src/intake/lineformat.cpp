// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/lineformat.h"

#include "core/jsontext.h"
#include "core/localtime.h"
#include "core/timestamp.h"

#include <QDate>
#include <QTime>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace vigie {

namespace {

constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::string_view days = "MonTueWedThuFriSatSun";
constexpr int secondsAMinute = 60;
constexpr int msASecond = 1'000;

std::optional<int> number(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// 1 to 12; 0: none.
int monthOf(std::string_view name)
{
    const std::size_t at = name.size() == 3 ? months.find(name) : std::string_view::npos;
    return at == std::string_view::npos || at % 3 != 0 ? 0 : int(at / 3) + 1;
}

bool isWeekday(std::string_view name)
{
    const std::size_t at = name.size() == 3 ? days.find(name) : std::string_view::npos;
    return at != std::string_view::npos && at % 3 == 0;
}

/// Takes up to `end` and that, too. Nothing: it is not there.
std::optional<std::string_view> takeTo(std::string_view& text, std::string_view end)
{
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos)
        return std::nullopt;
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(at + end.size());
    return taken;
}

/// "12:00:00", with a fraction or none.
std::optional<QTime> timeOfDay(std::string_view text)
{
    constexpr std::size_t length = 8;
    if (text.size() < length || text[2] != ':' || text[5] != ':')
        return std::nullopt;
    const auto hour = number(text.substr(0, 2));
    const auto minute = number(text.substr(3, 2));
    const auto second = number(text.substr(6, 2));
    if (!hour || !minute || !second)
        return std::nullopt;
    int ms = 0;
    if (text.size() > length + 1 && text[length] == '.') {
        constexpr std::size_t digits = 3;
        const std::string_view fraction = text.substr(length + 1, digits);
        ms = int(number(fraction).value_or(0) * std::pow(10, double(digits - fraction.size())));
    }
    const QTime time(*hour, *minute, std::min(*second, 59), ms);
    return time.isValid() ? std::optional(time) : std::nullopt;
}

std::int64_t utcMs(QDate date, QTime time)
{
    return QDateTime(date, time, QTimeZone::utc()).toMSecsSinceEpoch();
}

/// "30/Nov/2026:12:00:00 +0100"
std::optional<LineTime> accessTime(std::string_view text)
{
    constexpr std::size_t length = 26;
    if (text.size() != length || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[20] != ' ')
        return std::nullopt;
    const auto day = number(text.substr(0, 2));
    const auto year = number(text.substr(7, 4));
    const auto time = timeOfDay(text.substr(12, 8));
    const auto zoneHours = number(text.substr(22, 2));
    const auto zoneMinutes = number(text.substr(24, 2));
    if (!day || !year || !time || !zoneHours || !zoneMinutes)
        return std::nullopt;
    const QDate date(*year, monthOf(text.substr(3, 3)), *day);
    if (!date.isValid())
        return std::nullopt;
    const int offset = (*zoneHours * secondsAMinute + *zoneMinutes) * secondsAMinute * msASecond * (text[21] == '-' ? -1 : 1);
    return LineTime{utcMs(date, *time) - offset, false, length};
}

bool isKeyCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' || c == '@'
        || c == '/';
}

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

void FormattedLineReader::addText(std::string_view key, std::string_view value)
{
    m_metadata += m_metadata.empty() ? '{' : ',';
    appendJsonString(m_metadata, key);
    m_metadata += ':';
    appendJsonString(m_metadata, value);
}

std::string_view FormattedLineReader::metadata()
{
    if (!m_metadata.empty())
        m_metadata += '}';
    return m_metadata;
}

std::optional<FormattedLine> FormattedLineReader::read(std::string_view line, const QTimeZone& zone, std::int64_t nowMs, std::string_view only)
{
    const auto isWanted = [only](std::string_view format) { return only.empty() || only == format; };
    std::optional<FormattedLine> read;
    m_metadata.clear();
    if (line.empty())
        return read;
    if (line.front() == '[')
        return isWanted("apache") ? readApacheError(line, zone) : read;
    if (isWanted("access") && line.find("] \"") != std::string_view::npos)
        read = readAccess(line);
    if (!read && isWanted("syslog"))
        read = readSyslog(line, zone, nowMs);
    if (!read && isWanted("logfmt") && isKeyCharacter(line.front()))
        read = readLogfmt(line, zone);
    return read;
}

/// host ident user [time] "request" status bytes "referer" "agent"
std::optional<FormattedLine> FormattedLineReader::readAccess(std::string_view line)
{
    std::string_view rest = line;
    const auto host = takeTo(rest, " ");
    const auto ident = takeTo(rest, " ");
    const auto user = takeTo(rest, " [");
    const auto timeText = takeTo(rest, "] \"");
    if (!host || !ident || !user || !timeText)
        return std::nullopt;
    const std::optional<LineTime> time = accessTime(*timeText);
    // A quote in a request stands behind a backslash.
    std::size_t end = 0;
    while (end < rest.size() && rest[end] != '"')
        end += rest[end] == '\\' ? 2 : 1;
    if (!time || end + 1 >= rest.size())
        return std::nullopt;
    std::string_view request = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    const std::string_view status = rest.substr(0, std::min(rest.find(' '), rest.size()));
    if (status.size() != 3 || !isDigits(status))
        return std::nullopt;
    rest.remove_prefix(std::min(status.size() + 1, rest.size()));
    const std::string_view bytes = rest.substr(0, std::min(rest.find(' '), rest.size()));
    rest.remove_prefix(bytes.size());
    addText("client", *host);
    if (*user != "-")
        addText("user", *user);
    if (const auto method = takeTo(request, " ")) {
        addText("method", *method);
        addText("path", request.substr(0, request.rfind(" HTTP/")));
    }
    m_metadata.append(",\"status\":").append(status);
    if (isDigits(bytes) && (bytes.size() == 1 || bytes.front() != '0'))
        m_metadata.append(",\"bytes\":").append(bytes);
    for (const std::string_view key : {"referer", "agent"}) {
        if (!rest.starts_with(" \"") || !takeTo(rest, " \""))
            break;
        const auto value = takeTo(rest, "\"");
        if (value && *value != "-")
            addText(key, *value);
    }
    const std::string_view level = status.front() == '5' ? "error" : status.front() == '4' ? "warn" : "info";
    return FormattedLine{"access", {}, level, time, metadata()};
}

/// [Mon Nov 30 12:00:00.123456 2026] [core:error] [pid 1:tid 2] …
std::optional<FormattedLine> FormattedLineReader::readApacheError(std::string_view line, const QTimeZone& zone)
{
    std::string_view rest = line.substr(1);
    const auto date = takeTo(rest, "] ");
    if (!date)
        return std::nullopt;
    std::string_view parts = *date;
    const auto weekday = takeTo(parts, " ");
    const auto month = takeTo(parts, " ");
    const auto day = takeTo(parts, " ");
    const auto time = takeTo(parts, " ");
    if (!weekday || !month || !day || !time || !isWeekday(*weekday))
        return std::nullopt;
    const auto clock = timeOfDay(*time);
    const QDate when(number(parts).value_or(0), monthOf(*month), number(*day).value_or(0));
    if (!when.isValid() || !clock)
        return std::nullopt;
    std::string_view level;
    if (rest.starts_with('[')) {
        rest.remove_prefix(1);
        if (const auto inner = takeTo(rest, "]"))
            level = inner->substr(inner->find(':') + 1);
    }
    return FormattedLine{"apache", {}, level, LineTime{msOfTimeIn(zone, when, *clock), true, line.find(']')}, {}};
}

/// "Nov 30 12:00:00 host app[123]: …", or with an ISO 8601 time, as rsyslog writes it
std::optional<FormattedLine> FormattedLineReader::readSyslog(std::string_view line, const QTimeZone& zone, std::int64_t nowMs)
{
    constexpr std::size_t traditional = 15;
    std::optional<LineTime> time;
    std::string_view rest;
    if (line.size() > traditional && line[3] == ' ' && monthOf(line.substr(0, 3)) > 0) {
        const auto clock = timeOfDay(line.substr(7, 8));
        const std::string_view dayText = line.substr(line[4] == ' ' ? 5 : 4, line[4] == ' ' ? 1 : 2);
        if (!clock || line[6] != ' ' || line[traditional] != ' ')
            return std::nullopt;
        // Of the years that one may be of, the one in which it is nearest to now.
        const int month = monthOf(line.substr(0, 3));
        const int day = number(dayText).value_or(0);
        const int thisYear = utcTime(nowMs).date().year();
        for (const int year : {thisYear, thisYear - 1, thisYear + 1}) {
            const QDate date(year, month, day);
            if (!date.isValid())
                continue;
            const qint64 ms = msOfTimeIn(zone, date, *clock);
            if (!time || std::abs(ms - nowMs) < std::abs(time->ms - nowMs))
                time = LineTime{ms, true, traditional};
        }
        if (!time)
            return std::nullopt;
        rest = line.substr(traditional + 1);
    } else {
        constexpr std::size_t shapeEnd = 10;
        if (line.size() <= shapeEnd || line[4] != '-' || line[shapeEnd] != 'T')
            return std::nullopt;
        time = timeAtStart(line, zone);
        if (!time || time->isZoneGuessed || line.size() <= time->length || line[time->length] != ' ')
            return std::nullopt;
        rest = line.substr(time->length + 1);
    }
    const auto host = takeTo(rest, " ");
    const auto tag = takeTo(rest, ": ");
    if (!host || !tag || host->empty() || tag->empty() || tag->find(' ') != std::string_view::npos)
        return std::nullopt;
    const std::size_t bracket = tag->find('[');
    const bool hasPid = bracket != std::string_view::npos && bracket > 0 && tag->ends_with(']');
    // Without a number of a process it may as well be a level and a logger.
    if (!hasPid && time->isZoneGuessed == false)
        return std::nullopt;
    addText("host", *host);
    addText("identifier", tag->substr(0, bracket));
    if (hasPid)
        addText("pid", tag->substr(bracket + 1, tag->size() - bracket - 2));
    return FormattedLine{"syslog", {}, {}, time, metadata()};
}

/// key=value key="value with blanks" …
std::optional<FormattedLine> FormattedLineReader::readLogfmt(std::string_view line, const QTimeZone& zone)
{
    FormattedLine read{"logfmt", {}, {}, {}, {}};
    int pairs = 0;
    bool isOne = false;
    m_message.clear();
    m_level.clear();
    while (!line.empty()) {
        const auto keyEnd = std::size_t(std::ranges::find_if_not(line, isKeyCharacter) - line.begin());
        const std::string_view key = line.substr(0, keyEnd);
        if (key.empty() || keyEnd == line.size() || line[keyEnd] != '=')
            return std::nullopt;
        line.remove_prefix(keyEnd + 1);
        m_value.clear();
        if (line.starts_with('"')) {
            std::size_t at = 1;
            for (; at < line.size() && line[at] != '"'; ++at) {
                if (line[at] == '\\' && at + 1 < line.size()) {
                    const char escaped = line[++at];
                    m_value += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == 'r' ? '\r' : escaped;
                } else {
                    m_value += line[at];
                }
            }
            if (at >= line.size())
                return std::nullopt;
            line.remove_prefix(at + 1);
        } else {
            m_value = line.substr(0, std::min(line.find(' '), line.size()));
            line.remove_prefix(m_value.size());
        }
        if (!line.empty() && line.front() != ' ')
            return std::nullopt;
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        ++pairs;
        if (m_message.empty() && (key == "msg" || key == "message")) {
            m_message = m_value;
            isOne = true;
        } else if (m_level.empty() && (key == "level" || key == "lvl" || key == "severity")) {
            m_level = m_value;
            isOne = true;
        } else if (!read.time && (key == "time" || key == "ts" || key == "timestamp" || key == "t")) {
            read.time = timeAtStart(m_value, zone);
            if (!read.time) {
                if (const Result<std::int64_t> ms = timestampFromNumber(m_value, TimeRule::Event))
                    read.time = LineTime{*ms, false, m_value.size()};
                else
                    addText(key, m_value);
            }
        } else {
            addText(key, m_value);
        }
    }
    if (!isOne || pairs < 2)
        return std::nullopt;
    read.message = m_message;
    read.level = m_level;
    read.metadataJson = metadata();
    return read;
}

} // namespace vigie
