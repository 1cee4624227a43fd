// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace vigie {

/// A database's file and those that SQLite keeps beside it. Nobody may have them open for writing.

/// Renames them out of the way; gives the new name, or nothing when that cannot be done.
QString moveDatabaseAside(const QString& path);
void removeDatabase(const QString& path);
/// Their bytes together.
std::int64_t databaseBytes(const QString& path);

} // namespace vigie
