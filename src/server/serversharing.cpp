// SPDX-License-Identifier: GPL-3.0-or-later
// Where the server listens, and for whom: on loopback or beyond, plainly or by TLS, and what is told of it.
#include "server/server.h"

#include "server/http/httproutes.h"
#include "server/net/closecodes.h"
#include "server/net/httprefusal.h"
#include "server/net/listener.h"

#include <QNetworkInterface>
#include <QUrl>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

bool isEveryAddress(const QHostAddress& host)
{
    return host == QHostAddress::Any || host == QHostAddress::AnyIPv4 || host == QHostAddress::AnyIPv6;
}

/// Those that others can open: `host` or, if that is every address, those of all interfaces, IPv4 first.
QStringList addressesToTell(const QHostAddress& host)
{
    if (!isEveryAddress(host))
        return {host.toString()};
    QStringList addresses;
    for (const auto protocol : {QAbstractSocket::IPv4Protocol, QAbstractSocket::IPv6Protocol}) {
        const bool isListenedOn =
            host == QHostAddress::Any || (host == QHostAddress::AnyIPv6) == (protocol == QAbstractSocket::IPv6Protocol);
        for (const QHostAddress& address : QNetworkInterface::allAddresses()) {
            if (isListenedOn && address.protocol() == protocol && !address.isLoopback() && !address.isLinkLocal())
                addresses.append(address.toString());
        }
    }
    return addresses;
}

QString urlOf(const QString& scheme, const QString& host, quint16 port)
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(host);
    url.setPort(port);
    url.setPath(u"/"_s);
    return url.toString();
}

} // namespace

void Server::listen(quint16 port)
{
    bind(port);
    tellListening();
}

void Server::bind(quint16 port)
{
    if (m_listener->isListening())
        m_listener->close();
    m_config.port = port;
    m_listenError.clear();
    if (m_listener->listen(m_config.host, port))
        m_config.port = m_listener->serverPort();
    else if (m_listener->serverError() == QAbstractSocket::AddressInUseError)
        m_listenError = tr("Port %1 is in use by another program.").arg(port);
    else
        m_listenError =
            tr("Cannot listen on %1, port %2: %3").arg(m_config.host.toString()).arg(port).arg(m_listener->errorString());
    bindForOtlp();
}

void Server::listenForOtlp(bool isWanted)
{
    if (!m_listener || isWanted == m_wantsOtlp)
        return;
    m_wantsOtlp = isWanted;
    bindForOtlp();
}

void Server::bindForOtlp()
{
    // Who is connected stays, as with the main port, unless it is not wanted any more.
    if (m_otlpListener)
        m_otlpListener->close();
    if (!m_wantsOtlp) {
        if (m_otlpListener)
            m_otlpListener->end([](const QHostAddress&) { return true; });
        m_otlpAccount.close();
        return;
    }
    if (!m_otlpListener) {
        ListenerConfig listening = listenerConfig();
        listening.takeWebSocket = [this](std::unique_ptr<Connection> connection, const HttpHead&) {
            m_otlpListener->seeOut(std::move(connection), refusalText(404, "Only OTLP is taken on this port."));
        };
        listening.takeHttp = [this](std::unique_ptr<Connection> connection, const HttpHead&) {
            m_otlpRoutes->server().serve(std::move(connection));
        };
        m_otlpListener = std::make_unique<Listener>(std::move(listening), *m_poller, *m_memory);
        m_otlpListener->setBlocked(m_blocked);
        m_otlpRoutes = makeRoutes(*m_otlpListener, true);
        m_otlpRoutes->setOpen(m_isOpen);
    }
    applyTls();
    if (!m_otlpAccount.isOpen()) {
        SourceState state;
        state.id = "otlp";
        state.kind = SourceKind::Otlp;
        state.name = "port " + std::to_string(m_config.otlpPort);
        m_otlpAccount = m_intake.board().open(std::move(state));
    }
    if (m_otlpListener->listen(m_config.host, m_config.otlpPort))
        return m_otlpAccount.setStatus(SourceStatus::Waiting);
    const bool isTaken = m_otlpListener->serverError() == QAbstractSocket::AddressInUseError;
    const QString why = isTaken
        ? tr("Port %1, where OpenTelemetry is sent to, is in use by another program.").arg(m_config.otlpPort)
        : tr("Cannot listen on %1, port %2: %3").arg(m_config.host.toString()).arg(m_config.otlpPort).arg(m_otlpListener->errorString());
    m_otlpAccount.setStatus(SourceStatus::Failing, isTaken ? "port_in_use" : "cannot_listen: " + m_otlpListener->errorString().toStdString());
    Q_EMIT otlpListenFailed(why);
}

