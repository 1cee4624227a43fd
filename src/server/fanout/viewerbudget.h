// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/memorybudget.h"

#include <QtGlobal>
#include <algorithm>
#include <cstddef>

namespace vigie {

/// Limits the unsent entries of each viewer, so that all viewers that read at all fit into the shared memory limit. The more
/// viewers, the less is written to each at once, and producers are held back in time. When memory gets tight, viewers above their
/// share get their entries from history.
///
/// Limitations: an entry larger than the share is still written whole. Beyond about 12,000 viewers with 256 MiB, the share cannot
/// shrink further; the MemoryBudget then disconnects those that hold the most. One thread.
class ViewerBudget
{
public:
    static constexpr qint64 maxOfViewer = 4 * 1024 * 1024;

    /// `memory` must outlive it.
    explicit ViewerBudget(const MemoryBudget& memory) : m_memory(memory) {}

    /// Number of viewers that want entries; negative to remove.
    void add(qint64 viewers) { m_viewers += viewers; }

    /// A live viewer with more unsent bytes than this becomes lagging.
    qint64 ofViewer() const { return isTight() ? std::min(part(), usual()) : usual(); }
    /// The size of the pages that a lagging viewer reads from history …
    std::size_t ofPage() const { return static_cast<std::size_t>(isTight() ? std::min(part(), maxAtOnce) : maxAtOnce); }
    /// … once it has fewer unsent bytes than this.
    qint64 drained() const { return static_cast<qint64>(ofPage()) / 4; }
    /// The most that is written to a live viewer at once, except for a larger single entry.
    std::size_t ofStep() const { return static_cast<std::size_t>(std::min(part(), maxAtOnce)); }
    /// With this much pending, a flush is due: it then mostly takes one step.
    std::size_t ofFlush() const { return std::min<std::size_t>(256 * 1024, ofStep() / 4 * 3); }
    /// If `viewers` of one application have more unsent bytes than this, sending as a whole is behind: a few slow viewers would
    /// be lagging by now.
    qint64 congested(std::size_t viewers) const
    {
        return std::max(8 * usual(), std::min<qint64>(16 * 1024, part()) * static_cast<qint64>(viewers));
    }

private:
    static constexpr qint64 maxAtOnce = 1024 * 1024;

    bool isTight() const { return m_memory.held() > m_memory.max() / 2; }
    qint64 usual() const { return std::min(maxOfViewer, m_memory.max() / 64); }
    /// A viewer's share of three eighths of the memory. If each has that much pending and is written as much again, memory is not
    /// yet full.
    qint64 part() const { return std::max<qint64>(8 * 1024, m_memory.max() * 3 / 8 / std::max<qint64>(1, m_viewers)); }

    const MemoryBudget& m_memory;
    qint64 m_viewers = 0;
};

} // namespace vigie
