// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/arrival.h"

#include "server/net/httphead.h"
#include "server/net/httprefusal.h"
#include "server/net/listener.h"

#include <QSslConfiguration>

namespace vigie {

namespace {

constexpr unsigned char handshakeRecord = 0x16; // RFC 8446 §5.1

QSslConfiguration configurationOf(const TlsIdentity& identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // tokens say who the peer is
    configuration.setLocalCertificateChain(identity.chain);
    configuration.setPrivateKey(identity.key);
    return configuration;
}

} // namespace

Arrival::Arrival(Listener& listener, std::unique_ptr<Connection> connection, std::optional<LimitHit> refusal)
    : QObject(&listener), m_listener(listener), m_connection(std::move(connection)), m_refusal(refusal)
{
    m_connection->setMaxRead(std::size_t(listener.config().requestBytes));
    m_connection->setDeadline(listener.config().headDeadline);
    m_connection->setReader(*this);
}

std::unique_ptr<Connection> Arrival::release()
{
    deleteLater();
    return std::move(m_connection);
}

void Arrival::refuse(const QByteArray& answer)
{
    m_connection->send(answer);
    m_connection->finish();
}

void Arrival::seeFirst(unsigned char byte)
{
    if (byte != handshakeRecord)
        return;
    const std::optional<TlsIdentity>& identity = m_listener.config().tls;
    if (!identity) // not any more
        return m_connection->abort();
    m_startedTls = true;
    m_connection->startTls(configurationOf(*identity));
}

std::size_t Arrival::read(std::span<char> bytes)
{
    using State = ComingHead::State;
    const QByteArrayView come(bytes.data(), qsizetype(bytes.size()));
    const auto [state, length] = lookAtHead(come, m_listener.config().requestBytes);
    if (state == State::Partial)
        return 0;
    // Whatever comes next, we are done looking.
    m_connection->clearDeadline();
    if (m_refusal) {
        refuse(refusalText(*m_refusal));
        return 0;
    }
    if (state == State::TooLarge) {
        m_listener.count(LimitHit::HeadSize, *m_connection);
        refuse(refusalText(LimitHit::HeadSize));
        return 0;
    }
    const std::optional<HttpHead> head = state == State::Broken ? std::nullopt : parseHead(come.first(length));
    if (!head) {
        refuse(refusalText(400, "This is not an HTTP request."));
        return 0;
    }
    return m_listener.sort(*this, *head) ? std::size_t(length) : 0;
}

void Arrival::deadlinePassed()
{
    if (!m_refusal)
        m_listener.count(LimitHit::HeadTime, *m_connection);
    if (m_startedTls && !m_connection->isEncrypted())
        return m_connection->abort(); // there is no way to say it
    refuse(refusalText(m_refusal.value_or(LimitHit::HeadTime)));
}

} // namespace vigie
