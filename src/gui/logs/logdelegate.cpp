// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logdelegate.h"

#include "core/logtext.h"
#include "gui/widgets/daytext.h"
#include "gui/logs/highlights.h"
#include "gui/logs/logdays.h"
#include "gui/logs/logmodel.h"
#include "gui/logs/terminalformat.h"
#include "gui/widgets/theme.h"

#include <QAbstractItemView>
#include <QDateTime>
#include <QPainter>
#include <QStringTokenizer>
#include <QTextLayout>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 12;
constexpr int gap = 12;
constexpr int rowPadding = 6; // above and below the text together
constexpr int wideRow = 800; // from here on, there is room for all columns
constexpr int maxLines = 40; // of a wrapped message
constexpr std::size_t highlightBytes = 16 * 1024; // of a message, and of metadata; each paint looks through them

QDate dayOf(const LogEntryRef& entry)
{
    return QDateTime::fromMSecsSinceEpoch(entry.batch->timestampMs(entry.index)).date();
}

QString shownName(std::string_view text)
{
    return logText(beginningOf(text, 200), TextLines::One).text;
}

/// How many lines a wrapped text takes. The font has one width for nearly all characters, so no layout is needed.
int linesOf(const QString& text, int width, const QFontMetrics& metrics)
{
    const int perLine = std::max(1, width / std::max(1, metrics.horizontalAdvance(u'0')));
    int lines = 0;
    for (const QStringView part : QStringTokenizer(text, u'\n')) {
        const bool isPlain = std::ranges::all_of(part, [](QChar c) { return c.unicode() < 0x2000; });
        const qsizetype cells = isPlain ? part.size() : 2 * part.size();
        lines += std::max(1, int((cells + perLine - 1) / perLine));
    }
    return lines;
}

} // namespace

LogDelegate::Columns LogDelegate::columnsFor(const QStyleOptionViewItem& option, int width) const
{
    const QFontMetrics& metrics = option.fontMetrics;
    Columns columns;
    if (m_days.needed() != LogDays::Needed::Nothing)
        columns.day = dayWidth(option);
    columns.time = metrics.horizontalAdvance(u"00:00:00.000"_s);
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    columns.level = QFontMetrics(bold).horizontalAdvance(u"CRITICAL"_s);
    const bool isWide = width > wideRow;
    if (m_applicationShown)
        columns.application = metrics.averageCharWidth() * (isWide ? 20 : 12);
    if (isWide)
        columns.sender = metrics.averageCharWidth() * 12;
    columns.message = margin;
    for (const int part : {columns.day, columns.time, columns.level, columns.application, columns.sender})
        columns.message += part > 0 ? part + gap : 0;
    return columns;
}

QSize LogDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int line = option.fontMetrics.height();
    const auto* const view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (!m_isWrapped || !view)
        return {100, line + rowPadding};
    const int width = view->viewport()->width();
    const LogEntryRef& entry = static_cast<const LogModel*>(index.model())->entry(index.row());
    const std::string_view message = beginningOf(entry.batch->message(entry.index), LogModel::shownBytes);
    const int room = std::max(1, width - margin - columnsFor(option, width).message);
    const int lines = linesOf(logText(message, TextLines::Many).text, room, option.fontMetrics);
    return {100, std::min(lines, maxLines) * line + rowPadding};
}

void LogDelegate::setHighlights(const QList<HighlightRule>& rules)
{
    m_highlights.clear();
    for (const HighlightRule& rule : rules) {
        m_highlights.push_back({{}, rule.colour});
        m_highlights.back().filter.search = rule.text.toStdString();
    }
}

int LogDelegate::highlightOf(const LogEntryRef& entry) const
{
    if (m_highlights.empty())
        return -1;
    NewLogEntry looked = entry.batch->entry(entry.index);
    looked.message = beginningOf(looked.message, highlightBytes);
    looked.metadataJson = beginningOf(looked.metadataJson, highlightBytes);
    const auto found = std::ranges::find_if(m_highlights, [&](const Highlight& rule) { return rule.filter.matches(looked); });
    return found == m_highlights.end() ? -1 : found->colour;
}

