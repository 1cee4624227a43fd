// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace vigie {

/// Draws a log entry as one line: time, level in words and colour, application, message. What was searched
/// for is marked in the message.
class LogDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setSearch(const QString& search) { m_search = search; }
    /// Whether entries name their application: not where only one can be seen.
    void setApplicationShown(bool shown) { m_applicationShown = shown; }

    /// Whether times are told with their date: where entries of another day may be seen.
    void setDatesShown(bool shown) { m_datesShown = shown; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QString m_search;
    bool m_applicationShown = true;
    bool m_datesShown = false;
};

} // namespace vigie
