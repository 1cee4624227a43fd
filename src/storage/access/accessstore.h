// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/joinrequest.h"
#include "storage/access/accessfile.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <memory>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace vigie {

/// Publishes the content of the access file to the authentication code, and writes audit events to it. Creates the file on the
/// first write. Notices changes by other programs within a few hundredths of a second. The store's thread.
class AccessStore : public QObject
{
    Q_OBJECT

public:
    explicit AccessStore(QString path, QObject* parent = nullptr) : QObject(parent), m_path(std::move(path)) {}

public Q_SLOTS:
    /// Reads the file if it exists. Emits changed().
    void start();
    /// Writes pending events and uses, and checks for changes by other programs. Call about once a second.
    void refresh();
    /// Queues an event for the next refresh(), or a later one while the file cannot be written. If too many are queued, drops the
    /// oldest of those that peers can cause at will. The log records the number dropped.
    void append(const vigie::AuditEvent& event);
    /// Records the use of a token. changed() reports it only while uses are watched.
    void noteUse(qint64 id, qint64 timeMs);
    /// Whether somebody is looking at when tokens were last used.
    void watchUses(bool areWatched);

    // The owner's changes. Each emits changed() or changeFailed().
    /// Emits tokenMade() with the same `tag` once the token is valid.
    void addToken(quint64 tag, const vigie::TokenRequest& request);
    void revoke(qint64 id);
    void addApp(const QString& appId);
    /// Revokes its tokens, too.
    void removeApp(const QString& appId);
    void block(const QString& network, const QString& userId);
    void unblock(const QString& network);
    /// Emits joinAnswered().
    void answerJoin(const vigie::JoinRequest& request, vigie::JoinAnswer answer);

    /// Emits auditRead() with the newest events.
    void readAudit();
    /// Exports the whole audit log as JSON lines. Emits auditExported().
    void exportAudit(const QString& path);

Q_SIGNALS:
    /// Emitted after the first changed().
    void started();
    void changed(vigie::AccessState state);
    /// A change of the owner failed. `why` is for people.
    void changeFailed(QString why);
    void tokenMade(quint64 tag, vigie::NewToken token);
    /// `token`: the new token of the requester; empty: access denied.
    void joinAnswered(quint64 requestId, QByteArray token);
    /// The newest events, oldest first; `inAll`: the size of the log.
    void auditRead(std::vector<vigie::AuditEvent> events, qint64 inAll);
    void auditExported(QString path);
    /// The audit log cannot be written; `problem` is for people. Emitted once until writing succeeds again.
    void auditFailed(QString problem);

private:
    bool open();
    void write();
    void tell();
    /// Applies a change to the file and emits the result.
    template <typename Change> bool change(const Change& change);
    std::optional<NewToken> make(const TokenRequest& request);

    static constexpr int shownEvents = 2'000;
    static constexpr std::size_t waitingEvents = 1'000;

    QString m_path;
    std::optional<AccessFile> m_file;
    std::unique_ptr<QFileSystemWatcher> m_watcher; // made in start(), like the timer
    std::unique_ptr<QTimer> m_lookSoon;
    std::int64_t m_version = 0;
    std::pair<dev_t, ino_t> m_identity; // of the open file
    std::vector<AuditEvent> m_events;
    std::size_t m_leftOut = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> m_uses;
    bool m_areUsesWatched = false;
    bool m_hasUntoldUses = false; // uses written since the last changed()
    bool m_hasFailed = false;
};

} // namespace vigie
