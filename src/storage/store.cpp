// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/store.h"

#include <QDateTime>
#include <algorithm>

namespace vigie {

namespace {

constexpr std::chrono::milliseconds groupTime{20}; // for entries that nobody waits to know on disk
constexpr std::size_t groupEntries = 4'000;
constexpr std::chrono::milliseconds retryTime{1'000};
constexpr std::chrono::milliseconds tidyTime{10'000};
// Ids that a start takes over, so that what a producer sends again after it is known.
constexpr std::size_t idsPerApp = 10'000;
constexpr std::size_t idsInAll = 50'000;

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
    m_sinceCommit.start();
    m_running.start();
    open();
    Q_EMIT opened(m_logs ? catalog() : StoredCatalog{});
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
    showFiles();
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

StoredCatalog Store::catalog()
{
    StoredCatalog catalog;
    std::size_t room = idsInAll;
    for (const auto& [appId, app] : m_logs->apps()) {
        StoredCatalog::App& stored = catalog.apps.emplace_back();
        stored.appId = appId;
        stored.lastSequence = app.lastSequence;
        stored.clearedSequence = app.clearedSequence;
        if (auto ids = m_logs->producerIds(appId, std::min(room, idsPerApp))) {
            room -= ids->size();
            stored.producerIds = std::move(*ids);
        }
    }
    return catalog;
}

void Store::write(const LogBatchPtr& batch)
{
    m_waiting.push_back(batch);
    m_waitingEntries += batch->size();
    m_waitingBytes += qint64(batch->heldBytes());
    if (m_waitingEntries >= groupEntries && m_state.works)
        commit();
    else
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
    m_clears[cleared.appId] = cleared.upToSequence;
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
    if (m_waiting.empty() && !durable && m_clears.empty())
        return;
    if (!m_logs && !open())
        return commitSoon();
    // A write of nothing still makes what was written before durable: the log is synced whole.
    DatabaseOutcome done = m_logs->write(m_waiting, durable);
    if (done) {
        const qint64 bytes = std::exchange(m_waitingBytes, 0);
        m_waiting.clear();
        m_waitingEntries = 0;
        m_durableTicket = m_wantedTicket;
        Q_EMIT stored(bytes, m_durableTicket);
        if (!m_clears.empty())
            done = m_logs->clear(m_clears);
        if (done)
            m_clears.clear();
    }
    m_sinceCommit.restart();
    if (!done && done.error().fault == DatabaseFault::Corrupt)
        replaceBroken();
    report(done);
    if (!done)
        commitSoon();
}

void Store::tidy()
{
    if (!m_logs)
        return;
    commit();
    const QStringList before = m_logs->segments();
    const DatabaseResult<bool> more = m_logs->tidy(m_clock.now(QDateTime::currentMSecsSinceEpoch(), m_running.elapsed()));
    if (m_logs->segments() != before)
        Q_EMIT segmentsChanged(m_logs->segments());
    // One step a turn of the event loop, so that what comes in meanwhile is not held up.
    m_tidyTimer->start(more && *more ? std::chrono::milliseconds(0) : tidyTime);
}

QString Store::problemOf(const DatabaseError& error)
{
    switch (error.fault) {
    case DatabaseFault::DiskFull:
        return tr("The disk is full: history is not kept.");
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
    state.problem = outcome ? QString() : problemOf(outcome.error());
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
