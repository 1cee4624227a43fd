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

/// Stored entries of several applications in the order of their times, page by page, away from a place in either
/// direction. The store knows an order within an application only: what comes from each is merged here. GUI thread.
class StoredLogs : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t pageEntries = 200;

    /// `history` must outlive this.
    explicit StoredLogs(History& history, QObject* parent = nullptr) : QObject(parent), m_history(history) {}
    ~StoredLogs() override { m_dropped.request_stop(); }

    /// Begins before a place: for each application the number of an entry, or no entry, and then it is a time (ms since
    /// the epoch). Answers that are still on their way are dropped.
    void startBefore(const std::map<std::string, std::optional<std::uint64_t>>& places, std::int64_t timeMs,
                     const LogChoice& choice);
    /// Begins at a time, for both directions.
    void startAt(const QStringList& applications, std::int64_t timeMs, const LogChoice& choice);

    /// Drops answers that are still on their way, until the next start.
    void stop();

    /// Asks for the next page of older entries: olderFound() follows, unless one is being waited for.
    void older();
    /// The same in the other direction; only after startAt().
    void newer();

    bool hasOlder() const;

    /// The application's entries up to that place are gone: none of them is found any more.
    void forget(const std::string& appId, std::uint64_t upToSequence);

Q_SIGNALS:
    /// Oldest first; may be empty when there are none.
    void olderFound(std::vector<vigie::LogEntryRef> entries);
    void newerFound(std::vector<vigie::LogEntryRef> entries);

private:
    static constexpr std::uint64_t firstStretch = 1'000;

    /// One application in one direction.
    struct Stream
    {
        std::optional<std::uint64_t> place; ///< ask from here
        bool isFromTime = false; ///< older ones: nothing was found yet of what is not after the time
        std::deque<LogEntryRef> entries; ///< in the order they are wanted in
        bool isDone = false;
        // Newer ones, of which not all are wanted:
        std::uint64_t end = 0; ///< the application's last place, as far as is known
        std::uint64_t stretch = firstStretch; ///< so many places are searched at once
    };
    using Streams = std::map<std::string, Stream>;

    void start(const LogChoice& choice, std::int64_t timeMs);
    void askOlder(const std::string& appId, Stream& stream);
    void askNewer(const std::string& appId, Stream& stream);
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
    /// Takes a page out of the streams; `isBefore` says which of two entries comes first.
    template <typename IsBefore>
    static std::vector<LogEntryRef> merge(Streams& streams, IsBefore isBefore);
    static bool mustAsk(const Streams& streams);
    static bool isEmpty(const Streams& streams);
    bool isGone(const LogEntryRef& entry) const;
    bool passes(const LogEntryRef& entry) const;
    bool takesAll() const { return m_choice.severities.all() && m_choice.search.empty(); }
    HistoryQuery questionFor(const std::string& appId) const;

    History& m_history;
    LogChoice m_choice;
    LogFilter m_search;
    std::int64_t m_timeMs = 0;
    Streams m_older;
    Streams m_newer;
    std::map<std::string, std::uint64_t> m_gone; ///< by application: up to where, since the start of the program
    int m_olderWaits = 0; ///< questions that are not answered
    int m_newerWaits = 0;
    bool m_wantsOlder = false;
    bool m_wantsNewer = false;
    bool m_knowsPlaces = false; ///< of m_newer
    std::stop_source m_dropped; ///< asked to stop when answers are
    quint64 m_round = 0; ///< tells answers of this start from those of an earlier one
};

} // namespace vigie
