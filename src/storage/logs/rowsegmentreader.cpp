// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/rowsegmentreader.h"

#include "storage/logs/fulltext.h"
#include "storage/logs/logplace.h"
#include "storage/logs/logrow.h"
#include "storage/logs/logzone.h"
#include "storage/logs/segmentsearch.h"

#include <algorithm>

namespace vigie {

namespace {

/// All that the full-text index can be asked of a query.
std::string fullText(const HistoryQuery& query)
{
    std::string expression;
    for (const std::string& part :
         {fullTextOfWords(query.words), fullTextOfPhrase(query.filter.search), fullTextOfRegex(query.regex)}) {
        if (!part.empty())
            expression += (expression.empty() ? "" : " ") + part;
    }
    return expression;
}

} // namespace

DatabaseOutcome RowSegmentReader::prepare()
{
    return m_database.prepare({
        {&m_app, "SELECT app, last_sequence, cleared_sequence FROM app WHERE name=?"},
        {&m_apps, "SELECT name FROM app"},
        {&m_find, "SELECT place FROM log WHERE id=? AND place >> 40=?"},
        {&m_entryOfId, LogRow::select + std::string("id=? AND place >> 40=?")},
        {&m_entriesDown, LogRow::select + std::string("place BETWEEN ? AND ? ORDER BY place DESC")},
        {&m_entriesUp, LogRow::select + std::string("place BETWEEN ? AND ? ORDER BY place")},
        {&m_zonesDown,
         "SELECT first_place, last_place, least_time_ms, most_time_ms, counts FROM zone "
         "WHERE first_place BETWEEN ? AND ? ORDER BY first_place DESC"},
        {&m_times, "SELECT time_ms, level FROM log WHERE place BETWEEN ? AND ? AND id IS NOT NULL"},
        {&m_textDown,
         "SELECT rowid FROM log_text WHERE log_text MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC"},
    });
}

std::optional<SegmentApp> RowSegmentReader::app(const std::string& appId)
{
    const ResetAtEnd reset{m_app};
    m_app.bind(1, std::string_view(appId));
    if (!m_app.hasRow())
        return std::nullopt;
    return SegmentApp{m_app.integer(0), static_cast<std::uint64_t>(m_app.integer(1)),
                      static_cast<std::uint64_t>(m_app.integer(2))};
}

std::vector<std::string> RowSegmentReader::apps()
{
    const ResetAtEnd reset{m_apps};
    std::vector<std::string> names;
    while (m_apps.hasRow())
        names.emplace_back(m_apps.bytes(0));
    return names;
}

std::optional<std::uint64_t> RowSegmentReader::find(const std::string& appId, std::string_view id)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known)
        return std::nullopt;
    const ResetAtEnd reset{m_find};
    m_find.bind(1, id);
    m_find.bind(2, known->number);
    if (!m_find.hasRow())
        return std::nullopt;
    return LogPlace::sequence(m_find.integer(0));
}

void RowSegmentReader::lookUp(const std::string& appId, std::vector<SoughtEntry>& sought, std::uint64_t afterSequence)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known)
        return;
    // One transaction: taking and leaving the locks costs more than the search.
    (void)m_database.run("BEGIN");
    m_entryOfId.bind(2, known->number);
    for (SoughtEntry& one : sought) {
        if (one.known == SoughtEntry::Known::AsItIs)
            continue;
        const ResetAtEnd reset{m_entryOfId};
        m_entryOfId.bind(1, one.id);
        if (!m_entryOfId.hasRow() || LogPlace::sequence(LogRow::place(m_entryOfId)) <= afterSequence)
            continue;
        const bool isSame = one.print.isSameAs(EntryFingerprint::of(LogRow::entry(m_entryOfId), LogRow::userId(m_entryOfId)));
        one.known = isSame ? SoughtEntry::Known::AsItIs : SoughtEntry::Known::ByAnother;
    }
    (void)m_database.run("COMMIT");
}

