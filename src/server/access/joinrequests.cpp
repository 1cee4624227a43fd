// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/joinrequests.h"

#include "server/net/addresslimits.h"

#include <QDateTime>
#include <algorithm>

namespace vigie {

namespace {

constexpr std::size_t maxBuckets = 1'000;

} // namespace

void JoinRequests::setOpen(bool isOpen)
{
    m_isOpen = isOpen;
    while (!isOpen && !m_waiting.empty())
        end(m_waiting.begin()->first, {{}, "nobody_there", "nobody is there to answer"});
}

const char* JoinRequests::whyNot(const std::string& network, Time now)
{
    const auto ofNetwork =
        std::count_if(m_waiting.begin(), m_waiting.end(), [&](const auto& one) { return one.second.network == network; });
    if (int(m_waiting.size()) >= m_config.waiting || int(ofNetwork) >= m_config.waitingOfAddress)
        return "too many wait for an answer, ask again later";
    std::erase_if(m_buckets, [now](const auto& one) { return one.second.isFull(now); });
    const auto known = m_buckets.find(network);
    if (known == m_buckets.end() ? m_buckets.size() >= maxBuckets : known->second.left(now) < 1)
        return "you asked often, ask again later";
    return nullptr;
}

bool JoinRequests::ask(const std::string& userId, const std::string& appId, const QHostAddress& address, QObject* request, Time now,
                       Done done)
{
    if (!m_isOpen) {
        done({{}, "nobody_there", "nobody is there to answer"});
        return false;
    }
    const std::string network = peerNetwork(address).toStdString();
    if (const char* const why = whyNot(network, now)) {
        Q_EMIT refused();
        done({{}, "too_many_requests", why});
        return false;
    }
    m_buckets.try_emplace(network, m_config.perHourOfAddress / 3'600.0, atOnceOfAddress, now).first->second.take(1, now);
    const std::uint64_t id = ++m_lastId;
    m_waiting.emplace(id, Waiting{request, network, now, std::move(done)});
    // The request ends with its client.
    connect(request, &QObject::destroyed, this, [this, id] {
        if (m_waiting.erase(id) > 0)
            Q_EMIT withdrawn(id);
    });
    Q_EMIT asked({id, userId, appId, addressText(address).toStdString(), address.isLoopback() ? std::string() : network,
                  QDateTime::currentMSecsSinceEpoch()});
    return m_waiting.contains(id);
}

void JoinRequests::end(std::uint64_t id, const JoinOutcome& outcome)
{
    auto ended = m_waiting.extract(id);
    if (ended.empty())
        return;
    Q_EMIT withdrawn(id);
    if (ended.mapped().request)
        ended.mapped().done(outcome);
}

void JoinRequests::answer(std::uint64_t id, const QByteArray& token)
{
    if (token.isEmpty())
        end(id, {{}, "denied", "the owner said no"});
    else
        end(id, {token.toStdString(), "", ""});
}

void JoinRequests::tick(Time now)
{
    std::vector<std::uint64_t> old;
    for (const auto& [id, waiting] : m_waiting) {
        if (now - waiting.since >= patience)
            old.push_back(id);
    }
    for (const std::uint64_t id : old)
        end(id, {{}, "no_answer", "nobody has answered"});
}

} // namespace vigie
