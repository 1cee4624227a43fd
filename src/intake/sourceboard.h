// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcestate.h"

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigie {

class SourceAccount;

/// What is known of every source of entries, for those who look: each source writes by a SourceAccount, once a batch, and readers
/// copy all of it. Costs nothing while nobody does either. Any thread.
class SourceBoard
{
public:
    static constexpr std::size_t maxSources = 1'000; ///< beyond, the one that has ended longest ago is forgotten
    static constexpr std::size_t maxReasons = 16; ///< a source; beyond, they are counted under "other"

    SourceBoard();
    ~SourceBoard();

    /// The account of the source with `state.id`. What is known of an earlier source of that id, such as its entries and notes,
    /// stays, and is gone on with. The board must outlive it.
    SourceAccount open(SourceState state);
    /// `told` is called, on the thread of the source, when something is refused or lost; then not again before awaitRefusal(). It must
    /// be quick and ask nothing of the board. Null: nobody is told; when this returns, nobody is any more.
    void setRefusalWatcher(std::function<void()> told);
    /// The next one is to be told again.
    void awaitRefusal();
    /// Those that are open, and the newest that have ended; by kind and name.
    std::vector<SourceState> sources() const;

private:
    friend class SourceAccount;

    struct Record
    {
        SourceState state;
        int accounts = 0;
    };
    using Records = std::list<Record>;

    void forgetSome();

    mutable std::mutex m_mutex;
    std::function<void()> m_told; // called with the mutex held: it may go at any other time
    bool m_awaitsRefusal = true;
    Records m_records; // those that changed their standing last come last
    std::unordered_map<std::string, Records::iterator> m_byId;
};

/// A source's own entry on the board. It is closed by the end of it: the source is then shown as ended. Any thread, one at a time.
class SourceAccount
{
public:
    SourceAccount() = default;
    SourceAccount(SourceAccount&& other) noexcept;
    SourceAccount& operator=(SourceAccount&& other) noexcept;
    ~SourceAccount() { close(); }

    // On one that was not opened, or was closed, these do nothing.

    void setStatus(SourceStatus status, std::string problem = {});
    void setFormat(std::string format);
    void setDetail(std::string detail);
    void setLagBytes(std::uint64_t bytes);
    /// Entries came: `timeMs` is the last one's own time, `nowMs` when it came.
    void add(std::uint64_t entries, const std::string& appId, std::int64_t timeMs, std::int64_t nowMs);
    void note(SourceNote::Kind kind, std::string_view reason, std::uint64_t count, std::int64_t nowMs, std::string_view example = {});
    void close();

    bool isOpen() const { return m_board != nullptr; }

private:
    friend class SourceBoard;
    SourceAccount(SourceBoard& board, SourceBoard::Records::iterator record) : m_board(&board), m_record(record) {}

    SourceBoard* m_board = nullptr;
    SourceBoard::Records::iterator m_record;
};

} // namespace vigie
