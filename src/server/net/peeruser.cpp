// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/peeruser.h"

#include "server/net/connection.h"

#include <QFile>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

using Words = std::array<quint32, 4>; // of an IPv6 address, as they lie in memory

Words wordsOf(const QHostAddress& address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address(); // of IPv4 the mapped one
    Words words;
    static_assert(sizeof bytes == sizeof words);
    std::memcpy(words.data(), &bytes, sizeof words);
    return words;
}

bool isIpv4(const Words& words)
{
    return words[0] == 0 && words[1] == 0 && words[2] == htonl(0xffff);
}

/// An IPv4 address in the kernel's answers and tables is its one word.
Words mapped(quint32 word)
{
    return {0, 0, htonl(0xffff), word};
}

class Descriptor
{
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    operator int() const { return m_number; }

private:
    int m_number;
};

struct Question
{
    nlmsghdr header;
    inet_diag_req_v2 request;
};

Question questionOf(const PeerEnds& ends)
{
    Question question = {};
    question.header.nlmsg_len = sizeof question;
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST; // of this one socket
    inet_diag_req_v2& request = question.request;
    request.sdiag_protocol = IPPROTO_TCP;
    request.idiag_states = ~0U;
    request.id.idiag_sport = htons(ends.peerPort);
    request.id.idiag_dport = htons(ends.herePort);
    request.id.idiag_cookie[0] = request.id.idiag_cookie[1] = quint32(INET_DIAG_NOCOOKIE);
    const Words peer = wordsOf(ends.peer);
    const Words here = wordsOf(ends.here);
    request.sdiag_family = isIpv4(peer) ? AF_INET : AF_INET6;
    if (isIpv4(peer)) {
        request.id.idiag_src[0] = peer[3];
        request.id.idiag_dst[0] = here[3];
    } else {
        std::memcpy(request.id.idiag_src, peer.data(), sizeof peer);
        std::memcpy(request.id.idiag_dst, here.data(), sizeof here);
    }
    return question;
}

/// Whether that is the socket asked for, and some process has it. The kernel gives one that listens on the port when there is no
/// other, and says "root" of those that no process has: closed ones, and those in TIME_WAIT.
bool isMeant(const inet_diag_msg& found, const PeerEnds& ends)
{
    const auto wordsIn = [&found](const __be32* words) {
        if (found.idiag_family == AF_INET)
            return mapped(words[0]);
        Words all;
        std::memcpy(all.data(), words, sizeof all);
        return all;
    };
    return found.idiag_inode != 0 && found.id.idiag_sport == htons(ends.peerPort) && found.id.idiag_dport == htons(ends.herePort)
           && wordsIn(found.id.idiag_src) == wordsOf(ends.peer) && wordsIn(found.id.idiag_dst) == wordsOf(ends.here);
}

enum class Heard { Nothing, NoSocket, Socket }; // Nothing: the kernel does not take the question

Heard askKernel(const PeerEnds& ends, inet_diag_msg& found)
{
    const Descriptor netlink(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG));
    const Question question = questionOf(ends);
    sockaddr_nl kernel = {};
    kernel.nl_family = AF_NETLINK;
    if (netlink < 0
        || ::sendto(netlink, &question, sizeof question, MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&kernel), sizeof kernel)
               != ssize_t(sizeof question))
        return Heard::Nothing;
    // The kernel makes its answer while the question is sent.
    alignas(nlmsghdr) std::array<char, 2048> answer;
    const ssize_t got = ::recv(netlink, answer.data(), answer.size(), 0);
    nlmsghdr header;
    if (got < ssize_t(sizeof header))
        return Heard::Nothing;
    std::memcpy(&header, answer.data(), sizeof header);
    const char* const body = answer.data() + NLMSG_HDRLEN;
    if (header.nlmsg_type == SOCK_DIAG_BY_FAMILY && got >= ssize_t(NLMSG_HDRLEN + sizeof found)) {
        std::memcpy(&found, body, sizeof found);
        return Heard::Socket;
    }
    nlmsgerr error;
    if (header.nlmsg_type != NLMSG_ERROR || got < ssize_t(NLMSG_HDRLEN + sizeof error))
        return Heard::Nothing;
    std::memcpy(&error, body, sizeof error);
    return error.error == -ENOENT ? Heard::NoSocket : Heard::Nothing;
}

