// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workerthread.h"

#include <string>
#include <unistd.h>

namespace vigie {

void WorkerThread::own(QObject* object)
{
    object->moveToThread(this);
    connect(this, &QThread::finished, object, &QObject::deleteLater); // slots run in the order of their connection
}

void WorkerThread::run()
{
    m_id = gettid();
    exec();
}

void WorkerThread::end()
{
    quit();
    wait();
    if (m_id == 0)
        return;
    const std::string task = "/proc/self/task/" + std::to_string(m_id.load());
    for (int tries = 0; tries < 1'000 && access(task.c_str(), F_OK) == 0; ++tries)
        usleep(1'000);
}

} // namespace vigie
