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

/// Brings the access file to those who let people in, and what they saw into its audit. The file is made when there is
/// first something to write. What another program writes into it is seen within a few hundredths of a second. The store's
/// thread.
class AccessStore : public QObject
{
    Q_OBJECT

public:
    explicit AccessStore(QString path, QObject* parent = nullptr) : QObject(parent), m_path(std::move(path)) {}

public Q_SLOTS:
    /// Reads the file, if there is one; changed() follows.
    void start();
    /// Writes what waits, and looks whether another program has changed the file. To be called about once a second.
    void refresh();
    /// Keeps what happened; written by the next refresh(), or by a later one while the file cannot be written. Of a flood the
    /// oldest are left out that anybody may cause in any number, and their number is told.
    void append(const vigie::AuditEvent& event);
    /// A token was used. changed() tells of it while that is watched.
    void noteUse(qint64 id, qint64 timeMs);
    /// Whether somebody looks at when tokens were last used.
    void watchUses(bool areWatched);

    // What the owner wants changed. changed() follows, or changeFailed().
    /// tokenMade() follows, with the same `tag`, once the token is good.
    void addToken(quint64 tag, const vigie::TokenRequest& request);
    void revoke(qint64 id);
    void addApp(const QString& appId);
    /// Its tokens are revoked as well.
    void removeApp(const QString& appId);
    void block(const QString& network, const QString& userId);
    void unblock(const QString& network);
    /// joinAnswered() follows.
    void answerJoin(const vigie::JoinRequest& request, vigie::JoinAnswer answer);

    /// auditRead() follows, with the newest.
    void readAudit();
    /// All of it as JSON lines; auditExported() follows.
    void exportAudit(const QString& path);

Q_SIGNALS:
    /// After the first changed().
    void started();
    void changed(vigie::AccessState state);
    /// What the owner wanted was not done; why, in words a person can read.
    void changeFailed(QString why);
    void tokenMade(quint64 tag, vigie::NewToken token);
    /// `token`: what the one who asked may sign in with from now on; empty: nothing.
    void joinAnswered(quint64 requestId, QByteArray token);
    /// The newest of them, oldest first; `inAll`: how many there are.
    void auditRead(std::vector<vigie::AuditEvent> events, qint64 inAll);
    void auditExported(QString path);
    /// The audit cannot be written, in words a person can read. Told once, until it could again.
    void auditFailed(QString problem);

private:
    bool open();
    void write();
    void tell();
    /// Does it to the file and tells how that went.
    template <typename Change> bool change(const Change& change);
    std::optional<NewToken> make(const TokenRequest& request);

    static constexpr int shownEvents = 2'000;
    static constexpr std::size_t waitingEvents = 1'000;

    QString m_path;
    std::optional<AccessFile> m_file;
    std::unique_ptr<QFileSystemWatcher> m_watcher; // made in start(), likewise the timer
    std::unique_ptr<QTimer> m_lookSoon;
    std::int64_t m_version = 0;
    std::pair<dev_t, ino_t> m_identity; // of the file that is open
    std::vector<AuditEvent> m_events;
    std::size_t m_leftOut = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> m_uses;
    bool m_areUsesWatched = false;
    bool m_hasUntoldUses = false; // written since the last changed()
    bool m_hasFailed = false;
};

} // namespace vigie
