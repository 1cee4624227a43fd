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

/// The mailbox between the thread that accepts log entries and the window. It keeps the newest entries, at
/// most `maximumEntries` and about `maximumBytes` of JSON, and counts those it had to let go: however fast
/// entries come, memory is bounded and the window's event loop gets one notice, not one a batch.
///
/// push() and clear() may be called from any thread, the others by the one reader.
class LogFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t maximumEntries = 5000;
    static constexpr std::size_t maximumBytes = 16 * 1024 * 1024;

    /// What has come since the last take(), in this order: first the applications to forget, then entries.
    struct Drained
    {
        std::map<std::string, std::uint64_t> cleared; ///< of these the entries up to that place are gone, taken ones too
        std::vector<LogEntryRef> entries; ///< oldest first
        quint64 skipped = 0;              ///< entries older than those that will not be shown
    };

    explicit LogFeed(QObject* parent = nullptr) : QObject(parent) {}

    void push(LogBatchPtr batch);
    /// Forgets what waits of an application, whose entries up to that place are gone, and tells the reader to forget the rest.
    void clear(const std::string& appId, std::uint64_t upToSequence);
    Drained take();
    /// Only Drained::cleared; what else waits goes on waiting.
    std::map<std::string, std::uint64_t> takeCleared();

Q_SIGNALS:
    /// Something waits. Not repeated before the next take(), but for a clear(). Emitted on the calling thread.
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
