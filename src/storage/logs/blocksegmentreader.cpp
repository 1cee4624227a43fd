// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/blocksegmentreader.h"

#include "core/searchedtexts.h"
#include "storage/blocks/ulid.h"
#include "storage/logs/blockscans.h"
#include "storage/logs/logplace.h"
#include "storage/logs/segmentsearch.h"

#include <algorithm>

namespace vigie {

struct BlockSegmentReader::TokenLookup
{
    std::unordered_map<std::int64_t, std::uint64_t> groups; // by number: the blocks that may match, a bit each
    std::vector<std::uint64_t> having; // of each token, the blocks that may have it
};

DatabaseOutcome BlockSegmentReader::prepare()
{
    // There may be many readers, each is asked seldom, and blocks are not read twice.
    if (const DatabaseOutcome done = m_database.run("PRAGMA cache_size=-256"); !done)
        return done;
    const DatabaseResult<std::int64_t> unicode = m_database.number("SELECT unicode FROM meta");
    if (!unicode)
        return unicode.error();
    m_hasOurLetters = *unicode == int(QChar::currentUnicodeVersion());
    return m_database.prepare({
        {&m_app, "SELECT app, last_sequence, cleared_sequence FROM app WHERE name=?"},
        {&m_apps, "SELECT name FROM app"},
        {&m_blocksDown, BlockRow::select + std::string("WHERE first_place BETWEEN ? AND ? ORDER BY first_place DESC")},
        {&m_blockUp, BlockRow::select + std::string("WHERE first_place BETWEEN ? AND ? AND last_place>=? ORDER BY first_place")},
        {&m_blockAt, BlockRow::select + std::string("WHERE first_place<=? ORDER BY first_place DESC LIMIT 1")},
        {&m_data, "SELECT bytes FROM block_data WHERE first_place=?"},
        {&m_words, "SELECT bytes FROM block_words WHERE first_place=?"},
        {&m_bucket, "SELECT bytes FROM word_bucket WHERE bucket=?"},
    });
}

std::optional<SegmentApp> BlockSegmentReader::app(const std::string& appId)
{
    const ResetAtEnd reset{m_app};
    m_app.bind(1, std::string_view(appId));
    if (!m_app.hasRow())
        return std::nullopt;
    return SegmentApp{m_app.integer(0), static_cast<std::uint64_t>(m_app.integer(1)), static_cast<std::uint64_t>(m_app.integer(2))};
}

std::vector<std::string> BlockSegmentReader::apps()
{
    const ResetAtEnd reset{m_apps};
    std::vector<std::string> names;
    while (m_apps.hasRow())
        names.emplace_back(m_apps.bytes(0));
    return names;
}

template <typename Visit>
void BlockSegmentReader::forEachBlockDown(std::int64_t from, std::int64_t to, const Visit& visit)
{
    const ResetAtEnd reset{m_blocksDown};
    m_blocksDown.bind(1, LogPlace::of(LogPlace::app(from), 0));
    m_blocksDown.bind(2, to);
    while (m_blocksDown.hasRow()) {
        const BlockRow row = BlockRow::of(m_blocksDown);
        if (row.zone.lastPlace < from || !visit(row))
            return;
    }
}

bool BlockSegmentReader::open(const BlockRow& row)
{
    if (m_openPlace == row.zone.firstPlace)
        return true;
    m_openPlace = 0;
    const ResetAtEnd reset{m_data};
    m_data.bind(1, row.zone.firstPlace);
    if (!m_data.hasRow())
        return false;
    m_blob = m_data.bytes(0);
    if (!m_block.open(m_blob, std::size_t(row.textBytes)) || m_block.size() != row.zone.places)
        return false;
    // One that is not full may become another under the same key.
    m_openPlace = row.isFull ? row.zone.firstPlace : 0;
    return true;
}

bool BlockSegmentReader::mayHaveId(const BlockRow& row, std::string_view id, std::optional<std::int64_t> idMs)
{
    if (idMs && *idMs >= row.leastIdMs && *idMs <= row.mostIdMs)
        return true;
    if (!row.hasNamed || !row.isFull)
        return row.hasNamed;
    const StoredToken token = storedToken(tokenOfId(id));
    if (row.wordGroup != BlockRow::noGroup) {
        const ResetAtEnd reset{m_bucket};
        m_bucket.bind(1, row.wordGroup / GroupIndex::maxBlocks * GroupIndex::buckets + GroupIndex::bucketOf(token));
        return !m_bucket.hasRow() || (GroupIndex::blocksOf(m_bucket.bytes(0), token) >> (row.wordGroup % GroupIndex::maxBlocks) & 1) != 0;
    }
    const ResetAtEnd reset{m_words};
    m_words.bind(1, row.zone.firstPlace);
    return !m_words.hasRow() || mayHaveAll(m_words.bytes(0), {{token}});
}

std::optional<std::uint64_t> BlockSegmentReader::find(const std::string& appId, std::string_view id)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known || id.empty())
        return std::nullopt;
    const std::optional<std::int64_t> idMs = ulidTime(id);
    std::optional<std::uint64_t> found;
    forEachBlockDown(LogPlace::of(known->number, 0), LogPlace::of(known->number, known->lastSequence), [&](const BlockRow& row) {
        if (!mayHaveId(row, id, idMs) || !open(row) || !m_block.readIds())
            return true;
        for (std::size_t i = m_block.size(); i-- > 0 && !found;) {
            if (m_block.id(i) == id)
                found = LogPlace::sequence(row.zone.firstPlace) + i;
        }
        return !found;
    });
    return found;
}

