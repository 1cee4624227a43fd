// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/qrcode.h"

#include <memory>
#include <qrencode.h>

namespace vigie {

QImage qrCode(const QString& text)
{
    constexpr int quietModules = 4;
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeString(text.toUtf8().constData(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free);
    if (!code)
        return {};
    QImage image(code->width + 2 * quietModules, code->width + 2 * quietModules, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if (code->data[y * code->width + x] & 1)
                image.setPixelColor(x + quietModules, y + quietModules, Qt::black);
        }
    }
    return image;
}

} // namespace vigie
