// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/access/accessstore.h"

#include "core/filewriting.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <algorithm>
#include <sys/stat.h>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t exportBytes = 1 << 20; // written at once

/// Identifies the file by device and inode (stat(2)); zeros: no file.
std::pair<dev_t, ino_t> identityOf(const QString& path)
{
    struct stat found{};
    if (::stat(QFile::encodeName(path).constData(), &found) != 0)
        return {};
    return {found.st_dev, found.st_ino};
}

} // namespace

void AccessStore::start()
{
    m_lookSoon = std::make_unique<QTimer>();
    m_lookSoon->setSingleShot(true);
    m_lookSoon->setInterval(20); // the file changes slightly before SQLite shows the change
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
    (void)m_file->setPatience(std::chrono::milliseconds(500)); // this thread also writes logs
    const DatabaseResult<std::int64_t> version = m_file->version();
    m_version = version ? *version : 0;
    m_identity = identityOf(m_path);
    return true;
}

void AccessStore::refresh()
{
    // The file was removed or replaced, for example from a backup: use its new content.
    const bool isReplaced = m_file && identityOf(m_path) != m_identity;
    if (isReplaced)
        m_file.reset();
    const bool hadNone = !m_file;
    write();
    // Another program may have created it.
    if (!m_file && QFileInfo::exists(m_path))
        open();
    bool isOther = isReplaced || (hadNone && m_file);
    if (m_file) {
        // Other programs write to the write-ahead log first. It comes and goes.
        if (const QString log = m_path + QStringLiteral("-wal"); m_watcher && !m_watcher->files().contains(log))
            m_watcher->addPath(log);
        const DatabaseResult<std::int64_t> version = m_file->version();
        isOther |= version && std::exchange(m_version, *version) != *version;
    }
    if (isOther || (m_areUsesWatched && m_hasUntoldUses))
        tell();
}

