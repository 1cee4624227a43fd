// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/access/accessfile.h"

#include "core/token.h"

#include <fcntl.h>
#include <unistd.h>

namespace vigie {

namespace {

// Never change a released step; add a new one.
constexpr const char* schema[] = {
    R"(CREATE TABLE app(name TEXT PRIMARY KEY, created_ms INTEGER NOT NULL) WITHOUT ROWID;
       CREATE TABLE token(id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, user TEXT NOT NULL,
                          app TEXT NOT NULL, role TEXT NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER,
                          revoked_ms INTEGER, last_used_ms INTEGER);
       CREATE TABLE audit(id INTEGER PRIMARY KEY AUTOINCREMENT, time_ms INTEGER NOT NULL, kind TEXT NOT NULL,
                          user TEXT NOT NULL, app TEXT NOT NULL, address TEXT NOT NULL, detail TEXT NOT NULL))",
    R"(ALTER TABLE token ADD COLUMN origin TEXT NOT NULL DEFAULT 'owner';
       CREATE TABLE block(network TEXT PRIMARY KEY, user TEXT NOT NULL, created_ms INTEGER NOT NULL) WITHOUT ROWID)",
};

static_assert(std::size(schema) == AccessFile::schemaVersion);

std::optional<std::int64_t> optionalInteger(const Statement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.integer(column));
}

void bindOptional(Statement& statement, int position, const std::optional<std::int64_t>& value)
{
    value ? statement.bind(position, *value) : statement.bindNull(position);
}

std::string text(const Statement& row, int column)
{
    return std::string(row.bytes(column));
}

} // namespace

