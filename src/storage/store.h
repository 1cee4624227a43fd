// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/logbatch.h"
#include "core/storedcatalog.h"
#include "storage/historyjob.h"
#include "storage/logstore.h"
#include "storage/trustedclock.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <string>
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
    static QString problemOf(const DatabaseError& error);

public Q_SLOTS:
    /// Opens the files; opened() follows whether it went well or not.
    void start();
    void write(const vigie::LogBatchPtr& batch);
    /// Asks for stored() with this ticket as soon as all that was written before is safe from a power cut.
    void makeDurable(quint64 ticket);
    void clear(const vigie::AppCleared& cleared);
    /// Writes what waits, then passes the question on: its answer knows all that was written before.
    void ask(const vigie::HistoryJob& job);
    /// Writes what waits and closes the files. stopped() follows.
    void stop();

Q_SIGNALS:
    void opened(vigie::StoredCatalog catalog);
    /// So many bytes of entries' JSON need no more memory; tickets up to this one are safe.
    void stored(qint64 bytes, quint64 ticket);
    void stateChanged(vigie::StoreState state);
    /// The files there are, oldest first.
    void segmentsChanged(QStringList paths);
    void asked(vigie::HistoryJob job);
    void stopped();

private:
    bool open();
    StoredCatalog catalog();
    void commit();
    void commitSoon();
    void tidy();
    void replaceBroken();
    void showFiles();
    void report(const DatabaseOutcome& outcome);

    Config m_config;
    std::unique_ptr<LogStore> m_logs;
    std::vector<LogBatchPtr> m_waiting;
    std::size_t m_waitingEntries = 0;
    qint64 m_waitingBytes = 0;
    std::map<std::string, std::uint64_t> m_clears; ///< that wait: of applications, up to which entry
    quint64 m_wantedTicket = 0;
    quint64 m_durableTicket = 0;
    QElapsedTimer m_sinceCommit;
    QElapsedTimer m_running;
    TrustedClock m_clock;
    QTimer* m_commitTimer = nullptr; // made in start(), on the store's thread
    QTimer* m_tidyTimer = nullptr;
    StoreState m_state;
};

} // namespace vigie
