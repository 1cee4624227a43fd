// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/takeover.h"

#include "storage/database/databasefile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t stepBytes = 1024 * 1024; // of JSON: some 20 ms
constexpr qint64 spareBytes = 64 << 20;

} // namespace

QString SegmentTakeOver::nameOf(const QString& path)
{
    return path.chopped(3) + u"b.db"_s;
}

void SegmentTakeOver::tidyUp(const QString& folder)
{
    const QDir dir(folder);
    for (const QString& name : dir.entryList({u"logs-??????.db.new"_s}, QDir::Files))
        removeDatabase(dir.filePath(name));
    for (const QString& name : dir.entryList({u"logs-??????b.db"_s}, QDir::Files))
        removeDatabase(dir.filePath(name.chopped(4) + u".db"_s));
}

DatabaseResult<std::unique_ptr<SegmentTakeOver>> SegmentTakeOver::begin(const QString& path)
{
    std::unique_ptr<SegmentTakeOver> takeOver(new SegmentTakeOver(path));
    DatabaseResult<SegmentState> state = SegmentState::of(path);
    if (!state)
        return state.error();
    auto reader = LogSegmentReader::open(path);
    if (!reader)
        return reader.error();
    removeDatabase(takeOver->m_temporary);
    const QFileInfo file(path);
    // It takes a fraction, but the store that is written must not lack it.
    if (QStorageInfo(file.path()).bytesAvailable() < file.size() + spareBytes)
        return DatabaseError{DatabaseFault::DiskFull, path};
    DatabaseResult<LogSegment> segment = LogSegment::open(takeOver->m_temporary, {});
    if (!segment)
        return segment.error();
    takeOver->m_state = std::move(*state);
    takeOver->m_reader = std::move(*reader);
    takeOver->m_segment = std::make_unique<LogSegment>(std::move(*segment));
    for (const auto& [name, app] : takeOver->m_state.apps)
        takeOver->m_apps.push_back(name);
    return takeOver;
}

SegmentTakeOver::~SegmentTakeOver()
{
    if (!m_segment)
        return;
    m_segment.reset();
    removeDatabase(m_temporary);
}

DatabaseResult<bool> SegmentTakeOver::step()
{
    if (m_apps.empty())
        return false;
    const std::string& appId = m_apps.back();
    const std::uint64_t last = m_state.apps[appId].lastSequence;
    ReplayPage page;
    page.reachedSequence = m_reached;
    // What cannot be read now may be readable later, or in another order: then the earlier file stays.
    VIGIE_TRY(m_reader->oldest(appId, m_reached + 1, stepBytes, page))
    if (!m_reader->app(appId))
        return DatabaseError{DatabaseFault::Corrupt, m_path};
    VIGIE_TRY(m_segment->begin(false))
    const auto write = [&]() -> DatabaseOutcome {
        // Of the places before the first entry those that lack come first: which they were is not known.
        const std::uint64_t first = page.entries.empty() ? page.reachedSequence + 1 : page.entries.front().sequence();
        if (m_reached + page.missing + 1 < first)
            VIGIE_TRY(m_segment->keepPlaces(appId, m_reached + page.missing + 1, first - m_reached - page.missing - 1))
        return page.entries.empty() ? DatabaseOutcome(std::monostate{}) : m_segment->add(*page.entries.front().batch);
    };
    DatabaseOutcome written = write();
    if (written)
        written = m_segment->commit();
    if (!written) {
        m_segment->rollback();
        return written.error();
    }
    m_reached = page.reachedSequence;
    m_entries += static_cast<std::int64_t>(page.entries.size());
    if (page.entries.empty() || m_reached >= last) {
        m_apps.pop_back();
        m_reached = 0;
    }
    return !m_apps.empty();
}

DatabaseResult<QString> SegmentTakeOver::finish()
{
    // Nothing goes before all is known to be there.
    DatabaseResult<Database> earlier = Database::open(m_path, Database::Access::ReadOnly);
    if (!earlier)
        return earlier.error();
    const DatabaseResult<std::int64_t> entries = earlier->number("SELECT count(*) FROM log WHERE id IS NOT NULL");
    if (!entries)
        return entries.error();
    if (*entries != m_entries)
        return DatabaseError{DatabaseFault::Corrupt, m_path};
    *earlier = Database();
    VIGIE_TRY(m_segment->begin(true))
    VIGIE_TRY(m_segment->adopt(m_state))
    VIGIE_TRY(m_segment->commit())
    VIGIE_TRY(m_segment->checkpoint())
    m_segment.reset();
    m_reader.reset();
    // Its entries are as old as they were.
    const QDateTime time = QFileInfo(m_path).lastModified();
    if (QFile file(m_temporary); file.open(QIODevice::ReadWrite))
        file.setFileTime(time, QFileDevice::FileModificationTime);
    const QString name = nameOf(m_path);
    if (!QFile::rename(m_temporary, name)) {
        removeDatabase(m_temporary);
        return DatabaseError{DatabaseFault::Other, m_temporary};
    }
    removeDatabase(m_path);
    return name;
}

#undef VIGIE_TRY

} // namespace vigie
