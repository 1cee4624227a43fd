// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/severity.h"

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

class QApplication;

namespace vigie {

/// The colours of a look. Text and line colours reach WCAG AA on `card` and on `window`.
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
    QColor selection;  ///< behind a chosen row, under `text`
    QColor match;      ///< behind a found text, under `text`
    QColor grid;
    QColor bannerBackground;
    QColor bannerBorder;
    // The charts' lines.
    QColor cpu;
    QColor memory;
    QColor swap;
    QColor incoming; ///< read, receive
    QColor outgoing; ///< write, send

    /// The look a widget with this palette is drawn in.
    static const Theme& of(const QPalette& palette);
    static const Theme& light();
    static const Theme& darkTheme();

    QColor severity(Severity severity) const;
    /// A line colour for one of many cores; neighbours differ.
    QColor core(int position) const;
    QPalette palette() const;
};

/// Puts the whole program into a look: "light", "dark", or "system", which then follows the desktop.
/// GUI thread.
void applyTheme(QApplication& application, const QString& name);

/// An icon of the resources (":/icons/<name>.svg"), drawn in the palette's text colour.
QIcon themedIcon(const QString& name, const QPalette& palette);

} // namespace vigie
