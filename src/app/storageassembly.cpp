// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storageassembly.h"

#include "storage/access/accessstore.h"
#include "storage/figures/metricrecorder.h"
#include "storage/historyreader.h"
#include "storage/logs/store.h"
#include "storage/storehistory.h"

#include <algorithm>

namespace vigie {

namespace {

constexpr std::int64_t mebibyte = 1024 * 1024;

LogRetention logRetention(const Settings& settings)
{
    LogRetention retention;
    retention.age = std::chrono::hours(24 * settings.logRetentionDays);
    retention.bytes = settings.logRetentionMiB * mebibyte;
    return retention;
}

MetricRetention metricRetention(const Settings& settings)
{
    MetricRetention retention;
    const std::chrono::milliseconds longest = std::chrono::hours(24 * settings.metricRetentionDays);
    for (std::chrono::milliseconds& age : retention.age)
        age = std::min(age, longest);
    retention.age.back() = longest; // of the coarsest, which is kept longest
    retention.processes = std::min(retention.processes, longest);
    retention.bytes = settings.metricRetentionMiB * mebibyte;
    return retention;
}

Store::Config storeConfig(const QString& dataDir, const Settings& settings)
{
    Store::Config config;
    config.folder = dataDir + QStringLiteral("/logs");
    config.logs = logRetention(settings);
    return config;
}

MetricRecorder::Config recorderConfig(const QString& dataDir, const Settings& settings)
{
    MetricRecorder::Config config;
    config.folder = dataDir;
    config.retention = metricRetention(settings);
    return config;
}

} // namespace

StorageAssembly::StorageAssembly(const Config& config)
    : m_access(new AccessStore(config.accessPath)), m_store(new Store(storeConfig(config.dataDir, config.settings))),
      m_recorder(new MetricRecorder(recorderConfig(config.dataDir, config.settings)))
{
    m_thread.own(m_store);
    m_thread.own(m_recorder);
    m_thread.own(m_access);
    // Before the store: who may connect is known before anybody can.
    QObject::connect(&m_thread, &WorkerThread::started, m_access, &AccessStore::start);
    if (!config.keepsHistory)
        return;
    QObject::connect(&m_thread, &WorkerThread::started, m_store, &Store::start);
    QObject::connect(&m_thread, &WorkerThread::started, m_recorder, &MetricRecorder::start);
    addReader(m_catchUpThread, HistoryJob::Kind::CatchUp);
    addReader(m_searchThread, HistoryJob::Kind::Search);
    addReader(m_figuresThread, HistoryJob::Kind::Figures);
}

void StorageAssembly::addReader(WorkerThread& thread, HistoryJob::Kind takes)
{
    auto* reader = new HistoryReader(takes);
    thread.own(reader);
    QObject::connect(m_store, &Store::segmentsChanged, reader, &HistoryReader::setSegments);
    QObject::connect(m_store, &Store::asked, reader, &HistoryReader::run);
    QObject::connect(m_recorder, &MetricRecorder::opened, reader, &HistoryReader::setMetricFile);
    QObject::connect(m_recorder, &MetricRecorder::asked, reader, &HistoryReader::run);
    m_readers.push_back(reader);
}

void StorageAssembly::serve(StoreHistory* history)
{
    QObject::connect(history, &StoreHistory::asked, m_store, &Store::ask);
    QObject::connect(history, &StoreHistory::askedForMetrics, m_recorder, &MetricRecorder::ask);
    for (HistoryReader* reader : m_readers)
        QObject::connect(reader, &HistoryReader::answered, history, &StoreHistory::deliver);
}

void StorageAssembly::setRetention(const Settings& settings)
{
    QMetaObject::invokeMethod(m_store, [store = m_store, retention = logRetention(settings)] { store->setRetention(retention); });
    QMetaObject::invokeMethod(m_recorder, [recorder = m_recorder, retention = metricRetention(settings)] {
        recorder->setRetention(retention);
    });
}

void StorageAssembly::start()
{
    for (WorkerThread* thread : {&m_catchUpThread, &m_searchThread, &m_figuresThread, &m_thread})
        thread->start();
}

void StorageAssembly::end()
{
    // The readers go after the writers, who send them questions.
    for (WorkerThread* thread : {&m_thread, &m_catchUpThread, &m_searchThread, &m_figuresThread})
        thread->end();
}

} // namespace vigie
