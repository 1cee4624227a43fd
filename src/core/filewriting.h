// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileDevice>
#include <QIODevice>
#include <string_view>

namespace vigie {

/// How files are opened for writeAll().
inline constexpr QIODevice::OpenMode writingMode = QIODevice::WriteOnly | QIODevice::Unbuffered;

/// Writes all the bytes, or gives false, and the file's errorString() says why. QIODevice::write() does not where a disk that
/// becomes full took some of them. Blocks.
bool writeAll(QFileDevice& file, std::string_view bytes);

} // namespace vigie
