// SPDX-License-Identifier: GPL-3.0-or-later
// LogPanel's time: the stretch, the moment or the present that it shows.
#include "gui/logs/logpanel.h"

#include "gui/logs/logactions.h"
#include "gui/logs/logbrowser.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/loglist.h"
#include "gui/logs/timedialog.h"

#include <QDateTime>

namespace vigie {

void LogPanel::showStretch(qint64 fromMs, qint64 toMs)
{
    if (!m_browser->hasHistory() || (m_stretch && m_stretch->fromMs == fromMs && m_stretch->toMs == toMs))
        return;
    m_stretch = {fromMs, toMs};
    m_stretchTimer.start();
}

void LogPanel::applyStretch()
{
    m_stretchTimer.stop();
    if (!m_stretch)
        return;
    setFollowing(false);
    m_model->setChoice(currentChoice());
    m_browser->goTo(m_stretch->toMs, LogBrowser::Mark::None);
}

void LogPanel::goTo(qint64 timeMs)
{
    if (!m_browser->hasHistory())
        return;
    if (m_stretch && (timeMs < m_stretch->fromMs || timeMs > m_stretch->toMs))
        m_stretch.reset();
    m_stretchTimer.stop();
    setFollowing(false);
    m_model->setChoice(currentChoice());
    m_browser->goTo(timeMs);
}

void LogPanel::showEntry(const LogEntryRef& entry)
{
    setViewFilter({});
    m_details->show(entry);
    m_actions->showDetails->setChecked(true);
    const qint64 timeMs = entry.batch->timestampMs(entry.index);
    m_awaited = entry;
    goTo(timeMs);
    Q_EMIT momentWanted(timeMs);
    chooseAwaited();
}

void LogPanel::chooseAwaited()
{
    if (!m_awaited)
        return;
    for (int row = m_model->rowCount(); row-- > 0;) {
        const LogEntryRef& held = m_model->entry(row);
        if (held.sequence() != m_awaited->sequence() || held.batch->appId() != m_awaited->batch->appId())
            continue;
        m_awaited.reset();
        m_list->setCurrentIndex(m_model->index(row));
        return;
    }
}

void LogPanel::toPresent()
{
    m_stretchTimer.stop();
    m_stretch.reset();
    m_model->setChoice(currentChoice());
    setFollowing(true);
}

void LogPanel::toOldest()
{
    if (m_browser->hasHistory() && !m_stretch)
        return goTo(0);
    setFollowing(false);
    m_list->scrollToTop();
}

void LogPanel::toNewest()
{
    if (!m_browser->isAway())
        setFollowing(true);
    else if (m_stretch)
        m_list->scrollToBottom();
    else
        toPresent();
}

void LogPanel::askForTime()
{
    qint64 timeMs = QDateTime::currentMSecsSinceEpoch();
    if (const QModelIndex chosen = m_list->currentIndex(); chosen.isValid()) {
        const LogEntryRef& entry = m_model->entry(chosen.row());
        timeMs = entry.batch->timestampMs(entry.index);
    }
    auto* dialog = new TimeDialog(timeMs, this);
    connect(dialog, &TimeDialog::chosen, this, [this](qint64 chosenMs) {
        goTo(chosenMs);
        Q_EMIT momentWanted(chosenMs);
    });
    dialog->open();
}

} // namespace vigie
