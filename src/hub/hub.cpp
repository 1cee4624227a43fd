// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub.h"

namespace vigie {

namespace {

constexpr std::size_t rememberedIds = 10'000;
constexpr std::size_t rememberedCommands = 20;

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

void Hub::acceptLogs(LogBatch batch)
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
    m_history.add(accepted);
    Q_EMIT logsAccepted(accepted);
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

void Hub::clear(const AppCleared& which)
{
    m_history.clear(which.appId);
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
