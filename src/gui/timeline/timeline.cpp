// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/timeline/timeline.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vigie {

namespace {

// Nearer to the right edge than this share of the range, zooming is meant to keep the present in view.
constexpr double edgeShare = 0.05;

} // namespace

Timeline::Timeline(qint64 rangeMs, qint64 presentMs, QObject* parent)
    : QObject(parent), m_at{std::clamp(rangeMs, minRangeMs, maxReachMs), {}}, m_presentMs(presentMs)
{
}

Stretch Timeline::stretch() const
{
    const qint64 toMs = m_at.endMs.value_or(m_presentMs);
    return {toMs - m_at.rangeMs, toMs, isLive()};
}

void Timeline::setPresent(qint64 ms)
{
    if (ms == m_presentMs)
        return;
    m_presentMs = ms;
    if (isLive())
        tell();
}

void Timeline::setReach(qint64 ms)
{
    m_reachMs = std::clamp(ms, minRangeMs, maxReachMs);
    if (m_at.rangeMs > m_reachMs)
        go(m_reachMs, m_at.endMs);
}

void Timeline::setRange(qint64 rangeMs)
{
    m_isZooming = false;
    // Not by way of go(): a stretch that is held at the present stays held.
    m_at.rangeMs = std::clamp(rangeMs, minRangeMs, m_reachMs);
    tell();
}

void Timeline::show(qint64 fromMs, qint64 toMs)
{
    remember(false);
    const qint64 rangeMs = std::clamp(toMs - fromMs, minRangeMs, m_reachMs);
    go(rangeMs, fromMs + (toMs - fromMs + rangeMs) / 2);
}

void Timeline::zoom(double factor, qint64 atMs)
{
    remember(true);
    const Stretch before = stretch();
    const auto range = static_cast<double>(m_at.rangeMs);
    const double shareAfter = static_cast<double>(before.toMs - atMs) / range; // of the range, right of `atMs`
    const qint64 rangeMs = std::clamp(std::llround(range * factor), static_cast<long long>(minRangeMs),
                                      static_cast<long long>(m_reachMs));
    if (before.isLive && shareAfter < edgeShare)
        go(rangeMs, std::nullopt);
    else
        go(rangeMs, atMs + std::llround(shareAfter * static_cast<double>(rangeMs)));
}

void Timeline::zoom(double factor)
{
    const Stretch now = stretch();
    zoom(factor, now.isLive ? now.toMs : now.fromMs + now.rangeMs() / 2);
}

void Timeline::pan(qint64 byMs)
{
    m_isZooming = false;
    if (byMs == 0 || (isLive() && byMs > 0))
        return;
    go(m_at.rangeMs, stretch().toMs + byMs);
}

void Timeline::back()
{
    if (m_before.empty())
        return toPresent();
    m_isZooming = false;
    const Place place = m_before.back();
    m_before.pop_back();
    if (!place.endMs && m_momentMs) {
        m_momentMs.reset();
        Q_EMIT momentChanged(std::nullopt);
    }
    go(place.rangeMs, place.endMs);
}

void Timeline::pause()
{
    m_isHeldByPin = false;
    if (!isLive())
        return;
    m_at.endMs = m_presentMs;
    tell();
}

void Timeline::toPresent()
{
    m_isZooming = false;
    m_before.clear();
    if (std::exchange(m_momentMs, std::nullopt))
        Q_EMIT momentChanged(std::nullopt);
    go(m_at.rangeMs, std::nullopt);
}

void Timeline::pin(qint64 ms)
{
    if (m_momentMs == ms)
        return;
    m_momentMs = ms;
    if (!stretch().contains(ms)) {
        remember(false);
        go(m_at.rangeMs, ms + m_at.rangeMs / 2);
    } else if (isLive()) {
        pause();
        m_isHeldByPin = true;
    }
    Q_EMIT momentChanged(m_momentMs);
}

bool Timeline::unpin()
{
    if (!std::exchange(m_momentMs, std::nullopt))
        return false;
    Q_EMIT momentChanged(std::nullopt);
    if (std::exchange(m_isHeldByPin, false))
        go(m_at.rangeMs, std::nullopt);
    return true;
}

void Timeline::restoreMoment(std::optional<qint64> ms)
{
    if (ms == m_momentMs)
        return;
    if (!ms) {
        unpin();
        return;
    }
    m_momentMs = ms;
    Q_EMIT momentChanged(ms);
}

void Timeline::point(std::optional<qint64> ms)
{
    if (ms == m_pointedMs)
        return;
    m_pointedMs = ms;
    Q_EMIT pointedChanged(ms);
}

void Timeline::remember(bool isZoom)
{
    if (isZoom && std::exchange(m_isZooming, true))
        return;
    m_isZooming = isZoom;
    if (m_before.size() == maxHistory)
        m_before.erase(m_before.begin());
    m_before.push_back(m_at);
}

void Timeline::go(qint64 rangeMs, std::optional<qint64> endMs)
{
    m_isHeldByPin = false;
    rangeMs = std::min(rangeMs, m_reachMs);
    if (endMs)
        endMs = std::max(*endMs, m_presentMs - m_reachMs + rangeMs);
    // At the present, a stretch with a moment is held there; any other is live.
    if (endMs && *endMs >= m_presentMs)
        endMs.reset();
    if (!endMs && m_momentMs)
        endMs = m_presentMs;
    m_at = {rangeMs, endMs};
    tell();
}

} // namespace vigie
