// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/logsources.h"

#include "sources/containers.h"
#include "sources/filesource.h"
#include "sources/journal.h"
#include "sources/spoolsource.h"

#include <utility>

namespace vigie {

LogSources::LogSources(Intake& intake, QString spoolFolder) : m_intake(intake), m_spoolFolder(std::move(spoolFolder)) {}

LogSources::~LogSources() = default;

void LogSources::apply(const SourceSettings& settings)
{
    if (m_sources.empty()) {
        // One line a source.
        m_sources.push_back(std::make_unique<SpoolSource>(m_intake, m_spoolFolder));
        m_sources.push_back(std::make_unique<FileSource>(m_intake));
        m_sources.push_back(std::make_unique<Containers>(m_intake, m_readContainers));
        m_sources.push_back(std::make_unique<Journal>(m_intake, m_readContainers));
    }
    for (const auto& source : m_sources)
        source->apply(settings);
}

} // namespace vigie
