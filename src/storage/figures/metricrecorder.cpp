// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metricrecorder.h"

#include "storage/database/databasefile.h"
#include "storage/logs/store.h"

#include <QDateTime>
#include <QDir>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds writeTime{10'000};
constexpr std::chrono::milliseconds tidyTime{30'000};
constexpr std::int64_t secondMs = 1'000;
constexpr std::int64_t almostASecondMs = 950; // looks come a few milliseconds early or late

} // namespace

void MetricRecorder::Gathered::add(const std::vector<MetricFigure>& figures, std::size_t maxNames)
{
    for (const MetricFigure& figure : figures) {
        if (m_sums.size() >= maxNames && !m_sums.contains(figure.name))
            continue;
        Sum& sum = m_sums[figure.name];
        sum.sum += figure.value;
        ++sum.count;
        sum.quantum = figure.quantum;
    }
}

std::vector<MetricFigure> MetricRecorder::Gathered::take()
{
    std::vector<MetricFigure> figures;
    figures.reserve(m_sums.size());
    for (const auto& [name, sum] : m_sums)
        figures.push_back({name, sum.sum / sum.count, sum.quantum});
    m_sums.clear();
    return figures;
}

MetricRecorder::MetricRecorder(Config config, QObject* parent) : QObject(parent), m_config(std::move(config)) {}

MetricRecorder::~MetricRecorder() = default;

void MetricRecorder::start()
{
    m_running.start();
    m_writeTimer = new QTimer(this);
    connect(m_writeTimer, &QTimer::timeout, this, &MetricRecorder::write);
    m_writeTimer->start(writeTime);
    m_tidyTimer = new QTimer(this);
    connect(m_tidyTimer, &QTimer::timeout, this, &MetricRecorder::tidy);
    m_tidyTimer->start(tidyTime);
    open();
}

bool MetricRecorder::open()
{
    const QString path = m_config.folder + u"/metrics.db"_s;
    QDir().mkpath(m_config.folder);
    DatabaseResult<MetricStore> store = MetricStore::open(path, m_config.retention);
    if (!store && (store.error().fault == DatabaseFault::Corrupt || store.error().fault == DatabaseFault::Newer)) {
        if (const QString aside = moveDatabaseAside(path); !aside.isEmpty()) {
            m_state.movedAside.append(aside);
            Q_EMIT stateChanged(m_state);
            store = MetricStore::open(path, m_config.retention);
        }
    }
    if (!store) {
        report(store.error());
        return false;
    }
    m_store = std::make_unique<MetricStore>(std::move(*store));
    m_clock = TrustedClock(m_store->lastMs());
    report(std::monostate{});
    Q_EMIT opened(path);
    return true;
}

void MetricRecorder::setRetention(const MetricRetention& retention)
{
    m_config.retention = retention;
    if (m_store)
        m_store->setRetention(retention);
}

void MetricRecorder::record(const FramePtr& frame)
{
    if (!m_store)
        return;
    // Somebody may want to see the machine more often than once a second; on disk goes what a second was like.
    m_machine.add(*frame);
    if (m_machine.lengthMs() >= almostASecondMs)
        m_store->add(frame->timestampMs, *m_machine.catalogue(), m_machine.take());
    if (frame->processes && frame->processes->isNew)
        m_store->addProcesses(frame->timestampMs, *frame->processes);
}

void MetricRecorder::recordApp(const AppMetrics& metrics)
{
    Q_EMIT recorded(metrics.heldBytes());
    if (!m_store || !m_store->keeps(metrics.appId))
        return;
    // By our clock: theirs may be wrong, and their figures are to stand beside the machine's.
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    Gathered& gathered = m_apps[metrics.appId];
    if (!gathered.isEmpty() && now / secondMs != gathered.timeMs / secondMs)
        m_store->addTo(metrics.appId, gathered.timeMs, gathered.take());
    gathered.timeMs = now;
    gathered.add(figuresOf(metrics.metricsJson), MetricStore::maxAppSeries);
}

void MetricRecorder::takeGathered()
{
    for (auto& [appId, gathered] : m_apps)
        m_store->addTo(appId, gathered.timeMs, gathered.take());
    m_apps.clear();
}

void MetricRecorder::ask(const HistoryJob& job)
{
    if (!m_sinceWrite.isValid() || m_sinceWrite.hasExpired(m_config.writePause.count()))
        write();
    Q_EMIT asked(job);
}

void MetricRecorder::write()
{
    m_sinceWrite.start();
    if (m_store && m_store->hasMoved())
        m_store.reset(); // what is written to it would be seen by nobody
    if (m_isStopped || (!m_store && !open()))
        return;
    takeGathered();
    if (!m_store->hasWaiting())
        return;
    const DatabaseOutcome done = m_store->write();
    report(done);
    if (!done && done.error().fault == DatabaseFault::Corrupt)
        m_store.reset(); // opening it again moves it aside
}

void MetricRecorder::tidy()
{
    if (!m_store)
        return;
    const std::int64_t now = m_clock.now(QDateTime::currentMSecsSinceEpoch(), m_running.elapsed());
    const DatabaseResult<bool> more = m_store->tidy(now);
    // One step a turn of the event loop, so that what comes in meanwhile is not held up.
    m_tidyTimer->start(more && *more ? std::chrono::milliseconds(0) : tidyTime);
}

void MetricRecorder::report(const DatabaseOutcome& outcome)
{
    StoreState state = m_state;
    state.works = bool(outcome);
    state.problem = outcome ? QString() : Store::problemOf(outcome.error(), m_config.folder);
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(m_state);
}

void MetricRecorder::stop()
{
    if (m_store)
        write();
    m_store.reset();
    m_isStopped = true;
}

} // namespace vigie
