// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workerthread.h"

namespace vigie {

class Sampler;

/// The sampler on its thread. Main thread.
class SamplingAssembly
{
public:
    /// `keepsProcesses`: samples name the processes that use most from the start, whoever looks.
    explicit SamplingAssembly(bool keepsProcesses);

    Sampler* sampler() const { return m_sampler; }

    void start() { m_thread.start(); }
    void end() { m_thread.end(); }

private:
    WorkerThread m_thread{QStringLiteral("sampler")};
    Sampler* m_sampler; // lives on the thread and ends with it
};

} // namespace vigie
