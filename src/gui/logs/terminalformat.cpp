// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/terminalformat.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vigie {

namespace {

using Colour = TerminalStyle::Colour;

constexpr double leastContrast = 4.5;

double luminance(const QColor& color)
{
    const auto part = [](double value) { return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto part = [share](int x, int y) { return int(std::lround(x + (y - x) * share)); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

/// The colour nearest to `ink`, towards white or black, that is readable.
QColor readable(const QColor& ink, const QColor& ground)
{
    if (contrast(ink, ground) >= leastContrast)
        return ink;
    const QColor end = contrast(Qt::white, ground) > contrast(Qt::black, ground) ? Qt::white : Qt::black;
    for (int step = 1; step < 16; ++step) {
        if (const QColor tried = mixed(ink, end, step / 16.0); contrast(tried, ground) >= leastContrast)
            return tried;
    }
    return end;
}

/// The common terminal palette: eight colours and their bright variants.
QColor colorOf(const Colour& colour, const QColor& usual)
{
    static constexpr QRgb palette[16] = {0x000000, 0xc91b1b, 0x1f9e3a, 0xb58900, 0x2463d8, 0xa93ab8, 0x11909c, 0xc8ccd2,
                                         0x767c86, 0xf0504a, 0x3cc55c, 0xe5b83a, 0x5c93ff, 0xd86fe2, 0x3fc4d0, 0xffffff};
    switch (colour.kind) {
    case Colour::Kind::Palette:
        return QColor::fromRgb(palette[colour.value % 16]);
    case Colour::Kind::Exact:
        return QColor::fromRgb(colour.value);
    case Colour::Kind::Usual:
        break;
    }
    return usual;
}

} // namespace

double contrast(const QColor& a, const QColor& b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

QTextCharFormat formatOf(const LogText::Span& span, const Theme& theme, const QColor& ground)
{
    const TerminalStyle& style = span.style;
    QColor ink = colorOf(style.ink, span.isSign ? theme.mutedText : theme.text);
    QColor behind = colorOf(style.ground, ground);
    if (style.isInverse)
        std::swap(ink, behind);
    if (style.isFaint)
        ink = mixed(ink, behind, 0.4);
    QTextCharFormat format;
    format.setForeground(readable(ink, behind));
    if (behind != ground)
        format.setBackground(behind);
    if (style.isBold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(style.isItalic);
    format.setFontUnderline(style.isUnderlined);
    format.setFontStrikeOut(style.isStruck);
    return format;
}

} // namespace vigie
