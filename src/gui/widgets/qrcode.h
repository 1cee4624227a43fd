// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

namespace vigie {

/// `text` as a QR code, dark on light with the quiet zone that readers want (ISO/IEC 18004), a pixel a module. Null when it
/// is too long for one.
QImage qrCode(const QString& text);

} // namespace vigie
