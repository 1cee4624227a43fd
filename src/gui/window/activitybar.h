// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "core/storedcatalog.h"

#include <QStatusBar>
#include <optional>

class QAction;
class QLabel;
class QToolButton;

namespace vigie {

/// The status bar: the server's address, its load, and the machine's uptime. What has no room is left out as a whole.
class ActivityBar : public QStatusBar
{
    Q_OBJECT

public:
    explicit ActivityBar(QWidget* parent = nullptr);

    void showListenState(const ListenState& state);
    void showActivity(const Activity& activity);
    /// Shows a warning while the history is not stored.
    void showStoreState(const StoreState& state);
    void showUptime(std::optional<qint64> seconds);
    void copyAddress();
    /// Puts a button for `action` at the end, which always has room.
    void addButton(QAction* action);
    /// Says something for a few seconds.
    void showNotice(const QString& text);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void retranslate();
    void setIcons();
    void fit();

    ListenState m_state;
    Activity m_activity;
    std::optional<qint64> m_uptimeSeconds;
    QWidget* m_left;
    QWidget* m_right;
    QToolButton* m_button = nullptr;
    QLabel* m_dot;
    QLabel* m_address;
    QToolButton* m_copy;
    QLabel* m_notice;
    QLabel* m_problemIcon;
    QLabel* m_problem;
    QLabel* m_clients;
    QLabel* m_rate;
    QLabel* m_errors;
    QLabel* m_uptime;
};

} // namespace vigie
