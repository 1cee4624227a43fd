// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/storedlogs.h"

#include <QPointer>
#include <algorithm>

namespace vigie {

namespace {

constexpr std::size_t replayBytes = 256 * 1024;

std::int64_t timeOf(const LogEntryRef& entry)
{
    return entry.batch->timestampMs(entry.index);
}

} // namespace

void StoredLogs::start(const LogChoice& choice, std::int64_t timeMs)
{
    stop();
    m_matcher = LogMatcher(choice);
    m_timeMs = timeMs;
    m_older.clear();
    m_newer.clear();
    m_knowsPlaces = m_endsNow = false;
}

void StoredLogs::stop()
{
    // They could delay the next ones.
    m_dropped.request_stop();
    m_dropped = {};
    ++m_round;
    m_olderWaits = m_newerWaits = 0;
    m_wantsOlder = m_wantsNewer = false;
}

void StoredLogs::startBefore(const std::map<std::string, std::optional<std::uint64_t>>& places, std::int64_t timeMs,
                             const LogChoice& choice)
{
    start(choice, timeMs);
    for (const auto& [appId, place] : places) {
        if (choice.appId.empty() || choice.appId == appId)
            m_older[appId] = {place, !place, {}, false};
    }
}

void StoredLogs::startAt(const QStringList& applications, std::int64_t timeMs, const LogChoice& choice)
{
    start(choice, timeMs);
    for (const QString& application : applications) {
        const std::string appId = application.toStdString();
        if (choice.appId.empty() || choice.appId == appId) {
            m_older[appId].isFromTime = true;
            m_newer.try_emplace(appId);
        }
    }
}

void StoredLogs::startAtOldest(const QStringList& applications, const LogChoice& choice)
{
    startAt(applications, 0, choice);
    for (auto& [appId, stream] : m_newer)
        stream.place = 0;
    m_knowsPlaces = m_endsNow = true;
}

void StoredLogs::forget(const std::string& appId, std::uint64_t upToSequence)
{
    m_gone[appId] = upToSequence;
    for (Streams* const streams : {&m_older, &m_newer}) {
        if (const auto stream = streams->find(appId); stream != streams->end())
            std::erase_if(stream->second.entries, [this](const LogEntryRef& entry) { return isGone(entry); });
    }
}

bool StoredLogs::isGone(const LogEntryRef& entry) const
{
    const auto gone = m_gone.find(entry.batch->appId());
    return gone != m_gone.end() && entry.sequence() <= gone->second;
}

bool StoredLogs::passes(const LogEntryRef& entry) const
{
    return !isGone(entry) && m_matcher.passes(entry);
}

/// A query for the entries of one application that match the choice.
HistoryQuery StoredLogs::questionFor(const std::string& appId) const
{
    HistoryQuery query = m_matcher.queryFor(appId);
    query.limit = pageEntries;
    query.stop = m_dropped.get_token();
    return query;
}

bool StoredLogs::mustAsk(const Streams& streams)
{
    return std::ranges::any_of(streams, [](const auto& one) { return one.second.entries.empty() && !one.second.isDone; });
}

bool StoredLogs::isEmpty(const Streams& streams)
{
    return std::ranges::all_of(streams, [](const auto& one) { return one.second.entries.empty() && one.second.isDone; });
}

bool StoredLogs::hasOlder() const
{
    return !isEmpty(m_older);
}

void StoredLogs::older()
{
    m_wantsOlder = true;
    if (m_olderWaits == 0)
        giveOlder();
}

void StoredLogs::newer()
{
    m_wantsNewer = true;
    if (m_newerWaits > 0)
        return;
    if (m_knowsPlaces)
        giveNewer();
    else
        findPlaces();
}

void StoredLogs::askOlder(const std::string& appId, Stream& stream)
{
    HistoryQuery query = questionFor(appId);
    query.beforeSequence = stream.place;
    if (stream.isFromTime)
        query.beforeTimeMs = m_timeMs + 1;
    ++m_olderWaits;
    m_history.query(query, [self = QPointer(this), round = m_round, appId](const HistoryPage& page) {
        if (!self || self->m_round != round)
            return;
        Stream& answered = self->m_older[appId];
        answered.isDone = page.entries.size() < pageEntries && !page.stoppedAt;
        answered.isFromTime = answered.isFromTime && page.entries.empty();
        if (page.stoppedAt)
            answered.place = page.stoppedAt;
        else if (!page.entries.empty())
            answered.place = page.entries.front().sequence();
        for (auto entry = page.entries.rbegin(); entry != page.entries.rend(); ++entry) {
            if (self->passes(*entry))
                answered.entries.push_back(*entry);
        }
        if (--self->m_olderWaits == 0)
            self->giveOlder();
    });
}

void StoredLogs::askNewer(const std::string& appId, Stream& stream)
{
    ++m_newerWaits;
    const bool hasMore = stream.place.value_or(0) < stream.end;
    if (m_endsNow ? !stream.hasEnd : !hasMore && !m_matcher.choice().takesAll())
        findEnd(appId);
    else
        readNewer(appId);
}

void StoredLogs::readNewer(const std::string& appId)
{
    Stream& stream = m_newer[appId];
    stream.isDone = stream.hasEnd && stream.place.value_or(0) >= stream.end;
    if (stream.isDone)
        noteNewer();
    else if (m_matcher.choice().takesAll())
        replayNewer(appId, stream.place.value_or(0));
    else
        searchNewer(appId);
}

void StoredLogs::replayNewer(const std::string& appId, std::uint64_t after)
{
    m_history.replay(appId, after, replayBytes, [self = QPointer(this), round = m_round, appId](const ReplayPage& page) {
        if (!self || self->m_round != round)
            return;
        Stream& answered = self->m_newer[appId];
        answered.isDone = page.entries.empty();
        answered.place = page.reachedSequence;
        self->takeNewer(answered, page.entries);
        self->noteNewer();
    });
}

/// Finds the last sequence number to search.
void StoredLogs::findEnd(const std::string& appId)
{
    HistoryQuery query;
    query.appId = appId;
    query.limit = 1;
    query.stop = m_dropped.get_token();
    m_history.query(query, [self = QPointer(this), round = m_round, appId](const HistoryPage& page) {
        if (!self || self->m_round != round)
            return;
        Stream& answered = self->m_newer[appId];
        if (!page.entries.empty())
            answered.end = page.entries.back().sequence();
        answered.hasEnd = self->m_endsNow;
        answered.isDone = answered.place.value_or(0) >= answered.end;
        if (answered.isDone)
            self->noteNewer();
        else
            self->readNewer(appId);
    });
}

/// The store returns the newest matches first and skips what cannot match. So the forward direction searches ranges of sequence
/// numbers: longer where matches are rare, shorter where a range overflows a page or times out.
void StoredLogs::searchNewer(const std::string& appId)
{
    const Stream& stream = m_newer[appId];
    HistoryQuery query = questionFor(appId);
    query.afterSequence = stream.place.value_or(0);
    const std::uint64_t last = std::min(stream.end, query.afterSequence + stream.stretch);
    query.beforeSequence = last + 1;
    const std::uint64_t places = last - query.afterSequence;
    m_history.query(query, [self = QPointer(this), round = m_round, appId, last, places](const HistoryPage& page) {
        if (!self || self->m_round != round)
            return;
        Stream& answered = self->m_newer[appId];
        const bool isCut = page.stoppedAt || (page.entries.size() >= pageEntries && places > pageEntries);
        if (isCut && places > 1) {
            answered.stretch = std::max<std::uint64_t>(1, places / 8);
            return self->searchNewer(appId);
        }
        if (page.entries.size() < pageEntries / 4)
            answered.stretch = std::min(answered.stretch * 4, maxSequence);
        answered.place = last;
        self->takeNewer(answered, page.entries);
        self->noteNewer();
    });
}

void StoredLogs::takeNewer(Stream& stream, const std::vector<LogEntryRef>& entries)
{
    for (const LogEntryRef& entry : entries) {
        if (passes(entry) && (!stream.hasEnd || entry.sequence() <= stream.end))
            stream.entries.push_back(entry);
    }
}

void StoredLogs::noteNewer()
{
    if (--m_newerWaits == 0)
        giveNewer();
}

/// The newer direction starts at each application's last entry at or before the time, whether it matches or not.
void StoredLogs::findPlaces()
{
    ++m_newerWaits; // one more than requests, as an answer may arrive at once
    for (const auto& [appId, stream] : m_newer) {
        ++m_newerWaits;
        findPlace(appId, std::nullopt);
    }
    notePlace();
}

void StoredLogs::findPlace(const std::string& appId, std::optional<std::uint64_t> before)
{
    HistoryQuery query;
    query.appId = appId;
    query.limit = 1;
    query.beforeTimeMs = m_timeMs + 1;
    query.beforeSequence = before;
    query.stop = m_dropped.get_token();
    m_history.query(query, [self = QPointer(this), round = m_round, appId](const HistoryPage& page) {
        if (!self || self->m_round != round)
            return;
        if (page.entries.empty() && page.stoppedAt)
            return self->findPlace(appId, page.stoppedAt);
        self->m_newer[appId].place = page.entries.empty() ? 0 : page.entries.back().sequence();
        self->notePlace();
    });
}

void StoredLogs::notePlace()
{
    if (--m_newerWaits > 0)
        return;
    m_knowsPlaces = true;
    giveNewer();
}

template <typename IsBefore>
std::vector<LogEntryRef> StoredLogs::merge(Streams& streams, IsBefore isBefore)
{
    std::vector<LogEntryRef> page;
    // The next entry is known only while every application has one to compare.
    while (page.size() < pageEntries && !mustAsk(streams)) {
        Stream* next = nullptr;
        for (auto& [appId, stream] : streams) {
            if (!stream.entries.empty() && (!next || isBefore(stream.entries.front(), next->entries.front())))
                next = &stream;
        }
        if (!next)
            break;
        page.push_back(next->entries.front());
        next->entries.pop_front();
    }
    return page;
}

void StoredLogs::giveOlder()
{
    if (!m_wantsOlder)
        return;
    std::vector<LogEntryRef> page =
        merge(m_older, [](const LogEntryRef& a, const LogEntryRef& b) { return timeOf(a) > timeOf(b); });
    if (page.empty() && mustAsk(m_older)) {
        // One more than requests, as an answer may arrive at once.
        ++m_olderWaits;
        for (auto& [appId, stream] : m_older) {
            if (stream.entries.empty() && !stream.isDone)
                askOlder(appId, stream);
        }
        if (--m_olderWaits == 0)
            giveOlder();
        return;
    }
    m_wantsOlder = false;
    std::ranges::reverse(page);
    Q_EMIT olderFound(std::move(page));
}

void StoredLogs::giveNewer()
{
    if (!m_wantsNewer)
        return;
    std::vector<LogEntryRef> page =
        merge(m_newer, [](const LogEntryRef& a, const LogEntryRef& b) { return timeOf(a) < timeOf(b); });
    if (page.empty() && mustAsk(m_newer)) {
        ++m_newerWaits;
        for (auto& [appId, stream] : m_newer) {
            if (stream.entries.empty() && !stream.isDone)
                askNewer(appId, stream);
        }
        if (--m_newerWaits == 0)
            giveNewer();
        return;
    }
    m_wantsNewer = false;
    // More entries may have arrived before the next request.
    for (auto& [appId, stream] : m_newer)
        stream.isDone = false;
    Q_EMIT newerFound(std::move(page));
}

} // namespace vigie
