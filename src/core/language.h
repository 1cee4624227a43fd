// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCoreApplication;

namespace vigie {

/// Sets the program's language: "en", "fr", or empty for the system's (English if there is no translation). Numbers and dates
/// follow it. Every widget gets a LanguageChange event. May be called again at any time. Main thread.
void applyLanguage(QCoreApplication& application, const QString& language);

} // namespace vigie
