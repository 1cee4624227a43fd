// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace vigie {

/// The address by which others reach Vigie behind a reverse proxy: "https://ops.example/vigie/". A value; empty: there is none.
class PublicUrl
{
public:
    /// An error says in a sentence's part what is wrong with it: "it needs http:// or https://".
    static Result<PublicUrl> parse(const QString& text);

    bool isEmpty() const { return m_name.isEmpty(); }
    /// With its final slash.
    QString toString() const;
    /// As browsers write it in the Origin field: "https://ops.example" (RFC 6454 §6.2).
    QByteArray origin() const;
    /// "/vigie", without the final slash; empty: the root.
    QString prefix() const { return m_prefix; }
    /// Whether a Host field names it: with its port or, as proxies are often told to pass it on, without.
    bool isNamedBy(const QByteArray& host) const;

    bool operator==(const PublicUrl&) const = default;

private:
    QString m_scheme;
    QString m_name;     ///< "ops.example", "[2001:db8::1]"
    quint16 m_port = 0; ///< 0: the scheme's own
    QString m_prefix;
};

} // namespace vigie
