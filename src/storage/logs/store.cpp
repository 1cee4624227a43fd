// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/store.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr std::chrono::milliseconds groupTime{20}; // for entries that nobody waits to know on disk
constexpr std::size_t groupEntries = 4'000;
constexpr std::chrono::milliseconds retryTime{1'000};
constexpr std::chrono::milliseconds tidyTime{10'000};
// Between two steps of some 20 ms, so that what comes in meanwhile is not held up.
constexpr std::chrono::milliseconds takeOverPause{20};
constexpr std::chrono::milliseconds takeOverRetry{60'000};
constexpr std::size_t idRowsAStep = 2'000; // some ms
// Ids that a start takes over, so that what a producer sends again after it is known.
constexpr std::size_t idsPerApp = 10'000;
constexpr std::size_t idsInAll = 200'000;

} // namespace

Store::Store(Config config, QObject* parent) : QObject(parent), m_config(std::move(config)) {}

Store::~Store()
{
    if (m_logs)
        commit();
}

void Store::start()
{
    m_commitTimer = new QTimer(this);
    m_commitTimer->setSingleShot(true);
    m_commitTimer->setTimerType(Qt::PreciseTimer);
    connect(m_commitTimer, &QTimer::timeout, this, &Store::commit);
    m_tidyTimer = new QTimer(this);
    connect(m_tidyTimer, &QTimer::timeout, this, &Store::tidy);
    m_tidyTimer->start(tidyTime);
    m_takeOverTimer = new QTimer(this);
    m_takeOverTimer->setSingleShot(true);
    connect(m_takeOverTimer, &QTimer::timeout, this, &Store::takeOver);
    m_sinceCommit.start();
    m_running.start();
    open();
    Q_EMIT started();
}

bool Store::open()
{
    DatabaseResult<LogStore> logs = LogStore::open(m_config.folder, m_config.logs);
    if (!logs) {
        report(logs.error());
        return false;
    }
    m_logs = std::make_unique<LogStore>(std::move(*logs));
    m_clock = TrustedClock(m_logs->lastWrittenMs());
    // Before anybody can read them: who reads knows the places.
    Q_EMIT opened(beginEpoch());
    showFiles();
    report(std::monostate{});
    m_takeOverTimer->start(takeOverPause);
    return true;
}

void Store::replaceBroken()
{
    if (!m_logs->replaceNewest())
        m_logs.reset(); // opened again with the next try
    else
        showFiles();
}

void Store::showFiles()
{
    if (m_logs->movedAside() != m_state.movedAside) {
        m_state.movedAside = m_logs->movedAside();
        Q_EMIT stateChanged(m_state);
    }
    Q_EMIT segmentsChanged(m_logs->segments());
}

StoredCatalog Store::beginEpoch()
{
    StoredCatalog catalog;
    catalog.epoch = ++m_epoch;
    for (const auto& [appId, app] : m_logs->apps()) {
        Order& order = m_orders[appId];
        StoredCatalog::App& stored = catalog.apps.emplace_back();
        stored.appId = appId;
        stored.lastSequence = app.lastSequence;
        stored.clearedSequence = app.clearedSequence;
        if (app.lastSequence > order.written) {
            // There is more than this run has written: what it numbered and did not write comes behind that.
            stored.sequenceShift = app.lastSequence - order.written;
            order.written = app.lastSequence;
            order.moves.push_back({m_epoch, stored.sequenceShift});
        }
    }
    for (const auto& [source, place] : m_logs->checkpoints())
        catalog.checkpoints.push_back({source, place});
    catalog.idsFollow = !catalog.apps.empty();
    if (catalog.idsFollow) {
        m_logs->describe(catalog.apps);
        const std::size_t rows = std::min(idsPerApp, idsInAll / catalog.apps.size());
        m_ids = std::make_unique<StoredIdReader>(m_logs->describedSegments(), catalog.apps, rows);
        QMetaObject::invokeMethod(this, &Store::readIds, Qt::QueuedConnection);
    }
    for (LogBatchPtr& batch : m_waiting)
        batch = placed(batch);
    for (auto& [appId, upToSequence] : m_clears)
        upToSequence += sequenceShift(appId, m_epoch - 1);
    return catalog;
}

void Store::readIds()
{
    if (!m_ids)
        return; // two openings follow one another
    const StoredIds ids = m_ids->next(idRowsAStep);
    if (ids.isLast)
        m_ids.reset();
    else
        QMetaObject::invokeMethod(this, &Store::readIds, Qt::QueuedConnection);
    Q_EMIT idsFound(ids);
}

std::uint64_t Store::Order::sequenceShift(std::uint32_t epoch) const
{
    std::uint64_t sum = 0;
    for (const Move& move : moves)
        sum += move.epoch > epoch ? move.by : 0;
    return sum;
}

std::uint64_t Store::sequenceShift(const std::string& appId, std::uint32_t epoch) const
{
    const auto order = m_orders.find(appId);
    return order == m_orders.end() ? 0 : order->second.sequenceShift(epoch);
}

LogBatchPtr Store::placed(const LogBatchPtr& batch) const
{
    const std::uint64_t by = sequenceShift(batch->appId(), batch->epoch());
    return by == 0 ? batch : std::make_shared<const LogBatch>(batch->movedOn(by, m_epoch));
}

StoredPlaces Store::placesWritten()
{
    std::vector<StoredPlace> places;
    for (auto batch = m_waiting.rbegin(); batch != m_waiting.rend(); ++batch) {
        Order& order = m_orders[(*batch)->appId()];
        if ((*batch)->lastSequence() <= order.written)
            continue;
        order.written = (*batch)->lastSequence();
        // Not as the batch has it: an entry that was there before stands elsewhere, and one may have got another id.
        if (std::string id = m_logs->lastId((*batch)->appId()); !id.empty())
            places.push_back({(*batch)->appId(), order.written, std::move(id)});
    }
    return std::make_shared<const std::vector<StoredPlace>>(std::move(places));
}

void Store::setRetention(const LogRetention& retention)
{
    m_config.logs = retention;
    if (m_logs)
        m_logs->setRetention(retention);
}

void Store::write(const LogBatchPtr& batch)
{
    m_waiting.push_back(placed(batch));
    m_waitingEntries += batch->size();
    m_waitingBytes += qint64(batch->heldBytes());
    if (const CheckpointPtr& checkpoint = batch->checkpoint())
        m_checkpoints.insert_or_assign(checkpoint->source, checkpoint->place);
    if (m_waitingEntries >= groupEntries && m_state.works)
        commit();
    else
        commitSoon();
}

void Store::writeCheckpoint(const CheckpointPtr& checkpoint)
{
    m_checkpoints.insert_or_assign(checkpoint->source, checkpoint->place);
    commitSoon();
}

void Store::makeDurable(quint64 ticket)
{
    m_wantedTicket = ticket;
    commitSoon();
}

void Store::commitSoon()
{
    // Who waits for the disk waits no longer than it takes: what comes while it writes makes the next group. In a
    // quiet time nobody waits: the first of a group goes as soon as the event loop has nothing else.
    const bool isWaitedFor = m_wantedTicket > m_durableTicket;
    const auto since = std::chrono::milliseconds(m_sinceCommit.elapsed());
    const auto wait = !m_state.works ? retryTime
        : isWaitedFor                ? std::chrono::milliseconds(0)
                                     : std::max(groupTime - since, std::chrono::milliseconds(0));
    if (!m_commitTimer->isActive() || m_commitTimer->remainingTimeAsDuration() > wait)
        m_commitTimer->start(wait);
}

void Store::clear(const AppCleared& cleared)
{
    // The later of two does all that the earlier would have.
    m_clears[cleared.appId] = cleared.upToSequence + sequenceShift(cleared.appId, cleared.epoch);
    commitSoon();
}

void Store::ask(const HistoryJob& job)
{
    if (m_state.works)
        commit();
    Q_EMIT asked(job);
}

void Store::commit()
{
    if (m_commitTimer)
        m_commitTimer->stop();
    const bool durable = m_wantedTicket > m_durableTicket;
    if (m_waiting.empty() && m_checkpoints.empty() && !durable && m_clears.empty())
        return;
    if (!m_logs && !open())
        return commitSoon();
    // A write of nothing still makes what was written before durable: the log is synced whole.
    DatabaseOutcome done = m_logs->write(m_waiting, durable, m_checkpoints);
    if (done) {
        const qint64 bytes = std::exchange(m_waitingBytes, 0);
        const StoredPlaces places = placesWritten();
        m_waiting.clear();
        m_checkpoints.clear();
        m_waitingEntries = 0;
        m_durableTicket = m_wantedTicket;
        Q_EMIT stored(bytes, m_durableTicket, places);
        if (!m_clears.empty())
            done = m_logs->clear(m_clears);
        if (done)
            m_clears.clear();
    }
    m_sinceCommit.restart();
    if (!done && done.error().fault == DatabaseFault::Corrupt)
        replaceBroken();
    else if (!done && done.error().fault != DatabaseFault::DiskFull)
        m_logs.reset(); // the files, or what may be done with them, may be others by now: opened again with the next try
    report(done);
    if (!done)
        commitSoon();
}

void Store::tidy()
{
    // Somebody may want to read what is there although nobody writes.
    if (!m_logs && !open())
        return m_tidyTimer->start(retryTime);
    commit();
    if (!m_logs)
        return;
    const QStringList before = m_logs->segments();
    const DatabaseResult<bool> more = m_logs->tidy(m_clock.now(QDateTime::currentMSecsSinceEpoch(), m_running.elapsed()));
    if (m_logs->segments() != before)
        Q_EMIT segmentsChanged(m_logs->segments());
    // One step a turn of the event loop, so that what comes in meanwhile is not held up.
    m_tidyTimer->start(more && *more ? std::chrono::milliseconds(0) : tidyTime);
}

void Store::takeOver()
{
    if (!m_logs)
        return;
    const QStringList before = m_logs->segments();
    const DatabaseResult<bool> more = m_logs->takeOver();
    if (m_logs->segments() != before)
        Q_EMIT segmentsChanged(m_logs->segments());
    // A disk that is full, or otherwise takes nothing, may do so later.
    if (!more || *more)
        m_takeOverTimer->start(more ? takeOverPause : takeOverRetry);
}

QString Store::problemOf(const DatabaseError& error, const QString& folder)
{
    switch (error.fault) {
    case DatabaseFault::DiskFull:
        return tr("No space left in %1: history is not kept until there is room.").arg(folder);
    case DatabaseFault::ReadOnly:
        return tr("The data folder cannot be written: history is not kept.");
    default:
        return tr("History is not kept: %1.").arg(error.message);
    }
}

void Store::report(const DatabaseOutcome& outcome)
{
    StoreState state = m_state;
    state.works = bool(outcome);
    state.problem = outcome ? QString() : problemOf(outcome.error(), m_config.folder);
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(m_state);
}

void Store::stop()
{
    if (m_logs)
        commit();
    m_logs.reset();
    Q_EMIT stopped();
}

} // namespace vigie
