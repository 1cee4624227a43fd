// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/accessstore.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

namespace vigie {

void AccessStore::start()
{
    m_lookSoon = std::make_unique<QTimer>();
    m_lookSoon->setSingleShot(true);
    m_lookSoon->setInterval(20); // the file changes a little before SQLite shows it
    connect(m_lookSoon.get(), &QTimer::timeout, this, &AccessStore::refresh);
    m_watcher = std::make_unique<QFileSystemWatcher>();
    const auto lookSoon = [this] { m_lookSoon->start(); };
    connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, this, lookSoon);
    connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, this, lookSoon);
    m_watcher->addPath(QFileInfo(m_path).path());
    if (QFileInfo::exists(m_path))
        open();
    tell();
    Q_EMIT started();
}

bool AccessStore::open()
{
    if (m_file)
        return true;
    DatabaseResult<AccessFile> file = AccessFile::open(m_path);
    if (!file) {
        if (!std::exchange(m_hasFailed, true))
            Q_EMIT auditFailed(tr("%1 cannot be written: %2").arg(m_path, file.error().message));
        return false;
    }
    m_file = std::move(*file);
    const DatabaseResult<std::int64_t> version = m_file->version();
    m_version = version ? *version : 0;
    if (m_watcher)
        m_watcher->addPath(m_path + QStringLiteral("-wal"));
    return true;
}

void AccessStore::refresh()
{
    write();
    if (!m_file) {
        // Another program has made it.
        if (QFileInfo::exists(m_path) && open())
            tell();
        return;
    }
    const DatabaseResult<std::int64_t> version = m_file->version();
    if (version && std::exchange(m_version, *version) != *version)
        tell();
}

void AccessStore::tell()
{
    if (!m_file) {
        // Without a file there are no tokens; one that is there and cannot be read lets nobody in.
        const bool isThere = QFileInfo::exists(m_path);
        const QString problem = isThere ? tr("%1 cannot be read").arg(m_path) : QString();
        Q_EMIT changed({isThere ? nullptr : std::make_shared<const AccessTable>(), problem});
        return;
    }
    const DatabaseResult<AccessTablePtr> table = m_file->table();
    if (table)
        Q_EMIT changed({*table, {}});
    else
        Q_EMIT changed({nullptr, tr("%1 cannot be read: %2").arg(m_path, table.error().message)});
}

void AccessStore::append(const AuditEvent& event)
{
    if (m_events.size() < waitingEvents)
        m_events.push_back(event);
    else
        ++m_leftOut;
}

void AccessStore::noteUse(qint64 id, qint64 timeMs)
{
    const auto known = std::find_if(m_uses.begin(), m_uses.end(), [id](const auto& use) { return use.first == id; });
    if (known != m_uses.end())
        known->second = timeMs;
    else
        m_uses.emplace_back(id, timeMs);
}

void AccessStore::write()
{
    if (m_events.empty() && m_uses.empty())
        return;
    std::vector<AuditEvent> events = std::exchange(m_events, {});
    const auto uses = std::exchange(m_uses, {});
    if (const std::size_t leftOut = std::exchange(m_leftOut, 0)) {
        AuditEvent more = events.back();
        more.userId = more.appId = more.address = {};
        more.detail = std::to_string(leftOut) + " more within a second";
        events.push_back(std::move(more));
    }
    if (!open())
        return;
    DatabaseOutcome done = m_file->append(events);
    for (const auto& [id, timeMs] : uses) {
        if (done)
            done = m_file->noteUse(id, timeMs);
    }
    if (!done && !std::exchange(m_hasFailed, true))
        Q_EMIT auditFailed(tr("%1 cannot be written: %2").arg(m_path, done.error().message));
}

} // namespace vigie
