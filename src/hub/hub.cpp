// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub.h"

#include "core/entryid.h"
#include "hub/bus.h"

#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr qint64 maxUnwrittenBytes = 64 * 1024 * 1024;
constexpr qint64 maxUnrecordedBytes = 8 * 1024 * 1024;
constexpr std::uint64_t maxOpenTickets = 100'000;

} // namespace

Hub::Hub(int maxApps, QObject* parent) : QObject(parent), m_apps(std::size_t(maxApps))
{
    m_clock.start();
}

void Hub::setArchive(History* archive)
{
    m_history.setArchive(archive);
    m_hasArchive = archive != nullptr;
}

void Hub::setBus(Bus* bus)
{
    m_bus = bus;
    if (bus)
        m_heldCheckpoints.emplace();
}

void Hub::restore(const StoredCatalog& catalog)
{
    m_epoch = catalog.epoch;
    for (const StoredCatalog::App& stored : catalog.apps) {
        Applications::App& app = m_apps.restore(stored.appId);
        if (stored.sequenceShift > 0) {
            app.lastSequence += stored.sequenceShift;
            if (app.clearedSequence > 0)
                app.clearedSequence += stored.sequenceShift;
            m_memory.moveOn(stored.appId, stored.sequenceShift, catalog.epoch);
            m_history.noteMove(stored.appId, stored.sequenceShift);
            Q_EMIT movedOn(stored.appId, stored.sequenceShift);
        }
        app.clearedSequence = std::max(app.clearedSequence, stored.clearedSequence);
        app.noteStored(stored.lastSequence, stored.lastId);
        Q_EMIT placeStored(stored.appId);
    }
    m_idsFollow = catalog.idsFollow;
    if (m_heldCheckpoints)
        m_heldCheckpoints = catalog.checkpoints;
    else
        Q_EMIT checkpointsRestored(catalog.checkpoints);
}

bool Hub::areCheckpointsKnown() const
{
    return (!m_hasArchive || isRestored()) && (!m_bus || m_bus->isCurrent());
}

void Hub::whenCurrent(std::function<void()> done)
{
    m_bus->whenCurrent(std::move(done));
}

void Hub::noteBus()
{
    if (m_heldCheckpoints && areCheckpointsKnown())
        Q_EMIT checkpointsRestored(*std::exchange(m_heldCheckpoints, std::nullopt));
    Q_EMIT caughtUp();
}

void Hub::restoreIds(const StoredIds& ids)
{
    if (!ids.named.empty())
        m_apps.restore(m_apps.restore(ids.appId), ids.named);
    if (!ids.isLast || !std::exchange(m_idsFollow, false))
        return;
    Q_EMIT caughtUp();
}

void Hub::sift(LogBatch& batch, Applications& apps, Applications::App& app, Acceptance& acceptance)
{
    std::vector<bool> isRepeat(batch.size(), false);
    std::vector<std::string> newIds; // made with the first that needs one
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (!batch.idIsProducers(i))
            continue;
        const NewLogEntry entry = batch.entry(i);
        const EntryFingerprint print = EntryFingerprint::of(entry, batch.userId(i));
        SeenIds::Verdict verdict = apps.knowsByAnotherId(app, entry, batch.userId(i)) ? SeenIds::Verdict::Taken
                                                                                    : apps.judge(app, entry.id, print);
        const bool isTaken = verdict == SeenIds::Verdict::Taken;
        if (isTaken)
            newIds.resize(batch.size());
        for (unsigned attempt = 0; verdict == SeenIds::Verdict::Taken; ++attempt) {
            newIds[i] = substituteEntryId(entry, batch.userId(i), attempt);
            verdict = apps.judge(app, newIds[i], print);
            apps.noteSubstitutes(app);
        }
        isRepeat[i] = verdict == SeenIds::Verdict::Repeat;
        acceptance.renamed += isTaken && !isRepeat[i];
        acceptance.repeats += isRepeat[i];
    }
    if (!newIds.empty() && !newIds.back().empty())
        acceptance.lastId = newIds.back();
    if (acceptance.repeats == 0 && newIds.empty())
        return;
    batch = batch.filtered([&isRepeat](std::size_t i) { return !isRepeat[i]; },
                           [&newIds](std::size_t i) { return newIds.empty() ? std::string_view() : newIds[i]; });
}

