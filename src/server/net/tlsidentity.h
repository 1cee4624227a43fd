// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>
#include <QStringList>

namespace vigie {

/// By what a server proves who it is.
struct TlsIdentity
{
    QList<QSslCertificate> chain; ///< its own first
    QSslKey key;

    /// The names that it is for, as they can be called: no "*.example.org", and none of loopback.
    QStringList names() const;
    /// SHA-256 of its own certificate, as people compare it: "A1:B2:…".
    QString fingerprint() const;
};

/// The owner's own pair, in PEM. An error: a file cannot be read, is none of these, or they do not belong together.
Result<TlsIdentity> loadTlsIdentity(const QString& certificatePath, const QString& keyPath);

/// The one that Vigie makes for itself in `folder`: ECDSA on P-256, signed by itself, good for 397 days, for these names and
/// addresses. It is made when there is none, or none that is good for 30 days more, or when it lacks one of the names or IPv4
/// addresses: those that links begin with. An IPv6 address alone, of which machines take new ones day by day, is no reason, as
/// colleagues have compared the fingerprint; and a new one is for all that the last was for (32 names at most), so that a machine
/// that goes between two networks keeps one for both. The key can be read by its owner only.
Result<TlsIdentity> ownTlsIdentity(const QString& folder, const QStringList& names);

/// By what the machine is called: its names and the addresses of its interfaces.
QStringList machineNames();

} // namespace vigie
