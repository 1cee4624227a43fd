// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/hostcheck.h"

#include "server/tlsidentity.h"

#include <QHostAddress>
#include <QSslSocket>
#include <QTcpServer>
#include <QUrl>

namespace vigie {

using namespace Qt::StringLiterals;

HostCheck::HostCheck(const QTcpServer& server, QStringList allowedHosts, QStringList allowedOrigins)
    : m_server(server), m_allowedHosts(std::move(allowedHosts)), m_allowedOrigins(std::move(allowedOrigins))
{
}

bool HostCheck::isOurHost(const QByteArray& host, const QTcpSocket* socket) const
{
    if (host.isEmpty())
        return false;
    const QUrl url(u"http://"_s + QString::fromLatin1(host) + u'/');
    const QString name = url.host();
    if (!url.isValid() || !url.userInfo().isEmpty()
        || url.port(qobject_cast<const QSslSocket*>(socket) ? 443 : 80) != m_server.serverPort())
        return false;
    const QHostAddress address(name);
    if (name == "localhost"_L1 || address.isLoopback() || address == m_server.serverAddress())
        return true;
    // Only who listens beyond loopback is called by other names; and never one who needs no token for being on this
    // machine: such a name may be led here by somebody else (DNS rebinding).
    const bool isSpared = m_sparesLoopback && socket->peerAddress().isLoopback();
    return !m_server.serverAddress().isLoopback() && !isSpared
        && (m_allowedHosts.contains(name, Qt::CaseInsensitive) || machineNames().contains(name, Qt::CaseInsensitive));
}

bool HostCheck::isAllowedOrigin(const std::optional<QByteArray>& origin, const QByteArray& host, const QTcpSocket* socket) const
{
    if (!origin)
        return true;
    const auto* tls = qobject_cast<const QSslSocket*>(socket);
    return *origin == (tls && tls->isEncrypted() ? "https://" : "http://") + host || isListedOrigin(*origin);
}

bool HostCheck::isListedOrigin(const QByteArray& origin) const
{
    return m_allowedOrigins.contains(QString::fromLatin1(origin));
}

} // namespace vigie
