// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QActionGroup;
class QToolButton;

namespace vigie {

/// Beside the menus: the ranges of the charts, pause and share, as buttons of the window's actions. GUI thread.
class CornerBar : public QWidget
{
    Q_OBJECT

public:
    /// The actions outlive it.
    CornerBar(const QActionGroup* ranges, QAction* pause, QAction* share, QWidget* parent = nullptr);

    /// In a narrow window the menus come first: one button opens the list of ranges, and less stands on the others.
    /// True if it is now as wide as something else.
    bool arrange(bool isNarrow);
    /// After a change of theme, language, range or pause.
    void refresh();

private:
    const QActionGroup* m_ranges;
    QAction* m_pause;
    QWidget* m_segments; // a button a range
    QToolButton* m_rangeButton; // in their place where the window is narrow
    QToolButton* m_pauseButton;
    QToolButton* m_shareButton;
    bool m_isNarrow = false;
};

} // namespace vigie
