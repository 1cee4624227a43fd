// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/applications.h"

#include "core/entryid.h"
#include "core/logbatch.h"

#include <algorithm>
#include <utility>

namespace vigie {

namespace {

std::size_t bytesOf(const AppCommand& command)
{
    return sizeof command + command.appId.size() + command.userId.size() + command.type.size() + command.dataJson.size()
        + command.id.size();
}

} // namespace

Applications::App* Applications::find(const std::string& appId)
{
    const auto found = m_apps.find(appId);
    return found == m_apps.end() ? nullptr : &found->second;
}

std::vector<std::string> Applications::names() const
{
    std::vector<std::string> names;
    for (const auto& [name, app] : m_apps) {
        if (app.lastSequence > 0)
            names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

Applications::App* Applications::reach(const std::string& appId)
{
    if (App* const known = find(appId))
        return known;
    if (m_new >= m_max)
        return nullptr;
    ++m_new;
    return &m_apps[appId];
}

SeenIds::Verdict Applications::judge(App& app, std::string_view id, const EntryFingerprint& print)
{
    const SeenIds::Verdict verdict = app.m_seenIds.add(id, print);
    weigh(app);
    return verdict;
}

bool Applications::knowsByAnotherId(const App& app, const NewLogEntry& entry, std::string_view userId)
{
    // Most applications have none, and need no such id made for each entry.
    return app.m_seenIds.mayKnowSubstitutes() && !app.m_seenIds.knows(entry.id)
        && app.m_seenIds.knows(substituteEntryId(entry, userId));
}

void Applications::restore(App& app, const std::vector<StoredIds::Named>& named)
{
    for (auto entry = named.begin(); entry != named.end() && app.m_seenIds.addOlder(entry->id, entry->print); ++entry) {
    }
    weigh(app);
}

void Applications::forget(App& app, std::string_view id)
{
    app.m_seenIds.forget(id);
    weigh(app);
}

void Applications::add(App& app, AppCommand command)
{
    app.m_commandBytes += bytesOf(command);
    app.m_commands.push_back(std::move(command));
    if (app.m_commands.size() > maxCommands) {
        app.m_commandBytes -= bytesOf(app.m_commands.front());
        app.m_commands.pop_front();
    }
    weigh(app);
}

void Applications::weigh(App& app)
{
    m_room.set(app, app.m_part, app.m_seenIds.bytes() + app.m_commandBytes);
    while (App* const longest = m_room.toEvict()) {
        longest->m_seenIds.clear();
        longest->m_commands = {};
        longest->m_commandBytes = 0;
        m_room.set(*longest, longest->m_part, 0);
    }
}

} // namespace vigie
