// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/theme.h"

#include "gui/widgets/colorschememonitor.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <array>

// The linker drops a static library's resources unless they are referenced.
static void initResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace vigie {

using namespace Qt::StringLiterals;

const Theme& Theme::light()
{
    static const Theme theme{
        .dark = false,
        .window = QColor(0xf3, 0xf5, 0xf8),
        .card = QColor(0xff, 0xff, 0xff),
        .border = QColor(0xdd, 0xe2, 0xe9),
        .hover = QColor(0xe8, 0xec, 0xf2),
        .text = QColor(0x1a, 0x20, 0x2b),
        .mutedText = QColor(0x56, 0x60, 0x70),
        .accent = QColor(0x1f, 0x5f, 0xd6),
        .accentText = QColor(0xff, 0xff, 0xff),
        .selection = QColor(0xd9, 0xe6, 0xfd),
        .match = QColor(0xff, 0xe0, 0x7a),
        .grid = QColor(0xea, 0xed, 0xf2),
        .bannerBackground = QColor(0xff, 0xf4, 0xe0),
        .bannerBorder = QColor(0xe8, 0xb8, 0x5c),
        .cpu = QColor(0x1f, 0x5f, 0xd6),
        .memory = QColor(0x75, 0x41, 0xc8),
        .swap = QColor(0xb8, 0x32, 0x80),
        .incoming = QColor(0x0b, 0x7a, 0x75),
        .outgoing = QColor(0xb3, 0x54, 0x09),
    };
    return theme;
}

const Theme& Theme::darkTheme()
{
    static const Theme theme{
        .dark = true,
        .window = QColor(0x12, 0x15, 0x1a),
        .card = QColor(0x1a, 0x1e, 0x25),
        .border = QColor(0x2c, 0x33, 0x3d),
        .hover = QColor(0x28, 0x2e, 0x38),
        .text = QColor(0xe7, 0xea, 0xf0),
        .mutedText = QColor(0x9a, 0xa5, 0xb5),
        .accent = QColor(0x6c, 0xa6, 0xff),
        .accentText = QColor(0x0c, 0x14, 0x22),
        .selection = QColor(0x26, 0x3a, 0x5c),
        .match = QColor(0x7a, 0x5a, 0x08),
        .grid = QColor(0x26, 0x2c, 0x35),
        .bannerBackground = QColor(0x33, 0x29, 0x14),
        .bannerBorder = QColor(0x8a, 0x66, 0x20),
        .cpu = QColor(0x6c, 0xa6, 0xff),
        .memory = QColor(0xb3, 0x91, 0xfa),
        .swap = QColor(0xf4, 0x7f, 0xbd),
        .incoming = QColor(0x3c, 0xcb, 0xbd),
        .outgoing = QColor(0xf5, 0xa6, 0x4a),
    };
    return theme;
}

const Theme& Theme::of(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkTheme() : light();
}

QColor Theme::severity(Severity severity) const
{
    switch (severity) {
    case Severity::Fatal:
        return dark ? QColor(0xff, 0x7a, 0xb8) : QColor(0xa2, 0x12, 0x5c);
    case Severity::Error:
        return dark ? QColor(0xff, 0x85, 0x7d) : QColor(0xc0, 0x26, 0x1f);
    case Severity::Warn:
        return dark ? QColor(0xf3, 0xb4, 0x4c) : QColor(0x92, 0x57, 0x00);
    case Severity::Info:
        return dark ? QColor(0x74, 0xb3, 0xff) : QColor(0x1b, 0x5f, 0xc1);
    case Severity::Debug:
        return dark ? QColor(0x5f, 0xcf, 0xb4) : QColor(0x11, 0x74, 0x62);
    case Severity::Trace:
    case Severity::Other:
        break;
    }
    return mutedText;
}

QColor Theme::core(int position) const
{
    // Steps of the golden angle keep any number of neighbours distinct.
    const int hue = (216 + position * 137) % 360;
    return dark ? QColor::fromHsl(hue, 190, 165) : QColor::fromHsl(hue, 175, 95);
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, card);
    palette.setColor(QPalette::AlternateBase, window);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, mutedText);
    palette.setColor(QPalette::Button, card);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, accentText);
    palette.setColor(QPalette::ToolTipBase, card);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, accentText);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    palette.setColor(QPalette::Accent, accent);