QColor LogDelegate::groundOf(const QStyleOptionViewItem& option, const LogEntryRef& entry, const Theme& theme) const
{
    if (option.state & QStyle::State_Selected)
        return theme.selection;
    if (const int colour = highlightOf(entry); colour >= 0)
        return highlightColour(colour, theme);
    return option.state & QStyle::State_MouseOver ? theme.hover : theme.card;
}

void LogDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = static_cast<const LogModel*>(index.model());
    const LogEntryRef& entry = model->entry(index.row());
    const LogBatch& batch = *entry.batch;
    const Theme& theme = Theme::of(option.palette);
    const QRect row = option.rect;
    const Columns columns = columnsFor(option, row.width());
    const LogText message = logText(beginningOf(batch.message(entry.index), LogModel::shownBytes),
                                    m_isWrapped ? TextLines::Many : TextLines::One);

    const QColor ground = groundOf(option, entry, theme);
    if (ground != theme.card)
        painter->fillRect(row, ground);
    const Severity severity = batch.severity(entry.index);
    if (isError(severity))
        painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), theme.severity(severity));

    const QFontMetrics& metrics = option.fontMetrics;
    const int lineHeight = metrics.height() + rowPadding;
    painter->setFont(option.font);
    int left = row.left() + margin;
    const auto draw = [&](int width, const QString& text, const QColor& color) {
        painter->setPen(color);
        painter->drawText(QRect(left, row.top(), std::min(width, row.right() - margin - left), lineHeight),
                          Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
        left += width + gap;
    };
    const auto drawName = [&](int width, std::string_view name) {
        draw(width, metrics.elidedText(shownName(name), Qt::ElideRight, width), theme.mutedText);
    };

    if (columns.day > 0) {
        const QDate day = dayOf(entry);
        const bool isFirstOfDay = index.row() == 0 || dayOf(model->entry(index.row() - 1)) != day;
        if (isFirstOfDay && index.row() > 0)
            painter->fillRect(QRect(row.left(), row.top(), row.width(), 1), theme.mutedText);
        draw(columns.day, dayText(day, m_days.today(), option.locale), isFirstOfDay ? theme.text : theme.mutedText);
    }
    const QTime time = QDateTime::fromMSecsSinceEpoch(batch.timestampMs(entry.index)).time();
    draw(columns.time, time.toString(u"HH:mm:ss.zzz"_s), theme.mutedText);

    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    draw(columns.level, QFontMetrics(bold).elidedText(shownName(batch.level(entry.index)).toUpper(), Qt::ElideRight, columns.level),
         theme.severity(severity));
    painter->setFont(option.font);
    if (columns.application > 0)
        drawName(columns.application, batch.appId());
    if (columns.sender > 0)
        drawName(columns.sender, batch.userId(entry.index));
    drawMessage(*painter, QRect(left, row.top(), std::max(0, row.right() - margin - left), row.height()), message, option, ground);
}

void LogDelegate::drawMessage(QPainter& painter, const QRect& area, const LogText& message, const QStyleOptionViewItem& option,
                              const QColor& ground) const
{
    const Theme& theme = Theme::of(option.palette);
    const QString line = m_isWrapped ? message.text : option.fontMetrics.elidedText(message.text, Qt::ElideRight, area.width());
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
    for (const SearchMarks::Mark& mark : m_marks.in(line))
        matches.append({mark.from, mark.length, match});

    if (formats.isEmpty() && matches.isEmpty() && !m_isWrapped) {
        painter.setPen(theme.text);
        painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, line);
        return;
    }
    QTextLayout layout(QString(line).replace(u'\n', QChar::LineSeparator), option.font, painter.device());
    QTextOption lines(Qt::AlignLeft | Qt::AlignAbsolute);
    lines.setWrapMode(m_isWrapped ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
    layout.setTextOption(lines);
    layout.setFormats(formats);
    layout.beginLayout();
    const int lineHeight = option.fontMetrics.height();
    int top = 0;
    for (int i = 0; i < (m_isWrapped ? maxLines : 1); ++i) {
        QTextLine one = layout.createLine();
        if (!one.isValid())
            break;
        one.setLineWidth(area.width());
        one.setPosition(QPointF(0, top + (lineHeight - one.height()) / 2));
        top += lineHeight;
    }
    layout.endLayout();
    painter.save();
    painter.setClipRect(area);
    painter.setPen(theme.text);
    layout.draw(&painter, QPointF(area.left(), area.top() + rowPadding / 2), matches);
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
