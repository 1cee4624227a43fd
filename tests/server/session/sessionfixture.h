// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/hub.h"
#include "intake/intake.h"
#include "oneport.h"
#include "rawpeer.h"
#include "server/fanout/fanout.h"
#include "server/access/joinrequests.h"
#include "server/fanout/metricsfeed.h"
#include "server/access/openquestions.h"
#include "server/fanout/resumepoints.h"
#include "server/session/session.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>
#include <memory>
#include <utility>
#include <vector>

namespace vigie::test {

inline const QByteArray signIn = R"({"type":"auth","data":{"appId":"shop","userId":"ann"}})";
inline const QByteArray askStatus = R"({"type":"check_status"})";

/// Base class for tests of one session on a real connection, with the client in the same thread and a clock under the test's
/// control.
class SessionFixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

protected:
    /// Does the handshake and creates the session.
    void connectPeer(const SessionLimits& limits = {});
    /// connectPeer(), and the peer signs in.
    void connectSignedIn(const SessionLimits& limits = {});
    /// Waits until the session has answered everything sent before.
    bool settle();
    /// Sends that and waits until the session has read it.
    bool sendAndWait(const QByteArray& bytes);
    /// Makes little room in the kernel for what is sent to the peer.
    void makeSendBufferSmall() { m_listener->makeSendBufferSmall(); }
    bool hasEnded() { return QTest::qWaitFor([this] { return m_endedSpy->size() > 0; }, 30'000); }

    std::unique_ptr<Hub> m_hub;
    Authenticator m_authenticator{OpenTo::Everybody};
    JoinRequests m_joins{JoinRequests::Config()};
    LimitHits m_limitHits;
    std::unique_ptr<OpenQuestions> m_questions;
    std::unique_ptr<MemoryBudget> m_memory;
    std::unique_ptr<Fanout> m_fanout;
    std::unique_ptr<ResumePoints> m_resumePoints;
    std::unique_ptr<MetricsFeed> m_metrics;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<Decoder> m_decoder;
    QByteArray m_trouble;
    std::vector<std::unique_ptr<SessionContext>> m_contexts; // one for each session: a test may keep earlier ones
    std::unique_ptr<OnePort> m_listener;
    std::unique_ptr<RawPeer> m_peer;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<QSignalSpy> m_endedSpy;
    Connection* m_connection = nullptr; // the session's
};

} // namespace vigie::test
