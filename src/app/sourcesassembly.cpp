// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sourcesassembly.h"

#include "sources/logsources.h"

#include <utility>

namespace vigie {

SourcesAssembly::SourcesAssembly(Intake& intake, const QString& spoolFolder)
    : m_spoolFolder(spoolFolder), m_sources(new LogSources(intake, spoolFolder))
{
}

SourcesAssembly::~SourcesAssembly()
{
    end();
}

void SourcesAssembly::apply(const SourceSettings& settings)
{
    const bool readsAny = !settings.files.empty() || settings.journal.isOn || settings.containers.isOn
        || !m_spoolFolder.isEmpty();
    if (!m_sources || (!m_isStarted && !readsAny))
        return;
    if (!std::exchange(m_isStarted, true)) {
        m_thread.own(m_sources);
        m_thread.start();
    }
    QMetaObject::invokeMethod(m_sources, [sources = m_sources, settings] { sources->apply(settings); });
}

void SourcesAssembly::end()
{
    LogSources* const sources = std::exchange(m_sources, nullptr);
    if (m_isStarted)
        m_thread.end();
    else
        delete sources;
}

} // namespace vigie
