// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logwalker.h"

#include <QFileInfo>
#include <algorithm>

namespace vigie {

LogWalker::LogWalker(QStringList segments, std::string appId)
    : m_segments(std::move(segments)), m_appId(std::move(appId))
{}

std::unique_ptr<LogSegmentReader> LogWalker::open(const QString& path)
{
    auto opened = LogSegmentReader::open(path);
    // Where SQLite may not make its files nobody of ours writes either.
    if (!opened && opened.error().fault == DatabaseFault::ReadOnly)
        opened = LogSegmentReader::open(path, Database::Access::Look);
    if (opened)
        return std::move(*opened);
    const QString problem = path + QStringLiteral(": ") + opened.error().message;
    if (QFileInfo::exists(path) && !m_problems.contains(problem))
        m_problems.append(problem);
    return nullptr;
}

bool LogWalker::isKnown()
{
    for (auto path = m_segments.rbegin(); path != m_segments.rend() && !m_isKnown; ++path) {
        const std::unique_ptr<LogSegmentReader> reader = open(*path);
        m_isKnown = reader && reader->app(m_appId);
    }
    return m_isKnown;
}

ReplayPage LogWalker::next(std::size_t maxBytes)
{
    if (!m_knowsCleared && !m_segments.isEmpty()) {
        m_knowsCleared = true;
        // Entries up to here were cleared: the newest segment knows.
        const std::unique_ptr<LogSegmentReader> newest = open(m_segments.last());
        if (const std::optional<SegmentApp> app = newest ? newest->app(m_appId) : std::nullopt)
            m_reached = app->clearedSequence;
    }
    for (;;) {
        if (!m_reader) {
            if (m_segments.isEmpty())
                return {};
            m_path = m_segments.takeFirst();
            m_reader = open(m_path);
            continue;
        }
        ReplayPage page;
        page.reachedSequence = m_reached;
        const DatabaseOutcome done = m_reader->oldest(m_appId, m_reached + 1, maxBytes, page);
        m_reached = std::max(m_reached, page.reachedSequence);
        if (const QString problem = done ? QString() : m_path + QStringLiteral(": ") + done.error().message;
            !problem.isEmpty() && !m_problems.contains(problem))
            m_problems.append(problem);
        if (page.entries.empty())
            m_reader.reset();
        if (!page.entries.empty())
            return page;
    }
}

} // namespace vigie
