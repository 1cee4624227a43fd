// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database/database.h"

#include "core/regularfile.h"

#include <QFileInfo>
#include <QUrl>
#include <cerrno>
#include <sqlite3.h>

namespace vigie {

namespace {

constexpr int busyMs = 5'000; // for locks that another process holds briefly

DatabaseFault faultOf(int code, int systemError)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return DatabaseFault::DiskFull;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return DatabaseFault::ReadOnly;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return DatabaseFault::Corrupt;
    case SQLITE_IOERR:
        return systemError == ENOSPC || systemError == EDQUOT ? DatabaseFault::DiskFull : DatabaseFault::Other;
    default:
        return DatabaseFault::Other;
    }
}

DatabaseError errorOf(sqlite3* connection)
{
    return {faultOf(sqlite3_errcode(connection), sqlite3_system_errno(connection)),
            QString::fromUtf8(sqlite3_errmsg(connection))};
}

/// A URI that lets SQLite read a file without creating others beside it. Without a write-ahead log, the file is complete. With
/// one, SQLite needs its shared memory: the existing one or, if there is none or `asIfAlone`, one within this process.
QByteArray lookName(const QString& path, bool asIfAlone)
{
    const QByteArray name = QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()).toEncoded();
    const bool hasShared = QFileInfo::exists(path + QStringLiteral("-shm"));
    const QFileInfo log(path + QStringLiteral("-wal"));
    if (!log.exists() || (log.size() == 0 && !hasShared))
        return name + "?immutable=1";
    return name + (hasShared && !asIfAlone ? "?readonly_shm=1" : "?vfs=unix-none");
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

void Statement::bind(int position, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), position, value);
}

void Statement::bind(int position, std::string_view text)
{
    // An empty view may have a null address, which SQLite would bind as NULL.
    sqlite3_bind_text(m_statement.get(), position, text.empty() ? "" : text.data(), static_cast<int>(text.size()),
                      SQLITE_STATIC);
}

void Statement::bindBlob(int position, std::string_view bytes)
{
    sqlite3_bind_blob(m_statement.get(), position, bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size()),
                      SQLITE_STATIC);
}

void Statement::bindNull(int position)
{
    sqlite3_bind_null(m_statement.get(), position);
}

DatabaseError Statement::error() const
{
    return errorOf(sqlite3_db_handle(m_statement.get()));
}

DatabaseResult<bool> Statement::step()
{
    switch (sqlite3_step(m_statement.get())) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default:
        return error();
    }
}

DatabaseOutcome Statement::run()
{
    const DatabaseResult<bool> stepped = step();
    reset();
    if (!stepped)
        return stepped.error();
    return std::monostate{};
}

bool Statement::hasRow()
{
    const DatabaseResult<bool> row = step();
    return row && *row;
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::bytes(int column) const
{
    const void* bytes = sqlite3_column_blob(m_statement.get(), column);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* connection) const
{
    sqlite3_close_v2(connection);
}

DatabaseError Database::error() const
{
    return errorOf(m_connection.get());
}

DatabaseResult<Database> Database::open(const QString& path, Access access)
{
    return open(path, access, false);
}

DatabaseResult<Database> Database::open(const QString& path, Access access, bool asIfAlone)
{
    if (isOtherThanRegularFile(path))
        return DatabaseError{DatabaseFault::Other, notRegularFileText()};
    const bool writes = access == Access::ReadWrite;
    const bool looks = access == Access::Look;
    const int flags = (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY)
        | (looks ? SQLITE_OPEN_URI : 0) | SQLITE_OPEN_NOMUTEX;
    const QByteArray name = looks ? lookName(path, asIfAlone) : path.toUtf8();
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(name.constData(), &connection, flags, nullptr);
    Database database;
    database.m_connection.reset(connection);
    if (code != SQLITE_OK)
        return connection ? database.error() : DatabaseError{DatabaseFault::Other, QStringLiteral("out of memory")};
    sqlite3_extended_result_codes(connection, 0);
    sqlite3_busy_timeout(connection, busyMs);
    // A file from elsewhere must not run code of its own.
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (looks)
        sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (looks && name.endsWith("unix-none")) {
        // Without locks, SQLite keeps the index of the write-ahead log in memory only in exclusive mode.
        if (const DatabaseOutcome alone = database.run("PRAGMA locking_mode=EXCLUSIVE"); !alone)
            return alone.error();
    }
    if (writes) {
        if (const DatabaseOutcome wal = database.run("PRAGMA journal_mode=WAL"); !wal)
            return wal.error();
    } else if (const auto tables = database.number("SELECT count(*) FROM sqlite_schema"); !tables) {
        // SQLite reads the file only at the first query. A writer killed between its write and its update of the shared memory
        // leaves the latter inconsistent. Only a writer repairs that, so ignore the shared memory.
        if (looks && !asIfAlone && sqlite3_errcode(connection) == SQLITE_PROTOCOL)
            return open(path, access, true);
        return tables.error();
    }
    return database;
}

DatabaseOutcome Database::run(const char* sql)
{
    if (sqlite3_exec(m_connection.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return error();
    return std::monostate{};
}

DatabaseResult<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(m_connection.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr)
        != SQLITE_OK)
        return error();
    return Statement(statement);
}

DatabaseOutcome Database::prepare(std::initializer_list<std::pair<Statement*, std::string>> statements)
{
    for (const auto& [statement, sql] : statements) {
        DatabaseResult<Statement> prepared = prepare(sql);
        if (!prepared)
            return prepared.error();
        *statement = std::move(*prepared);
    }
    return std::monostate{};
}

DatabaseOutcome Database::transact(const std::function<DatabaseOutcome()>& change)
{
    VIGIE_TRY(run("BEGIN IMMEDIATE"))
    DatabaseOutcome done = change();
    if (done)
        done = run("COMMIT");
    if (!done)
        (void)run("ROLLBACK");
    return done;
}

DatabaseResult<std::int64_t> Database::number(std::string_view sql)
{
    DatabaseResult<Statement> statement = prepare(sql);
    if (!statement)
        return statement.error();
    const DatabaseResult<bool> row = statement->step();
    if (!row)
        return row.error();
    return *row ? statement->integer(0) : std::int64_t(0);
}

void Database::interrupt() const
{
    sqlite3_interrupt(m_connection.get());
}

bool Database::isReadOnly() const
{
    return sqlite3_db_readonly(m_connection.get(), "main") == 1;
}

bool Database::hasMoved() const
{
    int moved = 0;
    return sqlite3_file_control(m_connection.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

int Database::changes() const
{
    return sqlite3_changes(m_connection.get());
}

DatabaseOutcome Database::migrate(const char* const* steps, int count)
{
    const DatabaseResult<std::int64_t> version = number("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version > count)
        return DatabaseError{DatabaseFault::Newer, QStringLiteral("schema version %1").arg(*version)};
    for (int step = static_cast<int>(*version); step < count; ++step) {
        if (!steps[step])
            continue;
        const QByteArray sql = QByteArray("BEGIN IMMEDIATE;") + steps[step] + ";PRAGMA user_version="
            + QByteArray::number(step + 1) + ";COMMIT";
        if (DatabaseOutcome done = run(sql.constData()); !done) {
            (void)run("ROLLBACK");
            return done;
        }
    }
    return std::monostate{};
}

} // namespace vigie
