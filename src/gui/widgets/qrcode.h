// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

namespace vigie {

/// `text` as a QR code, dark on light, with the required quiet zone (ISO/IEC 18004); one pixel for each module. Null if the text
/// is too long.
QImage qrCode(const QString& text);

} // namespace vigie
