// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timestamp.h"

#include <QDate>
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr std::int64_t latestMs = 8'640'000'000'000'000; // ECMA-262, Time Values and Time Range
constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t dayMs = 24 * 60 * minuteMs;
constexpr qint64 epochJulianDay = 2'440'588;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Reads a short text from left to right.
class Cursor
{
public:
    explicit Cursor(std::string_view text) : m_text(text) {}

    bool atEnd() const { return m_text.empty(); }
    char next() const { return m_text.empty() ? '\0' : m_text.front(); }
    bool take(std::string_view oneOf)
    {
        const bool isThere = !m_text.empty() && oneOf.find(m_text.front()) != std::string_view::npos;
        if (isThere)
            m_text.remove_prefix(1);
        return isThere;
    }
    /// `word` is in upper case.
    bool takeWord(std::string_view word)
    {
        const auto isSame = [](char wanted, char given) { return given == wanted || given == char(wanted | 0x20); };
        if (m_text.size() < word.size() || !std::equal(word.begin(), word.end(), m_text.begin(), isSame))
            return false;
        m_text.remove_prefix(word.size());
        return true;
    }
    bool takeBlanks()
    {
        bool some = false;
        while (take(" \t"))
            some = true;
        return some;
    }
    std::string_view takeDigits()
    {
        const auto length = std::ranges::find_if_not(m_text, isDigit) - m_text.begin();
        const std::string_view digits = m_text.substr(0, static_cast<std::size_t>(length));
        m_text.remove_prefix(digits.size());
        return digits;
    }
    /// Exactly this many digits, or nothing.
    std::optional<int> number(std::size_t digits)
    {
        if (m_text.size() < digits || !std::all_of(m_text.begin(), m_text.begin() + std::ptrdiff_t(digits), isDigit))
            return std::nullopt;
        int value = 0;
        for (const char c : m_text.substr(0, digits))
            value = value * 10 + (c - '0');
        m_text.remove_prefix(digits);
        return value;
    }

private:
    std::string_view m_text;
};

/// The first three decimals, as thousandths.
int thousandths(std::string_view digits)
{
    int value = 0;
    for (std::size_t i = 0; i < 3; ++i)
        value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return value;
}

struct Decimal
{
    bool isNegative = false;
    bool isTooLarge = false; ///< more than 19 digits before the point
    std::uint64_t whole = 0;
    int thousandths = 0;
};

/// Parses a JSON number; leading zeros are allowed.
std::optional<Decimal> decimalOf(std::string_view text)
{
    Cursor cursor(text);
    Decimal decimal;
    decimal.isNegative = cursor.take("-");
    const std::string_view whole = cursor.takeDigits();
    std::string_view fraction;
    if (whole.empty() || (cursor.take(".") && (fraction = cursor.takeDigits()).empty()))
        return std::nullopt;
    const auto wholeDigits = static_cast<std::int64_t>(whole.size());
    const auto digits = wholeDigits + static_cast<std::int64_t>(fraction.size());
    const auto digitAt = [&](std::int64_t at) {
        if (at < 0 || at >= digits)
            return 0;
        return (at < wholeDigits ? whole[static_cast<std::size_t>(at)] : fraction[static_cast<std::size_t>(at - wholeDigits)])
               - '0';
    };
    std::int64_t point = wholeDigits; // number of digits before the point
    if (cursor.take("eE")) {
        const bool isDown = cursor.take("-") || (cursor.take("+") && false);
        const std::string_view exponent = cursor.takeDigits();
        if (exponent.empty())
            return std::nullopt;
        std::int64_t shift = 0;
        for (const char c : exponent)
            shift = std::min<std::int64_t>(shift * 10 + (c - '0'), 100'000'000);
        point += isDown ? -shift : shift;
    }
    if (!cursor.atEnd())
        return std::nullopt;
    std::int64_t first = 0;
    while (first < digits && digitAt(first) == 0)
        ++first;
    if (first == digits) {
        decimal.isNegative = false; // -0
        return decimal;
    }
    constexpr std::int64_t maxDigits = 19;
    decimal.isTooLarge = point - first > maxDigits;
    if (decimal.isTooLarge)
        return decimal;
    for (std::int64_t at = first; at < point; ++at)
        decimal.whole = decimal.whole * 10 + static_cast<std::uint64_t>(digitAt(at));
    for (std::int64_t at = point; at < point + 3; ++at)
        decimal.thousandths = decimal.thousandths * 10 + digitAt(at);
    return decimal;
}

Result<std::int64_t> withinRange(std::int64_t ms)
{
    if (ms < 0 || ms > latestMs)
        return Error{u"out of range (ms since 1970 are expected)"_s};
    return ms;
}

