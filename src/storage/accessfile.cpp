// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/accessfile.h"

#include "core/token.h"

#include <fcntl.h>
#include <unistd.h>

namespace vigie {

namespace {

// Never change a step that was released: add one.
constexpr const char* schema[] = {
    R"(CREATE TABLE app(name TEXT PRIMARY KEY, created_ms INTEGER NOT NULL) WITHOUT ROWID;
       CREATE TABLE token(id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, user TEXT NOT NULL,
                          app TEXT NOT NULL, role TEXT NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER,
                          revoked_ms INTEGER, last_used_ms INTEGER);
       CREATE TABLE audit(id INTEGER PRIMARY KEY AUTOINCREMENT, time_ms INTEGER NOT NULL, kind TEXT NOT NULL,
                          user TEXT NOT NULL, app TEXT NOT NULL, address TEXT NOT NULL, detail TEXT NOT NULL))",
};

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

#define VIGIE_TRY(action)                      \
    if (DatabaseOutcome done = (action); !done) \
        return done.error();

DatabaseResult<AccessFile> AccessFile::open(const QString& path)
{
    // SQLite gives the files beside it the same mode.
    const int descriptor = ::open(path.toUtf8().constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        ::close(descriptor);
    DatabaseResult<Database> database = Database::open(path, Database::Access::ReadWrite);
    if (!database)
        return database.error();
    AccessFile file;
    file.m_database = std::move(*database);
    // Another program may make the tables at this very moment; then they are there the second time.
    if (!file.m_database.migrate(schema))
        VIGIE_TRY(file.m_database.migrate(schema))
    VIGIE_TRY(file.m_database.run("PRAGMA synchronous=FULL"))
    return file;
}

DatabaseResult<AccessTablePtr> AccessFile::table()
{
    DatabaseResult<Statement> rows = m_database.prepare(
        "SELECT id, hash, user, app, role, created_ms, expires_ms, revoked_ms, last_used_ms FROM token ORDER BY id");
    if (!rows)
        return rows.error();
    auto table = std::make_shared<AccessTable>();
    for (;;) {
        const DatabaseResult<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            return AccessTablePtr(std::move(table));
        const std::optional<Role> role = roleOf(rows->bytes(4));
        if (!role)
            return DatabaseError{DatabaseFault::Corrupt, QStringLiteral("a token has a role that is none")};
        const std::string_view hash = rows->bytes(1);
        table->grants.push_back({rows->integer(0), QByteArray(hash.data(), qsizetype(hash.size())), text(*rows, 2), text(*rows, 3), *role,
                                 rows->integer(5), optionalInteger(*rows, 6), optionalInteger(*rows, 7), optionalInteger(*rows, 8)});
    }
}

DatabaseResult<std::int64_t> AccessFile::version()
{
    return m_database.number("PRAGMA data_version");
}

DatabaseOutcome AccessFile::transact(const std::function<DatabaseOutcome()>& change)
{
    VIGIE_TRY(m_database.run("BEGIN IMMEDIATE"))
    DatabaseOutcome done = change();
    if (done)
        done = m_database.run("COMMIT");
    if (!done)
        (void)m_database.run("ROLLBACK");
    return done;
}

DatabaseResult<std::vector<std::string>> AccessFile::apps()
{
    DatabaseResult<Statement> rows = m_database.prepare("SELECT name FROM app ORDER BY name");
    if (!rows)
        return rows.error();
    std::vector<std::string> names;
    for (;;) {
        const DatabaseResult<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            return names;
        names.push_back(text(*rows, 0));
    }
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
    VIGIE_TRY(transact(change))
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
    VIGIE_TRY(transact(change))
    return wasThere;
}

DatabaseResult<NewToken> AccessFile::addToken(const TokenRequest& request, std::int64_t nowMs)
{
    NewToken made{makeToken(), 0};
    const QByteArray hash = hashOfToken(made.token);
    const auto change = [&]() -> DatabaseOutcome {
        DatabaseResult<Statement> add = m_database.prepare(
            "INSERT INTO token(hash, user, app, role, created_ms, expires_ms) VALUES(?,?,?,?,?,?) RETURNING id");
        if (!add)
            return add.error();
        add->bindBlob(1, std::string_view(hash.constData(), std::size_t(hash.size())));
        add->bind(2, std::string_view(request.userId));
        add->bind(3, std::string_view(request.appId));
        add->bind(4, roleName(request.role));
        add->bind(5, nowMs);
        bindOptional(*add, 6, request.expiresMs);
        const DatabaseResult<bool> row = add->step();
        if (!row)
            return row.error();
        made.id = add->integer(0);
        add->reset();
        return insert({AuditEvent::Kind::TokenAdded, nowMs, request.userId, request.appId, {},
                       "token " + std::to_string(made.id) + ", " + std::string(roleName(request.role))});
    };
    VIGIE_TRY(transact(change))
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
        const AuditEvent event{AuditEvent::Kind::TokenRevoked, nowMs, text(*revoke, 0), text(*revoke, 1), {}, "token " + std::to_string(id)};
        revoke->reset();
        return insert(event);
    };
    VIGIE_TRY(transact(change))
    return wasGood;
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
    return transact([&]() -> DatabaseOutcome {
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

DatabaseOutcome AccessFile::forEachEvent(const std::function<void(const AuditEvent&)>& tell)
{
    DatabaseResult<Statement> rows = m_database.prepare("SELECT kind, time_ms, user, app, address, detail FROM audit ORDER BY id");
    if (!rows)
        return rows.error();
    for (;;) {
        const DatabaseResult<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            return std::monostate{};
        if (const auto kind = auditKindOf(rows->bytes(0)))
            tell({*kind, rows->integer(1), text(*rows, 2), text(*rows, 3), text(*rows, 4), text(*rows, 5)});
    }
}

#undef VIGIE_TRY

} // namespace vigie
