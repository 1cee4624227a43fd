// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/net/httpanswer.h"

#include <QByteArray>

namespace vigie {

/// What is answered over HTTP to one who came to a limit.
HttpAnswer refusalOf(LimitHit hit);

/// The bytes of an answer behind which the connection is closed. `why`: plain text, in whole lines or without its newline.
/// `fields`: more lines of the head.
QByteArray refusalText(int status, const QByteArray& why, const QByteArray& fields = {});
QByteArray refusalText(LimitHit hit);

} // namespace vigie