/// "0100007F:0BB9", or with four words.
std::optional<std::pair<Words, quint16>> endIn(const QByteArray& text)
{
    constexpr qsizetype digits = 8; // of a word
    const qsizetype colon = text.indexOf(':');
    if (colon != digits && colon != 4 * digits)
        return std::nullopt;
    bool isPort = false;
    const quint16 port = text.mid(colon + 1).toUShort(&isPort, 16);
    bool isAddress = isPort;
    std::array<quint32, 4> words{};
    for (qsizetype i = 0; isAddress && i < colon / digits; ++i)
        words[std::size_t(i)] = text.mid(i * digits, digits).toUInt(&isAddress, 16);
    if (!isAddress)
        return std::nullopt;
    return std::pair(colon == digits ? mapped(words[0]) : words, port);
}

std::optional<uid_t> userInTables(const PeerEnds& ends)
{
    for (const QString& path : {u"/proc/self/net/tcp"_s, u"/proc/self/net/tcp6"_s}) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        if (const auto user = userInTable(file.readAll(), ends))
            return user;
    }
    return std::nullopt;
}

/// See isOwnUser(). Asked once.
std::optional<uid_t> overflowUser()
{
    static const std::optional<uid_t> user = []() -> std::optional<uid_t> {
        QFile map(u"/proc/self/uid_map"_s);
        if (map.open(QIODevice::ReadOnly) && map.readAll().simplified() == "0 0 4294967295")
            return std::nullopt;
        QFile number(u"/proc/sys/kernel/overflowuid"_s);
        bool isNumber = false;
        const uint said = number.open(QIODevice::ReadOnly) ? number.readAll().trimmed().toUInt(&isNumber) : 0;
        return isNumber ? said : 65534;
    }();
    return user;
}

} // namespace

std::optional<uid_t> userInTable(const QByteArray& table, const PeerEnds& ends)
{
    const std::pair own(wordsOf(ends.peer), ends.peerPort);
    const std::pair other(wordsOf(ends.here), ends.herePort);
    const QByteArray port = ':' + QByteArray::number(ends.peerPort, 16).toUpper().rightJustified(4, '0') + ' ';
    for (const QByteArray& line : table.split('\n')) {
        if (!line.contains(port)) // there may be ten thousand
            continue;
        // Its number, the two ends, the state, queues, timer, retransmissions, user, timeout and inode; 0: no process has it.
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() < 10 || endIn(words[1]) != own || endIn(words[2]) != other || words[9] == "0")
            continue;
        bool isNumber = false;
        const uint user = words[7].toUInt(&isNumber);
        return isNumber ? std::optional<uid_t>(user) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<uid_t> userOfPeer(const PeerEnds& ends)
{
    inet_diag_msg found;
    switch (askKernel(ends, found)) {
    case Heard::Socket:
        return isMeant(found, ends) ? std::optional<uid_t>(found.idiag_uid) : std::nullopt;
    case Heard::NoSocket:
        // So it says without the module for such questions, too. It has one if it knows our own end.
        if (askKernel({ends.here, ends.herePort, ends.peer, ends.peerPort}, found) == Heard::Socket)
            return std::nullopt;
        break;
    case Heard::Nothing:
        break;
    }
    return userInTables(ends);
}

bool isOwnUser(uid_t user, uid_t ownUser, std::optional<uid_t> overflowUser)
{
    return user != overflowUser && (user == ownUser || user == 0);
}

bool isOwnersProcess(Connection& connection)
{
    if (!connection.peerAddress().isLoopback())
        return false;
    if (connection.owner() == Connection::Owner::Unknown) {
        const auto [address, port] = connection.localEnd();
        const auto user = userOfPeer({connection.peerAddress(), connection.peerPort(), address, port});
        const bool isOwn = user && isOwnUser(*user, geteuid(), overflowUser());
        connection.setOwner(isOwn ? Connection::Owner::Ours : Connection::Owner::Others);
    }
    return connection.owner() == Connection::Owner::Ours;
}

void noteProxy(Connection& connection)
{
    connection.setOwner(Connection::Owner::Others);
}

} // namespace vigie
