// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/viewer.h"

#include <QByteArray>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace vigie {

/// Spreads one flush over several cores: each thread makes the send() calls for its share of the viewers, and
/// the caller waits for all of them. Nothing else runs meanwhile, so sessions stay on one thread, and the order
/// of entries is kept for every viewer without a lock on the road. Used from the server's thread.
class SendPool
{
public:
    /// `threads`: all that send, the caller's included; at least 1.
    explicit SendPool(int threads);
    ~SendPool();
    SendPool(const SendPool&) = delete;
    SendPool& operator=(const SendPool&) = delete;

    /// Writes `frames` to every viewer. Whoever cannot take all of it gets the rest through Qt, by the caller's
    /// thread.
    void write(std::span<Viewer* const> viewers, const QByteArray& frames);

private:
    void work(std::size_t place);
    std::span<Viewer* const> share(std::size_t place) const;

    std::vector<std::thread> m_workers;
    std::mutex m_mutex;
    std::condition_variable m_called;
    std::condition_variable m_done;
    std::uint64_t m_round = 0; // a new one calls the workers
    std::size_t m_working = 0;
    bool m_ending = false;
    std::span<Viewer* const> m_viewers; // of the round
    QByteArray m_frames;
};

} // namespace vigie
