// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <optional>

namespace vigie {

/// What a second start asks of the Vigie that runs on the data folder already.
struct InstanceRequest
{
    bool raises = false; ///< the window is to come to the front; false: only who it is, is asked
    bool shares = false; ///< the dialog that shares Vigie is wanted
    QStringList files; ///< log files to open: absolute paths
    QString view; ///< what the window is to show: a fragment that ViewAddress reads; empty: whatever it does
    QString activation; ///< the desktop's leave to come to the front (XDG_ACTIVATION_TOKEN); may be empty
    bool rereadsSources = false; ///< the sources' settings were changed

    QByteArray toLine() const;
    /// Nothing for anything but a request within its bounds.
    static std::optional<InstanceRequest> fromLine(const QByteArray& line);
};

/// What it answers.
struct InstanceAnswer
{
    qint64 processId = 0;
    QString url; ///< where it listens; empty: nowhere
    bool hasWindow = false; ///< and has done what was asked
    bool isEnding = false; ///< nothing is done any more: the folder is free in a moment

    QByteArray toLine() const;
    static std::optional<InstanceAnswer> fromLine(const QByteArray& line);
};

/// More than either needs, with the longest paths of as many files as can be open; a longer line is none.
inline constexpr qint64 maxInstanceLine = 768 * 1024;

} // namespace vigie
