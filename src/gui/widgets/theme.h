// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/severity.h"

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

class QApplication;

namespace vigie {

/// The colours of a theme. Text and line colours meet WCAG AA on `card` and `window`.
struct Theme
{
    bool dark = false;
    QColor window; ///< behind everything
    QColor card;   ///< behind charts, lists and fields
    QColor border;
    QColor hover;
    QColor text;
    QColor mutedText;
    QColor accent;
    QColor accentText; ///< on `accent`
    QColor selection;  ///< background of a selected row, under `text`
    QColor match;  ///< background of a search match, under `text`
    QColor grid;
    QColor bannerBackground;
    QColor bannerBorder;
    // The charts' lines.
    QColor cpu;
    QColor memory;
    QColor swap;
    QColor incoming; ///< read, receive
    QColor outgoing; ///< write, send

    /// The theme of a widget with this palette.
    static const Theme& of(const QPalette& palette);
    static const Theme& light();
    static const Theme& darkTheme();

    QColor severity(Severity severity) const;
    /// The line colour of one of many cores. Neighbours differ.
    QColor core(int position) const;
    QPalette palette() const;
};

/// Sets the program's theme: "light", "dark", or "system", which then follows the desktop. GUI thread.
void applyTheme(QApplication& application, const QString& name);

/// An icon from the resources (":/icons/<name>.svg") in the palette's text colour.
QIcon themedIcon(const QString& name, const QPalette& palette);

} // namespace vigie
