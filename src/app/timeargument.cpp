// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeargument.h"

#include "core/localtime.h"
#include "core/timestamp.h"

#include <QRegularExpression>

namespace vigie {

using namespace Qt::StringLiterals;

std::optional<std::int64_t> durationMs(const QString& text)
{
    constexpr std::int64_t second = 1'000;
    constexpr std::int64_t minute = 60 * second;
    constexpr std::int64_t longest = 36'525 * 24 * 60 * minute;
    const std::int64_t unit = text.endsWith(u's') ? second
        : text.endsWith(u'm')                     ? minute
        : text.endsWith(u'h')                     ? 60 * minute
        : text.endsWith(u'd')                     ? 24 * 60 * minute
                                                  : 0;
    bool isNumber = false;
    const std::int64_t count = text.chopped(text.isEmpty() ? 0 : 1).toInt(&isNumber);
    if (!isNumber || unit == 0 || count <= 0 || count > longest / unit)
        return std::nullopt;
    return count * unit;
}

std::optional<std::int64_t> momentMs(const QString& text, std::int64_t nowMs)
{
    if (const auto ago = durationMs(text))
        return nowMs - *ago;
    const Result<std::int64_t> time = timestampFromParameter(text);
    if (!time)
        return std::nullopt;
    static const QRegularExpression isDate(u"^\\s*\\d{4}-"_s);
    static const QRegularExpression hasZone(u"[Tt ].*([Zz]|[+-]\\d{2}(:?\\d{2})?)\\s*$"_s);
    if (!isDate.match(text).hasMatch() || hasZone.match(text).hasMatch())
        return *time;
    const QDateTime read = utcTime(*time);
    return msOfLocalTime(read.date(), read.time());
}

} // namespace vigie
