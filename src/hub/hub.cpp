// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub.h"

namespace vigie {

namespace {

constexpr std::size_t rememberedIds = 10'000;
constexpr std::size_t rememberedCommands = 20;
constexpr qint64 mostUnwrittenBytes = 32 * 1024 * 1024;

} // namespace

Hub::Hub(QObject* parent) : QObject(parent)
{
    m_clock.start();
}

bool Hub::remember(App& app, std::string_view id)
{
    if (!app.seenIds.emplace(id).second)
        return false;
    app.seenOrder.emplace_back(id);
    if (app.seenOrder.size() > rememberedIds) {
        app.seenIds.erase(app.seenOrder.front());
        app.seenOrder.pop_front();
    }
    return true;
}

void Hub::setArchive(History* archive)
{
    m_history.setArchive(archive);
    m_hasArchive = archive != nullptr;
}

void Hub::restore(const StoredCatalog& catalog)
{
    for (const StoredCatalog::App& stored : catalog.apps) {
        App& app = m_apps[stored.appId];
        app.lastSequence = stored.lastSequence;
        m_memory.startAfter(stored.appId, stored.lastSequence);
        for (const std::string& id : stored.producerIds)
            remember(app, id);
    }
}

void Hub::acceptLogs(LogBatch batch, bool mustBeStored)
{
    App& app = m_apps[batch.appId()];
    if (batch.hasProducerIds()) {
        std::vector<bool> isNew(batch.size(), true);
        bool repeats = false;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            isNew[i] = !batch.idIsProducers(i) || remember(app, batch.id(i));
            repeats |= !isNew[i];
        }
        if (repeats)
            batch = batch.filtered([&isNew](std::size_t i) { return isNew[i]; });
    }
    if (batch.empty())
        return;
    batch.setFirstSequence(app.lastSequence + 1);
    app.lastSequence += batch.size();
    m_rate.add(now(), batch.size(), batch.errorCount());

    const auto accepted = std::make_shared<const LogBatch>(std::move(batch));
    m_memory.add(accepted);
    if (m_hasArchive)
        store(accepted, mustBeStored);
    Q_EMIT logsAccepted(accepted);
}

void Hub::store(const LogBatchPtr& batch, bool mustBeStored)
{
    if (m_storeWorks || mustBeStored || m_unwrittenBytes < mostUnwrittenBytes) {
        m_unwrittenBytes += static_cast<qint64>(batch->json().size());
        Q_EMIT logsToStore(batch);
        return;
    }
    m_unstored += batch->size();
    // Should one come again it is not a repeat of something that is kept.
    App& app = m_apps[batch->appId()];
    for (std::size_t i = 0; i < batch->size(); ++i) {
        if (batch->idIsProducers(i))
            app.seenIds.erase(std::string(batch->id(i)));
    }
}

std::uint64_t Hub::drawTicket()
{
    ++m_lastTicket;
    if (m_hasArchive)
        Q_EMIT ticketDrawn(m_lastTicket);
    else
        m_durableTicket = m_lastTicket;
    return m_lastTicket;
}

bool Hub::isBehind(bool waitsForDisk) const
{
    return m_unwrittenBytes >= mostUnwrittenBytes && (m_storeWorks || waitsForDisk);
}

void Hub::noteStored(qint64 bytes, quint64 ticket)
{
    const bool wasBehind = isBehind(true);
    m_unwrittenBytes -= bytes;
    if (ticket > m_durableTicket) {
        m_durableTicket = ticket;
        Q_EMIT becameDurable();
    }
    if (wasBehind && !isBehind(true))
        Q_EMIT caughtUp();
}

void Hub::noteStoreState(const StoreState& state)
{
    m_storeWorks = state.works;
    Q_EMIT caughtUp();
}

void Hub::acceptAppMetrics(AppMetrics metrics)
{
    Q_EMIT appMetricsAccepted(metrics);
}

void Hub::acceptCommand(AppCommand command)
{
    std::deque<AppCommand>& commands = m_apps[command.appId].commands;
    commands.push_back(command);
    if (commands.size() > rememberedCommands)
        commands.pop_front();
    Q_EMIT commandAccepted(command);
}

void Hub::clear(AppCleared which)
{
    which.upToSequence = lastSequence(which.appId);
    m_memory.clear(which.appId);
    Q_EMIT cleared(which);
}

std::uint64_t Hub::lastSequence(const std::string& appId) const
{
    const auto found = m_apps.find(appId);
    return found == m_apps.end() ? 0 : found->second.lastSequence;
}

std::vector<AppCommand> Hub::lastCommands(const std::string& appId) const
{
    const auto found = m_apps.find(appId);
    if (found == m_apps.end())
        return {};
    return {found->second.commands.begin(), found->second.commands.end()};
}

void Hub::acceptSample(SamplePtr sample)
{
    m_lastSample = std::move(sample);
    Q_EMIT sampleAccepted(m_lastSample);
}

} // namespace vigie
