// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listener.h"

#include "core/clock.h"
#include "server/httpguard.h"
#include "server/lingeringsocket.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

/// `fields`: more lines of the head.
void refuse(QTcpSocket* socket, const char* status, const QByteArray& why, const QByteArray& fields = {})
{
    const QByteArray body = why + '\n';
    socket->write("HTTP/1.1 " + QByteArray(status) + "\r\n" + fields + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: "
                  + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    socket->disconnectFromHost();
    // A peer that does not take the answer either must not stay.
    QTimer::singleShot(1000, socket, &QTcpSocket::abort);
}

} // namespace

Listener::Listener(ListenerConfig config, QObject* parent)
    : QTcpServer(parent), m_config(std::move(config)), m_limits(m_config.perAddress)
{
}

void Listener::incomingConnection(qintptr descriptor)
{
    QTcpSocket* const socket = isTls() ? static_cast<QTcpSocket*>(new Lingering<QSslSocket>(this)) : new Lingering<QTcpSocket>(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    ++m_open;
    // The socket may outlive us.
    connect(socket, &QObject::destroyed, this, [this] { --m_open; });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    if (m_open > m_config.maxConnections)
        return refuse(socket, "503 Service Unavailable", "There are too many connections.");
    const QHostAddress address = socket->peerAddress();
    if (const char* const why = m_limits.admit(address, steadyNow()))
        return refuse(socket, "429 Too Many Requests", why, "Retry-After: 5\r\n");
    connect(socket, &QObject::destroyed, this, [this, address] { m_limits.leave(address); });
    // A frame is small and urgent: never wait to fill a segment.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto* deadline = new QTimer(socket);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, socket, [socket] {
        const auto* tls = qobject_cast<QSslSocket*>(socket);
        if (tls && tls->mode() != QSslSocket::UnencryptedMode && !tls->isEncrypted())
            socket->abort(); // there is no way to say it
        else
            refuse(socket, "408 Request Timeout", "The request was not complete in time.");
    });
    deadline->start(m_config.headDeadline);
    if (isTls())
        awaitTls(static_cast<QSslSocket*>(socket));
    else
        awaitHead(socket);
}

void Listener::awaitTls(QSslSocket* socket)
{
    const auto lookAtFirst = [this, socket] {
        constexpr char handshakeRecord = 0x16; // RFC 8446 §5.1
        const QByteArray first = socket->peek(1);
        if (first.isEmpty())
            return;
        disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
        if (first.front() != handshakeRecord)
            return awaitHead(socket);
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(QSsl::TlsV1_2OrLater);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // tokens say who the peer is
        configuration.setLocalCertificateChain(m_config.tls->chain);
        configuration.setPrivateKey(m_config.tls->key);
        socket->setSslConfiguration(configuration);
        connect(socket, &QSslSocket::encrypted, this, [this, socket] { awaitHead(socket); });
        socket->startServerEncryption();
    };
    connect(socket, &QTcpSocket::readyRead, this, lookAtFirst);
    if (socket->bytesAvailable() > 0)
        lookAtFirst();
}

void Listener::awaitHead(QTcpSocket* socket)
{
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { look(socket); });
    if (socket->bytesAvailable() > 0)
        look(socket);
}

void Listener::look(QTcpSocket* socket)
{
    const QByteArray bytes = socket->peek(maxHeadBytes);
    const qsizetype length = headLength(bytes);
    if (length < 0 && bytes.size() < maxHeadBytes)
        return;

    // Whatever comes next, we are done looking.
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    delete socket->findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
    if (length < 0)
        return refuse(socket, "431 Request Header Fields Too Large", "The request's head is too large.");
    const std::optional<HttpHead> head = parseHead(bytes.left(length));
    if (!head)
        return refuse(socket, "400 Bad Request", "This is not an HTTP request.");
    if (!isOurHost(head->host))
        return refuse(socket, "421 Misdirected Request", "The Host header does not name this server.");
    if (isTls() && !static_cast<QSslSocket*>(socket)->isEncrypted())
        return sendToTls(socket, *head);
    if (!isAllowedOrigin(*head)) {
        return refuse(socket, "403 Forbidden",
                      "Pages of another origin may not connect. The owner can allow one with --allow-origin.");
    }

    if (head->wantsWebSocket) {
        dynamic_cast<Lingers&>(*socket).lingerOnClose();
        Q_EMIT webSocketRequested(socket, *head);
    } else {
        disconnect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        new HttpGuard(socket);
        Q_EMIT pageRequested();
        addPendingConnection(socket);
        // What came before the handover raised its signal before anybody but us listened.
        Q_EMIT socket->readyRead();
    }
}

void Listener::sendToTls(QTcpSocket* socket, const HttpHead& head)
{
    if (head.wantsWebSocket)
        return refuse(socket, "426 Upgrade Required", "This server speaks TLS: connect to wss:// in place of ws://.",
                      "Upgrade: TLS/1.2, HTTP/1.1\r\n");
    // A target that is no path could name another server.
    const bool isPath = head.target.startsWith('/') && !head.target.startsWith("//");
    refuse(socket, "308 Permanent Redirect", "This server speaks TLS: ask by https:// in place of http://.",
           "Location: https://" + head.host + (isPath ? head.target : QByteArray("/")) + "\r\n");
}

bool Listener::isOurHost(const QByteArray& host) const
{
    if (host.isEmpty())
        return false;
    const QUrl url(u"http://"_s + QString::fromLatin1(host) + u'/');
    const QString name = url.host();
    if (!url.isValid() || !url.userInfo().isEmpty() || url.port(isTls() ? 443 : 80) != serverPort())
        return false;
    const QHostAddress address(name);
    if (name == "localhost"_L1 || address.isLoopback() || address == serverAddress())
        return true;
    // Only who listens beyond loopback is called by other names.
    return !serverAddress().isLoopback()
        && (m_config.allowedHosts.contains(name, Qt::CaseInsensitive) || machineNames().contains(name, Qt::CaseInsensitive));
}

bool Listener::isAllowedOrigin(const HttpHead& head) const
{
    if (!head.origin)
        return true;
    const QString origin = QString::fromLatin1(*head.origin);
    return origin == (isTls() ? u"https://"_s : u"http://"_s) + QString::fromLatin1(head.host) || m_config.allowedOrigins.contains(origin);
}

} // namespace vigie
