// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <cstdint>

namespace vigie {

/// Prints rows with the same number of cells on the standard output, in aligned columns. Cells may contain untrusted text.
void printTable(QList<QStringList> rows);

/// Local date and time for such a table: "30 Nov 2026, 14:03:12", in the person's language.
QString tableTimeText(std::int64_t ms);

} // namespace vigie
