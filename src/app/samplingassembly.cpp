// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samplingassembly.h"

#include "sampling/sampler.h"

namespace vigie {

SamplingAssembly::SamplingAssembly(bool keepsProcesses) : m_sampler(new Sampler)
{
    m_thread.own(m_sampler);
    QObject::connect(&m_thread, &WorkerThread::started, m_sampler, &Sampler::start);
    if (keepsProcesses)
        QObject::connect(&m_thread, &WorkerThread::started, m_sampler,
                         [sampler = m_sampler] { sampler->setDemand(Sampler::maxIntervalMs, true); });
}

} // namespace vigie
