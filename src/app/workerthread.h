// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QThread>
#include <atomic>
#include <sys/types.h>

namespace vigie {

/// A thread with an event loop, whose end can be awaited in earnest: QThread::wait() returns when its slots are done,
/// but what libraries keep for each thread (OpenSSL does) goes a little later, and must not meet the end of the process.
class WorkerThread : public QThread
{
public:
    /// `name`: as debuggers and ps(1) show it.
    explicit WorkerThread(const QString& name) { setObjectName(name); }

    /// Moves an object without a parent to this thread. It is deleted there when the thread ends; objects go in the order in
    /// which they came. Before start().
    void own(QObject* object);

    /// Quits and waits until the system knows the thread no more. From another thread.
    void end();

protected:
    void run() override;

private:
    std::atomic<pid_t> m_id{0};
};

} // namespace vigie