Result<std::int64_t> timeOf(const Decimal& number, TimeRule rule, std::string_view text)
{
    // From 2001-09-09 in this unit; 4.2 times that is in 2103.
    const auto isIn = [&number](std::uint64_t least) { return number.whole >= least && number.whole < least / 10 * 42; };
    if (rule != TimeRule::Stored && !number.isNegative && !number.isTooLarge) {
        const auto whole = static_cast<std::int64_t>(number.whole);
        if (isIn(1'000'000'000))
            return whole * 1'000 + number.thousandths;
        if (isIn(1'000'000'000'000))
            return whole;
        if (isIn(1'000'000'000'000'000))
            return whole / 1'000;
        if (isIn(1'000'000'000'000'000'000))
            return whole / 1'000'000;
    }
    if (rule == TimeRule::Event) {
        constexpr std::size_t shown = 32;
        return Error{QString::fromUtf8(text.substr(0, shown)) + (text.size() > shown ? u"…"_s : QString())
                     + u" is none of seconds, ms, µs or ns between 2001 and 2100"_s};
    }
    const bool isBeyond = number.isNegative || number.isTooLarge || number.whole > std::uint64_t(latestMs)
                          || (number.whole == std::uint64_t(latestMs) && number.thousandths > 0);
    return withinRange(isBeyond ? -1 : static_cast<std::int64_t>(number.whole));
}

/// The zone's offset in ms, positive east of Greenwich. Nothing if this is no zone.
std::optional<std::int64_t> zoneOf(Cursor& cursor, bool mayBlankBePlus)
{
    const bool hasBlank = cursor.takeBlanks();
    if (cursor.atEnd() || cursor.takeWord("UTC") || cursor.takeWord("GMT") || cursor.takeWord("Z"))
        return 0;
    const bool isWest = cursor.take("-");
    if (!isWest && !cursor.take("+") && !(hasBlank && mayBlankBePlus && isDigit(cursor.next())))
        return std::nullopt;
    const std::optional<int> hours = cursor.number(2);
    const bool hasColon = cursor.take(":");
    const std::optional<int> minutes = hasColon || isDigit(cursor.next()) ? cursor.number(2) : std::optional(0);
    if (!hours || *hours > 23 || !minutes || *minutes > 59)
        return std::nullopt;
    const std::int64_t ms = (*hours * 60 + *minutes) * minuteMs;
    return isWest ? -ms : ms;
}

std::optional<QDate> dateOf(Cursor& cursor)
{
    const bool isLong = cursor.take("+");
    const std::optional<int> year = cursor.number(isLong ? 6 : 4);
    const bool hasDashes = cursor.take("-");
    const std::optional<int> month = cursor.number(2);
    if (hasDashes && !cursor.take("-"))
        return std::nullopt;
    const std::optional<int> day = cursor.number(2);
    if (!year || !month || !day || *year == 0 || (isLong && !hasDashes))
        return std::nullopt;
    const QDate date(*year, *month, *day);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

std::optional<std::int64_t> isoTime(std::string_view text, bool mayBlankBePlus)
{
    Cursor cursor(text);
    const std::optional<QDate> date = dateOf(cursor);
    if (!date)
        return std::nullopt;
    const std::int64_t midnight = (date->toJulianDay() - epochJulianDay) * dayMs;
    if (cursor.atEnd())
        return midnight;
    if (!cursor.take("Tt") && !cursor.takeBlanks())
        return std::nullopt;
    const std::optional<int> hours = cursor.number(2);
    const bool hasColons = cursor.take(":");
    const std::optional<int> minutes = cursor.number(2);
    std::optional<int> seconds(0);
    int ms = 0;
    if (hasColons ? cursor.take(":") : isDigit(cursor.next())) {
        seconds = cursor.number(2);
        if (cursor.take(".,")) {
            const std::string_view fraction = cursor.takeDigits();
            if (fraction.empty())
                return std::nullopt;
            ms = thousandths(fraction);
        }
    }
    if (!hours || !minutes || !seconds || *hours > 24 || *minutes > 59 || *seconds > 60
        || (*hours == 24 && *minutes + *seconds + ms > 0)) {
        return std::nullopt;
    }
    const std::optional<std::int64_t> zone = zoneOf(cursor, mayBlankBePlus);
    if (!zone || !cursor.atEnd())
        return std::nullopt;
    const std::int64_t minute = midnight + (*hours * 60 + *minutes) * minuteMs - *zone;
    const bool endsDay = (minute + minuteMs) % dayMs == 0; // in UTC: leap seconds occur only there
    if (*seconds == 60 && !endsDay)
        return std::nullopt;
    return minute + *seconds * 1'000 + ms;
}

Result<std::int64_t> timeFrom(std::string_view text, TimeRule rule, bool mayBlankBePlus)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
    text = text.substr(first, text.find_last_not_of(blanks) + 1 - first);
    if (const std::optional<Decimal> number = decimalOf(text))
        return timeOf(*number, rule, text);
    const std::optional<std::int64_t> ms = isoTime(text, mayBlankBePlus);
    return ms ? withinRange(*ms) : Error{u"not an ISO 8601 time"_s};
}

} // namespace

Result<std::int64_t> timestampFromNumber(std::string_view number, TimeRule rule)
{
    // Fast path for nearly all numbers: digits only.
    Decimal digits;
    const char* const end = number.data() + number.size();
    const std::from_chars_result read = std::from_chars(number.data(), end, digits.whole);
    if (read.ec == std::errc() && read.ptr == end)
        return timeOf(digits, rule, number);
    const std::optional<Decimal> decimal = decimalOf(number);
    return decimal ? timeOf(*decimal, rule, number) : Error{u"not a number"_s};
}

Result<std::int64_t> timestampFromText(std::string_view text, TimeRule rule)
{
    return timeFrom(text, rule, false);
}

Result<std::int64_t> timestampFromParameter(const QString& text)
{
    return timeFrom(text.toStdString(), TimeRule::Bound, true);
}

} // namespace vigie
