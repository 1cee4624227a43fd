// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/logs/storedlogs.h"

#include <QObject>
#include <cstdint>
#include <memory>
#include <optional>
#include <map>
#include <string>

class QListView;

namespace vigie {

/// Brings stored entries into the log list: before the live ones when it is scrolled up, or around any time in the
/// past, and then in both directions. Who is away from the present sees no live entries until comeBack(). GUI thread.
class LogBrowser : public QObject
{
    Q_OBJECT

public:
    LogBrowser(LogModel& model, QListView& list, QObject* parent = nullptr);

    /// Where stored entries come from; null: nothing is kept. Must outlive this.
    void setHistory(History* history);
    bool hasHistory() const { return m_stored != nullptr; }

    /// The time in the past that is shown; none: the present is.
    std::optional<qint64> place() const { return m_placeMs; }
    bool isAway() const { return m_placeMs.has_value(); }
    /// Whether an answer is on its way.
    bool isLoading() const { return m_loadsOlder || m_loadsNewer; }

    /// Shows the entries around a time, ms since the epoch.
    void goTo(qint64 timeMs);
    /// Back to the present, with an empty list.
    void comeBack();
    /// The model has another choice: what was brought for the old one is of no use.
    void choiceChanged();
    /// The model knows of more applications: they may have entries stored.
    void applicationsAdded();
    /// The store was opened, and its entries may have other numbers than the model's: all comes from there anew.
    void reload();
    /// Of these applications the entries up to that place are gone: from the list, and from answers that are on their way.
    void forget(const std::map<std::string, std::uint64_t>& cleared);
    /// Brings older entries while the list does not fill its view.
    void fill();
    /// Brings no more until the choice changes: the list was emptied by hand.
    void hold();

Q_SIGNALS:
    /// Entries came, or the place is another one.
    void changed();

private:
    void scrolled();
    void begin();
    void noteFirst();
    std::vector<LogEntryRef> beforeHeld(const std::vector<LogEntryRef>& entries) const;
    void loadOlder();
    bool isFull() const;
    void makeRoom();
    void forgetStored();
    void loadNewer();
    void takeOlder(const std::vector<LogEntryRef>& entries);
    void takeNewer(const std::vector<LogEntryRef>& entries);
    void showPlace();
    bool isShort() const;

    LogModel& m_model;
    QListView& m_list;
    std::unique_ptr<StoredLogs> m_stored;
    std::optional<qint64> m_placeMs;
    quint64 m_firstNumber = 0; ///< of the model when entries were last put in front
    std::size_t m_brought = 0; ///< of the model's oldest, how many were put in front of the live ones
    bool m_hasBegun = false; ///< m_stored knows where to go on
    bool m_isHeld = false;
    bool m_isChanging = false; ///< the list moves by our doing
    bool m_loadsOlder = false;
    bool m_loadsNewer = false;
    bool m_mustShowPlace = false;
    bool m_lostOldest = false; ///< the model had to let go of what m_stored goes on from
    bool m_lostNewest = false;
    bool m_didNotFit = false; ///< beside the live entries
};

} // namespace vigie
