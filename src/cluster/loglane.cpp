// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/loglane.h"

#include "cluster/jetstream.h"
#include "cluster/logstream.h"
#include "cluster/natslink.h"

#include <algorithm>
#include <utility>

namespace vigie {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t gatherBytes = 512 * 1024; // of JSON
constexpr std::size_t usualPayload = 1024 * 1024; // of a server that was not reached yet
constexpr std::size_t payloadReserve = 16 * 1024; // headers count, and so does our own line before the entries
constexpr auto patience = 5s;
constexpr auto firstPause = 250ms;
constexpr auto maxPause = 4s;

/// The entries [from, to) of a batch, without its checkpoint.
LogBatch part(const LogBatch& batch, std::size_t from, std::size_t to)
{
    LogBatch some = batch.filtered([from, to](std::size_t i) { return i >= from && i < to; });
    some.setCheckpoint(nullptr);
    return some;
}

} // namespace

LogLane::LogLane(Common& common, std::string appId)
    : m_common(common), m_origin(common.origin), m_appId(std::move(appId)), m_subject(LogStream::subjectOf(m_appId))
{
    m_retry.setSingleShot(true);
    m_retry.callOnTimeout([this] { send(); });
}

std::size_t LogLane::maxMessageBytes() const
{
    const std::size_t payload = m_common.link.maxPayload() > 0 ? m_common.link.maxPayload() : usualPayload;
    return payload > 2 * payloadReserve ? payload - payloadReserve : payload / 2;
}

void LogLane::share(Shared shared)
{
    m_common.heldBytes += shared.batch.heldBytes();
    m_waiting.push_back(std::move(shared));
    sendNext();
}

void LogLane::setOpen(bool isOpen)
{
    m_isOpen = isOpen;
    if (!isOpen) {
        m_retry.stop();
        return;
    }
    m_pause = 0ms;
    if (m_message)
        send();
    else
        sendNext();
}

/// Has the first that waits fit into a message by itself.
void LogLane::splitFront(std::size_t maxBytes)
{
    if (m_waiting.front().batch.json().size() <= maxBytes)
        return;
    Shared whole = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_common.heldBytes -= whole.batch.heldBytes();
    const LogBatch batch = cutForBus(std::move(whole.batch), maxBytes);
    std::vector<Shared> parts;
    for (std::size_t from = 0; from < batch.size();) {
        std::size_t to = from + 1; // an entry alone fits, if only when it is packed
        while (to < batch.size() && batch.json(from, to + 1).size() <= maxBytes)
            ++to;
        parts.push_back({whole.number, part(batch, from, to), {}, false});
        from = to;
    }
    parts.back().isWhole = whole.isWhole;
    parts.back().batch.setCheckpoint(batch.checkpoint());
    for (auto one = parts.rbegin(); one != parts.rend(); ++one) {
        m_common.heldBytes += one->batch.heldBytes();
        m_waiting.push_front(std::move(*one));
    }
}

void LogLane::sendNext()
{
    if (!m_isOpen || m_message || m_waiting.empty())
        return;
    const std::size_t maxBytes = std::min(gatherBytes, maxMessageBytes());
    Sent message{LogBatch(m_appId), {}, {}};
    std::optional<AppCleared> cleared;
    std::size_t waited = 0;
    while (!m_waiting.empty()) {
        splitFront(maxBytes);
        Shared& next = m_waiting.front();
        const bool isFirst = message.batch.empty();
        if (!isFirst && (next.cleared || message.batch.json().size() + next.batch.json().size() > maxBytes))
            break;
        waited += next.batch.heldBytes();
        if (const CheckpointPtr& place = next.batch.checkpoint()) {
            std::erase_if(message.places, [&place](const CheckpointPtr& before) { return before->source == place->source; });
            message.places.push_back(place);
        }
        if (next.isWhole)
            message.numbers.push_back(next.number);
        cleared = std::move(next.cleared);
        if (isFirst)
            message.batch = std::move(next.batch);
        else
            message.batch.append(next.batch);
        m_waiting.pop_front();
        if (cleared)
            break;
    }
    message.batch.setCheckpoint(nullptr);
    m_common.heldBytes += message.batch.heldBytes() - waited;
    ++m_origin.number;
    m_message = cleared ? encodeBus(m_origin, *cleared) : encodeBus(m_origin, message.batch, message.places);
    m_numbers = message.numbers;
    m_away.emplace(m_origin.number, std::move(message));
    m_pause = 0ms;
    send();
}

void LogLane::send()
{
    if (!m_isOpen || !m_message || std::exchange(m_isAsking, true))
        return;
    // Application and epoch are in it: the server looks repeats up in the whole stream.
    const std::string id = m_origin.nodeId + '/' + m_origin.epoch + '/' + m_subject + '/' + std::to_string(m_origin.number);
    m_common.link.request(
        m_subject, *m_message, patience,
        [this, alive = std::weak_ptr<int>(m_alive), number = m_origin.number](const NatsMessage* answer) {
            if (!alive.expired())
                takeAnswer(number, answer);
        },
        {{"Nats-Msg-Id", id}});
}

void LogLane::takeAnswer(std::uint64_t message, const NatsMessage* answer)
{
    if (message != m_origin.number)
        return;
    m_isAsking = false;
    const JetStreamAnswer said = JetStreamAnswer::of(answer);
    if (!said) {
        // Whether it is stored is not known. Tries in quick succession would be over before there is another leader.
        m_common.trouble(said.problem);
        m_pause = m_pause == 0ms ? firstPause : std::min<std::chrono::milliseconds>(2 * m_pause, maxPause);
        if (m_isOpen)
            m_retry.start(m_pause);
        return;
    }
    m_message.reset();
    m_common.trouble({});
    m_common.confirmed(std::exchange(m_numbers, {}));
    sendNext();
}

std::optional<LogLane::Sent> LogLane::takeBack(std::uint64_t message)
{
    auto found = m_away.extract(message);
    if (!found)
        return std::nullopt;
    Sent sent = std::move(found.mapped());
    m_common.heldBytes -= sent.batch.heldBytes();
    while (!m_away.empty() && m_away.begin()->first < message) {
        const Sent& gone = m_away.begin()->second;
        m_common.heldBytes -= gone.batch.heldBytes();
        sent.numbers.insert(sent.numbers.end(), gone.numbers.begin(), gone.numbers.end());
        m_away.erase(m_away.begin());
    }
    return sent;
}

} // namespace vigie
