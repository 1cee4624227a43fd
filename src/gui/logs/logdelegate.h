// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logfilter.h"
#include "core/logviewsettings.h"
#include "gui/logs/searchmarks.h"

#include <QFont>
#include <QLocale>
#include <QStyledItemDelegate>
#include <vector>

namespace vigie {

class LogDays;
struct LogEntryRef;
struct LogText;
struct Theme;

/// Draws a log entry: the day if days differ, the time, the coloured level, the application, the sender and the message, which
/// may continue on further lines. Lays out each part on its own, so that bidirectional text cannot reorder the others. Marks what
/// is searched for, and lays highlighted entries on their colour.
class LogDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// `days` watches the model that is drawn. It must outlive this.
    explicit LogDelegate(const LogDays& days, QObject* parent = nullptr) : QStyledItemDelegate(parent), m_days(days) {}

    void setSearch(const SearchMarks& marks) { m_marks = marks; }
    /// Whether to draw the application; not needed if only one is shown.
    void setApplicationShown(bool shown) { m_applicationShown = shown; }
    void setHighlights(const QList<HighlightRule>& rules);
    void setWrapped(bool isWrapped) { m_isWrapped = isWrapped; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    /// Where the parts of a row `width` pixels wide are. Zero: the part is not drawn.
    struct Columns
    {
        int day = 0;
        int time = 0;
        int level = 0;
        int application = 0;
        int sender = 0;
        int message = 0; ///< where it begins, from the row's left
    };
    Columns columnsFor(const QStyleOptionViewItem& option, int width) const;
    /// The width of the widest day.
    int dayWidth(const QStyleOptionViewItem& option) const;
    /// A rule, made ready to be asked of each entry that is drawn.
    struct Highlight
    {
        LogFilter filter;
        int colour = 0;
    };
    QColor groundOf(const QStyleOptionViewItem& option, const LogEntryRef& entry, const Theme& theme) const;
    int highlightOf(const LogEntryRef& entry) const; ///< −1: none
    void drawMessage(QPainter& painter, const QRect& area, const LogText& message, const QStyleOptionViewItem& option,
                     const QColor& ground) const;

    const LogDays& m_days;
    SearchMarks m_marks;
    std::vector<Highlight> m_highlights;
    bool m_applicationShown = true;
    bool m_isWrapped = false;
    // The last result of dayWidth(), and its inputs.
    mutable int m_dayWidth = 0;
    mutable int m_dayWidthNeeded = -1;
    mutable QFont m_dayWidthFont;
    mutable QLocale m_dayWidthLocale;
};

} // namespace vigie
