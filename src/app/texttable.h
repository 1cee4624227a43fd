// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace vigie {

/// Prints rows with the same number of cells on the standard output, in aligned columns. Cells may contain untrusted text.
void printTable(QList<QStringList> rows);

} // namespace vigie
