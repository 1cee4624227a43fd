// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/applications.h"

#include <utility>

namespace vigie {

namespace {

std::size_t bytesOf(const AppCommand& command)
{
    return sizeof command + command.appId.size() + command.userId.size() + command.type.size() + command.dataJson.size();
}

} // namespace

Applications::App* Applications::find(const std::string& appId)
{
    const auto found = m_apps.find(appId);
    return found == m_apps.end() ? nullptr : &found->second;
}

Applications::App* Applications::reach(const std::string& appId)
{
    if (App* const known = find(appId))
        return known;
    if (m_new >= m_most)
        return nullptr;
    ++m_new;
    return &m_apps[appId];
}

bool Applications::isNew(App& app, std::string_view id)
{
    const std::size_t before = app.m_seenIds.bytes();
    const bool isNew = app.m_seenIds.add(id);
    weigh(app, app.m_bytes + app.m_seenIds.bytes() - before);
    return isNew;
}

void Applications::forget(App& app, std::string_view id)
{
    const std::size_t before = app.m_seenIds.bytes();
    app.m_seenIds.forget(id);
    weigh(app, app.m_bytes + app.m_seenIds.bytes() - before);
}

void Applications::add(App& app, AppCommand command)
{
    std::size_t bytes = app.m_bytes + bytesOf(command);
    app.m_commands.push_back(std::move(command));
    if (app.m_commands.size() > mostCommands) {
        bytes -= bytesOf(app.m_commands.front());
        app.m_commands.pop_front();
    }
    weigh(app, bytes);
}

void Applications::weigh(App& app, std::size_t bytes)
{
    if (app.m_bytes == 0 && bytes > 0)
        app.m_turn = m_turns.insert(m_turns.end(), &app);
    else if (bytes > 0)
        m_turns.splice(m_turns.end(), m_turns, app.m_turn);
    else if (app.m_bytes > 0)
        m_turns.erase(app.m_turn);
    m_bytes += bytes - std::exchange(app.m_bytes, bytes);
    while (m_bytes > maxBytesInAll && m_turns.size() > 1) {
        App& longest = *m_turns.front();
        m_turns.pop_front();
        m_bytes -= std::exchange(longest.m_bytes, 0);
        longest.m_seenIds.clear();
        longest.m_commands = {};
    }
}

} // namespace vigie
