// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace vigie {

/// Stands in place of charts and logs while both are hidden, and brings them back.
class HiddenHint : public QWidget
{
    Q_OBJECT

public:
    /// The checkable actions that show them; they must outlive it.
    HiddenHint(QAction* showCharts, QAction* showLogs, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* m_text;
    QPushButton* m_charts;
    QPushButton* m_logs;
};

} // namespace vigie