SegmentPage RowSegmentReader::newest(const SegmentQuery& asked)
{
    const HistoryQuery& query = asked.query;
    const std::optional<SegmentApp> known = app(query.appId);
    if (!known || asked.fromSequence > asked.toSequence)
        return {};
    if (query.stop.stop_requested() || (asked.deadline.hasExpired() && known->lastSequence < asked.toSequence))
        return {{}, std::min(known->lastSequence, asked.toSequence) + 1};
    SegmentSearch search(asked, known->number);
    // The full-text index may look at much before it gives a row.
    const std::stop_callback interrupt(query.stop, [this] { m_database.interrupt(); });
    if (const std::string expression = fullText(query); !expression.empty())
        searchText(expression, search);
    else if (query.words.empty())
        scan(search);
    return std::move(search.page);
}

void RowSegmentReader::searchText(const std::string& expression, SegmentSearch& search)
{
    const ResetAtEnd reset{m_textDown};
    m_textDown.bind(1, std::string_view(expression));
    m_textDown.bind(2, search.from);
    m_textDown.bind(3, search.to);
    while (!search.isDone() && m_textDown.hasRow())
        scanPlaces(m_textDown.integer(0), m_textDown.integer(0), search);
}

template <typename Visit>
void RowSegmentReader::forEachPart(std::int64_t from, std::int64_t to, const Visit& visit)
{
    const ResetAtEnd reset{m_zonesDown};
    m_zonesDown.bind(1, LogPlace::of(LogPlace::app(from), 0));
    m_zonesDown.bind(2, to);
    while (m_zonesDown.hasRow()) {
        const LogZone zone{m_zonesDown.integer(0), m_zonesDown.integer(1), m_zonesDown.integer(2), m_zonesDown.integer(3),
                           0, LogZone::unpackCounts(m_zonesDown.bytes(4))};
        if (zone.lastPlace < to && !visit(std::max(zone.lastPlace + 1, from), to, nullptr))
            return;
        if (zone.lastPlace < from)
            return;
        if (!visit(std::max(zone.firstPlace, from), std::min(zone.lastPlace, to), &zone))
            return;
        to = zone.firstPlace - 1;
    }
    if (to >= from)
        visit(from, to, nullptr);
}

void RowSegmentReader::scan(SegmentSearch& search)
{
    forEachPart(search.from, search.to, [&](std::int64_t from, std::int64_t to, const LogZone* zone) {
        if (!zone || search.mayMatch(zone->leastTimeMs, zone->maxTimeMs, zone->severities()))
            scanPlaces(from, to, search);
        return !search.isDone();
    });
}

void RowSegmentReader::count(const std::string& appId, std::uint64_t fromSequence, const std::stop_token& stop,
                             const QDeadlineTimer& deadline, LogCounts& counts)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known || fromSequence > known->lastSequence)
        return;
    forEachPart(LogPlace::of(known->number, fromSequence), LogPlace::of(known->number, known->lastSequence),
                [&](std::int64_t from, std::int64_t to, const LogZone* zone) {
                    if (zone && !counts.touches(zone->leastTimeMs, zone->maxTimeMs))
                        return true;
                    if (zone && from == zone->firstPlace && to == zone->lastPlace
                        && counts.isOneStep(zone->leastTimeMs, zone->maxTimeMs)) {
                        counts.add(zone->leastTimeMs, zone->counts);
                        return true;
                    }
                    if (deadline.hasExpired() || stop.stop_requested()) {
                        counts.setIncomplete();
                        return false;
                    }
                    const ResetAtEnd reset{m_times};
                    m_times.bind(1, from);
                    m_times.bind(2, to);
                    while (m_times.hasRow())
                        counts.add(m_times.integer(0), severityOf(m_times.bytes(1)));
                    return true;
                });
}

