// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/storedcatalog.h"
#include "hub/sharedmemorylimit.h"
#include "hub/seenids.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigie {

struct NewLogEntry;

/// What is known of each application that sent something: the number of its newest entry, the ids its producers gave of late,
/// its last commands. Of ids and commands at most 64 MiB in all, for which those of applications go that sent nothing for
/// longest; the numbers stay, so only so many applications may come anew. One thread.
class Applications
{
public:
    static constexpr std::size_t maxCommands = 20; ///< of one application
    static constexpr std::size_t maxBytesInAll = 64 * 1024 * 1024;

    class App
    {
    public:
        std::uint64_t lastSequence = 0; ///< 0 before the first
        std::uint64_t clearedSequence = 0; ///< its entries up to here were cleared
        std::uint64_t storedSequence = 0; ///< of its newest entry that is known to be on disk; 0: none is
        std::string storedId; ///< that entry's id; empty: it has none, or was cleared, and nobody finds it any more
        void noteStored(std::uint64_t sequence, const std::string& id)
        {
            storedSequence = sequence;
            storedId = sequence > clearedSequence ? id : std::string();
        }
        const std::deque<AppCommand>& commands() const { return m_commands; }

    private:
        friend class Applications;
        SeenIds m_seenIds;
        std::deque<AppCommand> m_commands;
        std::size_t m_commandBytes = 0;
        SharedMemoryLimit<App>::Part m_part;
    };

    /// `max`: how many applications may come that are new.
    explicit Applications(std::size_t max) : m_max(max) {}

    /// Null: it has sent nothing.
    App* find(const std::string& appId);
    const App* find(const std::string& appId) const { return const_cast<Applications*>(this)->find(appId); }
    /// The names of those that have sent entries, sorted.
    std::vector<std::string> names() const;
    /// Null: it is new, and there are as many as may be.
    App* reach(const std::string& appId);
    /// One that was there before a restart: it is always let in, and takes nobody's place.
    App& restore(const std::string& appId) { return m_apps[appId]; }

    /// Whether the application's producers gave this id before, and for what.
    SeenIds::Verdict judge(App& app, std::string_view id, const EntryFingerprint& print);
    /// Whether the entry is known by the id that was made for it when another had its own, and that other one no longer is.
    static bool knowsByAnotherId(const App& app, const NewLogEntry& entry, std::string_view userId);
    /// From now on some of the application's entries have such ids.
    static void noteSubstitutes(App& app) { app.m_seenIds.noteSubstitutes(); }
    /// Takes over what was known before a restart: newest first, and all older than what is known already.
    void restore(App& app, const std::vector<StoredIds::Named>& named);
    /// It was new just now, and is not kept: it is to be new again.
    void forget(App& app, std::string_view id);
    void add(App& app, AppCommand command);

private:
    void weigh(App& app);

    std::size_t m_max;
    std::size_t m_new = 0; // applications that reach() made
    std::unordered_map<std::string, App> m_apps; // their addresses stay
    SharedMemoryLimit<App> m_room{maxBytesInAll}; // for ids and commands
};

} // namespace vigie