Hub::Acceptance Hub::acceptLogs(LogBatch batch, bool mustBeStored)
{
    Acceptance acceptance;
    if (batch.empty()) {
        if (m_bus && batch.checkpoint())
            m_bus->share(std::move(batch));
        else
            acceptCheckpoint(batch.checkpoint());
        return acceptance;
    }
    Applications::App* const app = m_apps.reach(batch.appId());
    if (!app) {
        acceptance.isTaken = false;
        return acceptance;
    }
    acceptance.lastId = batch.id(batch.size() - 1);
    if (m_bus) {
        m_bus->share(std::move(batch));
        return acceptance;
    }
    if (batch.hasProducerIds())
        sift(batch, m_apps, *app, acceptance);
    take(*app, std::move(batch), mustBeStored);
    return acceptance;
}

void Hub::acceptShared(LogBatch batch, const std::vector<CheckpointPtr>& places)
{
    // Before the entries: those are on the bus as long as the bus' checkpoint, which comes with them, is not stored.
    for (const CheckpointPtr& place : places) {
        Q_EMIT checkpointToStore(place);
        if (!m_heldCheckpoints)
            continue;
        std::erase_if(*m_heldCheckpoints, [&place](const Checkpoint& held) { return held.source == place->source; });
        m_heldCheckpoints->push_back(*place);
    }
    if (batch.empty())
        return acceptCheckpoint(batch.checkpoint());
    Applications::App& app = m_apps.restore(batch.appId()); // another machine has let it in
    Acceptance acceptance;
    if (batch.hasProducerIds())
        sift(batch, m_apps, app, acceptance);
    take(app, std::move(batch), true);
}

void Hub::take(Applications::App& app, LogBatch batch, bool mustBeStored)
{
    if (batch.empty())
        return acceptCheckpoint(batch.checkpoint());
    batch.setEpoch(m_epoch);
    batch.setFirstSequence(app.lastSequence + 1);
    app.lastSequence += batch.size();
    m_rate.add(now(), batch.size(), batch.errorCount());

    const auto accepted = std::make_shared<const LogBatch>(std::move(batch));
    m_memory.add(accepted);
    if (m_hasArchive)
        store(app, accepted, mustBeStored || accepted->checkpoint());
    Q_EMIT logsAccepted(accepted);
}

void Hub::store(Applications::App& app, const LogBatchPtr& batch, bool mustBeStored)
{
    if (m_storeWorks || mustBeStored || m_unwrittenBytes < maxUnwrittenBytes) {
        m_unwrittenBytes += qint64(batch->heldBytes());
        Q_EMIT logsToStore(batch);
        return;
    }
    // Should one come again it is not a repeat of something that is kept.
    for (std::size_t i = batch->size(); i-- > 0;) { // the newest first, as forget() wants it
        if (batch->idIsProducers(i))
            m_apps.forget(app, batch->id(i));
    }
}

void Hub::acceptCheckpoint(CheckpointPtr checkpoint)
{
    if (checkpoint && m_hasArchive)
        Q_EMIT checkpointToStore(std::move(checkpoint));
}

std::uint64_t Hub::drawTicket()
{
    ++m_lastTicket;
    if (m_bus)
        m_bus->drawTicket(m_lastTicket);
    else if (m_hasArchive)
        Q_EMIT ticketDrawn(m_lastTicket);
    else
        m_durableTicket = m_lastTicket;
    return m_lastTicket;
}