void RowSegmentReader::scanPlaces(std::int64_t from, std::int64_t to, SegmentSearch& search)
{
    if (from > to)
        return;
    const ResetAtEnd reset{m_entriesDown};
    m_entriesDown.bind(1, from);
    m_entriesDown.bind(2, to);
    while (!search.isDone() && m_entriesDown.hasRow()) {
        const std::uint64_t sequence = LogPlace::sequence(LogRow::place(m_entriesDown));
        if (search.isLate(search.rows)) {
            search.page.stoppedAt = sequence + 1;
            return;
        }
        const NewLogEntry entry = LogRow::entry(m_entriesDown);
        if (entry.id.empty() || !search.accepts(entry, LogRow::userId(m_entriesDown)))
            continue;
        search.page.entries.push_back(search.found(entry, m_origins.origin(search.query.appId, LogRow::userId(m_entriesDown)), sequence));
    }
}

std::string RowSegmentReader::newestId(const std::string& appId)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known)
        return {};
    const ResetAtEnd reset{m_entriesDown};
    m_entriesDown.bind(1, LogPlace::of(known->number, 0));
    m_entriesDown.bind(2, LogPlace::of(known->number, known->lastSequence));
    while (m_entriesDown.hasRow()) {
        if (const std::string_view id = LogRow::entry(m_entriesDown).id; !id.empty())
            return std::string(id);
    }
    return {};
}

std::uint64_t RowSegmentReader::namedDown(const std::string& appId, std::uint64_t fromSequence, std::size_t rows,
                                          std::vector<StoredIds::Named>& named)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known)
        return 0;
    const ResetAtEnd reset{m_entriesDown};
    m_entriesDown.bind(1, LogPlace::of(known->number, 0));
    m_entriesDown.bind(2, LogPlace::of(known->number, std::min(fromSequence, known->lastSequence)));
    std::uint64_t lastLooked = 0;
    for (std::size_t looked = 0; looked < rows; ++looked) {
        if (!m_entriesDown.hasRow())
            return 0;
        lastLooked = LogPlace::sequence(LogRow::place(m_entriesDown));
        const NewLogEntry entry = LogRow::entry(m_entriesDown);
        if (entry.idIsProducers && !entry.id.empty())
            named.push_back({std::string(entry.id), EntryFingerprint::of(entry, LogRow::userId(m_entriesDown))});
    }
    return lastLooked;
}

DatabaseOutcome RowSegmentReader::oldest(const std::string& appId, std::uint64_t fromSequence, std::size_t maxBytes,
                                         ReplayPage& page)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known)
        return std::monostate{};
    const ResetAtEnd reset{m_entriesUp};
    m_entriesUp.bind(1, LogPlace::of(known->number, fromSequence));
    m_entriesUp.bind(2, LogPlace::of(known->number, known->lastSequence));
    LogBatch batch(appId);
    std::uint64_t expected = fromSequence;
    DatabaseResult<bool> row = true;
    while (batch.empty() || batch.json().size() < maxBytes) {
        row = m_entriesUp.step();
        if (!row || !*row)
            break;
        const std::uint64_t sequence = LogPlace::sequence(LogRow::place(m_entriesUp));
        const NewLogEntry entry = LogRow::entry(m_entriesUp);
        if (!batch.empty() && (sequence != expected || entry.id.empty()))
            break;
        page.missing += sequence - expected;
        expected = sequence + 1;
        if (entry.id.empty())
            continue; // the place of a repeat
        if (batch.empty())
            batch.setFirstSequence(sequence);
        batch.append(entry, m_origins.origin(appId, LogRow::userId(m_entriesUp)));
    }
    page.reachedSequence = expected - 1;
    const DatabaseOutcome done = row ? DatabaseOutcome(std::monostate{}) : row.error();
    if (batch.empty())
        return done;
    const auto shared = std::make_shared<const LogBatch>(std::move(batch));
    for (std::uint32_t i = 0; i < shared->size(); ++i)
        page.entries.push_back({shared, i});
    return done;
}

} // namespace vigie
