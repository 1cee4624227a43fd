// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

namespace vigie {

/// The desktop's entry that starts Vigie with the owner's session: `vigie.desktop` in the autostart folder
/// (https://specifications.freedesktop.org/autostart-spec/). Any thread; does file access.
class Autostart
{
public:
    /// `command`: the program and its arguments.
    explicit Autostart(QStringList command);

    bool isOn() const;
    Outcome set(bool isOn) const;

    QString path() const { return m_path; }

private:
    QString m_path;
    QStringList m_command;
};

} // namespace vigie
