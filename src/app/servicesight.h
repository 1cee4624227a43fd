// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <functional>

namespace vigie {

/// What vigie.service keeps the program from seeing on this machine, each as the line that lets it, with what is then seen:
/// "SupplementaryGroups=systemd-journal (the journal)". `root`: of the file system, "" for the machine's own. `canRead`: whether
/// the program may read a file or list a folder.
QStringList linesToSeeMore(const QString& root, const std::function<bool(const QString& path)>& canRead);

/// The same for this process, as a text to be printed; empty: it sees everything, or is not the machine's service.
QString serviceSightText();

} // namespace vigie
