// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "core/storedcatalog.h"

#include <QStatusBar>
#include <optional>

class QLabel;
class QToolButton;

namespace vigie {

/// The line at the foot of the window: the address to share, and how busy the server is and how long
/// the machine has run.
class ActivityBar : public QStatusBar
{
    Q_OBJECT

public:
    explicit ActivityBar(QWidget* parent = nullptr);

    void showListenState(const ListenState& state);
    void showActivity(const Activity& activity);
    /// Says for as long as it lasts that history is not kept.
    void showStoreState(const StoreState& state);
    void showUptime(std::optional<qint64> seconds);
    void copyAddress();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void setIcons();

    ListenState m_state;
    Activity m_activity;
    std::optional<qint64> m_uptimeSeconds;
    QLabel* m_dot;
    QLabel* m_address;
    QToolButton* m_copy;
    QLabel* m_problemIcon;
    QLabel* m_problem;
    QLabel* m_clients;
    QLabel* m_rate;
    QLabel* m_errors;
    QLabel* m_uptime;
};

} // namespace vigie
