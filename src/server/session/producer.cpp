// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/producer.h"

#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/fanout/viewer.h"

#include <QDateTime>
#include <utility>

namespace vigie {

namespace {

// Bytes of JSON.
constexpr std::size_t maxGathered = 32 * 1024;
constexpr std::size_t enough = 8 * 1024; // copying more entries together costs more than a batch does

} // namespace

Producer::Producer(const SessionPeer& peer, Viewer& viewer) : IntakeSource(peer.context.intake), m_peer(peer), m_viewer(viewer) {}

Producer::~Producer()
{
    // The sender goes, but entries that were read whole are not lost if there is room for them.
    offerPending();
    m_pending.clear();
    countPending();
}

void Producer::take(LogsRequest& logs)
{
    const std::size_t count = logs.batch.size();
    if (!logs.refused.empty()) {
        if (logs.hit)
            m_peer.context.limitHits.add(*logs.hit);
        m_peer.send(encode(entriesRefused(logs.refused, count + logs.refused.size())));
        account(logs.batch.appId())
            .note(SourceNote::Kind::Refused, logs.hit ? "too_large" : "malformed", logs.refused.size(),
                  QDateTime::currentMSecsSinceEpoch(), logs.refused.back().message);
    }
    if (!logs.ack)
        return gather(std::move(logs.batch));
    flush();
    m_pending.push_back({std::move(logs.batch), LogsAck{count, {}, 0, 0, std::move(logs.refused)}});
    flush();
}

void Producer::gather(LogBatch batch)
{
    LogBatch* const last = m_pending.empty() || m_pending.back().ack ? nullptr : std::get_if<LogBatch>(&m_pending.back().what);
    if (last && last->json().size() + batch.json().size() <= maxGathered) {
        last->append(batch);
    } else {
        if (last)
            flush();
        m_pending.push_back({std::move(batch), std::nullopt});
    }
    const std::size_t gathered = std::get<LogBatch>(m_pending.back().what).json().size();
    // If nothing can be taken now: hold this message, and read no more.
    if (gathered >= enough || m_peer.context.hub.isBehind(false))
        flush();
}

void Producer::take(AppMetrics metrics)
{
    m_pending.push_back({std::move(metrics), std::nullopt});
    flush();
}

void Producer::flush()
{
    if (m_pending.empty())
        return;
    offerPending();
    if (!m_pending.empty())
        pause();
    countPending();
}

void Producer::offerPending()
{
    while (!m_pending.empty() && offerNext())
        m_pending.pop_front();
}

bool Producer::offerNext()
{
    Pending& next = m_pending.front();
    LogBatch* const batch = std::get_if<LogBatch>(&next.what);
    return batch ? offerBatch(*batch, next.ack) : offerMetrics(std::get<AppMetrics>(next.what));
}

bool Producer::offerBatch(LogBatch& batch, std::optional<LogsAck>& ack)
{
    m_durability = ack ? Durability::Told : Durability::Any;
    if (!ack)
        batch.shrink();
    const std::string appId = batch.appId();
    const std::size_t entries = batch.size();
    const std::int64_t lastMs = entries > 0 ? batch.timestampMs(entries - 1) : 0;
    Offered offered = offer(batch, m_durability);
    if (offered.outcome == Offered::Outcome::MustWait)
        return false;
    if (!offered) {
        m_peer.refuseApplication("logs");
        account(appId).note(SourceNote::Kind::Refused, "too_many_applications", entries, QDateTime::currentMSecsSinceEpoch());
        return true;
    }
    account(appId).add(entries, appId, lastMs, QDateTime::currentMSecsSinceEpoch());
    m_viewer.isProducer = true;
    if (ack) {
        ack->lastId = std::move(offered.lastId);
        ack->repeats = offered.repeats;
        ack->renamed = offered.renamed;
        if (offered.isDurable)
            m_peer.send(encode(*ack));
        else
            m_acks.push_back({offered.ticket, std::move(*ack)});
    }
    if (mustWait())
        pause();
    return true;
}

bool Producer::offerMetrics(AppMetrics& metrics)
{
    const bool isTaken = !m_peer.context.hub.isBehind(false);
    if (isTaken) {
        m_viewer.isProducer = true;
        m_peer.context.hub.acceptAppMetrics(metrics);
    }
    if (mustWait(metrics.appId, m_durability))
        pause();
    return isTaken;
}

void Producer::pause()
{
    if (m_peer.socket.isClosing())
        return;
    m_isWaiting = true;
    // Nothing is taken from the kernel any more, so TCP slows the producer down. The disk may take nothing for hours.
    m_peer.socket.pause(m_durability == Durability::Told);
}

void Producer::goOn()
{
    m_isWaiting = false;
    flush();
    // What is read now may end the session, and this with it.
    if (!m_isWaiting)
        m_peer.socket.resume();
}

void Producer::becameDurable(std::uint64_t ticket)
{
    while (!m_acks.empty() && m_acks.front().ticket <= ticket) {
        m_peer.send(encode(m_acks.front().ack));
        m_acks.pop_front();
    }
}

/// A client may sign in anew, for another application.
SourceAccount& Producer::account(const std::string& appId)
{
    if (m_account.isOpen() && m_accountApp == appId)
        return m_account;
    SourceState state;
    state.kind = SourceKind::WebSocket;
    state.name = m_peer.address().toString().toStdString();
    state.id = "websocket:" + appId + '@' + state.name;
    state.appId = m_accountApp = appId;
    state.status = SourceStatus::Following;
    m_account = m_peer.context.intake.board().open(std::move(state));
    return m_account;
}

void Producer::countPending()
{
    qint64 bytes = 0;
    for (const Pending& pending : m_pending)
        bytes += qint64(sizeof pending) + std::visit([](const auto& what) { return qint64(what.heldBytes()); }, pending.what);
    if (bytes != m_counted)
        m_peer.socket.connection().memory().add(bytes - std::exchange(m_counted, bytes));
}

} // namespace vigie
