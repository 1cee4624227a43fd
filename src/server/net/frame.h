// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace vigie {

/// A whole, unmasked WebSocket text frame (RFC 6455 §5.2) around UTF-8 `text`.
QByteArray textFrame(QByteArrayView text);

/// The head of a text frame of `payloadBytes`, for a frame that is put together in place.
QByteArray textFrameHead(qsizetype payloadBytes);

} // namespace vigie
