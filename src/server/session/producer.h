// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/logbatch.h"
#include "intake/intake.h"
#include "protocol/messages.h"
#include "server/session/sessionpeer.h"

#include <QtGlobal>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <string>
#include <variant>

namespace vigie {

struct Viewer;

/// A session as a source of the Intake. Gathers entries that come together into one batch. Holds what cannot be taken yet, and
/// pauses the client's socket until it is. Acknowledges what is on disk. The server's thread.
class Producer final : public IntakeSource
{
public:
    /// Both must outlive it. `viewer` is that of the same client, whose `isProducer` is set with the first thing taken.
    Producer(const SessionPeer& peer, Viewer& viewer);
    ~Producer() override;

    /// Takes entries. Those that want an acknowledgement are offered at once; others are gathered until flush().
    void take(LogsRequest& logs);
    /// Takes an application's figures, after everything that came before.
    void take(AppMetrics metrics);
    /// Offers what was gathered. Call after the last of the messages that came together, and before handling any other message.
    void flush();

private:
    /// What was not taken yet.
    struct Pending
    {
        std::variant<LogBatch, AppMetrics> what;
        std::optional<LogsAck> ack; ///< asked for; of entries only
    };
    struct PendingAck
    {
        std::uint64_t ticket;
        LogsAck ack;
    };

    void goOn() override;
    void becameDurable(std::uint64_t ticket) override;

    void gather(LogBatch batch);
    void offerPending();
    /// False: it must wait; goOn() follows.
    bool offerNext();
    bool offerBatch(LogBatch& batch, std::optional<LogsAck>& ack);
    bool offerMetrics(AppMetrics& metrics);
    void pause();
    void countPending();
    SourceAccount& account(const std::string& appId);

    const SessionPeer& m_peer;
    Viewer& m_viewer;
    std::list<Pending> m_pending;              // in the order in which it came
    std::deque<PendingAck> m_acks;             // by ticket
    SourceAccount m_account;                   // open once it has sent something
    std::string m_accountApp;                  // whose it is
    qint64 m_counted = 0;                      // of m_pending, in the connection's memory
    Durability m_durability = Durability::Any; // of what was offered last
    bool m_isWaiting = false;                  // for goOn()
};

} // namespace vigie
