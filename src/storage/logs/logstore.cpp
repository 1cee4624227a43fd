// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/logstore.h"

#include "storage/database/databasefile.h"
#include "storage/logs/logsegmentreader.h"

#include <QFileInfo>
#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

const QString namePattern = u"logs-%1.db"_s;

constexpr int maxDescribed = 4; // segments that are looked into when a store is opened, as each takes a moment

} // namespace

QStringList LogStore::segmentsIn(const QString& folder)
{
    const QDir dir(folder);
    QStringList paths;
    QStringList names = dir.entryList({u"logs-??????.db"_s, u"logs-??????b.db"_s}, QDir::Files);
    std::ranges::sort(names, {}, [](const QString& name) { return name.mid(5, 6); });
    for (const QString& name : std::as_const(names))
        paths.append(dir.filePath(name));
    return paths;
}

DatabaseResult<LogStore> LogStore::open(const QString& folder, LogRetention retention)
{
    LogStore store(folder, retention);
    std::error_code failure;
    std::filesystem::create_directories(folder.toStdString(), failure);
    if (failure) {
        const bool isFull = failure == std::errc::no_space_on_device || failure.value() == EDQUOT;
        return DatabaseError{isFull ? DatabaseFault::DiskFull : DatabaseFault::ReadOnly, folder};
    }
    SegmentTakeOver::tidyUp(folder);
    store.m_segments = segmentsIn(folder);
    for (const QString& path : store.m_segments)
        store.m_lastWrittenMs = std::max<std::int64_t>(store.m_lastWrittenMs, QFileInfo(path).lastModified().toMSecsSinceEpoch());
    if (store.m_segments.isEmpty())
        store.m_segments.append(store.nextPath());
    if (const DatabaseOutcome opened = store.openNewest({}); !opened)
        return opened.error();
    return store;
}

DatabaseOutcome LogStore::openNewest(SegmentState known)
{
    if (LogSegment::isOfEarlierVersion(m_segments.last())) {
        // It stays as it is, and is read.
        if (DatabaseResult<SegmentState> state = SegmentState::of(m_segments.last()); state && !state->isEmpty())
            known = std::move(*state);
        m_segments.append(nextPath());
    }
    for (;;) {
        DatabaseResult<LogSegment> opened = LogSegment::open(m_segments.last(), known);
        if (opened && opened->state().isEmpty() && known.isEmpty()) {
            // It was made, and Vigie ended before it took over what the segment before knew.
            known = newestState(m_segments.size() - 1);
            if (!known.isEmpty())
                continue;
        }
        if (opened) {
            // It would stay so when the file may be written again.
            if (opened->isReadOnly())
                return DatabaseError{DatabaseFault::ReadOnly, m_segments.last()};
            m_newest = std::move(*opened);
            return std::monostate{};
        }
        const DatabaseFault fault = opened.error().fault;
        if (fault != DatabaseFault::Corrupt && fault != DatabaseFault::Newer)
            return opened.error();
        const QString broken = m_segments.takeLast();
        const QString next = nextPath();
        moveAside(broken);
        // What its applications had reached is lost; the segment before knows what they had when it was full.
        // So a source reads again what is lost.
        if (SegmentState before = newestState(m_segments.size()); !before.isEmpty())
            known = std::move(before);
        m_segments.append(next);
    }
}

SegmentState LogStore::newestState(qsizetype segments) const
{
    for (qsizetype i = segments; i-- > 0;) {
        if (DatabaseResult<SegmentState> state = SegmentState::of(m_segments[i]); state && !state->isEmpty())
            return std::move(*state);
    }
    return {};
}

QString LogStore::nextPath() const
{
    int number = 1;
    for (const QString& name : m_folder.entryList({u"logs-??????.db*"_s, u"logs-??????b.db*"_s}, QDir::Files))
        number = std::max(number, name.mid(5, 6).toInt() + 1);
    return m_folder.filePath(namePattern.arg(number, 6, 10, QChar(u'0')));
}

void LogStore::moveAside(const QString& path)
{
    if (const QString aside = moveDatabaseAside(path); !aside.isEmpty())
        m_movedAside.append(aside);
}

DatabaseOutcome LogStore::write(const std::vector<LogBatchPtr>& batches, bool durable, const StoredCheckpoints& checkpoints)
{
    DatabaseOutcome done = m_newest->begin(durable);
    if (!done)
        return done;
    // One application after the other: the full-text index takes ascending places in one go.
    std::vector<const LogBatch*> sorted;
    for (const LogBatchPtr& batch : batches)
        sorted.push_back(batch.get());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const LogBatch* a, const LogBatch* b) { return a->appId() < b->appId(); });
    for (auto batch = sorted.begin(); done && batch != sorted.end(); ++batch)
        done = m_newest->add(**batch);
    for (auto one = checkpoints.begin(); done && one != checkpoints.end(); ++one)
        done = m_newest->setCheckpoint({one->first, one->second});
    if (done && batches.empty() && checkpoints.empty())
        done = m_newest->touch();
    if (done)
        done = m_newest->commit();
    if (!done)
        m_newest->rollback();
    return done;
}

