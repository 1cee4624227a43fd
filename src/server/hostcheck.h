// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>
#include <optional>

class QTcpServer;
class QTcpSocket;

namespace vigie {

/// Whether a request is for this server, and of a page that may ask it: by its Host field no name that somebody points here
/// gets in (DNS rebinding), by its Origin field no page of others. The server's thread.
class HostCheck
{
public:
    static constexpr const char* hostRefusal = "The Host header does not name this server.";
    static constexpr const char* originRefusal =
        "Pages of another origin may not connect. The owner can allow one with --allow-origin.";

    /// `server` is what listens, and must outlive this. `allowedHosts`: names of ours besides the machine's own.
    /// `allowedOrigins`: besides our own.
    HostCheck(const QTcpServer& server, QStringList allowedHosts, QStringList allowedOrigins);

    /// This machine's own peers need no token for being that.
    void setSparesLoopback(bool spares) { m_sparesLoopback = spares; }

    bool isOurHost(const QByteArray& host, const QTcpSocket* socket) const;
    /// `host`: of the same request, and ours.
    bool isAllowedOrigin(const std::optional<QByteArray>& origin, const QByteArray& host, const QTcpSocket* socket) const;
    /// Whether it is one of `allowedOrigins`.
    bool isListedOrigin(const QByteArray& origin) const;

private:
    const QTcpServer& m_server;
    QStringList m_allowedHosts;
    QStringList m_allowedOrigins;
    bool m_sparesLoopback = false;
};

} // namespace vigie
