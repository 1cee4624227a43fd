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

QString momentText(qint64 timeMs, const QLocale& locale)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
    const int minutes = time.offsetFromUtc() / 60;
    return u"%1 %2 UTC%3%4:%5"_s.arg(locale.toString(time.date(), QLocale::LongFormat), time.time().toString(u"HH:mm:ss.zzz"_s),
                                     minutes < 0 ? u"−"_s : u"+"_s)
        .arg(std::abs(minutes) / 60, 2, 10, QChar(u'0'))
        .arg(std::abs(minutes) % 60, 2, 10, QChar(u'0'));
}

} // namespace vigie
