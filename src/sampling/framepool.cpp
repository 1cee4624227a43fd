// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/framepool.h"

namespace vigie {

std::shared_ptr<Frame> FramePool::take()
{
    for (std::size_t tried = 0; tried < m_frames.size(); ++tried) {
        std::shared_ptr<Frame>& frame = m_frames[m_next];
        m_next = (m_next + 1) % m_frames.size();
        if (!frame || frame.use_count() != 1)
            continue;
        // Only the pool holds it, and only the pool can copy from the pool, so the count stays 1. But
        // use_count() is a relaxed load: a reader's last reads must also happen before our writes.
        // Dropping a copy is an acquire-release step on that same count, after the reader's own.
        std::shared_ptr<Frame>(frame).reset();
        return frame;
    }
    std::shared_ptr<Frame>& slot = m_frames[m_next];
    m_next = (m_next + 1) % m_frames.size();
    slot = std::make_shared<Frame>();
    return slot;
}

} // namespace vigie
