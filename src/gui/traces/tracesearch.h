// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/tracetree.h"

#include <QObject>
#include <QStringList>
#include <stop_token>
#include <string>

namespace vigie {

/// Finds all stored entries of a trace, in several applications. GUI thread.
class TraceSearch : public QObject
{
    Q_OBJECT

public:
    /// `history` must outlive this.
    explicit TraceSearch(History& history, QObject* parent = nullptr) : QObject(parent), m_history(history) {}
    ~TraceSearch() override { m_dropped.request_stop(); }

    /// Drops what is still searched. found() follows once.
    void start(const std::string& traceId, const QStringList& applications);

Q_SIGNALS:
    void found(const vigie::TraceTree& trace);

private:
    History& m_history;
    std::vector<LogEntryRef> m_entries;
    bool m_hasMore = false;
    int m_waits = 0; // answers that are pending
    quint64 m_round = 0; // tells answers of this start from those of an earlier one
    std::stop_source m_dropped;
};

} // namespace vigie
