// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace vigie {

/// The kinds of database errors that callers treat differently.
enum class DatabaseFault {
    DiskFull,
    ReadOnly, ///< the file, its folder or the disk is not writable
    Corrupt, ///< or not a database
    Newer, ///< written by a later Vigie
    Other
};

/// Why a database operation failed.
struct DatabaseError
{
    DatabaseFault fault = DatabaseFault::Other;
    QString message; ///< in SQLite's words
};

/// A value, or the error that prevented it.
template <typename T>
class [[nodiscard]] DatabaseResult
{
public:
    DatabaseResult(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    DatabaseResult(DatabaseError error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    T& operator*() { return std::get<0>(m_state); }
    const T& operator*() const { return std::get<0>(m_state); }
    T* operator->() { return &std::get<0>(m_state); }
    const T* operator->() const { return &std::get<0>(m_state); }
    const DatabaseError& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, DatabaseError> m_state;
};

using DatabaseOutcome = DatabaseResult<std::monostate>;

/// Ends the function with the error of `action`, if it has one.
#define VIGIE_TRY(...)                                 \
    if (DatabaseOutcome tried = (__VA_ARGS__); !tried) \
        return tried.error();

/// A prepared statement. Bind from position 1, step, read columns from 0. Text is UTF-8. Bound data must live until the statement
/// is reset.
class Statement
{
public:
    Statement() = default;

    bool isPrepared() const { return m_statement != nullptr; }
    void bind(int position, std::int64_t value);
    void bind(int position, std::string_view text);
    void bindBlob(int position, std::string_view bytes);
    void bindNull(int position);

    /// True: a row is available. False: done.
    DatabaseResult<bool> step();
    /// Runs a statement without result rows, and resets it.
    DatabaseOutcome run();
    /// Releases the row and its locks. Bindings remain.
    void reset();
    /// Steps, for answers of which a part is worth having: a row that cannot be read ends them.
    bool hasRow();

    std::int64_t integer(int column) const;
    /// Text or blob. Valid until the next step or reset.
    std::string_view bytes(int column) const;
    bool isNull(int column) const;

private:
    friend class Database;
    struct Finalize
    {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : m_statement(statement) {}
    DatabaseError error() const;

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// Lets go of a statement's locks at the end of a block.
struct ResetAtEnd
{
    Statement& statement;
    ~ResetAtEnd() { statement.reset(); }
};

/// One connection to an SQLite file. One thread at a time.
class Database
{
public:
    enum class Access {
        ReadWrite,
        ReadOnly, ///< SQLite may create its own files beside the database
        Look, ///< changes no file; a writer that starts meanwhile may corrupt what is read
    };

    Database() = default;

    /// Opens `path`. ReadWrite creates the file if it is missing, in WAL mode. A reader never blocks a writer.
    static DatabaseResult<Database> open(const QString& path, Access access);

    bool isOpen() const { return m_connection != nullptr; }
    /// Runs statements without result rows, separated by semicolons.
    DatabaseOutcome run(const char* sql);
    DatabaseResult<Statement> prepare(std::string_view sql);
    /// Prepares each statement from its text, up to the first that cannot be.
    DatabaseOutcome prepare(std::initializer_list<std::pair<Statement*, std::string>> statements);
    /// Makes what `change` does one transaction. Undone as a whole when it fails: SQLite may have done so by itself.
    DatabaseOutcome transact(const std::function<DatabaseOutcome()>& change);
    /// The single number that `sql` returns; 0 if it returns no row.
    DatabaseResult<std::int64_t> number(std::string_view sql);
    /// Aborts the running statement, if any, with an error. Any thread, while the connection is open.
    void interrupt() const;
    /// Whether the file was opened with ReadWrite but is only readable: SQLite then opens it read-only.
    bool isReadOnly() const;
    /// Whether the path no longer leads to the open file: it was removed, or another disk was mounted over it.
    bool hasMoved() const;
    /// Number of rows that the last statement changed.
    int changes() const;

    /// Migrates the file to the newest schema. `steps[i]` leads from version i to i + 1, each in its own transaction. The version
    /// is stored as `user_version`. A null step belongs to the next: no file is left between the two. A file with a later version
    /// gives Newer.
    template <std::size_t N>
    DatabaseOutcome migrate(const char* const (&steps)[N])
    {
        return migrate(steps, static_cast<int>(N));
    }

private:
    struct Close
    {
        void operator()(sqlite3* connection) const;
    };
    DatabaseError error() const;
    /// `asIfAlone`: for Look, ignores the shared memory of a writer.
    static DatabaseResult<Database> open(const QString& path, Access access, bool asIfAlone);
    DatabaseOutcome migrate(const char* const* steps, int count);

    std::unique_ptr<sqlite3, Close> m_connection;
};

} // namespace vigie