void BlockSegmentReader::compare(SoughtEntry& sought, std::size_t index)
{
    if (!m_block.readAll())
        return;
    if (sought.print.isSameAs(EntryFingerprint::of(m_block.entry(index), m_block.userId(index))))
        sought.known = SoughtEntry::Known::AsItIs;
    else if (sought.known == SoughtEntry::Known::No)
        sought.known = SoughtEntry::Known::ByAnother;
}

std::vector<BlockRow> BlockSegmentReader::learnIds(const SegmentApp& app)
{
    if (m_idsApp != app.number) {
        m_ids.reset();
        m_idsApp = app.number;
        m_idsUpTo = 0;
    }
    std::vector<BlockRow> unfinished;
    std::vector<BlockRow> full;
    forEachBlockDown(LogPlace::of(app.number, 0), LogPlace::of(app.number, app.lastSequence), [&](const BlockRow& row) {
        if (row.isFull && row.zone.firstPlace <= m_idsUpTo)
            return false;
        (row.isFull ? full : unfinished).push_back(row);
        return true;
    });
    for (auto row = full.rbegin(); row != full.rend(); ++row) {
        const std::uint64_t first = LogPlace::sequence(row->zone.firstPlace);
        if (!m_ids)
            m_ids = std::make_unique<IdTable>(first, std::numeric_limits<std::size_t>::max());
        m_idsUpTo = row->zone.firstPlace;
        if (!open(*row) || !m_block.readIds())
            continue;
        for (std::size_t i = 0; i < m_block.size(); ++i) {
            if (!m_block.isRepeat(i))
                m_ids->add(m_block.id(i), first + i);
        }
    }
    return unfinished;
}

void BlockSegmentReader::lookUp(const std::string& appId, std::vector<SoughtEntry>& sought, std::uint64_t afterSequence)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known || afterSequence >= known->lastSequence)
        return;
    const std::vector<BlockRow> unfinished = learnIds(*known);
    std::unordered_map<std::string_view, std::vector<SoughtEntry*>> wanted; // the same may be asked for more than once
    for (SoughtEntry& one : sought) {
        if (one.known == SoughtEntry::Known::AsItIs)
            continue;
        wanted[one.id].push_back(&one);
        if (!m_ids)
            continue;
        m_ids->find(one.id, [&](std::uint64_t sequence) {
            const std::int64_t place = LogPlace::of(known->number, sequence);
            if (sequence <= afterSequence || !openAt(place))
                return false;
            const auto i = static_cast<std::size_t>(place - m_openPlace);
            if (m_block.readIds() && !m_block.isRepeat(i) && m_block.id(i) == one.id)
                compare(one, i);
            return one.known == SoughtEntry::Known::AsItIs;
        });
    }
    for (const BlockRow& row : unfinished) {
        if (!open(row) || !m_block.readIds())
            continue;
        for (std::size_t i = 0; i < m_block.size(); ++i) {
            const auto found = wanted.find(m_block.id(i));
            if (found == wanted.end() || m_block.isRepeat(i) || LogPlace::sequence(row.zone.firstPlace) + i <= afterSequence)
                continue;
            for (SoughtEntry* const one : found->second)
                compare(*one, i);
        }
    }
}

bool BlockSegmentReader::openAt(std::int64_t place)
{
    if (m_openPlace != 0 && place >= m_openPlace && place < m_openPlace + std::int64_t(m_block.size()))
        return true;
    const ResetAtEnd reset{m_blockAt};
    m_blockAt.bind(1, place);
    if (!m_blockAt.hasRow())
        return false;
    const BlockRow row = BlockRow::of(m_blockAt);
    return row.isFull && row.zone.lastPlace >= place && open(row);
}

