// SPDX-License-Identifier: GPL-3.0-or-later
// Draws an SVG as a square PNG, at build time: rendericon SVG PIXELS PNG

#include <QImage>
#include <QPainter>
#include <QString>
#include <QSvgRenderer>
#include <cstdio>

int main(int argc, char** argv)
{
    const int pixels = argc == 4 ? QString::fromLocal8Bit(argv[2]).toInt() : 0;
    QSvgRenderer svg(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    if (pixels <= 0 || !svg.isValid()) {
        std::fputs("usage: rendericon SVG PIXELS PNG\n", stderr);
        return 2;
    }
    QImage image(pixels, pixels, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    svg.render(&painter);
    painter.end();
    return image.save(QString::fromLocal8Bit(argv[3]), "PNG") ? 0 : 1;
}
