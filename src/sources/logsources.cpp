// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/logsources.h"

#include "sources/containers.h"
#include "sources/journal.h"

namespace vigie {

LogSources::LogSources(Intake& intake) : m_intake(intake) {}

LogSources::~LogSources() = default;

void LogSources::apply(const SourceSettings& settings)
{
    if (m_sources.empty()) {
        // One line a source.
        m_sources.push_back(std::make_unique<Containers>(m_intake, m_readContainers));
        m_sources.push_back(std::make_unique<Journal>(m_intake, m_readContainers));
    }
    for (const auto& source : m_sources)
        source->apply(settings);
}

} // namespace vigie
