// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QLocale>
#include <QStyledItemDelegate>

namespace vigie {

class LogDays;
struct LogText;

/// Draws a log entry as one line: day where days differ, time, level in words and colour, application, message. Each part is laid
/// out by itself, so that none can turn another round. What was searched for is marked in the message.
class LogDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// `days` watches the model that is drawn; it must outlive this.
    explicit LogDelegate(const LogDays& days, QObject* parent = nullptr) : QStyledItemDelegate(parent), m_days(days) {}

    void setSearch(const QString& search) { m_search = search; }
    /// Whether entries name their application: not where only one can be seen.
    void setApplicationShown(bool shown) { m_applicationShown = shown; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    /// How wide any day is.
    int dayWidth(const QStyleOptionViewItem& option) const;
    void drawMessage(QPainter& painter, const QRect& area, const LogText& message, const QStyleOptionViewItem& option,
                     const QColor& ground) const;

    const LogDays& m_days;
    QString m_search;
    bool m_applicationShown = true;
    // What dayWidth() found last, and for what.
    mutable int m_dayWidth = 0;
    mutable int m_dayWidthNeeded = -1;
    mutable QFont m_dayWidthFont;
    mutable QLocale m_dayWidthLocale;
};

} // namespace vigie
