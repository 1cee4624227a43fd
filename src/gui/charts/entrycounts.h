// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "gui/timeline/timeline.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <stop_token>
#include <vector>

namespace vigie {

/// How many log entries of each level there are in a timeline's stretch, in equal steps. Asks a History for them: when the
/// stretch is another one, and, while it is live, when there are new entries. GUI thread.
class EntryCounts : public QObject
{
    Q_OBJECT

public:
    struct Steps
    {
        qint64 fromMs = 0; ///< a multiple of `stepMs`, so that a moving stretch keeps its counts
        qint64 stepMs = 0; ///< 0: nothing is known yet
        std::vector<SeverityCounts> counts;
        bool isComplete = true; ///< false: some of the oldest were not counted

        qint64 toMs() const { return fromMs + stepMs * static_cast<qint64>(counts.size()); }
    };

    /// `timeline` must outlive this.
    explicit EntryCounts(Timeline& timeline, QObject* parent = nullptr);
    ~EntryCounts() override { m_dropped.request_stop(); }

    /// The source; null: nothing is counted. Must outlive this.
    void setHistory(History* history);
    /// Whose entries are counted; empty: those of all applications, as at the start.
    void setApplication(const QString& appId);
    /// At most so many steps.
    void setMaxSteps(int steps);
    /// While nobody sees the counts, nothing is asked.
    void setActive(bool isActive);
    /// There are entries that may not have been counted.
    void noteEntries();

    const Steps& steps() const { return m_steps; }
    /// The middle of each step with errors, ms since the epoch.
    std::vector<qint64> errorTimes() const;

    /// The smallest round step, in ms, that is at least as long.
    static qint64 niceStep(qint64 minMs);

Q_SIGNALS:
    void changed();

private:
    void follow();
    bool isMissing() const;
    void ask();
    void take(const LogCounts& counts);

    Timeline& m_timeline;
    History* m_history = nullptr;
    QString m_application;
    int m_maxSteps = 100;
    bool m_isActive = false;
    bool m_hasNew = true;
    Steps m_steps;
    Steps m_asked;
    bool m_isAsking = false;
    qint64 m_tookMs = 0; ///< the last answer
    std::stop_source m_dropped;
    QTimer m_timer;
    QElapsedTimer m_sinceAsked;
};

} // namespace vigie
