// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sharingcontrol.h"

#include "app/console.h"
#include "server/server.h"

#include <QThreadPool>
#include <QTimer>
#include <utility>

namespace vigie {

SharingControl::SharingControl(Config config, Server* server, QThreadPool& disk, QObject* parent)
    : QObject(parent), m_config(std::move(config)), m_server(server), m_disk(disk)
{
    if (hasOwnersCertificate())
        return;
    auto* daily = new QTimer(this);
    daily->setObjectName("certificateTimer");
    connect(daily, &QTimer::timeout, this, [this] { renewCertificate([] {}); });
    daily->start(std::chrono::hours(24));
}

void SharingControl::loadCertificate(std::function<void(const Result<TlsIdentity>&)> use)
{
    m_disk.start([this, use = std::move(use), folder = m_config.dataDir, names = machineNames() + m_config.line.allowedHosts,
                  certificate = m_config.line.tlsCertificate, key = m_config.line.tlsKey] {
        const Result<TlsIdentity> identity = certificate.isEmpty() ? ownTlsIdentity(folder, names) : loadTlsIdentity(certificate, key);
        QMetaObject::invokeMethod(this, [identity, use] { use(identity); });
    });
}

void SharingControl::renewCertificate(std::function<void()> done)
{
    if (!m_config.tls)
        return done();
    loadCertificate([this, done = std::move(done)](const Result<TlsIdentity>& identity) {
        if (!identity) {
            Console::complain(identity.error().message);
        } else if (m_config.tls && identity->chain != m_config.tls->chain) {
            m_config.tls = *identity;
            QMetaObject::invokeMethod(m_server, [server = m_server, tls = *identity] { server->setTls(tls); });
        }
        done();
    });
}

void SharingControl::setShared(bool isShared)
{
    m_isShared = isShared;
    if (!isShared) {
        if (!m_config.line.tls)
            m_config.tls.reset();
        QMetaObject::invokeMethod(m_server, &Server::unshare);
        return;
    }
    const auto share = [this](const Result<TlsIdentity>& identity) {
        if (!m_isShared)
            return;
        if (identity)
            m_config.tls = *identity;
        QMetaObject::invokeMethod(m_server, [server = m_server, identity] {
            identity ? server->share(*identity) : server->tellShareError(identity.error().message);
        });
    };
    // The owner's is kept. Vigie's own may lack an address by now.
    if (m_config.tls && hasOwnersCertificate())
        share(*m_config.tls);
    else
        loadCertificate(share);
}

void SharingControl::noteListenState(const ListenState& state)
{
    if (!state.shareError.isEmpty()) {
        // It may be asked for again, with a certificate that is then the right one. What is shared all the same goes on with the
        // one that it has, which is to be renewed.
        if (!m_config.line.tls && !state.isShared)
            m_config.tls.reset();
    } else if (state.listening) {
        restore();
    }
}

void SharingControl::restore()
{
    if (!std::exchange(m_config.isRestored, false))
        return;
    const std::optional<QHostAddress>& host = m_config.line.host;
    if (!host)
        return setShared(true);
    if (host->isLoopback()) {
        const QString why = tr("Sharing is off, as Vigie was started with --host %1. Share… turns it on.").arg(host->toString());
        QMetaObject::invokeMethod(m_server, [server = m_server, why] { server->tellShareError(why); });
    }
}

} // namespace vigie