bool BlockSegmentReader::mayHave(const BlockRow& row, const BlockSieve& sieve, TokenLookup& lookup)
{
    if (!row.isFull || sieve.tokens().empty() || (!m_hasOurLetters && !sieve.isAscii()))
        return true;
    if (row.wordGroup == BlockRow::noGroup) {
        const ResetAtEnd reset{m_words};
        m_words.bind(1, row.zone.firstPlace);
        if (!m_words.hasRow())
            return true;
        lookup.having.clear();
        for (const StoredToken token : sieve.tokens())
            lookup.having.push_back(mayHaveAll(m_words.bytes(0), {&token, 1}) ? 1 : 0);
        return (sieve.mayMatch(lookup.having) & 1) != 0;
    }
    const std::int64_t number = row.wordGroup / GroupIndex::maxBlocks;
    const auto [group, isNew] = lookup.groups.try_emplace(number);
    if (isNew) {
        lookup.having.clear();
        for (const StoredToken token : sieve.tokens()) {
            const ResetAtEnd reset{m_bucket};
            m_bucket.bind(1, number * GroupIndex::buckets + GroupIndex::bucketOf(token));
            lookup.having.push_back(m_bucket.hasRow() ? GroupIndex::blocksOf(m_bucket.bytes(0), token) : ~std::uint64_t(0));
        }
        group->second = sieve.mayMatch(lookup.having);
    }
    return (group->second >> (row.wordGroup % GroupIndex::maxBlocks) & 1) != 0;
}

SegmentPage BlockSegmentReader::newest(const SegmentQuery& asked)
{
    const HistoryQuery& query = asked.query;
    const std::optional<SegmentApp> known = app(query.appId);
    if (!known || asked.fromSequence > asked.toSequence)
        return {};
    if (query.stop.stop_requested() || (asked.deadline.hasExpired() && known->lastSequence < asked.toSequence))
        return {{}, std::min(known->lastSequence, asked.toSequence) + 1};
    SegmentSearch search(asked, known->number);
    BlockScans scans(search);
    if (scans.sieve().findsNothing())
        return {};
    TokenLookup lookup;
    bool isFirst = true;
    forEachBlockDown(search.from, search.to, [&](const BlockRow& row) {
        // Each search comes at least one further.
        if (!std::exchange(isFirst, false) && (asked.deadline.hasExpired() || query.stop.stop_requested())) {
            scans.finish();
            if (!search.isDone())
                search.page.stoppedAt = LogPlace::sequence(std::min(row.zone.lastPlace, search.to)) + 1;
            return false;
        }
        if (search.mayMatch(row.zone.leastTimeMs, row.zone.maxTimeMs, row.zone.severities()) && mayHave(row, scans.sieve(), lookup)) {
            const ResetAtEnd reset{m_data};
            m_data.bind(1, row.zone.firstPlace);
            if (m_data.hasRow())
                scans.add(row, m_data.bytes(0));
        }
        return !search.isDone();
    });
    scans.finish();
    return std::move(search.page);
}

void BlockSegmentReader::count(const std::string& appId, std::uint64_t fromSequence, const std::stop_token& stop,
                               const QDeadlineTimer& deadline, LogCounts& counts)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known || fromSequence > known->lastSequence)
        return;
    const std::int64_t from = LogPlace::of(known->number, fromSequence);
    forEachBlockDown(from, LogPlace::of(known->number, known->lastSequence), [&](const BlockRow& row) {
        const LogZone& zone = row.zone;
        if (stop.stop_requested()) {
            counts.setIncomplete();
            return false;
        }
        if (!counts.touches(zone.leastTimeMs, zone.maxTimeMs))
            return true;
        if (zone.firstPlace >= from && counts.isOneStep(zone.leastTimeMs, zone.maxTimeMs)) {
            counts.add(zone.leastTimeMs, zone.counts);
            return true;
        }
        if (deadline.hasExpired()) {
            counts.setIncomplete();
            return false;
        }
        countBlock(row, from, counts);
        return true;
    });
}

void BlockSegmentReader::countBlock(const BlockRow& row, std::int64_t from, LogCounts& counts)
{
    if (!open(row) || !m_block.readTimesAndLevels())
        return;
    for (std::size_t i = std::size_t(std::max<std::int64_t>(0, from - row.zone.firstPlace)); i < m_block.size(); ++i) {
        if (!m_block.isRepeat(i))
            counts.add(m_block.timeMs(i), severityOf(m_block.level(i)));
    }
}

