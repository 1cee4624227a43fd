// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "figures/frame.h"
#include "core/storedcatalog.h"
#include "storage/database/historyjob.h"
#include "storage/figures/frameaverage.h"
#include "storage/figures/metricstore.h"
#include "storage/database/trustedclock.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <memory>
#include <unordered_map>

namespace vigie {

/// Keeps the figures of the machine, and those that applications send of themselves: one row a second, written to disk
/// every ten. When the disk takes nothing it goes on trying. Lives on the store's thread.
class MetricRecorder : public QObject
{
    Q_OBJECT

public:
    struct Config
    {
        QString folder; ///< the file in it is `metrics.db`
        MetricRetention retention;
        /// Questions make what waits be written, but no more often than this.
        std::chrono::milliseconds writePause{1'000};
    };

    explicit MetricRecorder(Config config, QObject* parent = nullptr);
    ~MetricRecorder() override;

public Q_SLOTS:
    void start();
    void setRetention(const vigie::MetricRetention& retention);
    void record(const vigie::FramePtr& frame);
    void recordApp(const vigie::AppMetrics& metrics);
    /// Writes what waits, then passes the question on: its answer knows all that was recorded before, but for what
    /// came within `writePause`.
    void ask(const vigie::HistoryJob& job);
    /// Writes what waits; nothing is written after.
    void stop();

Q_SIGNALS:
    /// The file to read from: once it is open, and when it had to be replaced.
    void opened(QString path);
    void asked(vigie::HistoryJob job);
    /// So many bytes of recordApp()'s need no more memory.
    void recorded(qint64 bytes);
    /// Only `works`, `problem` and `movedAside` of what concerns figures.
    void stateChanged(vigie::StoreState state);

private:
    /// What an application sent within one second, on its way to one row.
    class Gathered
    {
    public:
        /// Of names beyond `maxNames` nothing is kept.
        void add(const std::vector<MetricFigure>& figures, std::size_t maxNames);
        std::vector<MetricFigure> take();
        bool isEmpty() const { return m_sums.empty(); }
        std::int64_t timeMs = 0;

    private:
        struct Sum
        {
            double sum = 0;
            int count = 0;
            Quantum quantum = Quantum::Auto;
        };
        std::map<std::string, Sum> m_sums;
    };

    bool open();
    void takeGathered();
    void write();
    void tidy();
    void report(const DatabaseOutcome& outcome);

    Config m_config;
    std::unique_ptr<MetricStore> m_store;
    FrameAverage m_machine;
    std::unordered_map<std::string, Gathered> m_apps;
    TrustedClock m_clock;
    QElapsedTimer m_running;
    QElapsedTimer m_sinceWrite;
    bool m_isStopped = false;
    QTimer* m_writeTimer = nullptr; // made in start(), on the store's thread
    QTimer* m_tidyTimer = nullptr;
    StoreState m_state;
};

} // namespace vigie
