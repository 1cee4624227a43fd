// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "gui/settings/settingspage.h"

namespace vigie {

class NumberField;

/// Theme, language, the log's font, the session and the tray.
class GeneralSettings : public SettingsPage
{
    Q_OBJECT

public:
    GeneralSettings(const Settings& settings, const SettingsOverrides& overrides, bool hasTray);
};

/// How often the machine is looked at, and how much is kept of it and of the logs.
class HistorySettings : public SettingsPage
{
    Q_OBJECT

public:
    HistorySettings(const Settings& settings, const SettingsOverrides& overrides);
};

/// The port.
class NetworkSettings : public SettingsPage
{
    Q_OBJECT

public:
    NetworkSettings(const Settings& settings, const SettingsOverrides& overrides);

    /// Says at the field when the port cannot be had.
    void showListenState(const ListenState& state);

Q_SIGNALS:
    void portChosen(quint16 port);

private:
    NumberField* m_port;
};

/// What peers may use at most: a field for each of core's limits.
class LimitSettings : public SettingsPage
{
    Q_OBJECT

public:
    LimitSettings(const Settings& settings, const SettingsOverrides& overrides);

private:
    void addLimit(const LimitRow& row, int held);
};

} // namespace vigie
