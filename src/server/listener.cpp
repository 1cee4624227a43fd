// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listener.h"

#include "server/httpguard.h"
#include "server/lingeringsocket.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

void refuse(QTcpSocket* socket, const char* status, const QByteArray& why)
{
    const QByteArray body = why + '\n';
    socket->write("HTTP/1.1 " + QByteArray(status) + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                  + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    socket->disconnectFromHost();
    // A peer that does not take the answer either must not stay.
    QTimer::singleShot(1000, socket, &QTcpSocket::abort);
}

} // namespace

Listener::Listener(ListenerConfig config, QObject* parent) : QTcpServer(parent), m_config(std::move(config)) {}

void Listener::incomingConnection(qintptr descriptor)
{
    auto* socket = new LingeringSocket(this);
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
    // A frame is small and urgent: never wait to fill a segment.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto* deadline = new QTimer(socket);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, socket,
            [socket] { refuse(socket, "408 Request Timeout", "The request was not complete in time."); });
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { look(socket); });
    deadline->start(m_config.headDeadline);
    if (socket->bytesAvailable() > 0)
        look(socket);
}

void Listener::look(LingeringSocket* socket)
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
    if (!isAllowedOrigin(*head)) {
        return refuse(socket, "403 Forbidden",
                      "Pages of another origin may not connect. The owner can allow one with --allow-origin.");
    }

    if (head->wantsWebSocket) {
        socket->lingerOnClose();
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

bool Listener::isOurHost(const QByteArray& host) const
{
    if (host.isEmpty())
        return false;
    const QUrl url(u"http://"_s + QString::fromLatin1(host) + u'/');
    const QString name = url.host();
    if (!url.isValid() || url.port(80) != serverPort())
        return false;
    const QHostAddress address(name);
    return name == "localhost"_L1 || address.isLoopback() || address == serverAddress();
}

bool Listener::isAllowedOrigin(const HttpHead& head) const
{
    if (!head.origin)
        return true;
    const QString origin = QString::fromLatin1(*head.origin);
    return origin == u"http://"_s + QString::fromLatin1(head.host) || m_config.allowedOrigins.contains(origin);
}

} // namespace vigie
