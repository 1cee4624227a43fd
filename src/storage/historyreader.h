// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/historyjob.h"
#include "storage/logreader.h"

#include <QObject>
#include <QStringList>

namespace vigie {

/// Answers questions about stored entries, one after the other, on a thread of its own.
class HistoryReader : public QObject
{
    Q_OBJECT

public:
    enum class Takes { Searches, AllElse };

    explicit HistoryReader(Takes takes, QObject* parent = nullptr) : QObject(parent), m_takes(takes) {}

public Q_SLOTS:
    void setSegments(const QStringList& paths) { m_reader.setSegments(paths); }
    void run(const vigie::HistoryJob& job)
    {
        if (job.isSearch == (m_takes == Takes::Searches))
            Q_EMIT answered(job.run(m_reader));
    }

Q_SIGNALS:
    void answered(vigie::HistoryAnswer answer);

private:
    Takes m_takes;
    LogReader m_reader;
};

} // namespace vigie
