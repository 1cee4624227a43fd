// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "storage/database/database.h"

#include <QString>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// The access database: applications, tokens (their hashes), blocked networks and the audit log. Several programs may have it
/// open; each change is one transaction. Only the owner can read the file (mode 0600). One thread.
class AccessFile
{
public:
    static constexpr int schemaVersion = 2;
    /// Size of the audit log; beyond, the oldest entries are deleted.
    static constexpr int auditEntries = 100'000;

    /// Opens the file, and creates it if it is missing.
    static DatabaseResult<AccessFile> open(const QString& path);
    /// How long to wait while another program writes; the default is five seconds.
    DatabaseOutcome setPatience(std::chrono::milliseconds patience);

    DatabaseResult<AccessTablePtr> table();
    /// A number that changes whenever another program changes the file.
    DatabaseResult<std::int64_t> version();

    /// False: it exists already.
    DatabaseResult<bool> addApp(const std::string& appId, std::int64_t nowMs);
    /// Revokes its tokens, too. False: there is no such application.
    DatabaseResult<bool> removeApp(const std::string& appId, std::int64_t nowMs);

    DatabaseResult<NewToken> addToken(const TokenRequest& request, std::int64_t nowMs);
    /// False: there is no such token, or it was already revoked.
    DatabaseResult<bool> revoke(std::int64_t id, std::int64_t nowMs);
    /// False: it is already blocked.
    DatabaseResult<bool> block(const Block& block);
    /// False: it is not blocked.
    DatabaseResult<bool> unblock(const std::string& network, std::int64_t nowMs);
    DatabaseOutcome noteUse(std::int64_t id, std::int64_t nowMs);

    DatabaseOutcome append(const std::vector<AuditEvent>& events);
    /// Number of entries in the audit log.
    DatabaseResult<std::int64_t> eventCount();
    /// Calls `tell` for the newest `limit` events, or all of them, oldest first.
    DatabaseOutcome forEachEvent(const std::function<void(const AuditEvent&)>& tell, std::optional<int> limit = {});

private:
    DatabaseOutcome insert(const AuditEvent& event);
    /// Runs `sql` and passes each row to `take`, which may fail, too.
    DatabaseOutcome forEachRow(const char* sql, const std::function<DatabaseOutcome(const Statement&)>& take);

    Database m_database;
};

} // namespace vigie
