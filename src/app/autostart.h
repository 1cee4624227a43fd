// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

namespace vigie {

/// The desktop's entry that starts Vigie with the owner's session, one for each data folder: `vigie.desktop` in the autostart
/// folder, and `vigie-HASH.desktop` for a folder that was named
/// (https://specifications.freedesktop.org/autostart-spec/). Any thread; does file access.
class Autostart
{
public:
    /// `dataDir`: the value of --data-dir, an absolute path; empty: the user's default folder.
    explicit Autostart(QString program, const QString& dataDir = {});

    bool isOn() const;
    Outcome set(bool isOn) const;

    QString path() const { return m_path; }

private:
    QString m_path;
    QStringList m_command;
};

} // namespace vigie
