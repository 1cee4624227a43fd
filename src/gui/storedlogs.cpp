// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/storedlogs.h"

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
    m_choice = choice;
    m_search = {};
    m_search.search = choice.search;
    m_timeMs = timeMs;
    m_older.clear();
    m_newer.clear();
    m_knowsPlaces = false;
}

void StoredLogs::stop()
{
    // They may hold up those to come.
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
    return !isGone(entry) && m_choice.severities.test(static_cast<std::size_t>(entry.batch->severity(entry.index)))
        && m_search.matches(*entry.batch, entry.index);
}

LogFilter StoredLogs::filter() const
{
    LogFilter filter = m_search;
    // Levels of no known severity have no name to ask for: then the rest is sorted out here.
    if (!m_choice.severities.test(static_cast<std::size_t>(Severity::Other))) {
        for (std::size_t i = 0; i < severityCount; ++i) {
            if (m_choice.severities.test(i))
                filter.levels.emplace_back(severityName(static_cast<Severity>(i)));
        }
    }
    return filter;
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
    HistoryQuery query;
    query.appId = appId;
    query.filter = filter();
    query.limit = pageEntries;
    query.beforeSequence = stream.place;
    if (stream.isFromTime)
        query.beforeTimeMs = m_timeMs + 1;
    query.stop = m_dropped.get_token();
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
    m_history.replay(appId, stream.place.value_or(0), replayBytes,
                     [self = QPointer(this), round = m_round, appId](const ReplayPage& page) {
                         if (!self || self->m_round != round)
                             return;
                         Stream& answered = self->m_newer[appId];
                         answered.isDone = page.entries.empty();
                         answered.place = page.reachedSequence;
                         for (const LogEntryRef& entry : page.entries) {
                             if (self->passes(entry))
                                 answered.entries.push_back(entry);
                         }
                         if (--self->m_newerWaits == 0)
                             self->giveNewer();
                     });
}

/// The way forward begins at each application's last entry of the time, whatever it is.
void StoredLogs::findPlaces()
{
    ++m_newerWaits; // one more than questions: an answer may come at once
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
    // Which entry is next can be told only while something is known of every application.
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
        // One more than questions: an answer may come at once.
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
    // More may have come by the time that the end is asked for again.
    for (auto& [appId, stream] : m_newer)
        stream.isDone = false;
    Q_EMIT newerFound(std::move(page));
}

} // namespace vigie
