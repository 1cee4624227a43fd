// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace vigie {

/// The public address of Vigie behind a reverse proxy: "https://ops.example/vigie/". A value; may be empty.
class PublicUrl
{
public:
    /// The error is a clause that says what is wrong: "it needs http:// or https://".
    static Result<PublicUrl> parse(const QString& text);

    bool isEmpty() const { return m_name.isEmpty(); }
    /// Ends in a slash.
    QString toString() const;
    /// As browsers send it in the Origin header: "https://ops.example" (RFC 6454 §6.2).
    QByteArray origin() const;
    /// The path without its final slash: "/vigie"; empty: the root.
    QString prefix() const { return m_prefix; }
    /// Whether a Host header names this address, with its port or without: many proxies leave it out.
    bool isNamedBy(const QByteArray& host) const;

    bool operator==(const PublicUrl&) const = default;

private:
    QString m_scheme;
    QString m_name;     ///< "ops.example", "[2001:db8::1]"
    quint16 m_port = 0; ///< 0: the scheme's default
    QString m_prefix;
};

} // namespace vigie
