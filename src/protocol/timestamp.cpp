// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/timestamp.h"

#include <QDateTime>
#include <cmath>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr double latestMs = 8.64e15; // ECMA-262, Time Values and Time Range

} // namespace

Result<std::int64_t> timestampFromNumber(double ms)
{
    if (!(ms >= 0 && ms <= latestMs))
        return Error{u"out of range (ms since 1970 are expected)"_s};
    return static_cast<std::int64_t>(std::llround(ms));
}

Result<std::int64_t> timestampFromText(std::string_view text)
{
    QDateTime time = QDateTime::fromString(QString::fromUtf8(text), Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    if (!time.isValid())
        return Error{u"not an ISO 8601 time"_s};
    return timestampFromNumber(static_cast<double>(time.toMSecsSinceEpoch()));
}

Result<std::int64_t> timestampFromParameter(const QString& text)
{
    bool isNumber = false;
    const double ms = text.toDouble(&isNumber);
    return isNumber ? timestampFromNumber(ms) : timestampFromText(text.toStdString());
}

} // namespace vigie
