// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <functional>
#include <list>
#include <utility>
#include <vector>

namespace vigie {

/// What all peers together make Vigie hold for them: what they do not read, and what of theirs waits. Each change is told as it
/// comes, so nobody ever has to count through all of them. One thread.
class MemoryBudget
{
public:
    /// A peer that can be made to hold less. Neither call may end it at once.
    class Holder
    {
    public:
        /// All together hold too much, and this one the most.
        virtual void sendAway() = 0;
        /// It was sent away, and those that were hold too much: what it has not taken is to be lost now.
        virtual void cut() = 0;

    protected:
        ~Holder() = default;
    };

    /// What one peer makes it hold. Its budget outlives it, and so does `holder`; null: nothing can be done about it.
    class Share
    {
    public:
        explicit Share(MemoryBudget& budget, Holder* holder = nullptr)
            : m_budget(budget), m_holder(holder), m_place(budget.m_shares.insert(budget.m_shares.end(), this))
        {
        }
        ~Share()
        {
            add(-m_bytes);
            m_budget.m_shares.erase(m_place);
        }
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;

        qint64 bytes() const { return m_bytes; }
        /// `bytes` more; negative: less.
        void add(qint64 bytes)
        {
            if (bytes == 0)
                return;
            m_bytes += bytes;
            m_budget.add(m_isLeaving ? m_budget.m_leaving : m_budget.m_held, bytes);
        }
        /// The peer was sent away: what is left of it will be gone soon, and no other is to make room for it.
        void leave()
        {
            const qint64 bytes = m_bytes;
            add(-bytes);
            m_isLeaving = true;
            add(bytes);
        }

    private:
        friend class MemoryBudget;
        MemoryBudget& m_budget;
        Holder* m_holder;
        std::list<Share*>::iterator m_place;
        qint64 m_bytes = 0;
        bool m_isLeaving = false;
    };

    static constexpr qint64 unsentOfAsking = 1024 * 1024; ///< of answers to a peer that asks on

    /// `exceeded` is called each time that it comes to be too much, and far too much, from within what makes it so: relieve()
    /// is to follow, from elsewhere.
    explicit MemoryBudget(
        qint64 bytes, std::function<void()> exceeded = [] {})
        : m_max(bytes), m_exceeded(std::move(exceeded))
    {
    }

    qint64 max() const { return m_max; }
    qint64 held() const { return m_held; }
    /// Whether some peer has to go.
    bool isOver() const { return m_held > m_max; }
    /// Whether a peer with so much unsent is to be given no more answers: many may ask before any can be sent away.
    bool isTooMuchFor(qint64 unsent) const { return isOver() && unsent > unsentOfAsking; }
    /// Whether that can wait no longer: it is half as much again.
    bool isFarOver() const { return m_held > m_max * 3 / 2; }
    /// Whether those that were sent away hold too much themselves: more than half as much again.
    bool isLeavingTooMuch() const { return m_leaving > m_max / 2; }

    /// Sends away those for whom most is held, until all together hold what they may.
    void relieve()
    {
        std::vector<Share*> shares(m_shares.begin(), m_shares.end());
        std::ranges::sort(shares, std::greater(), &Share::bytes);
        for (Share* share : shares) {
            if (isOver() && !share->m_isLeaving && share->m_holder)
                share->m_holder->sendAway();
            // A last word waits behind all that was not read.
            if (isLeavingTooMuch() && share->m_isLeaving && share->m_holder)
                share->m_holder->cut();
        }
    }

private:
    void add(qint64& sum, qint64 bytes)
    {
        const bool wasOver = isOver();
        const bool wasFarOver = isFarOver();
        const bool wasLeaving = isLeavingTooMuch();
        sum += bytes;
        if ((!wasOver && isOver()) || (!wasFarOver && isFarOver()) || (!wasLeaving && isLeavingTooMuch()))
            m_exceeded();
    }

    qint64 m_max;
    qint64 m_held = 0;
    qint64 m_leaving = 0; // not of m_held
    std::list<Share*> m_shares;
    std::function<void()> m_exceeded;
};

} // namespace vigie
