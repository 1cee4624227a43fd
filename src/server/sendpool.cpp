// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sendpool.h"

#include <algorithm>

namespace vigie {

namespace {

/// Waking a thread costs as much as some sends: fewer viewers than this are not worth it.
constexpr std::size_t worthSharing = 32;

void sendTo(std::span<Viewer* const> viewers, const QByteArray& frames)
{
    for (std::size_t i = 0; i < viewers.size(); ++i) {
        // A send() leaves little of ours in the cache: the next viewer is fetched meanwhile.
        if (i + 1 < viewers.size())
            __builtin_prefetch(&viewers[i + 1]->out);
        viewers[i]->out.send(frames);
    }
}

} // namespace

SendPool::SendPool(int threads)
{
    for (int i = 1; i < threads; ++i)
        m_workers.emplace_back([this, i] { work(static_cast<std::size_t>(i)); });
}

SendPool::~SendPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_called.notify_all();
    for (std::thread& worker : m_workers)
        worker.join();
}

std::span<Viewer* const> SendPool::share(std::size_t place) const
{
    const std::size_t each = (m_viewers.size() + m_workers.size()) / (m_workers.size() + 1);
    const std::size_t first = std::min(place * each, m_viewers.size());
    return m_viewers.subspan(first, std::min(each, m_viewers.size() - first));
}

void SendPool::work(std::size_t place)
{
    std::uint64_t round = 0;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_called.wait(lock, [&] { return m_ending || m_round != round; });
        if (m_ending)
            return;
        round = m_round;
        lock.unlock();
        sendTo(share(place), m_frames);
        lock.lock();
        if (--m_working == 0)
            m_done.notify_one();
    }
}

void SendPool::write(std::span<Viewer* const> viewers, const QByteArray& frames)
{
    if (m_workers.empty() || viewers.size() < worthSharing) {
        sendTo(viewers, frames);
    } else {
        {
            const std::lock_guard lock(m_mutex);
            m_viewers = viewers;
            m_frames = frames;
            m_working = m_workers.size();
            ++m_round;
        }
        m_called.notify_all();
        sendTo(share(0), frames);
        std::unique_lock lock(m_mutex);
        m_done.wait(lock, [this] { return m_working == 0; });
        m_frames.clear();
    }
    for (Viewer* viewer : viewers)
        viewer->out.finish(frames);
}

} // namespace vigie
