// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"

#include <QByteArray>

namespace vigie {

/// A whole answer over HTTP behind which the connection is closed. `why`: plain text, in whole lines or without its newline.
/// `fields`: more lines of the head.
QByteArray refusalText(const char* status, const QByteArray& why, const QByteArray& fields = {});

/// The same, to one who came to a limit.
QByteArray refusalText(LimitHit hit);

} // namespace vigie
