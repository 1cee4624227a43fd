// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>
#include <vector>

namespace vigie {

/// A stretch of time, ms since the epoch. If live, it ends at the present and moves with it.
struct Stretch
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    bool isLive = true;

    qint64 rangeMs() const { return toMs - fromMs; }
    bool contains(qint64 timeMs) const { return timeMs >= fromMs && timeMs <= toMs; }
    bool operator==(const Stretch&) const = default;
};

/// The one time of the window: the stretch shown, the moment pinned in it, and the moment that is pointed at. Charts, bars, log
/// and processes follow its signals and have no time of their own. With a moment pinned it is never live. GUI thread.
class Timeline : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 minRangeMs = 10'000;
    static constexpr qint64 maxReachMs = 800LL * 86'400'000; ///< longer than Vigie stores anything
    static constexpr double notchFactor = 1.25; ///< of the range, for one notch of the wheel or one key
    static constexpr std::size_t maxHistory = 20;

    /// Live. `presentMs`: an estimate until the first setPresent().
    Timeline(qint64 rangeMs, qint64 presentMs, QObject* parent = nullptr);

    Stretch stretch() const;
    bool isLive() const { return !m_at.endMs; }
    qint64 rangeMs() const { return m_at.rangeMs; }
    qint64 presentMs() const { return m_presentMs; }
    std::optional<qint64> moment() const { return m_momentMs; }
    std::optional<qint64> pointed() const { return m_pointedMs; }
    /// Whether back() has a stretch to return to.
    bool hasBack() const { return !m_before.empty(); }

    /// The clock's time at the newest figures; it may be set back. A live stretch moves there.
    void setPresent(qint64 ms);
    /// How long before the present the past is shown: the longest range, too.
    void setReach(qint64 ms);

    /// Another range with the same end.
    void setRange(qint64 rangeMs);
    void show(qint64 fromMs, qint64 toMs);
    /// Scales the range by `factor` and keeps `atMs` where it is.
    void zoom(double factor, qint64 atMs);
    /// The same, around the middle of the past; live stays live.
    void zoom(double factor);
    /// Moves by so many ms; less than 0: back. Never beyond the present: there, time is live again.
    void pan(qint64 byMs);
    /// Returns to the stretch before the last zoom or, without one, to the present. One that was live is live again, with no
    /// moment pinned.
    void back();
    /// Holds the stretch as it is.
    void pause();
    /// Live again, with no moment pinned and nothing to go back to.
    void toPresent();

    /// Pins a moment, and brings it into the stretch. Holds a live stretch until unpin().
    void pin(qint64 ms);
    /// Returns false if no moment was pinned.
    bool unpin();
    /// Takes the last pin() or unpin() back where the stretch has not moved since: `ms` is pinned again, or none.
    void restoreMoment(std::optional<qint64> ms);
    void point(std::optional<qint64> ms);

Q_SIGNALS:
    void changed(const vigie::Stretch& stretch);
    void momentChanged(std::optional<qint64> ms);
    void pointedChanged(std::optional<qint64> ms);

private:
    struct Place
    {
        qint64 rangeMs = 0;
        std::optional<qint64> endMs; ///< none: the present

        bool operator==(const Place&) const = default;
    };

    void remember(bool isZoom);
    void go(qint64 rangeMs, std::optional<qint64> endMs);
    void tell() { Q_EMIT changed(stretch()); }

    Place m_at;
    qint64 m_presentMs;
    qint64 m_reachMs = maxReachMs;
    std::vector<Place> m_before; ///< newest last
    bool m_isZooming = false; ///< several zooms in a row are one step back
    bool m_isHeldByPin = false;
    std::optional<qint64> m_momentMs;
    std::optional<qint64> m_pointedMs;
};

} // namespace vigie
