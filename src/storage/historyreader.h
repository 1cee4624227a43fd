// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database/historyjob.h"
#include "storage/logs/logreader.h"
#include "storage/figures/metricreader.h"

#include <QObject>
#include <QStringList>

namespace vigie {

/// The readers that a query can use.
struct HistoryReaders
{
    LogReader logs;
    MetricReader metrics;
};

/// Runs queries on stored data one by one, on a thread of its own.
class HistoryReader : public QObject
{
    Q_OBJECT

public:
    /// Runs only queries of the kind `takes`.
    explicit HistoryReader(HistoryJob::Kind takes, QObject* parent = nullptr) : QObject(parent), m_takes(takes) {}

public Q_SLOTS:
    void setSegments(const QStringList& paths) { m_readers.logs.setSegments(paths); }
    void setMetricFile(const QString& path) { m_readers.metrics.setPath(path); }
    void run(const vigie::HistoryJob& job)
    {
        if (job.kind == m_takes)
            Q_EMIT answered({job.number, job.run(m_readers)});
    }

Q_SIGNALS:
    void answered(vigie::HistoryAnswer answer);

private:
    HistoryJob::Kind m_takes;
    HistoryReaders m_readers;
};

} // namespace vigie
