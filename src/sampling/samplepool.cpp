// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/samplepool.h"

namespace vigie {

std::shared_ptr<Sample> SamplePool::take()
{
    for (std::size_t tried = 0; tried < m_samples.size(); ++tried) {
        std::shared_ptr<Sample>& sample = m_samples[m_next];
        m_next = (m_next + 1) % m_samples.size();
        if (!sample || sample.use_count() != 1)
            continue;
        // Only the pool holds it, and only the pool can copy from the pool, so the count stays 1. But
        // use_count() is a relaxed load: a reader's last reads must also happen before our writes.
        // Dropping a copy is an acquire-release step on that same count, after the reader's own.
        std::shared_ptr<Sample>(sample).reset();
        return sample;
    }
    std::shared_ptr<Sample>& slot = m_samples[m_next];
    m_next = (m_next + 1) % m_samples.size();
    slot = std::make_shared<Sample>();
    return slot;
}

} // namespace vigie
