// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/logbatch.h"
#include "core/sample.h"
#include "hub/lograte.h"
#include "hub/memoryhistory.h"

#include <QElapsedTimer>
#include <QObject>
#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace vigie {

/// The one place through which everything passes: gives log entries their order, drops repeats, keeps the
/// newest in memory, and tells whoever listens. Knows none of them. Lives on the server's thread.
class Hub : public QObject
{
    Q_OBJECT

public:
    explicit Hub(QObject* parent = nullptr);

    /// Takes a batch: an entry whose producer-given id its application has seen of late is dropped, the rest
    /// are numbered and emitted. An empty batch, or one of repeats only, changes nothing.
    void acceptLogs(LogBatch batch);
    void acceptAppMetrics(AppMetrics metrics);
    void acceptCommand(AppCommand command);
    /// Empties the application's history.
    void clear(const AppCleared& cleared);

    History& history() { return m_history; }
    /// The number of the application's newest entry; 0 before the first.
    std::uint64_t lastSequence(const std::string& appId) const;
    /// The last commands of an application, oldest first, at most 20.
    std::vector<AppCommand> lastCommands(const std::string& appId) const;
    /// The newest sample; null before the first.
    SamplePtr lastSample() const { return m_lastSample; }
    double messagesPerSecond() const { return m_rate.perSecond(now()); }
    double errorShare() const { return m_rate.errorShare(now()); }

public Q_SLOTS:
    void acceptSample(vigie::SamplePtr sample);

Q_SIGNALS:
    void logsAccepted(vigie::LogBatchPtr batch);
    void sampleAccepted(vigie::SamplePtr sample);
    void appMetricsAccepted(vigie::AppMetrics metrics);
    void commandAccepted(vigie::AppCommand command);
    void cleared(vigie::AppCleared cleared);

private:
    /// What is known of one application.
    struct App
    {
        std::uint64_t lastSequence = 0;
        std::unordered_set<std::string> seenIds; ///< those its producers gave, the newest of them
        std::deque<std::string> seenOrder;
        std::deque<AppCommand> commands;
    };

    static bool remember(App& app, std::string_view id);
    LogRate::Time now() const { return LogRate::Time(m_clock.elapsed()); }

    std::unordered_map<std::string, App> m_apps;
    MemoryHistory m_history;
    LogRate m_rate;
    QElapsedTimer m_clock;
    SamplePtr m_lastSample;
};

} // namespace vigie