#endif
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::Light, card);
    palette.setColor(QPalette::Midlight, hover);
    palette.setColor(QPalette::Mid, border);
    palette.setColor(QPalette::Dark, border);
    palette.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : border);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        QColor faded = mutedText;
        faded.setAlpha(150);
        palette.setColor(QPalette::Disabled, role, faded);
    }
    return palette;
}

namespace {

QString styleSheet(const Theme& theme)
{
    QFile file(u":/themes/vigie.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    const std::pair<QLatin1StringView, QColor> names[] = {
        {"@window"_L1, theme.window},
        {"@card"_L1, theme.card},
        {"@border"_L1, theme.border},
        {"@error"_L1, theme.severity(Severity::Error)},
        {"@hover"_L1, theme.hover},
        {"@text"_L1, theme.text},
        {"@muted"_L1, theme.mutedText},
        {"@accentText"_L1, theme.accentText},
        {"@accent"_L1, theme.accent},
        {"@selection"_L1, theme.selection},
        {"@bannerBackground"_L1, theme.bannerBackground},
        {"@bannerBorder"_L1, theme.bannerBorder},
        {"@problem"_L1, theme.severity(Severity::Error)},
    };
    for (const auto& [name, color] : names)
        text.replace(name, color.name());
    for (const auto name : {"check"_L1, "down"_L1})
        text.replace(u'@' + name, u":/icons/%1-%2.svg"_s.arg(name, theme.dark ? "dark"_L1 : "light"_L1));
    return text;
}

void show(QApplication& application, const Theme& theme)
{
    // Both repolish every widget, so change them only if needed.
    const QString sheet = styleSheet(theme);
    if (application.styleSheet() == sheet)
        return;
    application.setPalette(theme.palette());
    application.setStyleSheet(sheet);
}

} // namespace

void applyTheme(QApplication& application, const QString& name)
{
    initResources();
    auto* scheme = application.findChild<ColorSchemeMonitor*>();
    if (!scheme) {
        // Before our own style and palette, so that it sees the desktop's.
        scheme = new ColorSchemeMonitor(&application);
        application.setStyle(QStyleFactory::create(u"Fusion"_s));
    }
    QObject::disconnect(scheme, nullptr, &application, nullptr);
    if (name == "light"_L1 || name == "dark"_L1) {
        show(application, name == "dark"_L1 ? Theme::darkTheme() : Theme::light());
        return;
    }
    QObject::connect(scheme, &ColorSchemeMonitor::changed, &application, [&application](bool dark) {
        show(application, dark ? Theme::darkTheme() : Theme::light());
    });
    show(application, scheme->isDark() ? Theme::darkTheme() : Theme::light());
}

QIcon themedIcon(const QString& name, const QPalette& palette)
{
    initResources();
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray source = file.readAll();
    QIcon icon;
    const std::array<std::pair<QIcon::Mode, QPalette::ColorGroup>, 2> modes{
        {{QIcon::Normal, QPalette::Active}, {QIcon::Disabled, QPalette::Disabled}}};
    for (const auto& [mode, group] : modes) {
        QByteArray coloured = source;
        coloured.replace("currentColor", palette.color(group, QPalette::WindowText).name().toLatin1());
        QSvgRenderer renderer(coloured);
        for (const int size : {16, 24, 32, 48}) {
            QPixmap pixmap(size, size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            if (mode == QIcon::Disabled)
                painter.setOpacity(0.5);
            renderer.render(&painter);
            painter.end();
            icon.addPixmap(pixmap, mode);
        }
    }
    return icon;
}

} // namespace vigie