std::string BlockSegmentReader::newestId(const std::string& appId)
{
    const std::optional<SegmentApp> known = app(appId);
    std::string newest;
    if (!known)
        return newest;
    forEachBlockDown(LogPlace::of(known->number, 0), LogPlace::of(known->number, known->lastSequence), [&](const BlockRow& row) {
        if (!open(row) || !m_block.readIds())
            return true;
        for (std::size_t i = m_block.size(); i-- > 0 && newest.empty();)
            newest = m_block.id(i);
        return newest.empty();
    });
    return newest;
}

std::uint64_t BlockSegmentReader::namedDown(const std::string& appId, std::uint64_t fromSequence, std::size_t rows,
                                            std::vector<StoredIds::Named>& named)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known || rows == 0)
        return 0;
    const std::int64_t to = LogPlace::of(known->number, std::min(fromSequence, known->lastSequence));
    std::uint64_t lastLooked = 0;
    bool hasMore = false;
    forEachBlockDown(LogPlace::of(known->number, 0), to, [&](const BlockRow& row) {
        hasMore = rows == 0;
        if (hasMore)
            return false;
        std::int64_t place = std::min(to, row.zone.lastPlace);
        if (!row.hasNamed || !open(row) || !m_block.readAll()) {
            rows -= std::min(rows, std::size_t(place - row.zone.firstPlace) + 1);
            lastLooked = LogPlace::sequence(row.zone.firstPlace);
            return true;
        }
        for (; place >= row.zone.firstPlace && rows > 0; --place, --rows) {
            const auto i = static_cast<std::size_t>(place - row.zone.firstPlace);
            lastLooked = LogPlace::sequence(place);
            if (m_block.isRepeat(i))
                continue;
            const NewLogEntry entry = m_block.entry(i);
            if (entry.idIsProducers)
                named.push_back({std::string(entry.id), EntryFingerprint::of(entry, m_block.userId(i))});
        }
        hasMore = place >= row.zone.firstPlace;
        return !hasMore;
    });
    return hasMore ? lastLooked : 0;
}

DatabaseOutcome BlockSegmentReader::oldest(const std::string& appId, std::uint64_t fromSequence, std::size_t maxBytes, ReplayPage& page)
{
    const std::optional<SegmentApp> known = app(appId);
    if (!known)
        return std::monostate{};
    const ResetAtEnd reset{m_blockUp};
    const std::int64_t from = LogPlace::of(known->number, fromSequence);
    m_blockUp.bind(1, LogPlace::of(known->number, 0));
    m_blockUp.bind(2, LogPlace::of(known->number, known->lastSequence));
    m_blockUp.bind(3, from);
    LogBatch batch(appId);
    std::uint64_t expected = fromSequence;
    DatabaseOutcome done = std::monostate{};
    bool isOver = false;
    while (!isOver) {
        const DatabaseResult<bool> more = m_blockUp.step();
        if (!more)
            done = more.error();
        if (!more || !*more)
            break;
        const BlockRow row = BlockRow::of(m_blockUp);
        if (!open(row) || !m_block.readAll()) {
            if (!batch.empty())
                break; // the next page begins with it
            const std::uint64_t behind = LogPlace::sequence(row.zone.lastPlace) + 1;
            done = DatabaseError{DatabaseFault::Corrupt, QStringLiteral("%1 entries cannot be read, their block is damaged").arg(row.entries)};
            page.missing += behind - expected;
            expected = behind;
            continue;
        }
        for (std::int64_t place = std::max(from, row.zone.firstPlace); place <= row.zone.lastPlace; ++place) {
            const auto i = static_cast<std::size_t>(place - row.zone.firstPlace);
            const std::uint64_t sequence = LogPlace::sequence(place);
            isOver = !batch.empty() && (sequence != expected || m_block.isRepeat(i) || batch.json().size() >= maxBytes);
            if (isOver)
                break;
            page.missing += sequence - expected;
            expected = sequence + 1;
            if (m_block.isRepeat(i))
                continue;
            if (batch.empty())
                batch.setFirstSequence(sequence);
            batch.append(m_block.entry(i), m_origins.origin(appId, m_block.userId(i)));
        }
    }
    page.reachedSequence = expected - 1;
    if (batch.empty())
        return done;
    const auto shared = std::make_shared<const LogBatch>(std::move(batch));
    for (std::uint32_t i = 0; i < shared->size(); ++i)
        page.entries.push_back({shared, i});
    return done;
}

} // namespace vigie
