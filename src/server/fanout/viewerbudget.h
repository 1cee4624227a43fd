// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/memorybudget.h"

#include <QtGlobal>
#include <algorithm>
#include <cstddef>

namespace vigie {

/// How much of entries may wait for each viewer, so that all viewers together, as long as they read at all, keep within the
/// memory that there is for clients: of many viewers each is written less at once, producers are held back in time, and when
/// memory gets tight, those for whom more than their part waits are read to from history. What it cannot do: an entry that is
/// larger than a part is still written whole, and beyond some 12,000 viewers of 256 MiB a part is no longer small enough; then
/// the MemoryBudget sends away those who hold most. One thread.
class ViewerBudget
{
public:
    static constexpr qint64 maxOfViewer = 4 * 1024 * 1024;

    /// `memory` must outlive it.
    explicit ViewerBudget(const MemoryBudget& memory) : m_memory(memory) {}

    /// Those who want entries.
    void add(qint64 viewers) { m_viewers += viewers; }

    /// A live viewer with more than this unsent is lagging.
    qint64 ofViewer() const { return isTight() ? std::min(part(), usual()) : usual(); }
    /// A lagging one is read to in pages of this size …
    std::size_t ofPage() const { return static_cast<std::size_t>(isTight() ? std::min(part(), maxAtOnce) : maxAtOnce); }
    /// … once it has less than this unsent.
    qint64 drained() const { return static_cast<qint64>(ofPage()) / 4; }
    /// As much as is written to a live viewer at once, but for an entry that is larger by itself.
    std::size_t ofStep() const { return static_cast<std::size_t>(std::min(part(), maxAtOnce)); }
    /// With as much as this nothing more is gathered for a flush: then it is mostly one step.
    std::size_t ofFlush() const { return std::min<std::size_t>(256 * 1024, ofStep() / 4 * 3); }
    /// With more than this unsent by `viewers` of one application, it is not a few viewers that are slow (they are lagging
    /// before): writing itself is behind.
    qint64 congested(std::size_t viewers) const
    {
        return std::max(8 * usual(), std::min<qint64>(16 * 1024, part()) * static_cast<qint64>(viewers));
    }

private:
    static constexpr qint64 maxAtOnce = 1024 * 1024;

    bool isTight() const { return m_memory.held() > m_memory.max() / 2; }
    qint64 usual() const { return std::min(maxOfViewer, m_memory.max() / 64); }
    /// One viewer's of three eighths of the memory: when each has that waiting and is written as much, it is not full.
    qint64 part() const { return std::max<qint64>(8 * 1024, m_memory.max() * 3 / 8 / std::max<qint64>(1, m_viewers)); }

    const MemoryBudget& m_memory;
    qint64 m_viewers = 0;
};

} // namespace vigie
