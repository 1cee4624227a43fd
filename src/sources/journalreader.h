// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/sourcesettings.h"
#include "intake/journalentry.h"
#include "sources/systemdlibrary.h"

#include <memory>
#include <string>

namespace vigie {

/// systemd's journal, entry after entry, from a place on. One thread.
class JournalReader
{
public:
    /// What was found at the place that it was to go on from.
    enum class Start {
        AsAsked,
        Gone ///< the entry there is no more, and maybe others behind it
    };

    /// What there is behind the entry that was read last.
    enum class Next {
        Entry,
        NoEntry,
        Failed ///< perhaps a file is damaged; this reader may be of no more use
    };

    /// The journal of the machine, or of a folder, with its filters. An error is for people.
    static Result<JournalReader> open(const WatchedJournal& settings);

    /// Goes behind the entry of this cursor. Empty: before the first, or behind the last that there is.
    Start goTo(const std::string& cursor, bool fromStart);
    /// Reads the next entry into `entry` and `cursor`. NoEntry: there is none yet.
    Next next(JournalEntry& entry, std::string& cursor);
    /// The cursor of the entry that was read last, or stood behind by goTo(); empty: none.
    std::string cursor() const;
    /// Readable when there may be more: call noteChange() then. -1: there is none.
    int fd() const;
    void noteChange() { m_library->process(m_journal.get()); }
    /// There are files of it that may be read.
    bool hasFiles() const;

private:
    struct Closer
    {
        void operator()(sd_journal* journal) const { SystemdLibrary::get()->close(journal); }
    };
    using Handle = std::unique_ptr<sd_journal, Closer>;

    static Handle openHandle(const WatchedJournal& settings, QString& problem);
    explicit JournalReader(Handle journal, WatchedJournal settings);
    void addFilters();
    void addMatch(const std::string& match);
    void readFields(JournalEntry& entry);

    const SystemdLibrary* m_library;
    Handle m_journal;
    WatchedJournal m_settings;
    bool m_isAtNext = false; // stands at the entry that next() is to give
};

} // namespace vigie