DatabaseResult<AccessFile> AccessFile::open(const QString& path)
{
    // SQLite gives its other files the same mode.
    const int descriptor = ::open(path.toUtf8().constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        ::close(descriptor);
    DatabaseResult<Database> database = Database::open(path, Database::Access::ReadWrite);
    if (!database)
        return database.error();
    AccessFile file;
    file.m_database = std::move(*database);
    // Another program may be creating the tables right now. If so, the second attempt finds them.
    if (!file.m_database.migrate(schema))
        VIGIE_TRY(file.m_database.migrate(schema))
    VIGIE_TRY(file.m_database.run("PRAGMA synchronous=FULL"))
    return file;
}

DatabaseOutcome AccessFile::setPatience(std::chrono::milliseconds patience)
{
    return m_database.run(("PRAGMA busy_timeout=" + std::to_string(patience.count())).c_str());
}

DatabaseOutcome AccessFile::forEachRow(const char* sql, const std::function<DatabaseOutcome(const Statement&)>& take)
{
    DatabaseResult<Statement> rows = m_database.prepare(sql);
    if (!rows)
        return rows.error();
    for (;;) {
        const DatabaseResult<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            return std::monostate{};
        VIGIE_TRY(take(*rows))
    }
}

DatabaseResult<AccessTablePtr> AccessFile::table()
{
    auto table = std::make_shared<AccessTable>();
    const auto takeGrant = [&table](const Statement& row) -> DatabaseOutcome {
        const std::optional<Role> role = roleOf(row.bytes(4));
        const std::optional<GrantOrigin> origin = originOf(row.bytes(9));
        if (!role || !origin)
            return DatabaseError{DatabaseFault::Corrupt, QStringLiteral("a token has a role or an origin that is none")};
        const std::string_view hash = row.bytes(1);
        table->grants.push_back({row.integer(0), QByteArray(hash.data(), qsizetype(hash.size())), text(row, 2), text(row, 3),
                                 *role, row.integer(5), optionalInteger(row, 6), optionalInteger(row, 7), optionalInteger(row, 8),
                                 *origin});
        return std::monostate{};
    };
    VIGIE_TRY(forEachRow(
        "SELECT id, hash, user, app, role, created_ms, expires_ms, revoked_ms, last_used_ms, origin FROM token ORDER BY id",
        takeGrant))
    VIGIE_TRY(forEachRow("SELECT name FROM app ORDER BY name", [&table](const Statement& row) -> DatabaseOutcome {
        table->apps.push_back(text(row, 0));
        return std::monostate{};
    }))
    VIGIE_TRY(forEachRow("SELECT network, user, created_ms FROM block ORDER BY created_ms",
                         [&table](const Statement& row) -> DatabaseOutcome {
                             table->blocks.push_back({text(row, 0), text(row, 1), row.integer(2)});
                             return std::monostate{};
                         }))
    return AccessTablePtr(std::move(table));
}

DatabaseResult<std::int64_t> AccessFile::version()
{
    return m_database.number("PRAGMA data_version");
}

DatabaseResult<bool> AccessFile::addApp(const std::string& appId, std::int64_t nowMs)
{
    bool isNew = false;
    const auto change = [&]() -> DatabaseOutcome {
        DatabaseResult<Statement> add = m_database.prepare("INSERT OR IGNORE INTO app VALUES(?,?)");
        if (!add)
            return add.error();
        add->bind(1, std::string_view(appId));
        add->bind(2, nowMs);
        VIGIE_TRY(add->run())
        isNew = m_database.changes() > 0;
        return isNew ? insert({AuditEvent::Kind::AppAdded, nowMs, {}, appId, {}, {}}) : DatabaseOutcome(std::monostate{});
    };
    VIGIE_TRY(m_database.transact(change))
    return isNew;
}

DatabaseResult<bool> AccessFile::removeApp(const std::string& appId, std::int64_t nowMs)
{
    bool wasThere = false;
    const auto change = [&]() -> DatabaseOutcome {
        DatabaseResult<Statement> remove = m_database.prepare("DELETE FROM app WHERE name=?");
        DatabaseResult<Statement> revoke = m_database.prepare("UPDATE token SET revoked_ms=? WHERE app=? AND revoked_ms IS NULL");
        if (!remove || !revoke)
            return !remove ? remove.error() : revoke.error();
        remove->bind(1, std::string_view(appId));
        VIGIE_TRY(remove->run())
        wasThere = m_database.changes() > 0;
        revoke->bind(1, nowMs);
        revoke->bind(2, std::string_view(appId));
        VIGIE_TRY(revoke->run())
        return wasThere ? insert({AuditEvent::Kind::AppRemoved, nowMs, {}, appId, {}, {}}) : DatabaseOutcome(std::monostate{});
    };
    VIGIE_TRY(m_database.transact(change))
    return wasThere;
}

DatabaseResult<NewToken> AccessFile::addToken(const TokenRequest& request, std::int64_t nowMs)
{
    NewToken made{makeToken(), 0};
    const QByteArray hash = hashOfToken(made.token);
    const auto change = [&]() -> DatabaseOutcome {
        DatabaseResult<Statement> add = m_database.prepare(
            "INSERT INTO token(hash, user, app, role, created_ms, expires_ms, origin) VALUES(?,?,?,?,?,?,?) RETURNING id");
        if (!add)
            return add.error();
        add->bindBlob(1, std::string_view(hash.constData(), std::size_t(hash.size())));
        add->bind(2, std::string_view(request.userId));
        add->bind(3, std::string_view(request.appId));
        add->bind(4, roleName(request.role));
        add->bind(5, nowMs);
        bindOptional(*add, 6, request.expiresMs);
        add->bind(7, originName(request.origin));
        const DatabaseResult<bool> row = add->step();
        if (!row)
            return row.error();
        made.id = add->integer(0);
        add->reset();
        return insert(
            {AuditEvent::Kind::TokenAdded,
             nowMs,
             request.userId,
             request.appId,
             {},
             "token " + std::to_string(made.id) + ", " + std::string(roleName(request.role))
                 + (request.origin == GrantOrigin::Owner ? std::string() : ", " + std::string(originName(request.origin)))});
    };
    VIGIE_TRY(m_database.transact(change))
    return made;
}

DatabaseResult<bool> AccessFile::revoke(std::int64_t id, std::int64_t nowMs)
{
    bool wasGood = false;
    const auto change = [&]() -> DatabaseOutcome {
        DatabaseResult<Statement> revoke =
            m_database.prepare("UPDATE token SET revoked_ms=? WHERE id=? AND revoked_ms IS NULL RETURNING user, app");
        if (!revoke)
            return revoke.error();
        revoke->bind(1, nowMs);
        revoke->bind(2, id);
        const DatabaseResult<bool> row = revoke->step();
        if (!row)
            return row.error();
        wasGood = *row;
        if (!wasGood)
            return std::monostate{};
        const AuditEvent event{AuditEvent::Kind::TokenRevoked, nowMs, text(*revoke, 0), text(*revoke, 1), {},
                               "token " + std::to_string(id)};
        revoke->reset();
        return insert(event);
    };
    VIGIE_TRY(m_database.transact(change))
    return wasGood;
}

DatabaseResult<bool> AccessFile::block(const Block& block)
{
    bool isNew = false;
    const auto change = [&]() -> DatabaseOutcome {
        DatabaseResult<Statement> add = m_database.prepare("INSERT OR IGNORE INTO block VALUES(?,?,?)");
        if (!add)
            return add.error();
        add->bind(1, std::string_view(block.network));
        add->bind(2, std::string_view(block.userId));
        add->bind(3, block.createdMs);
        VIGIE_TRY(add->run())
        isNew = m_database.changes() > 0;
        return isNew ? insert({AuditEvent::Kind::Blocked, block.createdMs, block.userId, {}, block.network, {}})
                     : DatabaseOutcome(std::monostate{});
    };
    VIGIE_TRY(m_database.transact(change))
    return isNew;
}

DatabaseResult<bool> AccessFile::unblock(const std::string& network, std::int64_t nowMs)
{
    bool wasThere = false;
    const auto change = [&]() -> DatabaseOutcome {
        DatabaseResult<Statement> remove = m_database.prepare("DELETE FROM block WHERE network=?");
        if (!remove)
            return remove.error();
        remove->bind(1, std::string_view(network));
        VIGIE_TRY(remove->run())
        wasThere = m_database.changes() > 0;
        return wasThere ? insert({AuditEvent::Kind::Unblocked, nowMs, {}, {}, network, {}}) : DatabaseOutcome(std::monostate{});
    };
    VIGIE_TRY(m_database.transact(change))
    return wasThere;
}

DatabaseOutcome AccessFile::noteUse(std::int64_t id, std::int64_t nowMs)
{
    DatabaseResult<Statement> note = m_database.prepare("UPDATE token SET last_used_ms=? WHERE id=?");
    if (!note)
        return note.error();
    note->bind(1, nowMs);
    note->bind(2, id);
    return note->run();
}

DatabaseOutcome AccessFile::append(const std::vector<AuditEvent>& events)
{
    return m_database.transact([&]() -> DatabaseOutcome {
        for (const AuditEvent& event : events)
            VIGIE_TRY(insert(event))
        DatabaseResult<Statement> trim = m_database.prepare("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?");
        if (!trim)
            return trim.error();
        trim->bind(1, std::int64_t(auditEntries));
        return trim->run();
    });
}

DatabaseOutcome AccessFile::insert(const AuditEvent& event)
{
    DatabaseResult<Statement> add =
        m_database.prepare("INSERT INTO audit(time_ms, kind, user, app, address, detail) VALUES(?,?,?,?,?,?)");
    if (!add)
        return add.error();
    add->bind(1, event.timeMs);
    add->bind(2, auditName(event.kind));
    add->bind(3, std::string_view(event.userId));
    add->bind(4, std::string_view(event.appId));
    add->bind(5, std::string_view(event.address));
    add->bind(6, std::string_view(event.detail));
    return add->run();
}

DatabaseResult<std::int64_t> AccessFile::eventCount()
{
    // Ids are consecutive, as only the oldest entries are ever deleted.
    return m_database.number("SELECT ifnull(max(id) - min(id) + 1, 0) FROM audit");
}

DatabaseOutcome AccessFile::forEachEvent(const std::function<void(const AuditEvent&)>& tell, std::optional<int> limit)
{
    const std::string newest = limit ? " WHERE id > (SELECT max(id) FROM audit) - " + std::to_string(*limit) : std::string();
    const std::string sql = "SELECT kind, time_ms, user, app, address, detail FROM audit" + newest + " ORDER BY id";
    return forEachRow(sql.c_str(), [&tell](const Statement& row) -> DatabaseOutcome {
        if (const auto kind = auditKindOf(row.bytes(0)))
            tell({*kind, row.integer(1), text(row, 2), text(row, 3), text(row, 4), text(row, 5)});
        return std::monostate{};
    });
}

#undef VIGIE_TRY

} // namespace vigie
