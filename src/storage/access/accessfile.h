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

/// The file that says who may connect, and what happened: applications, tokens (their hashes), blocked peers and the audit.
/// Several programs may have it open: each change is one transaction. Only its owner can read it (mode 0600). One thread.
class AccessFile
{
public:
    static constexpr int schemaVersion = 2;
    /// Entries that the audit keeps; the oldest go.
    static constexpr int auditEntries = 100'000;

    /// Opens the file, or makes it.
    static DatabaseResult<AccessFile> open(const QString& path);
    /// How long to wait for another program that is writing; five seconds unless said.
    DatabaseOutcome setPatience(std::chrono::milliseconds patience);

    DatabaseResult<AccessTablePtr> table();
    /// Changes whenever another program changed the file.
    DatabaseResult<std::int64_t> version();

    /// False: it is there already.
    DatabaseResult<bool> addApp(const std::string& appId, std::int64_t nowMs);
    /// Its tokens are revoked as well. False: there is none.
    DatabaseResult<bool> removeApp(const std::string& appId, std::int64_t nowMs);

    DatabaseResult<NewToken> addToken(const TokenRequest& request, std::int64_t nowMs);
    /// False: there is none, or it was revoked before.
    DatabaseResult<bool> revoke(std::int64_t id, std::int64_t nowMs);
    /// False: it is blocked already.
    DatabaseResult<bool> block(const Block& block);
    /// False: it is not blocked.
    DatabaseResult<bool> unblock(const std::string& network, std::int64_t nowMs);
    DatabaseOutcome noteUse(std::int64_t id, std::int64_t nowMs);

    DatabaseOutcome append(const std::vector<AuditEvent>& events);
    /// How many the audit holds.
    DatabaseResult<std::int64_t> eventCount();
    /// Oldest first; of the newest `limit`, or all.
    DatabaseOutcome forEachEvent(const std::function<void(const AuditEvent&)>& tell, std::optional<int> limit = {});

private:
    DatabaseOutcome transact(const std::function<DatabaseOutcome()>& change);
    DatabaseOutcome insert(const AuditEvent& event);
    /// Runs `sql` and gives each of its rows to `take`, which may fail in its turn.
    DatabaseOutcome forEachRow(const char* sql, const std::function<DatabaseOutcome(const Statement&)>& take);

    Database m_database;
};

} // namespace vigie
