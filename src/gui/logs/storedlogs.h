// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "gui/logs/logmodel.h"

#include <QObject>
#include <QStringList>
#include <cstdint>
#include <deque>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace vigie {

/// Pages through stored entries of several applications by time, in both directions from a starting point. The store orders
/// entries only within an application; this merges them. GUI thread.
class StoredLogs : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t pageEntries = 200;

    /// `history` must outlive this.
    explicit StoredLogs(History& history, QObject* parent = nullptr) : QObject(parent), m_history(history) {}
    ~StoredLogs() override { m_dropped.request_stop(); }

    /// Starts before a position: for each application a sequence number or, without one, the time (ms since the epoch). Drops
    /// pending answers.
    void startBefore(const std::map<std::string, std::optional<std::uint64_t>>& places, std::int64_t timeMs,
                     const LogChoice& choice);
    /// Starts at a time, for both directions.
    void startAt(const QStringList& applications, std::int64_t timeMs, const LogChoice& choice);
    /// Starts with the first entry of each application, for newer() alone, which ends with what is stored when it is first called.
    void startAtOldest(const QStringList& applications, const LogChoice& choice);

    /// Drops pending answers until the next start.
    void stop();

    /// Requests the next page of older entries. Emits olderFound() later; does nothing if a request is pending.
    void older();
    /// The same for newer entries; only after startAt().
    void newer();

    bool hasOlder() const;

    /// The application's entries up to this sequence number are gone: returns none of them any more.
    void forget(const std::string& appId, std::uint64_t upToSequence);

Q_SIGNALS:
    /// Oldest first; empty if there are none.
    void olderFound(std::vector<vigie::LogEntryRef> entries);
    void newerFound(std::vector<vigie::LogEntryRef> entries);

private:
    static constexpr std::uint64_t firstStretch = 1'000;

    /// One application in one direction.
    struct Stream
    {
        std::optional<std::uint64_t> place; ///< where the next request starts
        bool isFromTime = false; ///< older direction: no entry at or before the time found yet
        std::deque<LogEntryRef> entries; ///< in the order in which they are returned
        bool isDone = false;
        // Newer direction, with a filter or an end:
        std::uint64_t end = 0; ///< the application's last sequence number, as far as known; the last to give, if it hasEnd
        bool hasEnd = false; ///< nothing after `end` is given
        std::uint64_t stretch = firstStretch; ///< sequence numbers to search in one request
    };
    using Streams = std::map<std::string, Stream>;

    void start(const LogChoice& choice, std::int64_t timeMs);
    void askOlder(const std::string& appId, Stream& stream);
    void askNewer(const std::string& appId, Stream& stream);
    void readNewer(const std::string& appId);
    void replayNewer(const std::string& appId, std::uint64_t after);
    void findEnd(const std::string& appId);
    void searchNewer(const std::string& appId);
    void takeNewer(Stream& stream, const std::vector<LogEntryRef>& entries);
    void noteNewer();
    void findPlaces();
    void findPlace(const std::string& appId, std::optional<std::uint64_t> before);
    void notePlace();
    void giveOlder();
    void giveNewer();
    /// Takes one page out of the streams. `isBefore` tells which of two entries comes first.
    template <typename IsBefore>
    static std::vector<LogEntryRef> merge(Streams& streams, IsBefore isBefore);
    static bool mustAsk(const Streams& streams);
    static bool isEmpty(const Streams& streams);
    bool isGone(const LogEntryRef& entry) const;
    bool passes(const LogEntryRef& entry) const;
    HistoryQuery questionFor(const std::string& appId) const;

    History& m_history;
    LogMatcher m_matcher;
    std::int64_t m_timeMs = 0;
    Streams m_older;
    Streams m_newer;
    std::map<std::string, std::uint64_t> m_gone; ///< by application: the last sequence number cleared
    int m_olderWaits = 0; ///< pending requests
    int m_newerWaits = 0;
    bool m_wantsOlder = false;
    bool m_wantsNewer = false;
    bool m_knowsPlaces = false; ///< the starting positions of m_newer are known
    bool m_endsNow = false; ///< by startAtOldest()
    std::stop_source m_dropped; ///< cancels pending requests
    quint64 m_round = 0; ///< tells answers of this start from those of an earlier one
};

} // namespace vigie
