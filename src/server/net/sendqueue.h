// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <chrono>
#include <cstddef>
#include <vector>

namespace vigie {

/// What the kernel has not taken yet of what is sent by a socket, in its order. Shares the bytes with whoever else has them, but
/// copies small pieces into one: a million pongs take hardly more memory than their bytes.
class SendQueue
{
public:
    /// `sentOfFirst`: how much of the first that is added the kernel has already.
    explicit SendQueue(qsizetype sentOfFirst) : m_sentOfFirst(sentOfFirst) {}

    void add(const QByteArray& bytes);
    bool isEmpty() const { return m_first == m_pieces.size(); }
    /// Sends what the kernel takes at once, by one sendmsg(2). How many bytes; -1: none, and errno says why.
    qsizetype sendTo(int descriptor);

    /// Pieces that wait, each with an overhead of some 100 bytes.
    std::size_t pieceCount() const { return m_pieces.size() - m_first; }

    std::chrono::milliseconds dropAt{0}; ///< by a monotonic clock; of a connection that is about to finish

private:
    void drop(qsizetype sent);

    std::vector<QByteArray> m_pieces;
    std::size_t m_first = 0; // before it all are sent
    qsizetype m_sentOfFirst = 0;
    bool m_isLastJoined = false; // the last piece holds copies, and is shared with nobody
};

} // namespace vigie
