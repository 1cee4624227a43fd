// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logdelegate.h"

#include "core/logtext.h"
#include "gui/widgets/daytext.h"
#include "gui/logs/logdays.h"
#include "gui/logs/logmodel.h"
#include "gui/logs/terminalformat.h"
#include "gui/widgets/theme.h"

#include <QDateTime>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 12;
constexpr int gap = 12;

QDate dayOf(const LogEntryRef& entry)
{
    return QDateTime::fromMSecsSinceEpoch(entry.batch->timestampMs(entry.index)).date();
}

QString shownName(std::string_view text)
{
    return logText(beginningOf(text, 200), TextLines::One).text;
}

} // namespace

QSize LogDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {100, option.fontMetrics.height() + 6};
}

void LogDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = static_cast<const LogModel*>(index.model());
    const LogEntryRef& entry = model->entry(index.row());
    const LogBatch& batch = *entry.batch;
    const Theme& theme = Theme::of(option.palette);
    const QRect row = option.rect;

    QColor ground = theme.card;
    if (option.state & QStyle::State_Selected)
        ground = theme.selection;
    else if (option.state & QStyle::State_MouseOver)
        ground = theme.hover;
    if (ground != theme.card)
        painter->fillRect(row, ground);
    const Severity severity = batch.severity(entry.index);
    if (isError(severity))
        painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), theme.severity(severity));

    const QFontMetrics& metrics = option.fontMetrics;
    painter->setFont(option.font);
    int left = row.left() + margin;
    const auto cell = [&](int width) {
        const QRect area(left, row.top(), std::min(width, row.right() - margin - left), row.height());
        left += width + gap;
        return area;
    };
    const auto draw = [&](const QRect& area, const QString& text, const QColor& color) {
        painter->setPen(color);
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    };

    if (m_days.needed() != LogDays::Needed::Nothing) {
        const QDate day = dayOf(entry);
        const bool isFirstOfDay = index.row() == 0 || dayOf(model->entry(index.row() - 1)) != day;
        if (isFirstOfDay && index.row() > 0)
            painter->fillRect(QRect(row.left(), row.top(), row.width(), 1), theme.mutedText);
        draw(cell(dayWidth(option)), dayText(day, m_days.today(), option.locale), isFirstOfDay ? theme.text : theme.mutedText);
    }
    const QTime time = QDateTime::fromMSecsSinceEpoch(batch.timestampMs(entry.index)).time();
    draw(cell(metrics.horizontalAdvance(u"00:00:00.000"_s)), time.toString(u"HH:mm:ss.zzz"_s), theme.mutedText);

    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    const QFontMetrics boldMetrics(bold);
    const int levelWidth = boldMetrics.horizontalAdvance(u"CRITICAL"_s);
    draw(cell(levelWidth), boldMetrics.elidedText(shownName(batch.level(entry.index)).toUpper(), Qt::ElideRight, levelWidth),
         theme.severity(severity));
    painter->setFont(option.font);

    if (m_applicationShown) {
        const int width = metrics.averageCharWidth() * (row.width() > 800 ? 20 : 12);
        draw(cell(width), metrics.elidedText(shownName(batch.appId()), Qt::ElideRight, width), theme.mutedText);
    }
    const std::string_view message = beginningOf(batch.message(entry.index), LogModel::shownBytes);
    drawMessage(*painter, cell(row.right() - margin - left), logText(message, TextLines::One), option, ground);
}

void LogDelegate::drawMessage(QPainter& painter, const QRect& area, const LogText& message, const QStyleOptionViewItem& option,
                              const QColor& ground) const
{
    const Theme& theme = Theme::of(option.palette);
    const QString line = option.fontMetrics.elidedText(message.text, Qt::ElideRight, area.width());
    const qsizetype kept = line == message.text ? line.size() : std::max<qsizetype>(0, line.size() - 1);
    QList<QTextLayout::FormatRange> formats;
    for (const LogText::Span& span : message.spans) {
        if (span.from < kept)
            formats.append({int(span.from), int(std::min(span.length, kept - span.from)), formatOf(span, theme, ground)});
    }
    QList<QTextLayout::FormatRange> matches;
    QTextCharFormat match;
    match.setBackground(theme.match);
    match.setForeground(theme.text);
    for (qsizetype at = m_search.isEmpty() ? -1 : line.indexOf(m_search, 0, Qt::CaseInsensitive); at >= 0;
         at = line.indexOf(m_search, at + m_search.size(), Qt::CaseInsensitive))
        matches.append({int(at), int(m_search.size()), match});

    if (formats.isEmpty() && matches.isEmpty()) {
        painter.setPen(theme.text);
        painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, line);
        return;
    }
    QTextLayout layout(line, option.font, painter.device());
    QTextOption lines(Qt::AlignLeft | Qt::AlignAbsolute);
    lines.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(lines);
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine whole = layout.createLine();
    whole.setLineWidth(area.width());
    layout.endLayout();
    painter.save();
    painter.setClipRect(area);
    painter.setPen(theme.text);
    layout.draw(&painter, QPointF(area.left(), area.top() + (area.height() - whole.height()) / 2), matches);
    painter.restore();
}

int LogDelegate::dayWidth(const QStyleOptionViewItem& option) const
{
    const auto needed = int(m_days.needed());
    if (m_dayWidthNeeded == needed && m_dayWidthFont == option.font && m_dayWidthLocale == option.locale)
        return m_dayWidth;
    m_dayWidthNeeded = needed;
    m_dayWidthFont = option.font;
    m_dayWidthLocale = option.locale;
    m_dayWidth = 0;
    const bool hasYear = m_days.needed() == LogDays::Needed::DayAndYear;
    for (int month = 1; month <= 12; ++month) {
        const QDate day(2000, month, 28);
        const QString text = dayText(day, hasYear ? day.addYears(1) : day, option.locale);
        m_dayWidth = std::max(m_dayWidth, option.fontMetrics.horizontalAdvance(text));
    }
    return m_dayWidth;
}

} // namespace vigie
