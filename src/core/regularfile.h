// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace vigie {

/// Whether the name is that of something else than a regular file, such as a pipe: to open it might wait for ever, to read it
/// never end. Links are followed; false if there is nothing.
bool isOtherThanRegularFile(const QString& path);

/// Whether it is that of a character device, such as a terminal or /dev/null. Links are followed.
bool isCharacterDevice(const QString& path);

/// "it is not a regular file", to follow the file's name.
QString notRegularFileText();

/// What is in a regular file. Anything else is not opened. The error is the reason alone. Blocks while it reads.
Result<QByteArray> contentOfRegularFile(const QString& path);

} // namespace vigie
