// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace vigie {

/// A database's file and the files that SQLite keeps beside it. None may be open for writing.

/// Renames them. Returns the new name, or nothing if renaming failed.
QString moveDatabaseAside(const QString& path);
void removeDatabase(const QString& path);
/// Their total size.
std::int64_t databaseBytes(const QString& path);

} // namespace vigie
