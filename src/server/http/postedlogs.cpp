// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/postedlogs.h"

#include <utility>

namespace vigie {

PostedLogs::PostedLogs(Intake& intake, HttpRequestPtr request) : IntakeSource(intake), m_request(std::move(request)) {}

std::shared_ptr<PostedLogs> PostedLogs::create(Intake& intake, HttpRequestPtr request)
{
    return std::shared_ptr<PostedLogs>(new PostedLogs(intake, std::move(request)));
}

void PostedLogs::add(LogBatch batch)
{
    if (batch.empty() || m_isGivenUp)
        return;
    m_waiting.push_back(std::move(batch));
    if (m_waiting.size() == 1)
        offerNext();
}

void PostedLogs::finish(Done done)
{
    if (m_isGivenUp)
        return;
    m_done = std::move(done);
    m_self = shared_from_this();
    settle();
}

void PostedLogs::giveUp()
{
    const std::shared_ptr<PostedLogs> alive = std::exchange(m_self, nullptr);
    m_isGivenUp = true;
    m_done = nullptr;
    m_waiting.clear();
    stopWaiting();
}

void PostedLogs::offerNext()
{
    while (!m_waiting.empty()) {
        const std::size_t entries = m_waiting.front().size();
        const Offered offered = offer(m_waiting.front(), Durability::Told);
        if (offered.outcome == Offered::Outcome::MustWait)
            return m_request->setBodyPaused(true);
        m_waiting.pop_front();
        if (!offered) {
            m_sum.refused += entries;
            continue;
        }
        m_sum.entries += entries;
        m_sum.repeats += offered.repeats;
        if (offered.ticket > 0)
            m_lastTicket = offered.ticket;
    }
    m_request->setBodyPaused(mustWait());
}

void PostedLogs::goOn()
{
    const std::shared_ptr<PostedLogs> alive = m_self;
    offerNext();
    settle();
}

void PostedLogs::becameDurable(std::uint64_t ticket)
{
    const std::shared_ptr<PostedLogs> alive = m_self;
    m_durableTicket = ticket;
    settle();
}

void PostedLogs::settle()
{
    if (!m_self)
        return;
    if (!m_request->isThere()) {
        m_self.reset();
        return;
    }
    if (m_waiting.empty() && m_durableTicket >= m_lastTicket) {
        const Done done = std::exchange(m_done, nullptr);
        const std::shared_ptr<PostedLogs> alive = std::exchange(m_self, nullptr);
        done(m_sum);
    }
}

} // namespace vigie
