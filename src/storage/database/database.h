// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <cstdint>
#include <memory>
#include <string_view>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace vigie {

/// What went wrong with a database, as far as it matters to what is done about it.
enum class DatabaseFault {
    DiskFull,
    ReadOnly, ///< the file, its folder or the whole disk cannot be written
    Corrupt, ///< or no database at all
    Newer, ///< written by a later Vigie
    Other
};

/// Why a database action failed.
struct DatabaseError
{
    DatabaseFault fault = DatabaseFault::Other;
    QString message; ///< in SQLite's words
};

/// A value, or why there is none.
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

/// One prepared statement. Bind by position from 1, step, read columns from 0. Texts are UTF-8; what is bound
/// must live until the statement is reset.
class Statement
{
public:
    Statement() = default;

    void bind(int position, std::int64_t value);
    void bind(int position, std::string_view text);
    void bindBlob(int position, std::string_view bytes);
    void bindNull(int position);

    /// True: there is a row to read. False: done.
    DatabaseResult<bool> step();
    /// Steps a statement that gives no rows, and resets it.
    DatabaseOutcome run();
    /// Lets go of the row and of locks; what was bound stays.
    void reset();

    std::int64_t integer(int column) const;
    /// Text or blob; valid until the next step or reset.
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

/// One connection to an SQLite file. One thread at a time.
class Database
{
public:
    enum class Access {
        ReadWrite,
        ReadOnly, ///< SQLite may make its own files beside it
        Look, ///< reads and leaves every file as it is; a writer that begins meanwhile may spoil what is read
    };

    Database() = default;

    /// Opens `path`; with ReadWrite makes it when it is not there, in WAL mode. A reader never blocks a writer.
    static DatabaseResult<Database> open(const QString& path, Access access);

    bool isOpen() const { return m_connection != nullptr; }
    /// Runs statements that give no rows, parted by semicolons.
    DatabaseOutcome run(const char* sql);
    DatabaseResult<Statement> prepare(std::string_view sql);
    /// The one number that `sql` gives; 0 when it gives none.
    DatabaseResult<std::int64_t> number(std::string_view sql);
    /// Ends the statement that runs, if any, with an error. Any thread, while the connection is open.
    void interrupt() const;
    /// Whether it was opened for writing and only gave its rows: SQLite then opens the file as far as it may.
    bool isReadOnly() const;
    /// Whether the file is no longer what its path leads to: it was removed, or another disk was mounted over it.
    bool hasMoved() const;
    /// Rows that the last statement changed.
    int changes() const;

    /// Brings the file to the newest schema: `steps[i]` leads from version i to i + 1, each in a transaction of
    /// its own. The version is kept as `user_version`. A file that is further already gives Newer.
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
    /// `asIfAlone`: for Look, without what a writer shares.
    static DatabaseResult<Database> open(const QString& path, Access access, bool asIfAlone);
    DatabaseOutcome migrate(const char* const* steps, int count);

    std::unique_ptr<sqlite3, Close> m_connection;
};

} // namespace vigie
