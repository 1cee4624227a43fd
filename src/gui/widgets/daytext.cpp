// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/daytext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <cstdlib>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

struct DayText
{
    Q_DECLARE_TR_FUNCTIONS(DayText)
};

} // namespace

QString dayText(QDate day, QDate today, const QLocale& locale)
{
    return locale.toString(day, day.year() == today.year() ? DayText::tr("d MMM", "a day of this year")
                                                           : DayText::tr("d MMM yyyy", "a day of another year"));
}

QString shortDateFormat(const QLocale& locale)
{
    QString format = locale.dateFormat(QLocale::ShortFormat);
    if (!format.contains(u"yyyy"_s))
        format.replace(u"yy"_s, u"yyyy"_s);
    return format;
}

QString clockText(qint64 timeMs, QDate today, const QLocale& locale)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
    const QString clock = time.time().toString(u"HH:mm:ss"_s);
    return time.date() == today ? clock : DayText::tr("%1, %2", "day, time").arg(dayText(time.date(), today, locale), clock);
}

QString momentText(qint64 timeMs, const QLocale& locale)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
    const int minutes = time.offsetFromUtc() / 60;
    QString zone = u"UTC"_s;
    if (minutes != 0)
        zone += (minutes < 0 ? u"−"_s : u"+"_s) + QString::number(std::abs(minutes) / 60);
    if (minutes % 60 != 0)
        zone += u":%1"_s.arg(std::abs(minutes) % 60, 2, 10, QChar(u'0'));
    return DayText::tr("%1, %2 %3", "day, time, zone")
        .arg(locale.toString(time.date(), DayText::tr("d MMM yyyy", "a day of another year")),
             time.time().toString(u"HH:mm:ss.zzz"_s), zone);
}

} // namespace vigie
