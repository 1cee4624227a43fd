// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/sampler.h"

#include "sampling/machinereader.h"
#include "sampling/framepool.h"
#include "sampling/schedule.h"

#include <QFile>
#include <QTimer>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

/// Stands still while the machine sleeps, as the counters do, so that a rate across a sleep is right.
std::chrono::nanoseconds monotonicNow()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

Sampler::Sampler(QString root, QObject* parent)
    : QObject(parent), m_root(std::move(root)), m_pool(std::make_unique<FramePool>())
{
}

Sampler::~Sampler() = default;

std::chrono::milliseconds Sampler::boundedInterval(int intervalMs)
{
    return std::chrono::milliseconds(std::clamp(intervalMs, minIntervalMs, maxIntervalMs));
}

void Sampler::start()
{
    if (m_timer)
        return;
    m_machine = std::make_unique<MachineReader>(QFile::encodeName(m_root).toStdString());
    m_lastLook = {};
    m_timer = new QTimer(this);
    m_timer->setSingleShot(true);
    m_timer->setTimerType(Qt::PreciseTimer);
    connect(m_timer, &QTimer::timeout, this, [this] {
        // Set before the look: a listener may change the demand or stop us while it hears of it.
        scheduleNext();
        takeSample();
    });
    scheduleNext();
    takeSample();
}

void Sampler::stop()
{
    if (!m_timer)
        return;
    m_timer->stop();
    m_timer->deleteLater(); // we may be inside its signal
    m_timer = nullptr;
    m_machine.reset();
}

void Sampler::setDemand(int intervalMs, bool detail)
{
    m_detail = detail;
    m_demanded = boundedInterval(intervalMs);
    setInterval();
}

void Sampler::setUsualInterval(int intervalMs)
{
    m_usual = boundedInterval(intervalMs);
    setInterval();
}

void Sampler::setInterval()
{
    const auto interval = std::min(m_demanded, m_usual);
    if (std::exchange(m_interval, interval) != interval && m_timer)
        scheduleNext();
}

void Sampler::takeSample()
{
    const auto now = monotonicNow();
    const Look look{now, m_lastLook.count() > 0 ? now - m_lastLook : std::chrono::nanoseconds(0)};
    m_lastLook = now;
    const auto frame = m_pool->take();
    frame->timestampMs = std::chrono::duration_cast<std::chrono::milliseconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count();
    m_machine->read(look, m_detail, *frame);
    Q_EMIT sampleTaken(frame);
}

void Sampler::scheduleNext()
{
    const auto now = monotonicNow();
    m_timer->start(std::chrono::ceil<std::chrono::milliseconds>(nextLook(now, m_interval) - now));
}

} // namespace vigie
