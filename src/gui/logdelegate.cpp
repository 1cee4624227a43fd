// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logdelegate.h"

#include "gui/logmodel.h"
#include "gui/theme.h"

#include <QDateTime>
#include <QPainter>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 12;
constexpr int gap = 12;
// A line on screen never shows more; the rest is in the details.
constexpr std::size_t longestLine = 2000;

QString oneLine(std::string_view text)
{
    QString line = QString::fromUtf8(text.substr(0, longestLine));
    for (QChar& character : line) {
        if (character == u'\n' || character == u'\r')
            character = QChar(0x23ce);
        else if (character == u'\t')
            character = u' ';
    }
    return line;
}

void drawMatches(QPainter& painter, const QRect& area, const QString& text, const QString& search,
                 const QFontMetrics& metrics, const QColor& color)
{
    for (qsizetype at = text.indexOf(search, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(search, at + search.size(), Qt::CaseInsensitive)) {
        const int left = area.left() + metrics.horizontalAdvance(text.left(at));
        if (left >= area.right())
            return;
        const int width = metrics.horizontalAdvance(text.mid(at, search.size()));
        painter.fillRect(QRect(left, area.top() + 2, width, area.height() - 4) & area, color);
    }
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

    if (option.state & QStyle::State_Selected)
        painter->fillRect(row, theme.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(row, theme.hover);
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

    const QDateTime time = QDateTime::fromMSecsSinceEpoch(batch.timestampMs(entry.index));
    draw(cell(metrics.horizontalAdvance(m_datesShown ? u"0000-00-00 00:00:00"_s : u"00:00:00.000"_s)),
         time.toString(m_datesShown ? u"yyyy-MM-dd HH:mm:ss"_s : u"HH:mm:ss.zzz"_s), theme.mutedText);

    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    const QFontMetrics boldMetrics(bold);
    const int levelWidth = boldMetrics.horizontalAdvance(u"CRITICAL"_s);
    const QString level = QString::fromUtf8(batch.level(entry.index).substr(0, 40)).toUpper();
    draw(cell(levelWidth), boldMetrics.elidedText(level, Qt::ElideRight, levelWidth),
         theme.severity(severity));
    painter->setFont(option.font);

    if (m_applicationShown) {
        const int width = metrics.averageCharWidth() * (row.width() > 800 ? 20 : 12);
        const QString name = QString::fromUtf8(std::string_view(batch.appId()).substr(0, 200));
        draw(cell(width), metrics.elidedText(name, Qt::ElideRight, width), theme.mutedText);
    }

    const QRect area = cell(row.right() - margin - left);
    const QString message =
        metrics.elidedText(oneLine(batch.message(entry.index)), Qt::ElideRight, area.width());
    if (!m_search.isEmpty())
        drawMatches(*painter, area, message, m_search, metrics, theme.match);
    draw(area, message, theme.text);
}

} // namespace vigie
