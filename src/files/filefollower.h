// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/logbatch.h"
#include "core/logfilestate.h"
#include "hub/memoryhistory.h"

#include <QObject>
#include <QString>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

class QTimer;

namespace vigie {

class LogFile;

/// Reads log files and follows them, and holds the newest entries of each in memory. Lives on a thread of its own, as it blocks
/// while it reads; between two steps of reading, of a MiB each, it answers.
class FileFollower : public QObject
{
    Q_OBJECT

public:
    /// What is held of each file, and of all.
    static constexpr MemoryHistory::Bounds bounds{100'000, 64 << 20, 256 << 20};

    explicit FileFollower(QObject* parent = nullptr);
    ~FileFollower() override;

    /// As History::query(), with regular expressions. On this thread; answers at once.
    HistoryPage query(const HistoryQuery& query);
    MemoryHistory& history() { return m_history; }

public Q_SLOTS:
    /// Opens a file, by whichever name, once.
    void open(const QString& path);
    void close(const QString& appId);

Q_SIGNALS:
    /// Emitted when a file was opened or could not be, while it is read, and when more of it was.
    void stateChanged(vigie::LogFileState state);
    /// A file that was asked for can be shown: it was read to its end, or had been before.
    void opened(QString appId);
    /// Nothing is held of a file any more. Its entries had sequences up to this one; none had a later one, or will.
    void closed(QString appId, quint64 lastSequence);
    /// Entries that were added to a file after it had been read to its end once.
    void grown(vigie::LogBatchPtr batch);

private:
    struct Followed;

    void work();
    void take(Followed& file, LogBatch batch);
    bool readOn(Followed& file);
    void tell(Followed& file);
    LogFileState stateOf(const Followed& file) const;
    std::string freeName(const QString& path) const;

    MemoryHistory m_history{bounds};
    std::vector<std::unique_ptr<Followed>> m_files;
    std::map<std::string, std::uint64_t> m_closed; // their last sequences, behind which those of a file of that name begin
    QTimer* m_timer = nullptr;
    std::size_t m_next = 0; // whose turn it is
    bool m_isBusy = false; // one of this round has more
};

} // namespace vigie
