// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCoreApplication;

namespace vigie {

/// Puts the program into a language: "en", "fr", or empty for the system's (English where there is no
/// translation). Numbers and dates follow it. Every widget is told by a LanguageChange event. May be called
/// again at any time. GUI thread.
void applyLanguage(QCoreApplication& application, const QString& language);

} // namespace vigie
