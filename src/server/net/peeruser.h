// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <optional>
#include <sys/types.h>

namespace vigie {

class Connection;

/// A TCP connection within this machine, as the socket at its other end has it.
struct PeerEnds
{
    QHostAddress peer; ///< its own address; IPv4 and IPv4-mapped IPv6 are the same
    quint16 peerPort = 0;
    QHostAddress here; ///< whom it is connected with: us
    quint16 herePort = 0;
};

/// The user whose process has made the socket at the other end, by NETLINK_SOCK_DIAG (sock_diag(7)), or where that is not to be
/// had by /proc/net/tcp and tcp6 (proc_tcp(5)). Nothing: the kernel does not say, as of a socket that no process has any more.
/// Takes some 10 µs. Any thread.
std::optional<uid_t> userOfPeer(const PeerEnds& ends);

/// The same out of the text of /proc/net/tcp or tcp6.
std::optional<uid_t> userInTable(const QByteArray& table, const PeerEnds& ends);

/// Whether a process of that user is the owner's, or root's, to a Vigie that runs as `ownUser`. `overflowUser`: the number that
/// stands for all users whom our user namespace does not know (user_namespaces(7)); nothing: it knows all.
bool isOwnUser(uid_t user, uid_t ownUser, std::optional<uid_t> overflowUser);

/// Whether the other end of a connection by loopback is surely a process of the owner or of root. Asked of the kernel at the
/// first call for that connection, best while the peer still waits for an answer; one that is not by loopback is never. The
/// server's thread.
bool isOwnersProcess(Connection& connection);

/// What comes over that connection is passed on by a proxy, for anybody: isOwnersProcess() says no from now on.
void noteProxy(Connection& connection);

} // namespace vigie
