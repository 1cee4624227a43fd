// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionfixture.h"

#include "patience.h"

namespace vigie::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void SessionFixture::init()
{
    m_hub = std::make_unique<Hub>();
    m_limitHits = {};
    m_questions = std::make_unique<OpenQuestions>(8, false);
    m_memory = std::make_unique<MemoryBudget>(256 * 1024 * 1024);
    m_fanout = std::make_unique<Fanout>(*m_hub, *m_memory);
    m_resumePoints = std::make_unique<ResumePoints>(*m_hub, *m_fanout);
    m_metrics = std::make_unique<MetricsFeed>(*m_hub, [] { return 1; });
    m_intake = std::make_unique<Intake>(*m_hub);
    m_intake->setCongestion(m_fanout.get());
    connect(m_fanout.get(), &Fanout::uncongested, m_intake.get(), &Intake::callWaiting);
    m_decoder = std::make_unique<Decoder>();
    m_listener = std::make_unique<OnePort>();
    QVERIFY(m_listener->listen(QHostAddress::LocalHost));
}

void SessionFixture::cleanup()
{
    m_endedSpy.reset();
    m_session.reset();
    m_peer.reset();
    m_listener.reset();
    m_contexts.clear();
    m_metrics.reset();
    m_intake.reset();
    m_resumePoints.reset();
    m_fanout.reset();
}

void SessionFixture::connectPeer(const SessionLimits& limits)
{
    m_contexts.emplace_back(
        new SessionContext{*m_hub, *m_intake, m_authenticator, *m_fanout, *m_resumePoints, *m_metrics, m_joins, *m_decoder, *m_questions,
                           m_limitHits, *m_memory, limits, m_trouble});
    m_peer = std::make_unique<RawPeer>(m_listener->serverPort());
    std::unique_ptr<Connection> connection = m_listener->take(*m_memory);
    QVERIFY(connection);
    m_connection = connection.get();
    m_session = std::make_unique<Session>(1, std::move(connection), *m_contexts.back(), AuthRequest{}, 0ms);
    m_endedSpy = std::make_unique<QSignalSpy>(m_session.get(), &Session::ended);
    m_session->start();
}

void SessionFixture::connectSignedIn(const SessionLimits& limits)
{
    connectPeer(limits);
    m_peer->sendText(signIn);
    QVERIFY(!m_peer->take(u"metrics"_s).isEmpty());
}

bool SessionFixture::sendAndWait(const QByteArray& bytes)
{
    const qint64 before = m_connection->receivedBytes();
    m_peer->send(bytes);
    return QTest::qWaitFor([&] { return m_connection->receivedBytes() >= before + bytes.size(); }, 30'000);
}

bool SessionFixture::settle()
{
    m_peer->sendText(askStatus);
    return !m_peer->take(u"status_response"_s).isEmpty();
}

} // namespace vigie::test
