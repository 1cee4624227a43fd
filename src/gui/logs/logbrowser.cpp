// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logbrowser.h"

#include "gui/logs/loglist.h"

#include <QDateTime>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <algorithm>

namespace vigie {

namespace {

std::int64_t timeOf(const LogEntryRef& entry)
{
    return entry.batch->timestampMs(entry.index);
}

} // namespace

LogBrowser::LogBrowser(LogModel& model, LogList& list, QObject* parent) : QObject(parent), m_model(model), m_list(list)
{
    m_firstNumber = m_model.firstNumber();
    QScrollBar* const bar = m_list.verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, &LogBrowser::scrolled);
    // At an end of the list the wheel moves nothing, but asks for what comes behind it.
    connect(bar, &QScrollBar::actionTriggered, this, [this, bar] {
        if (bar->sliderPosition() == bar->value())
            scrolled();
    });
}

void LogBrowser::setHistory(History* history)
{
    m_stored = history ? std::make_unique<StoredLogs>(*history) : nullptr;
    if (!m_stored)
        return;
    connect(m_stored.get(), &StoredLogs::olderFound, this, &LogBrowser::takeOlder);
    connect(m_stored.get(), &StoredLogs::newerFound, this, &LogBrowser::takeNewer);
    fill();
}

void LogBrowser::scrolled()
{
    // Only scrolling by the user requests more.
    if (m_isChanging)
        return;
    const QScrollBar* const bar = m_list.verticalScrollBar();
    const int nearRows = 6 * m_list.fontMetrics().height();
    if (bar->value() <= bar->minimum() + nearRows) {
        // Live and older entries together do not fit, so show the past alone.
        if (m_stored && !m_loadsOlder && !m_isHeld && m_model.heldCount() > 0 && (m_lostOldest || (!isAway() && isFull())))
            return goTo(timeOf(m_model.entries().front()));
        loadOlder();
    }
    if (isAway() && bar->value() >= bar->maximum() - nearRows)
        loadNewer();
}

/// Stored entries continue before the oldest held entry of each application.
void LogBrowser::begin()
{
    std::map<std::string, std::optional<std::uint64_t>> places;
    for (const QString& application : m_model.applications())
        places.try_emplace(application.toStdString());
    for (const LogEntryRef& entry : m_model.entries()) {
        auto& place = places[entry.batch->appId()];
        if (!place)
            place = entry.sequence();
    }
    const std::int64_t timeMs = m_model.heldCount() > 0 ? timeOf(m_model.entries().front()) : QDateTime::currentMSecsSinceEpoch();
    m_stored->startBefore(places, timeMs, m_model.choice());
    m_hasBegun = true;
    m_loadsOlder = m_loadsNewer = false;
    noteFirst();
}

/// Entries that the model evicted from its front were loaded ones, as these come first.
void LogBrowser::noteFirst()
{
    m_brought -= std::min<std::size_t>(m_brought, m_model.firstNumber() - m_firstNumber);
    m_firstNumber = m_model.firstNumber();
}

void LogBrowser::applicationsAdded()
{
    if (!isAway())
        m_hasBegun = false;
    fill();
}

void LogBrowser::reload()
{
    m_isHeld = false;
    if (isAway())
        return goTo(*m_placeMs);
    m_model.clear();
    forgetStored();
    Q_EMIT changed();
    fill();
}

void LogBrowser::forget(const std::map<std::string, std::uint64_t>& cleared)
{
    if (!isAway()) {
        noteFirst();
        m_model.removeOldest(m_brought);
    }
    for (const auto& [appId, upToSequence] : cleared) {
        m_model.forget(appId);
        if (m_stored)
            m_stored->forget(appId, upToSequence);
    }
    if (isAway() && !m_isHeld) {
        const QModelIndex top = m_list.indexAt({1, 1});
        return goTo(top.isValid() ? timeOf(m_model.entry(top.row())) : *m_placeMs);
    }
    forgetStored();
    fill();
}

void LogBrowser::loadOlder()
{
    if (!m_stored || m_loadsOlder || m_isHeld)
        return;
    if (m_lostOldest || (!isAway() && isFull()))
        return;
    // Live entries may have evicted loaded ones.
    if (!isAway() && (!m_hasBegun || m_model.firstNumber() != m_firstNumber))
        begin();
    if (!m_stored->hasOlder())
        return;
    m_loadsOlder = true;
    m_stored->older();
}

bool LogBrowser::hasAll() const
{
    if (!m_stored || !m_hasBegun || m_isHeld || isLoading() || m_lostOldest || m_lostNewest || m_didNotFit)
        return false;
    return !m_stored->hasOlder() && (!isAway() || m_reachedNewest);
}

bool LogBrowser::isFull() const
{
    return m_didNotFit || m_model.heldCount() + StoredLogs::pageEntries > LogModel::maximumEntries;
}

void LogBrowser::loadNewer()
{
    if (!m_stored || m_loadsNewer || m_isHeld)
        return;
    if (m_lostNewest && m_model.heldCount() > 0)
        return goTo(timeOf(m_model.entries().back()));
    m_loadsNewer = true;
    m_stored->newer();
}

/// Entries that arrived live during the query are in its answer, too: leave them out.
std::vector<LogEntryRef> LogBrowser::beforeHeld(const std::vector<LogEntryRef>& entries) const
{
    std::map<std::string, std::uint64_t> least;
    for (const LogEntryRef& held : m_model.entries()) {
        const auto [first, isNew] = least.try_emplace(held.batch->appId(), held.sequence());
        if (!isNew)
            first->second = std::min(first->second, held.sequence());
    }
    std::vector<LogEntryRef> before = entries;
    std::erase_if(before, [&](const LogEntryRef& entry) {
        const auto held = least.find(entry.batch->appId());
        return held != least.end() && entry.sequence() >= held->second;
    });
    return before;
}

