// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QActionGroup;
class QToolButton;

namespace vigie {

/// The buttons beside the menus: ranges; pause or, in the past, the way back to now; share. GUI thread.
class CornerBar : public QWidget
{
    Q_OBJECT

public:
    /// The actions must outlive it.
    CornerBar(const QActionGroup* ranges, QAction* pause, QAction* backToNow, QAction* share, QWidget* parent = nullptr);

    /// In a narrow window, menus have priority: one button with a list replaces the ranges, and the other buttons show less.
    /// Returns whether the width changed.
    bool arrange(bool isNarrow);
    /// The range shown, where it is none of the actions'.
    void setRangeText(const QString& text);
    /// Call after a change of theme, language, range or pause.
    void refresh();

private:
    const QActionGroup* m_ranges;
    QAction* m_pause;
    QWidget* m_segments; // one button for each range
    QToolButton* m_rangeButton; // replaces m_segments when the window is narrow
    QToolButton* m_pauseButton;
    QToolButton* m_backButton; // replaces m_pauseButton while paused
    QString m_rangeText;
    QToolButton* m_shareButton;
    bool m_isNarrow = false;
};

} // namespace vigie
