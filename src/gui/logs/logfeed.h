// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <QObject>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace vigie {

/// Passes log entries from the thread that accepts them to the window. Keeps the newest entries, at most `maximumEntries` and
/// about `maximumBytes` of JSON, and counts those it drops. So memory is bounded, and the window's event loop gets one signal,
/// not one for each batch.
///
/// push() and clear() may be called from any thread, the rest only by the one reader.
class LogFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t maximumEntries = 5000;
    static constexpr std::size_t maximumBytes = 16 * 1024 * 1024;

    /// What has arrived since the last take(). Apply `cleared` first, then add `entries`.
    struct Drained
    {
        std::map<std::string, std::uint64_t> cleared; ///< by application: the last sequence number that is gone
        std::vector<LogEntryRef> entries; ///< oldest first
        quint64 skipped = 0;  ///< older entries that were dropped
    };

    explicit LogFeed(QObject* parent = nullptr) : QObject(parent) {}

    void push(LogBatchPtr batch);
    /// Drops pending entries of an application up to a sequence number, and tells the reader to do the same.
    void clear(const std::string& appId, std::uint64_t upToSequence);
    Drained take();
    /// Whether entries are pending.
    bool isWaiting();
    /// Takes only Drained::cleared; entries stay pending.
    std::map<std::string, std::uint64_t> takeCleared();

Q_SIGNALS:
    /// Entries are pending. Emitted once until the next take(), and at each clear(). Emitted on the calling thread.
    void waiting();

private:
    std::mutex m_mutex; // guards all below
    std::deque<LogBatchPtr> m_batches;
    std::size_t m_entryCount = 0;
    std::size_t m_byteCount = 0;
    quint64 m_skipped = 0;
    std::map<std::string, std::uint64_t> m_cleared;
    bool m_announced = false;
};

} // namespace vigie
