// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/logbatch.h"
#include "core/storedcatalog.h"
#include "storage/database/historyjob.h"
#include "storage/logs/logstore.h"
#include "storage/logs/storedidreader.h"
#include "storage/database/trustedclock.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace vigie {

/// Writes what it is given to disk, in groups: what came within 20 ms, or 4,000 entries, is one transaction. When the
/// disk takes nothing it keeps what it has, tries again every second, and says so. Lives on the store's thread.
class Store : public QObject
{
    Q_OBJECT

public:
    struct Config
    {
        QString folder; ///< made when it is not there
        LogRetention logs;
    };

    explicit Store(Config config, QObject* parent = nullptr);
    ~Store() override;

    /// Why history is not kept, in words a person can read.
    static QString problemOf(const DatabaseError& error, const QString& folder);

public Q_SLOTS:
    /// Opens the files; started() follows whether it went well or not. If not, it is tried again every second.
    void start();
    void setRetention(const vigie::LogRetention& retention);
    void write(const vigie::LogBatchPtr& batch);
    /// Writes a checkpoint with all that was given before it.
    void writeCheckpoint(const vigie::CheckpointPtr& checkpoint);
    /// Asks for stored() with this ticket as soon as all that was written before is safe from a power cut.
    void makeDurable(quint64 ticket);
    void clear(const vigie::AppCleared& cleared);
    /// Writes what waits, then passes the question on: its answer knows all that was written before.
    void ask(const vigie::HistoryJob& job);
    /// Writes what waits and closes the files. stopped() follows.
    void stop();

Q_SIGNALS:
    void started();
    /// Each time that the files were opened. What was numbered before it learns its place from this, as the store does: by
    /// its LogBatch::epoch().
    void opened(vigie::StoredCatalog catalog);
    /// After each opened(), in steps.
    void idsFound(vigie::StoredIds ids);
    /// So many bytes of entries' JSON need no more memory, these applications' entries are on disk up to these places, and
    /// tickets up to this one are safe.
    void stored(qint64 bytes, quint64 ticket, vigie::StoredPlaces places);
    void stateChanged(vigie::StoreState state);
    /// The files there are, oldest first.
    void segmentsChanged(QStringList paths);
    void asked(vigie::HistoryJob job);
    void stopped();

private:
    /// How far an application's entries have come, and by how much openings moved them on.
    struct Order
    {
        struct Move
        {
            std::uint32_t epoch = 0; ///< that began with it
            std::uint64_t by = 0;
        };

        std::uint64_t written = 0; ///< the newest that is on disk
        std::vector<Move> moves;

        /// By how much all stands further on that was numbered in `epoch`.
        std::uint64_t sequenceShift(std::uint32_t epoch) const;
    };

    bool open();
    /// What the files hold, as the beginning of a new epoch.
    StoredCatalog beginEpoch();
    std::uint64_t sequenceShift(const std::string& appId, std::uint32_t epoch) const;
    void readIds();
    LogBatchPtr placed(const LogBatchPtr& batch) const;
    StoredPlaces placesWritten();
    void commit();
    void commitSoon();
    void tidy();
    void takeOver();
    void replaceBroken();
    void showFiles();
    void report(const DatabaseOutcome& outcome);

    Config m_config;
    std::unique_ptr<LogStore> m_logs;
    std::uint32_t m_epoch = 0;
    std::unordered_map<std::string, Order> m_orders; ///< of applications
    std::vector<LogBatchPtr> m_waiting;
    std::size_t m_waitingEntries = 0;
    qint64 m_waitingBytes = 0;
    StoredCheckpoints m_checkpoints; ///< that wait, those of the waiting batches included
    std::map<std::string, std::uint64_t> m_clears; ///< that wait: of applications, up to which entry
    std::unique_ptr<StoredIdReader> m_ids; ///< null: all were told
    quint64 m_wantedTicket = 0;
    quint64 m_durableTicket = 0;
    QElapsedTimer m_sinceCommit;
    QElapsedTimer m_running;
    TrustedClock m_clock;
    QTimer* m_commitTimer = nullptr; // made in start(), on the store's thread
    QTimer* m_tidyTimer = nullptr;
    QTimer* m_takeOverTimer = nullptr;
    StoreState m_state;
};

} // namespace vigie
