// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clientinfo.h"
#include "core/logbatch.h"
#include "protocol/messages.h"
#include "server/access/authenticator.h"
#include "server/fanout/viewer.h"
#include "server/session/producer.h"
#include "server/session/sessionpeer.h"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace vigie {

/// A client that is signed in: who it is, what it watches, and what each of its messages does. Its permissions are for the caller
/// to check. The server's thread.
class SignedIn
{
public:
    /// Has no rights until admit().
    explicit SignedIn(const SessionPeer& peer);
    ~SignedIn() { leave(); }
    Q_DISABLE_COPY_MOVE(SignedIn)

    /// Gives it these rights, at its first sign-in or a later one. `since`: the id of the last entry that it has.
    void admit(Admission admission, const std::optional<std::string>& since);
    const Admission& admission() const { return m_admission; }
    const LogOrigin& origin() const { return m_origin; }
    /// Ends its subscriptions and requests, and offers its last entries. Afterwards only call what is const.
    void leave();

    // One for each message.
    void handle(LogsRequest& logs);
    void handle(AppMetricsRequest& report);
    void handle(FilterRequest& filter);
    void handle(HistoryRequest& history);
    void handle(MetricsRequest& metrics);
    void handle(SubscribeRequest& subscribe);
    void handle(ClearRequest& clear);
    void handle(StatusRequest& status);
    void handle(CommandRequest& command);
    void handle(LastActionsRequest& actions);

    /// Producer::flush().
    void flush();
    /// Bytes were sent to it, so it may be ready for more.
    void noteTaken();
    /// Tells it of the trouble there is, if any.
    void tellTrouble();
    /// Reports its token's use.
    void noteUse(std::int64_t nowMs);
    bool isProducer() const { return m_viewer.isProducer; }
    std::uint64_t entriesBehind() const;

private:
    Producer& producer();
    void note(AuditEvent::Kind kind, std::string detail = {});

    const SessionPeer& m_peer;
    Admission m_admission;
    LogOrigin m_origin;
    Viewer m_viewer;
    std::unique_ptr<Producer> m_producer;      // null: it has sent nothing to be kept
    std::stop_source m_gone{std::nostopstate}; // asked to stop when no answer is sent any more; made with the first question
    std::chrono::milliseconds m_metricsInterval;
    bool m_wantsDetail = false;
    bool m_wantsLogs = true;
};

} // namespace vigie