void LogBrowser::takeOlder(const std::vector<LogEntryRef>& found)
{
    m_loadsOlder = false;
    const std::vector<LogEntryRef> entries = isAway() ? found : beforeHeld(found);
    const QScopedValueRollback changing(m_isChanging, true);
    const LogList::Anchor anchor = m_list.anchor();
    const std::size_t before = m_model.heldCount();
    const bool wasShort = m_list.isShort();
    if (isAway()) {
        m_model.prepend(entries);
    } else {
        // Keep the live entries.
        const std::size_t fitting = m_model.fitting(entries);
        m_didNotFit = fitting < entries.size();
        m_model.prepend({entries.end() - static_cast<std::ptrdiff_t>(fitting), entries.end()});
        m_brought += fitting;
    }
    m_firstNumber = m_model.firstNumber();
    m_lostNewest = isAway() && (m_lostNewest || m_model.heldCount() < before + entries.size());
    if (m_mustShowPlace) {
        showPlace();
    } else if (wasShort && (!isAway() || m_mark == Mark::None)) {
        m_list.scrollToBottom();
    } else {
        m_list.restore(anchor); // what the user is reading stays in place
    }
    Q_EMIT changed();
    fill();
}

void LogBrowser::takeNewer(const std::vector<LogEntryRef>& entries)
{
    m_loadsNewer = false;
    m_reachedNewest = entries.empty();
    const QScopedValueRollback changing(m_isChanging, true);
    const LogList::Anchor anchor = m_list.anchor();
    const std::size_t before = m_model.heldCount();
    m_model.append(entries);
    m_lostOldest = m_lostOldest || m_model.heldCount() < before + entries.size();
    if (m_mustShowPlace) {
        showPlace();
    } else if (m_lostOldest) {
        m_list.restore(anchor);
    }
    Q_EMIT changed();
    fill();
}

/// Centres the last entry at or before the requested time, or else the first after it.
void LogBrowser::showPlace()
{
    if (m_loadsOlder || m_loadsNewer)
        return;
    m_mustShowPlace = false;
    if (m_model.rowCount() == 0)
        return;
    int low = 0;
    int high = m_model.rowCount();
    while (low < high) {
        const int middle = (low + high) / 2;
        if (timeOf(m_model.entry(middle)) <= *m_placeMs)
            low = middle + 1;
        else
            high = middle;
    }
    const QModelIndex index = m_model.index(std::max(0, low - 1));
    m_list.doItemsLayout();
    if (m_mark == Mark::None)
        return m_list.scrollToBottom();
    m_list.scrollTo(index, QAbstractItemView::PositionAtCenter);
    m_list.selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
}

void LogBrowser::goTo(qint64 timeMs, Mark mark)
{
    if (!m_stored)
        return;
    m_placeMs = timeMs;
    m_mark = mark;
    m_reachedNewest = false;
    const QScopedValueRollback changing(m_isChanging, true);
    m_model.clear();
    m_stored->startAt(m_model.applications(), timeMs, m_model.choice());
    m_hasBegun = true;
    m_isHeld = m_lostOldest = m_lostNewest = m_didNotFit = false;
    m_brought = 0;
    m_mustShowPlace = m_loadsOlder = m_loadsNewer = true;
    Q_EMIT changed();
    m_stored->older();
    m_stored->newer();
}

void LogBrowser::comeBack()
{
    m_placeMs.reset();
    m_model.clear();
    forgetStored();
    m_isHeld = false;
    Q_EMIT changed();
}

/// Pending answers belong to the previous view.
void LogBrowser::forgetStored()
{
    if (m_stored)
        m_stored->stop();
    m_hasBegun = m_mustShowPlace = m_loadsOlder = m_loadsNewer = m_lostOldest = m_lostNewest = m_didNotFit = false;
    m_brought = 0;
    m_firstNumber = m_model.firstNumber();
}

void LogBrowser::choiceChanged()
{
    m_isHeld = false;
    if (isAway())
        return goTo(*m_placeMs, m_mark);
    noteFirst();
    m_model.removeOldest(m_brought);
    forgetStored();
    fill();
}

void LogBrowser::fill()
{
    if (isAway())
        fillBelow();
    if (!m_list.isShort())
        return;
    makeRoom();
    loadOlder();
}

/// A page of newer entries may be as short as one: a list that it does not fill cannot be scrolled to ask for the next.
void LogBrowser::fillBelow()
{
    if (m_mustShowPlace || m_reachedNewest || m_lostNewest)
        return;
    m_list.doItemsLayout(); // the bar's range
    if (m_list.isShort() || m_list.verticalScrollBar()->value() >= m_list.verticalScrollBar()->maximum())
        loadNewer();
}

/// If few of many live entries match, evicts the oldest live ones. The matching ones among them are then loaded from the store,
/// together with older ones.
void LogBrowser::makeRoom()
{
    if (!m_stored || m_loadsOlder || m_isHeld || isAway() || !isFull())
        return;
    noteFirst();
    if (m_brought > 0)
        return;
    m_model.removeOldest(2 * StoredLogs::pageEntries);
    forgetStored();
}

void LogBrowser::hold()
{
    m_isHeld = true;
    forgetStored();
}

} // namespace vigie
