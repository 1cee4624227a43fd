// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverconfig.h"

#include "app/datafolder.h"

namespace vigie {

ServerConfig serverConfig(const CommandLine& line, const Settings& settings, const std::optional<TlsIdentity>& tls)
{
    ServerConfig config;
    if (line.host) {
        config.host = *line.host;
        const bool isIpv4 = line.host->protocol() == QAbstractSocket::IPv4Protocol;
        config.sharedHost = isIpv4 ? QHostAddress::AnyIPv4 : QHostAddress::AnyIPv6;
    }
    config.port = line.port.value_or(settings.port);
    config.tls = tls;
    if (const QString path = DataFolder(line.dataDir).path(); path != DataFolder({}).path())
        config.dataDir = path;
    config.names.hosts = line.allowedHosts;
    // Who proves to be called so is called so.
    if (tls && !line.tlsCertificate.isEmpty())
        config.names.hosts = tls->names() + config.names.hosts;
    config.names.hosts.removeDuplicates();
    config.requiresToken = line.requireToken;
    config.opensLoopback = line.openLoopback;
    config.names.origins = settings.allowedOrigins + line.allowedOrigins;
    // What cannot be one was told as it was read.
    if (const auto url = PublicUrl::parse(line.publicUrl.value_or(settings.publicUrl)))
        config.names.publicUrl = *url;
    const Limits& limits = settings.limits;
    config.inForce = limits;
    if (limits.connections > 0)
        config.maxConnections = limits.connections;
    config.failedSignIns = limits.failedSignIns;
    config.joins = {limits.joinRequestsAtOnce, limits.joinRequestsOfAddress, limits.joinRequestsPerHour};
    config.headDeadline = std::chrono::seconds(limits.headSeconds);
    config.requestBytes = limits.requestKiB * 1024;
    config.idleDeadline = std::chrono::seconds(limits.idleSeconds);
    config.perAddress = {limits.connectionsPerAddress, limits.handshakesPerSecond, limits.handshakesAtOnce,
                         limits.limitsLoopback};
    config.decode.entriesPerBatch = std::size_t(limits.batchEntries);
    config.decode.depth = limits.jsonDepth;
    config.decode.filterLevels = std::size_t(limits.filterLevels);
    config.decode.searchBytes = std::size_t(limits.searchBytes);
    config.limits.authDeadline = std::chrono::seconds(limits.signInSeconds);
    config.limits.messageDeadline = std::chrono::seconds(limits.messageSeconds);
    config.limits.messageBytes = quint64(limits.messageKiB) * 1024;
    config.limits.unsentBytes = qint64(limits.unsentMiB) * 1024 * 1024;
    config.limits.unreadDeadline = std::chrono::seconds(limits.unreadSeconds);
    config.limits.failures = limits.refusedBeforeSignIn;
    config.memoryBytes = qint64(limits.memoryMiB) * 1024 * 1024;
    config.limits.messagesPerSecond = limits.messagesPerSecond;
    config.limits.receiveBytesPerSecond = limits.receiveKiBPerSecond * 1024.0;
    config.limits.limitsLoopback = limits.limitsLoopback;
    return config;
}

} // namespace vigie
