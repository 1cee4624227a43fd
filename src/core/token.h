// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vigie {

/// A new token: "vigie_" and 256 random bits from getrandom(2) in base64url, 49 characters. Aborts the program if the system has
/// no random numbers: a guessable token must never be issued.
QByteArray makeToken();

/// The SHA-256 of a token, 32 bytes: all that is stored. Unsalted, as a token cannot be guessed.
QByteArray hashOfToken(const QByteArray& token);

/// Whether both hold the same bytes. The time depends only on their lengths.
bool areEqualInConstantTime(const QByteArray& a, const QByteArray& b);

} // namespace vigie
