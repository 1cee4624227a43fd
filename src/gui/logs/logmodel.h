// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "core/logchoice.h"

#include <QAbstractListModel>
#include <QStringList>
#include <deque>
#include <set>

namespace vigie {

/// The newest log entries, oldest first, filtered by a choice. Bounded in entries and in bytes. Shares the entries with the rest
/// of the program, without copies. GUI thread.
class LogModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr std::size_t maximumEntries = 20000;
    static constexpr std::size_t maximumBytes = 64 * 1024 * 1024;
    /// The longest part of a message drawn in the list; the details show the rest.
    static constexpr std::size_t shownBytes = 2'000;

    explicit LogModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole: the message as displayed. AccessibleTextRole: the whole line and the sender.
    QVariant data(const QModelIndex& index, int role) const override;

    const LogEntryRef& entry(int row) const;
    /// The row of an entry, or −1.
    int rowOf(const LogEntryRef& entry) const;

    void append(const std::vector<LogEntryRef>& entries);
    /// How many of these entries, counted from the newest, still fit.
    std::size_t fitting(const std::vector<LogEntryRef>& entries) const;
    /// Adds older entries at the front. Beyond the bounds, evicts the newest.
    void prepend(const std::vector<LogEntryRef>& entries);
    /// Removes the `count` oldest entries.
    void removeOldest(std::size_t count);
    /// Adds applications that are known from elsewhere.
    void addApplications(const QStringList& applications);
    /// One of them is gone, with its entries.
    void removeApplication(const std::string& appId);
    void forget(const std::string& appId);
    void clear();
    void setChoice(LogChoice choice);
    const LogChoice& choice() const { return m_matcher.choice(); }

    /// The number of the oldest entry held. Numbers increase by one for each entry.
    quint64 firstNumber() const { return m_firstNumber; }
    const std::deque<LogEntryRef>& entries() const { return m_entries; } ///< all entries held, shown or not, oldest first
    /// Number of entries held, shown or not.
    std::size_t heldCount() const { return m_entries.size(); }
    /// Applications seen since the start, sorted.
    QStringList applications() const { return m_applications; }

Q_SIGNALS:
    void applicationsChanged();

private:
    void chooseAgain();
    void trim();
    void see(const std::string& appId);
    void showSeen();

    std::deque<LogEntryRef> m_entries;
    quint64 m_firstNumber =
        quint64(1) << 62;  // number of m_entries.front(); starts in the middle to leave room before it
    std::deque<quint64> m_rows; // the numbers of the entries that match
    std::size_t m_bytes = 0;
    LogMatcher m_matcher;
    std::set<std::string, std::less<>> m_seen;
    bool m_sawNew = false;
    QStringList m_applications;
};

} // namespace vigie
