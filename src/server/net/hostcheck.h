// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/publicurl.h"

#include <QByteArray>
#include <QHostAddress>
#include <QStringList>
#include <functional>
#include <optional>

namespace vigie {

class Connection;

/// What a server is called, besides by the machine's own names.
struct HostNames
{
    QStringList hosts; ///< further names of the machine
    QStringList origins; ///< of pages that may connect besides our own: "http://localhost:5173"
    PublicUrl publicUrl; ///< where a reverse proxy has it; its pages are our own
};

/// Whether a request is for this server, and of a page that may ask it: by its Host field no name that somebody points here
/// gets in (DNS rebinding), by its Origin field no page of others. The server's thread.
class HostCheck
{
public:
    /// `needsToken`: whether the peer gets nothing without one.
    HostCheck(HostNames names, std::function<bool(Connection&)> needsToken);

    /// Where the server listens from now on. It stays what it is called when it listens no more: who is connected by then may
    /// still ask.
    void setPlace(const QHostAddress& address, quint16 port);

    /// This machine's own peers need no token for being that.
    void setSparesLoopback(bool spares) { m_sparesLoopback = spares; }

    /// Whether a request is to be taken for a stranger's, whoever is at the other end of the connection: as a proxy passes it on
    /// (`saysSo`, by a field), as it calls our public name, or as it is of a page at that origin, where there may be others' too.
    bool isPassedOn(bool saysSo, const QByteArray& host, const std::optional<QByteArray>& origin) const;
    bool isOurHost(const QByteArray& host, Connection& connection) const;
    /// `host`: of the same request, and ours.
    bool isAllowedOrigin(const std::optional<QByteArray>& origin, const QByteArray& host,
                         const Connection& connection) const;
    /// Whether it is one of `HostNames::origins`.
    bool isListedOrigin(const QByteArray& origin) const;
    const PublicUrl& publicUrl() const { return m_names.publicUrl; }

    // In words, for a person: what is wrong, and what the owner can do. Plain text of whole lines.

    /// `target`: the path that was asked for, as it stood in the request.
    QByteArray hostRefusal(const QByteArray& host, const QByteArray& target) const;
    QByteArray originRefusal(const QByteArray& origin, const QByteArray& host) const;
    /// There is nothing at `target`.
    QByteArray pathRefusal(const QByteArray& host, const QByteArray& target) const;

private:
    bool isPublicOrigin(const std::optional<QByteArray>& origin) const;
    /// A line on --public-url with the address that the browser seems to have opened; empty: there is one already.
    QByteArray proxyAdvice(const QByteArray& base) const;

    QHostAddress m_address;
    quint16 m_port = 0;
    HostNames m_names;
    std::function<bool(Connection&)> m_needsToken;
    bool m_sparesLoopback = false;
};

} // namespace vigie