DatabaseOutcome LogStore::replaceNewest()
{
    const SegmentState known = m_newest->state();
    const QString broken = m_segments.takeLast();
    const QString next = nextPath();
    m_newest.reset();
    moveAside(broken);
    m_segments.append(next);
    return openNewest(known);
}

DatabaseOutcome LogStore::clear(const std::map<std::string, std::uint64_t>& upToSequences)
{
    DatabaseOutcome done = m_newest->begin(true);
    for (auto one = upToSequences.begin(); done && one != upToSequences.end(); ++one)
        done = m_newest->setCleared(one->first, one->second);
    if (done)
        done = m_newest->commit();
    if (!done)
        m_newest->rollback();
    return done;
}

DatabaseResult<bool> LogStore::tidy(std::int64_t nowMs)
{
    const bool isFull = m_newest->entryCount() >= m_retention.segmentEntries
        || databaseBytes(m_newest->path()) >= m_retention.segmentBytes;
    const bool isOld = m_newest->entryCount() > 0 && nowMs - m_newest->createdMs() >= m_retention.segmentAge.count();
    if (isFull || isOld) {
        const SegmentState known = m_newest->state();
        const QString next = nextPath();
        DatabaseResult<LogSegment> opened = LogSegment::open(next, known);
        if (!opened) {
            removeDatabase(next); // there may be as little room for the next try, and so on all night
            return opened.error();
        }
        (void)m_newest->checkpoint(); // readers may hold it up; it is read as well without
        m_newest = std::move(*opened);
        m_segments.append(next);
        return true;
    }
    if (m_segments.size() < 2)
        return false;
    // A segment's youngest entry is as old as its file.
    const QString oldest = m_segments.first();
    const std::int64_t newestMs = QFileInfo(oldest).lastModified().toMSecsSinceEpoch();
    if (bytes() <= m_retention.bytes && nowMs - newestMs <= m_retention.age.count())
        return false;
    m_segments.removeFirst();
    removeDatabase(oldest);
    return true;
}

/// A damaged file is read as far as it can be, and tried no more; all else may be better later.
DatabaseResult<bool> LogStore::giveUpTakeOver(const QString& path, const DatabaseError& error)
{
    if (error.fault != DatabaseFault::Corrupt)
        return error;
    m_sound.append(path);
    return true;
}

DatabaseResult<bool> LogStore::takeOver()
{
    if (m_takeOver && !m_segments.contains(m_takeOver->path()))
        m_takeOver.reset(); // retention was faster
    if (!m_takeOver) {
        const auto earlier = std::find_if(m_segments.rbegin(), m_segments.rend(), [this](const QString& path) {
            return !m_sound.contains(path) && LogSegment::isOfEarlierVersion(path);
        });
        if (earlier == m_segments.rend()) {
            m_sound = m_segments;
            return false;
        }
        auto begun = SegmentTakeOver::begin(*earlier);
        if (!begun)
            return giveUpTakeOver(*earlier, begun.error());
        m_takeOver = std::move(*begun);
    }
    const DatabaseResult<bool> more = m_takeOver->step();
    if (more && *more)
        return true;
    const std::unique_ptr<SegmentTakeOver> done = std::move(m_takeOver);
    const QString path = done->path();
    if (!more)
        return giveUpTakeOver(path, more.error());
    const DatabaseResult<QString> name = done->finish();
    if (!name)
        return giveUpTakeOver(path, name.error());
    m_segments[m_segments.indexOf(path)] = *name;
    m_sound.append(*name);
    return true;
}

void LogStore::describe(std::vector<StoredCatalog::App>& apps) const
{
    for (const QString& path : describedSegments()) {
        if (std::ranges::none_of(apps, [](const StoredCatalog::App& app) { return app.lastId.empty(); }))
            return;
        const auto segment = LogSegmentReader::open(path);
        for (std::size_t i = 0; segment && i < apps.size(); ++i) {
            if (apps[i].lastId.empty())
                apps[i].lastId = (*segment)->newestId(apps[i].appId);
        }
    }
}

QStringList LogStore::describedSegments() const
{
    QStringList paths = m_segments.mid(std::max(qsizetype(0), m_segments.size() - maxDescribed));
    std::ranges::reverse(paths);
    return paths;
}

std::int64_t LogStore::bytes() const
{
    std::int64_t sum = 0;
    for (const QString& path : m_segments)
        sum += databaseBytes(path);
    return sum;
}

} // namespace vigie