void Server::tellListening(const QString& shareError)
{
    ListenState state;
    state.listening = m_listener && m_listener->isListening();
    state.port = m_config.port;
    state.shareError = shareError;
    if (!state.listening) {
        state.error = m_listenError;
        Q_EMIT listenStateChanged(state);
        return;
    }
    state.dataDir = m_config.dataDir;
    state.publicUrl = m_config.names.publicUrl.toString();
    state.isShared = isShared();
    state.isSharedByChoice = m_listensBeyond;
    // While shared by share(), this machine's own programs go on as before.
    state.url = urlOf(m_speaksTls ? u"https"_s : u"http"_s, addressesToTell(m_ownHost).value(0, u"localhost"_s), state.port);
    if (state.isShared) {
        // Names first: an owner's certificate is for them.
        for (const QString& address : m_config.names.hosts + addressesToTell(m_config.host))
            state.sharedUrls.append(urlOf(u"https"_s, address, state.port));
    }
    state.fingerprint = m_config.tls ? m_config.tls->fingerprint() : QString();
    state.isUnprotected = !m_config.host.isLoopback() && !state.isShared;
    state.asksForToken = m_config.requiresToken;
    state.sparesOwnerOnly = m_ownHost.isLoopback() && !m_config.requiresToken && !m_config.opensLoopback;
    Q_EMIT listenStateChanged(state);
}

bool Server::isShared() const
{
    return m_listensBeyond || (!m_config.host.isLoopback() && m_config.tls && m_config.requiresToken);
}

void Server::applyTls()
{
    const OwnPeers shared = m_speaksTls ? OwnPeers::ByOwnName : OwnPeers::Plainly;
    for (Listener* const listener : {m_listener.get(), m_otlpListener.get()}) {
        if (listener)
            listener->setTls(m_config.tls, m_listensBeyond ? shared : OwnPeers::AsAll);
    }
}

void Server::share(const TlsIdentity& identity)
{
    if (!m_listener || !m_listener->isListening())
        return tellListening(tr("Vigie cannot be shared while it cannot be reached."));
    if (isShared())
        return setTls(identity);
    if (!m_ownHost.isLoopback())
        return tellListening(tr("Vigie was started with --insecure, and cannot be shared safely as well."));
    // The port is ours; only the addresses change. Connections stay.
    m_listener->close();
    m_listensBeyond = true;
    m_config.tls = identity;
    applyTls();
    if (m_listener->listen(m_config.sharedHost, m_config.port)) {
        m_config.host = m_config.sharedHost;
        bindForOtlp();
        noteOwner(AuditEvent::Kind::Shared);
        return tellListening();
    }
    const QString why = tr("Port %1 cannot be had on the network: %2").arg(m_config.port).arg(m_listener->errorString());
    endSharing();
    if (m_listener->listen(m_ownHost, m_config.port))
        tellListening(why);
    else
        listen(m_config.port); // says what is wrong
}

void Server::tellShareError(const QString& why)
{
    tellListening(why);
}

void Server::endSharing()
{
    m_listensBeyond = false;
    m_config.host = m_ownHost;
    if (!m_speaksTls)
        m_config.tls.reset();
    applyTls();
}

void Server::unshare()
{
    if (!m_listensBeyond)
        return;
    endSharing();
    noteOwner(AuditEvent::Kind::Unshared);
    listen(m_config.port);
    endUnwanted(GoingAway, u"this is no longer shared"_s);
}

bool Server::isWanted(const QHostAddress& peer) const
{
    const bool isWithin = m_listensBeyond || !m_ownHost.isLoopback() || peer.isLoopback();
    return isWithin && (m_blocked.empty() || !m_blocked.contains(peerNetwork(peer)));
}

void Server::endUnwanted(int code, const QString& why)
{
    const std::vector<Session*> sessions(m_sessions.begin(), m_sessions.end());
    for (Session* session : sessions) {
        if (!isWanted(session->address()))
            session->close(code, why);
    }
    if (m_listener)
        m_listener->end([this](const QHostAddress& peer) { return !isWanted(peer); });
    if (m_otlpListener)
        m_otlpListener->end([this](const QHostAddress& peer) { return !isWanted(peer); });
}

void Server::setTls(const TlsIdentity& identity)
{
    if (!m_config.tls)
        return; // not any more
    m_config.tls = identity;
    if (m_listener)
        applyTls();
    tellListening(); // it has another fingerprint
}

} // namespace vigie
