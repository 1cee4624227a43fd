// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/net/connection.h"

#include <QObject>
#include <memory>
#include <optional>

namespace vigie {

class Listener;

/// A connection whose first head is awaited: looks whether it speaks TLS, reads the head, bounded in bytes and time, and gives
/// both to the Listener, or says why not and sees it out. The server's thread.
class Arrival : public QObject, private ConnectionReader
{
public:
    /// `refusal`: said once the head has come, in place of an answer.
    Arrival(Listener& listener, std::unique_ptr<Connection> connection, std::optional<LimitHit> refusal);

    Connection& connection() { return *m_connection; }
    /// For who goes on with it. Ends this in the next turn of the event loop.
    std::unique_ptr<Connection> release();
    /// Sends a last answer.
    void refuse(const QByteArray& answer);

private:
    void seeFirst(unsigned char byte) override;
    std::size_t read(std::span<char> bytes) override;
    void deadlinePassed() override;
    void holdsTooMuch() override { m_connection->abort(); }
    void ended() override { deleteLater(); }

    Listener& m_listener;
    std::unique_ptr<Connection> m_connection; // null: it was released
    std::optional<LimitHit> m_refusal;
    bool m_startedTls = false;
};

} // namespace vigie