bool Hub::isBehind(bool waitsForDisk) const
{
    return (m_bus && m_bus->isBehind()) || m_idsFollow || (isMuchUnwritten() && (m_storeWorks || waitsForDisk)) || isMuchUnrecorded();
}

bool Hub::isMuchUnwritten() const
{
    return m_unwrittenBytes >= maxUnwrittenBytes || m_lastTicket - m_durableTicket >= maxOpenTickets;
}

bool Hub::isMuchUnrecorded() const
{
    return m_unrecordedBytes >= maxUnrecordedBytes;
}

void Hub::noteStored(qint64 bytes, quint64 ticket, const StoredPlaces& places)
{
    const bool wasMuch = isMuchUnwritten();
    m_unwrittenBytes -= bytes;
    for (const StoredPlace& place : places ? *places : std::vector<StoredPlace>()) {
        Applications::App* const app = m_apps.find(place.appId);
        if (!app || place.sequence <= app->storedSequence)
            continue;
        app->noteStored(place.sequence, place.id);
        Q_EMIT placeStored(place.appId);
    }
    settle(ticket);
    if (wasMuch && !isMuchUnwritten())
        Q_EMIT caughtUp();
}

void Hub::settle(std::uint64_t ticket)
{
    if (ticket <= m_durableTicket)
        return;
    m_durableTicket = ticket;
    Q_EMIT becameDurable();
}

void Hub::noteRecorded(qint64 bytes)
{
    const bool wasMuch = isMuchUnrecorded();
    m_unrecordedBytes -= bytes;
    if (wasMuch && !isMuchUnrecorded())
        Q_EMIT caughtUp();
}

void Hub::noteStoreState(const StoreState& state)
{
    m_storeWorks = state.works;
    Q_EMIT caughtUp();
}

void Hub::acceptAppMetrics(AppMetrics metrics)
{
    if (m_metricArchive)
        m_unrecordedBytes += metrics.heldBytes();
    Q_EMIT appMetricsAccepted(metrics);
}

std::optional<int> Hub::acceptCommand(AppCommand command, const Deliver& deliver)
{
    Applications::App* const app = m_apps.reach(command.appId);
    if (!app)
        return std::nullopt;
    command.id = m_commandIds.next(command.timestampMs);
    const int delivered = deliver(command);
    command.isDelivered = delivered > 0;
    m_apps.add(*app, std::move(command));
    return delivered;
}

bool Hub::isOfUse(const AppCleared& which) const
{
    const Applications::App* const app = m_apps.find(which.appId);
    return app && app->lastSequence > app->clearedSequence;
}

bool Hub::clear(AppCleared which)
{
    if (!isOfUse(which))
        return false;
    if (m_bus)
        m_bus->shareClearing(which);
    else
        acceptClearing(std::move(which));
    return true;
}

void Hub::acceptClearing(AppCleared which)
{
    if (!isOfUse(which))
        return;
    Applications::App* const app = m_apps.find(which.appId);
    which.upToSequence = app->clearedSequence = app->lastSequence;
    app->storedId.clear();
    which.epoch = m_epoch;
    m_history.clear(which.appId, which.upToSequence);
    Q_EMIT cleared(which);
}

std::uint64_t Hub::lastSequence(const std::string& appId) const
{
    const Applications::App* const app = m_apps.find(appId);
    return app ? app->lastSequence : 0;
}

std::optional<std::string> Hub::storedId(const std::string& appId) const
{
    if (!m_hasArchive)
        return std::nullopt;
    const Applications::App* const app = m_apps.find(appId);
    return app ? app->storedId : std::string();
}

std::vector<AppCommand> Hub::lastCommands(const std::string& appId) const
{
    const Applications::App* const app = m_apps.find(appId);
    if (!app)
        return {};
    return {app->commands().begin(), app->commands().end()};
}

void Hub::acceptSample(FramePtr frame)
{
    m_lastSample = std::move(frame);
    Q_EMIT sampleAccepted(m_lastSample);
}

} // namespace vigie
