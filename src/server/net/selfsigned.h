// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>
#include <optional>

namespace vigie {

/// A certificate and its key, both in PEM.
struct PemPair
{
    QByteArray certificate;
    QByteArray key;
};

/// A new pair: ECDSA on P-256, signed by itself, for these DNS names and IP addresses, good from an hour ago for `days`, of
/// which 397 are the most that browsers take (Baseline Requirements of the CA/Browser Forum, 6.3.2). Nothing when OpenSSL
/// cannot.
std::optional<PemPair> makeSelfSigned(const QStringList& names, int days = 397);

/// Whether such a certificate can be for this name or address.
bool canBeNamed(const QString& name);

/// Whether the first certificate of a PEM is that of the key.
bool belongTogether(const QByteArray& certificate, const QByteArray& key);

} // namespace vigie
