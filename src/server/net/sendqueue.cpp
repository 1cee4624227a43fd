// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/sendqueue.h"

#include <array>
#include <sys/socket.h>
#include <sys/uio.h>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t piecesAtOnce = 64; // by one sendmsg()
constexpr qsizetype smallBytes = 256; // no more costs less to copy than to hold apart
constexpr qsizetype joinedBytes = 16 * 1024;

} // namespace

void SendQueue::add(const QByteArray& bytes)
{
    const bool isSmall = bytes.size() <= smallBytes;
    if (isSmall && m_isLastJoined && !isEmpty() && m_pieces.back().size() + bytes.size() <= joinedBytes) {
        m_pieces.back().append(bytes);
        return;
    }
    m_pieces.push_back(isSmall ? QByteArray(bytes.constData(), bytes.size()) : bytes);
    m_isLastJoined = isSmall;
}

qsizetype SendQueue::sendTo(int descriptor)
{
    std::array<iovec, piecesAtOnce> pieces;
    std::size_t count = 0;
    for (std::size_t i = m_first; i < m_pieces.size() && count < piecesAtOnce; ++i, ++count) {
        const qsizetype from = i == m_first ? m_sentOfFirst : 0;
        pieces[count] = {const_cast<char*>(m_pieces[i].constData()) + from, std::size_t(m_pieces[i].size() - from)};
    }
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = count;
    const ssize_t taken = ::sendmsg(descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken > 0)
        drop(taken);
    return taken;
}

void SendQueue::drop(qsizetype sent)
{
    while (m_first < m_pieces.size() && sent >= m_pieces[m_first].size() - m_sentOfFirst) {
        sent -= m_pieces[m_first].size() - std::exchange(m_sentOfFirst, 0);
        m_pieces[m_first++].clear();
    }
    m_sentOfFirst += sent;
    if (m_first >= piecesAtOnce && m_first * 2 > m_pieces.size()) {
        m_pieces.erase(m_pieces.begin(), m_pieces.begin() + std::ptrdiff_t(m_first));
        m_first = 0;
    }
}

} // namespace vigie
