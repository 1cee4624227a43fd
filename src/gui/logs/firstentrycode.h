// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vigie {

/// The languages in which a first entry can be sent.
enum class CodeLanguage { Shell, Python, JavaScript };

/// Code that sends one entry to the server at `url` ("http://127.0.0.1:3001/") and needs nothing that does not come with the
/// language; the shell needs curl. Empty: this language cannot, as by
/// TLS it has to be told of our certificate first.
QString firstEntryCode(CodeLanguage language, const QString& url);

} // namespace vigie
