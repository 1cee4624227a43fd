// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QLocale>
#include <QStyledItemDelegate>

namespace vigie {

class LogDays;
struct LogText;

/// Draws a log entry in one line: the day if days differ, the time, the coloured level, the application and the message. Lays out
/// each part on its own, so that bidirectional text cannot reorder the others. Highlights search matches in the message.
class LogDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// `days` watches the model that is drawn. It must outlive this.
    explicit LogDelegate(const LogDays& days, QObject* parent = nullptr) : QStyledItemDelegate(parent), m_days(days) {}

    void setSearch(const QString& search) { m_search = search; }
    /// Whether to draw the application; not needed if only one is shown.
    void setApplicationShown(bool shown) { m_applicationShown = shown; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    /// The width of the widest day.
    int dayWidth(const QStyleOptionViewItem& option) const;
    void drawMessage(QPainter& painter, const QRect& area, const LogText& message, const QStyleOptionViewItem& option,
                     const QColor& ground) const;

    const LogDays& m_days;
    QString m_search;
    bool m_applicationShown = true;
    // The last result of dayWidth(), and its inputs.
    mutable int m_dayWidth = 0;
    mutable int m_dayWidthNeeded = -1;
    mutable QFont m_dayWidthFont;
    mutable QLocale m_dayWidthLocale;
};

} // namespace vigie
