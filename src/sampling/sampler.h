// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/frame.h"
#include "sampling/look.h"

#include <QObject>
#include <QString>
#include <chrono>
#include <memory>

class QTimer;

namespace vigie {

class MachineReader;
class FramePool;

/// The clock of the machine's metrics: looks at the machine at an even pace and says what it saw.
///
/// Lives on one thread, on which start(), stop() and setDemand() must run; the frames it emits may
/// go to any.
class Sampler : public QObject
{
    Q_OBJECT

public:
    static constexpr int minIntervalMs = 250;
    static constexpr int maxIntervalMs = 1000;

    /// `root` is where `proc` and `sys` are found. Touches no file before start().
    explicit Sampler(QString root = QStringLiteral("/"), QObject* parent = nullptr);
    ~Sampler() override;

    /// The interval a demand is brought to.
    static std::chrono::milliseconds boundedInterval(int intervalMs);

    /// The one in force.
    std::chrono::milliseconds interval() const { return m_interval; }

public Q_SLOTS:
    /// Takes the first sample at once, with rates of 0, then one each interval.
    void start();

    /// No sample is taken after it; start() may follow.
    void stop();

    /// What the most demanding listener wants: a sample every `intervalMs` (brought within 250 to
    /// 1000), and the processes that use most or not. Holds from the next sample on.
    void setDemand(int intervalMs, bool detail);

    /// The owner wants a sample every so many ms (brought within the same bounds), unless a listener wants them more often.
    void setUsualInterval(int intervalMs);

Q_SIGNALS:
    void sampleTaken(vigie::FramePtr frame);

private:
    void setInterval();
    void takeSample();
    void scheduleNext();

    QString m_root;
    std::chrono::milliseconds m_demanded{maxIntervalMs};
    std::chrono::milliseconds m_usual{maxIntervalMs};
    std::chrono::milliseconds m_interval{maxIntervalMs}; // the shorter of both
    bool m_detail = false;
    std::unique_ptr<MachineReader> m_machine;
    std::unique_ptr<FramePool> m_pool;
    QTimer* m_timer = nullptr;
    std::chrono::nanoseconds m_lastLook{};
};

} // namespace vigie
