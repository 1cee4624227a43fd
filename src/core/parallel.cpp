// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel.h"

#include <QThreadPool>
#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace vigie {

namespace {

constexpr std::size_t maxThreads = 4; // the machine is others', too

/// What is left to do. Threads of the pool that come late find nothing, and may outlive the call.
class Work
{
public:
    using Function = std::function<void(std::size_t, std::size_t)>;

    Work(std::size_t count, const Function& work) : m_work(&work), m_left(count), m_count(count) {}

    void help()
    {
        std::unique_lock lock(m_mutex);
        const std::size_t worker = m_workers++;
        while (m_next < m_count) {
            const std::size_t i = m_next++;
            lock.unlock();
            (*m_work)(i, worker);
            lock.lock();
            if (--m_left == 0)
                m_isDone.notify_all();
        }
    }

    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_isDone.wait(lock, [this] { return m_left == 0; });
    }

private:
    const Function* m_work;
    std::mutex m_mutex;
    std::condition_variable m_isDone;
    std::size_t m_workers = 0;
    std::size_t m_next = 0;
    std::size_t m_left;
    const std::size_t m_count;
};

} // namespace

std::size_t parallelThreads()
{
    return std::min(std::size_t(std::max(QThreadPool::globalInstance()->maxThreadCount(), 1)), maxThreads);
}

void inParallel(std::size_t count, const std::function<void(std::size_t i, std::size_t worker)>& work)
{
    const auto shared = std::make_shared<Work>(count, work);
    for (std::size_t i = 1; i < std::min(count, parallelThreads()); ++i)
        QThreadPool::globalInstance()->start([shared] { shared->help(); });
    shared->help();
    shared->wait();
}

} // namespace vigie
