// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localtime.h"

#include <QTimeZone>

namespace vigie {

qint64 msOfLocalTime(QDate date, QTime time)
{
    return QDateTime(date, time).toMSecsSinceEpoch();
}

QDateTime utcTime(qint64 msSinceEpoch)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QDateTime::fromMSecsSinceEpoch(msSinceEpoch, QTimeZone::UTC);
#else
    return QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC);
#endif
}

} // namespace vigie
