// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metricarchive.h"
#include "gui/widgets/card.h"

class QLabel;
class QToolButton;

namespace vigie {

class ElidedLabel;
class RecordTable;

/// The processes that used the most at one moment. Requests nothing while hidden.
class MomentPanel : public Card
{
    Q_OBJECT

public:
    explicit MomentPanel(QWidget* parent = nullptr);

    /// Shows the moment, ms since the epoch. Its processes follow later.
    void showMoment(qint64 wallMs);
    void showProcesses(const ProcessSnapshot& moment);

Q_SIGNALS:
    void closeRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void setIcons();

    ElidedLabel* m_title;
    ElidedLabel* m_time;
    QToolButton* m_closeButton;
    RecordTable* m_table;
    QLabel* m_nothing;
    qint64 m_wallMs = 0;
    bool m_isAnswered = false;
};

} // namespace vigie
