// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/net/memorybudget.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <optional>
#include <stop_token>

class QTcpSocket;

namespace vigie {

/// Watches one connection of HTTP, by TLS or not, as Qt's HTTP server bounds neither what it reads of a request, nor the
/// answers it keeps for a peer that does not read, nor the time a connection may idle. The server's thread.
class HttpGuard : public QObject, private MemoryBudget::Holder
{
    Q_OBJECT

public:
    struct Bounds
    {
        qint64 requestBytes = 16 * 1024; ///< of what has not been answered yet
        std::chrono::milliseconds idleDeadline{30'000}; ///< without anything of an answer taken
        qint64 unsentBytes = 32 * 1024 * 1024; ///< of answers, whatever the peer does
    };

    /// Becomes a child of `socket`. Make it before whoever reads from the socket connects to readyRead().
    /// `memory`, which must outlive it: what all peers together hold.
    HttpGuard(QTcpSocket* socket, Bounds bounds, MemoryBudget* memory = nullptr);
    ~HttpGuard() override { m_gone.request_stop(); }
    /// Call it once that reader has connected, before anything more can come: by TLS several parts do without a turn of the
    /// event loop in between.
    void followReader();
    /// Call it after each answer that does not come at once: nothing else tells of it.
    void noteAnswer();

    /// So much of answers is not taken that nothing more is to be answered: the connection is about to be ended.
    bool isOverfull() const { return unsent() > m_bounds.unsentBytes; }
    /// Asked to stop when the connection is over.
    std::stop_token gone() const { return m_gone.get_token(); }

Q_SIGNALS:
    /// The connection goes beyond, and is to be ended. BodySize: nothing of an answer was begun. Once.
    void exceeded(vigie::LimitHit hit);

private:
    /// Bytes of answers that the kernel has not taken.
    qint64 unsent() const;
    void noteTaken();
    void weigh();
    void sendAway() override;
    void cut() override {} // it has no last word
    void lookAtUnsent();
    void count();
    void exceed(LimitHit hit);

    QTcpSocket* m_socket;
    Bounds m_bounds;
    MemoryBudget* m_memory;
    std::optional<MemoryBudget::Share> m_share;
    QTimer m_idle;
    std::stop_source m_gone;
    qint64 m_unanswered = 0; // bytes that came since the last that went
    qint64 m_leftUnread = 0; // of these, when the reader last had its turn
    bool m_isExceeded = false;
};

} // namespace vigie
