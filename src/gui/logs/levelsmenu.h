// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/severity.h"

#include <QMenu>
#include <array>
#include <bitset>
#include <cstdint>
#include <optional>

namespace vigie {

/// How many entries there are of each level, by Severity.
using LevelCounts = std::array<std::uint64_t, severityCount>;

/// Chooses the levels to show, and stays open meanwhile. A click on a level, or Enter, shows only that one; a click on its box,
/// with Ctrl, or the space bar adds it or takes it away. GUI thread.
class LevelsMenu : public QMenu
{
    Q_OBJECT

public:
    using Levels = std::bitset<severityCount>;

    /// The levels' shortcuts work in `owner`'s window and do what their boxes do.
    explicit LevelsMenu(QWidget* owner);

    Levels chosen() const { return m_chosen; }
    /// None is all: an empty list helps nobody, and the address of a view cannot hold it.
    void choose(Levels levels);
    /// Shown beside the levels; nothing: not known.
    void setCounts(const std::optional<LevelCounts>& counts);
    /// What passes, in a few words.
    QString summary() const;
    void retranslate();

Q_SIGNALS:
    void chosenChanged();

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Way { Only, Toggle };

    int levelOf(const QAction* action) const; ///< −1: none
    /// Does what a click on the action does. False: it is none of this menu's own.
    bool act(QAction* action, Way way);
    void toggle(int level);
    void showTexts();

    Levels m_chosen = Levels().set();
    std::optional<LevelCounts> m_counts;
    QAction* m_all;
    QAction* m_warningAndAbove;
    std::array<QAction*, severityCount> m_levels{};
};

/// The levels from Warning on.
LevelsMenu::Levels warningAndAbove();

} // namespace vigie
