// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "core/activity.h"
#include "server/net/tlsidentity.h"

#include <QCoreApplication>
#include <QObject>
#include <functional>
#include <optional>

class QThreadPool;

namespace vigie {

class Server;

/// Has the server shared on the network and no more, as the owner chooses in the window, with a certificate that is good:
/// the owner's, or Vigie's own, which is made when first needed and renewed while the program runs. Main thread.
class SharingControl : public QObject
{
    Q_DECLARE_TR_FUNCTIONS(vigie::Application)

public:
    struct Config
    {
        CommandLine line;
        QString dataDir; ///< where Vigie's own certificate lies
        std::optional<TlsIdentity> tls; ///< that the server begins with; absent: connections are plain
        bool isRestored = false; ///< shared as soon as it listens, unless the command line says where to listen
    };

    /// `disk` does what may wait for the disk; it must have done all of it when this goes. `server` lives on another thread.
    SharingControl(Config config, Server* server, QThreadPool& disk, QObject* parent);

    /// What the owner chose.
    void setShared(bool isShared);
    /// Reads the certificate in force again, the owner's or Vigie's own, and has the server show it if it has changed. `done`
    /// follows in any case. One that cannot be used is said, and the last stays.
    void renewCertificate(std::function<void()> done);
    /// From the server, each time.
    void noteListenState(const ListenState& state);

private:
    /// The owner's certificate or Vigie's own of the moment, read, made or renewed by the disk's thread.
    void loadCertificate(std::function<void(const Result<TlsIdentity>&)> use);
    void restore();
    bool hasOwnersCertificate() const { return !m_config.line.tlsCertificate.isEmpty(); }

    Config m_config; // its `tls` is the one in force
    Server* m_server;
    QThreadPool& m_disk;
    bool m_isShared = false; // by the owner's word
};

} // namespace vigie