void AccessStore::tell()
{
    m_hasUntoldUses = false;
    if (!m_file) {
        // Without a file there are no tokens. If it exists but cannot be read, nobody is admitted.
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
    m_events.push_back(event);
    if (m_events.size() <= waitingEvents)
        return;
    // First drop the oldest of the events that peers can cause at will, so that changes are always recorded.
    const auto least = std::find_if(m_events.begin(), m_events.end(), [](const AuditEvent& one) {
        using Kind = AuditEvent::Kind;
        return one.kind == Kind::SignedIn || one.kind == Kind::Refused || one.kind == Kind::Commanded || one.kind == Kind::Asked;
    });
    m_events.erase(least == m_events.end() ? m_events.begin() : least);
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

void AccessStore::watchUses(bool areWatched)
{
    m_areUsesWatched = areWatched;
    if (areWatched)
        refresh();
}

template <typename Change> bool AccessStore::change(const Change& change)
{
    write(); // keeps the audit log in order
    if (!open()) {
        Q_EMIT changeFailed(tr("%1 cannot be written").arg(m_path));
        return false;
    }
    const auto done = change(*m_file, QDateTime::currentMSecsSinceEpoch());
    if (!done)
        Q_EMIT changeFailed(tr("%1 cannot be written: %2").arg(m_path, done.error().message));
    tell();
    return bool(done);
}

std::optional<NewToken> AccessStore::make(const TokenRequest& request)
{
    NewToken made;
    const bool done = change([&](AccessFile& file, std::int64_t nowMs) -> DatabaseOutcome {
        if (!request.appId.empty()) {
            if (const auto added = file.addApp(request.appId, nowMs); !added)
                return added.error();
        }
        DatabaseResult<NewToken> token = file.addToken(request, nowMs);
        if (!token)
            return token.error();
        made = *token;
        return std::monostate{};
    });
    return done ? std::optional(made) : std::nullopt;
}

void AccessStore::addToken(quint64 tag, const TokenRequest& request)
{
    if (const std::optional<NewToken> made = make(request))
        Q_EMIT tokenMade(tag, *made);
}

void AccessStore::revoke(qint64 id)
{
    change([id](AccessFile& file, std::int64_t nowMs) { return file.revoke(id, nowMs); });
}

void AccessStore::addApp(const QString& appId)
{
    change([&appId](AccessFile& file, std::int64_t nowMs) { return file.addApp(appId.toStdString(), nowMs); });
}

void AccessStore::removeApp(const QString& appId)
{
    change([&appId](AccessFile& file, std::int64_t nowMs) { return file.removeApp(appId.toStdString(), nowMs); });
}

void AccessStore::block(const QString& network, const QString& userId)
{
    change([&](AccessFile& file, std::int64_t nowMs) {
        return file.block({network.toStdString(), userId.toStdString(), nowMs});
    });
}

void AccessStore::unblock(const QString& network)
{
    change([&network](AccessFile& file, std::int64_t nowMs) { return file.unblock(network.toStdString(), nowMs); });
}

void AccessStore::answerJoin(const JoinRequest& request, JoinAnswer answer)
{
    constexpr std::int64_t hourMs = 3'600'000;
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    if (answer == JoinAnswer::No || answer == JoinAnswer::Block) {
        append({AuditEvent::Kind::Denied, nowMs, request.userId, request.appId, request.address, {}});
        if (answer == JoinAnswer::Block && !request.network.empty())
            block(QString::fromStdString(request.network), QString::fromStdString(request.userId));
        Q_EMIT joinAnswered(request.id, {});
        return;
    }
    TokenRequest wanted{request.userId, request.appId, Role::Viewer, {}, GrantOrigin::Request};
    if (answer == JoinAnswer::Day)
        wanted.expiresMs = nowMs + 24 * hourMs;
    if (answer == JoinAnswer::Once) {
        // Revoked at disconnection; the expiry covers a program that ended before that.
        wanted.origin = GrantOrigin::Visit;
        wanted.expiresMs = nowMs + 12 * hourMs;
    }
    const std::optional<NewToken> made = make(wanted);
    Q_EMIT joinAnswered(request.id, made ? made->token : QByteArray());
}

void AccessStore::readAudit()
{
    write();
    std::vector<AuditEvent> events;
    qint64 inAll = 0;
    if (m_file) {
        const DatabaseOutcome read =
            m_file->forEachEvent([&events](const AuditEvent& event) { events.push_back(event); }, shownEvents);
        if (!read)
            Q_EMIT changeFailed(tr("%1 cannot be read: %2").arg(m_path, read.error().message));
        inAll = qint64(events.size());
        // Fewer than the limit: these are all, even if another program has added some since.
        if (inAll == shownEvents) {
            if (const auto count = m_file->eventCount())
                inAll = *count;
        }
    }
    Q_EMIT auditRead(std::move(events), inAll);
}

void AccessStore::exportAudit(const QString& path)
{
    write();
    QSaveFile out(path);
    bool isWritten = out.open(writingMode);
    std::string text;
    if (isWritten && m_file) {
        const DatabaseOutcome read = m_file->forEachEvent([&](const AuditEvent& event) {
            text.append(auditJson(event)).append("\n");
            if (text.size() >= exportBytes) {
                isWritten = isWritten && writeAll(out, text);
                text.clear();
            }
        });
        if (!read)
            return Q_EMIT changeFailed(tr("%1 cannot be read: %2").arg(m_path, read.error().message));
    }
    if (isWritten && writeAll(out, text) && out.commit())
        Q_EMIT auditExported(path);
    else
        Q_EMIT changeFailed(tr("%1 cannot be written: %2").arg(path, out.errorString()));
}

void AccessStore::write()
{
    if (m_events.empty() && m_uses.empty())
        return;
    if (!open())
        return;
    std::vector<AuditEvent> events = m_events;
    if (m_leftOut > 0) {
        AuditEvent more = events.back();
        more.kind = AuditEvent::Kind::Refused;
        more.userId = more.appId = more.address = {};
        more.detail = std::to_string(m_leftOut) + " more within a second";
        events.push_back(std::move(more));
    }
    DatabaseOutcome done = m_file->append(events);
    if (done) {
        m_events.clear();
        m_leftOut = 0;
    }
    for (const auto& [id, timeMs] : m_uses) {
        if (done)
            done = m_file->noteUse(id, timeMs);
    }
    if (done) {
        m_hasUntoldUses |= !m_uses.empty();
        m_uses.clear();
        m_hasFailed = false;
    } else if (!std::exchange(m_hasFailed, true)) { // pending events are retried with the next write
        Q_EMIT auditFailed(tr("%1 cannot be written: %2").arg(m_path, done.error().message));
    }
}

} // namespace vigie
