// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

struct sd_journal;

namespace vigie {

/// What is used of libsystemd, where it is there: it is opened at run time, as Vigie runs without it as well. The functions are those
/// of sd-journal(3). Any thread.
struct SystemdLibrary
{
    static constexpr int localOnly = 1; ///< SD_JOURNAL_LOCAL_ONLY

    int (*open)(sd_journal**, int flags);
    int (*openDirectory)(sd_journal**, const char* path, int flags);
    void (*close)(sd_journal*);
    int (*next)(sd_journal*);
    int (*previous)(sd_journal*);
    int (*seekHead)(sd_journal*);
    int (*seekTail)(sd_journal*);
    int (*seekCursor)(sd_journal*, const char* cursor);
    int (*testCursor)(sd_journal*, const char* cursor);
    int (*getCursor)(sd_journal*, char** cursor); ///< to be freed
    int (*getRealtime)(sd_journal*, std::uint64_t* microseconds);
    int (*setDataThreshold)(sd_journal*, std::size_t bytes);
    void (*restartData)(sd_journal*);
    int (*enumerateData)(sd_journal*, const void** data, std::size_t* length);
    int (*addMatch)(sd_journal*, const void* data, std::size_t length);
    int (*addDisjunction)(sd_journal*);
    int (*addConjunction)(sd_journal*);
    int (*getFd)(sd_journal*);
    int (*process)(sd_journal*);
    int (*hasRuntimeFiles)(sd_journal*);
    int (*hasPersistentFiles)(sd_journal*);

    /// Null: it is not there, or too old. It is opened by the first call.
    static const SystemdLibrary* get();
};

} // namespace vigie
