// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>
#include <atomic>
#include <sys/types.h>

namespace vigie {

/// A thread with an event loop, whose end can be awaited in earnest: QThread::wait() returns when its slots are done,
/// but what libraries keep for each thread (OpenSSL does) goes a little later, and must not meet the end of the process.
class WorkerThread : public QThread
{
public:
    using QThread::QThread;

    /// Quits and waits until the system knows the thread no more. From another thread.
    void end();

protected:
    void run() override;

private:
    std::atomic<pid_t> m_id{0};
};

} // namespace vigie
