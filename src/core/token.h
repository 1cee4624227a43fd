// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vigie {

/// A new token: "vigie_" and 256 bits of the system's random numbers (getrandom(2)) in base64url, 49 characters.
/// Aborts the program when the system has none: a guessable token must never be given out.
QByteArray makeToken();

/// Its SHA-256, 32 bytes: all that is kept. Without salt, as what is hashed cannot be guessed.
QByteArray hashOfToken(const QByteArray& token);

/// Whether both hold the same bytes, in a time that depends on their lengths alone.
bool areEqualInConstantTime(const QByteArray& a, const QByteArray& b);

} // namespace vigie
