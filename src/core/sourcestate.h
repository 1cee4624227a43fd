// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vigie {

/// By which road a source's entries come.
enum class SourceKind {
    WebSocket,
    Http, ///< POST …/logs
    Otlp,
    Upload, ///< systemd-journal-upload
    File,
    Journal,
    Container
};

/// The name of a kind, as it stands in JSON: "websocket", "http", "otlp", "upload", "file", "journal", "container".
const char* nameOf(SourceKind kind);

enum class SourceStatus {
    Waiting, ///< for what it reads to be there, or for somebody to send
    Reading, ///< what is older: there is more to be read at once
    Following, ///< it has read all there was, and entries come as they are made
    Failing, ///< `problem` says why nothing comes
    Ended ///< nothing comes any more: the container was removed, the client has gone
};

/// The name of a status, as it stands in JSON: "waiting", "reading", "following", "failing", "ended".
const char* nameOf(SourceStatus status);

/// Something that did not become an entry, or not as it was meant, and why: counted by its reason.
struct SourceNote
{
    enum class Kind {
        Refused, ///< not taken: it is nowhere
        Dropped, ///< by its sender's own doing, or gone before it was read
        Guessed ///< taken, with something that it did not say, such as a time zone
    };

    Kind kind = Kind::Refused;
    /// A code that the window and the page have words for: "no_token", "not_allowed", "too_large", "malformed", "no_time_zone",
    /// "cut_line", "vacuumed", "truncated" … One that they do not know is shown as it is.
    std::string reason;
    std::uint64_t count = 0;
    std::int64_t lastMs = 0; ///< since the epoch
    std::string example; ///< the last of them, for people; at most SourceNote::maxExample bytes; may be empty

    static constexpr std::size_t maxExample = 200;
};

/// The name of a note's kind, as it stands in JSON: "refused", "dropped", "guessed".
const char* nameOf(SourceNote::Kind kind);

/// What is known of one source of entries.
struct SourceState
{
    std::string id; ///< of one at a time: "file:/var/log/nginx/access.log", "journal", "container:4f2a…", "otlp:shop@10.0.0.7"
    SourceKind kind = SourceKind::WebSocket;
    std::string name; ///< for people: a path, a container's name, a peer's address
    std::string appId; ///< of its last entry; empty: several at once, or none came
    SourceStatus status = SourceStatus::Waiting;
    /// A code that the window and the page have words for, after which ": " and what the system or the engine said may stand:
    /// "no_journal", "unreadable: Permission denied". One that they do not know is shown as it is. Empty: none.
    std::string problem;
    std::string format; ///< what its lines were found to be: "json", "logfmt", "nginx" …; empty: it needs none
    std::string detail; ///< for the owner only, for people: a command line, a container's image; may be empty
    std::uint64_t entries = 0; ///< since Vigie was started
    std::int64_t lastEntryMs = 0; ///< when the last of them came, since the epoch; 0: none did
    std::uint64_t lagBytes = 0; ///< that are there to be read and were not
    std::int64_t lagMs = 0; ///< between the last entry's own time and when it came
    std::vector<SourceNote> notes;
};

} // namespace vigie
