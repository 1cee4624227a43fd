// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/logs/storedlogs.h"

#include <QObject>
#include <cstdint>
#include <memory>
#include <optional>
#include <map>
#include <string>

namespace vigie {

class LogList;

/// Loads stored entries into the log list: older ones when it is scrolled up, or those around a time in the past, and then in
/// both directions. While it shows the past, no live entries appear until comeBack(). GUI thread.
class LogBrowser : public QObject
{
    Q_OBJECT

public:
    LogBrowser(LogModel& model, LogList& list, QObject* parent = nullptr);

    /// The source of stored entries; null: nothing is stored. Must outlive this.
    void setHistory(History* history);
    bool hasHistory() const { return m_stored != nullptr; }

    /// The time in the past that is shown; none: the present.
    std::optional<qint64> place() const { return m_placeMs; }
    bool isAway() const { return m_placeMs.has_value(); }
    /// Whether all stored entries that match are in the list.
    bool hasAll() const;
    /// Whether a request is pending.
    bool isLoading() const { return m_loadsOlder || m_loadsNewer; }

    /// Shows the entries around a time, ms since the epoch, and chooses the last at or before it; with Mark::None it chooses none
    /// and leaves the list at its end.
    enum class Mark { Entry, None };
    void goTo(qint64 timeMs, Mark mark = Mark::Entry);
    /// Returns to the present, with an empty list.
    void comeBack();
    /// The model's choice changed: discards what was loaded for the old one.
    void choiceChanged();
    /// The model has more applications, which may have stored entries.
    void applicationsAdded();
    /// The store was opened, so sequence numbers may have changed: reloads everything.
    void reload();
    /// Drops entries of these applications up to these sequence numbers from the list and from pending answers.
    void forget(const std::map<std::string, std::uint64_t>& cleared);
    /// Loads older entries until the list fills its view; in the past, newer ones as well.
    void fill();
    /// Loads nothing more until the choice changes: the user emptied the list.
    void hold();

Q_SIGNALS:
    /// Entries were loaded, or the shown time changed.
    void changed();

private:
    void scrolled();
    void begin();
    void noteFirst();
    std::vector<LogEntryRef> beforeHeld(const std::vector<LogEntryRef>& entries) const;
    void fillBelow();
    void loadOlder();
    bool isFull() const;
    void makeRoom();
    void forgetStored();
    void loadNewer();
    void takeOlder(const std::vector<LogEntryRef>& entries);
    void takeNewer(const std::vector<LogEntryRef>& entries);
    void showPlace();

    LogModel& m_model;
    LogList& m_list;
    std::unique_ptr<StoredLogs> m_stored;
    std::optional<qint64> m_placeMs;
    quint64 m_firstNumber = 0; ///< the model's first number when entries were last prepended
    std::size_t m_brought = 0; ///< number of the model's oldest entries that were loaded from the store, not live
    bool m_hasBegun = false; ///< m_stored has its starting positions
    bool m_isHeld = false;
    bool m_isChanging = false; ///< we are moving the list ourselves
    bool m_loadsOlder = false;
    bool m_loadsNewer = false;
    bool m_mustShowPlace = false;
    Mark m_mark = Mark::Entry;
    bool m_reachedNewest = false; ///< of the past: nothing newer matched when last asked
    bool m_lostOldest = false; ///< the model evicted the entries at which m_stored would continue
    bool m_lostNewest = false;
    bool m_didNotFit = false; ///< beside the live entries
};

} // namespace vigie
