// SPDX-License-Identifier: GPL-3.0-or-later
// What the log panel says of the entries: how many there are, how many of these are shown, and why there may be none.
#include "core/names.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logbrowser.h"
#include "gui/logs/levelsmenu.h"
#include "gui/logs/logfilters.h"
#include "gui/logs/loglist.h"
#include "gui/logs/logpanel.h"
#include "gui/logs/storedcounts.h"
#include "gui/widgets/daytext.h"
#include "ui_logpanel.h"

#include <QDateTime>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <limits>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// Counts choose a plural's form.
int formOf(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

std::uint64_t sumOf(const LevelCounts& counts, LevelsMenu::Levels levels)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
        sum += levels.test(i) ? counts[i] : 0;
    return sum;
}

/// A minute, with its day if that is not today: "30 Nov, 09:00".
QString minuteText(std::int64_t timeMs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
    const QDate today = QDate::currentDate();
    const QString clock = time.time().toString(u"HH:mm"_s);
    return time.date() == today ? clock : dayText(time.date(), today, QLocale()) + u", "_s + clock;
}

} // namespace

QString LogPanel::countText() const
{
    const QLocale locale;
    const auto rows = static_cast<std::uint64_t>(m_model->rowCount());
    const LogChoice& choice = m_model->choice();
    const std::optional<LevelCounts> stored = m_counts->of(choice.appId);
    if (!m_browser->hasHistory()) {
        // The model holds all there is.
        const int held = formOf(m_model->heldCount());
        return held == 0                  ? QString()
            : rows == m_model->heldCount() ? tr("%Ln entry(ies)", nullptr, held)
                                           : tr("%1 of %Ln entry(ies)", nullptr, held).arg(locale.toString(qulonglong(rows)));
    }
    const std::uint64_t total = stored ? sumOf(*stored, LevelsMenu::Levels().set()) : 0;
    if (total == 0 && (stored || choice.isByLevelOnly()))
        return {};
    // Vigie stores nothing of a log file.
    const bool isFile = choice.appId.starts_with(filePrefix);
    const auto ofStored = [&](std::uint64_t count) {
        if (isFile)
            return tr("%1 of %Ln entry(ies) in this file", nullptr, formOf(total)).arg(locale.toString(qulonglong(count)));
        return tr("%1 of %Ln stored entry(ies)", nullptr, formOf(total)).arg(locale.toString(qulonglong(count)));
    };
    if (choice.takesAll())
        return isFile ? tr("%Ln entry(ies) in this file", nullptr, formOf(total))
                      : tr("%Ln stored entry(ies)", nullptr, formOf(total));
    if (choice.isByLevelOnly())
        return ofStored(sumOf(*stored, choice.severities));
    if (m_browser->hasAll())
        return stored ? ofStored(rows) : tr("%Ln entry(ies)", nullptr, formOf(rows));
    const QString found = tr("%Ln found so far", nullptr, formOf(rows));
    if (m_model->rowCount() == 0)
        return found;
    const LogEntryRef& oldest = m_model->entry(0);
    return tr("%1, back to %2", "120 found so far, back to 30 Nov, 09:00").arg(found, minuteText(oldest.batch->timestampMs(oldest.index)));
}

void LogPanel::showCounts()
{
    m_ui->countLabel->setText(countText());
    showNarrowCount();
    m_ui->skippedLabel->setVisible(m_skipped > 0);
    if (m_skipped > 0) {
        const int skipped = formOf(m_skipped);
        m_ui->skippedLabel->setText(m_browser->hasHistory()
                                        ? tr("%Ln entry(ies) skipped on screen (the history has them all)", nullptr, skipped)
                                        : tr("%Ln entry(ies) skipped on screen", nullptr, skipped));
    }
    m_ui->levelsButton->setText(m_actions->levelsMenu->summary());
    m_stack->setCurrentIndex(m_model->heldCount() == 0 && !m_browser->isAway() && m_model->applications().isEmpty() ? 0 : 1);
    showNothing();
    showNewCount();
}

void LogPanel::showNewCount()
{
    // Entries in view are not new.
    if (m_newCount > 0 && m_list->isVisible() && m_list->showsNewest())
        m_newCount = 0;
    m_newEntriesButton->setVisible(!m_browser->isAway() && !m_following && m_newCount > 0);
    if (m_newCount > 0)
        m_newEntriesButton->setText(tr("%Ln new entry(ies)", nullptr, m_newCount));
}

void LogPanel::showNarrowCount()
{
    m_ui->narrowCountLabel->setText(m_ui->countLabel->text());
    m_ui->narrowCountLabel->setVisible(m_ui->narrowRow->indexOf(m_ui->searchEdit) >= 0);
}

void LogPanel::showNothing()
{
    m_nothing->setVisible(m_model->rowCount() == 0 && m_stack->currentIndex() == 1);
    const bool isFiltered = m_filters->choice() != LogChoice();
    m_nothingLabel->setText(m_browser->isLoading() ? tr("Looking for entries…")
                            : isFiltered           ? tr("No entry passes the filters.")
                            : m_stretch            ? tr("There are no entries in this stretch.")
                                                   : tr("There are no entries."));
    m_nothingButton->setVisible(isFiltered);
}

void LogPanel::showLevelCounts()
{
    const std::string& appId = m_filters->choice().appId;
    if (m_browser->hasHistory())
        return m_actions->levelsMenu->setCounts(m_counts->of(appId));
    LevelCounts held{};
    for (const LogEntryRef& entry : m_model->entries()) {
        if (appId.empty() || entry.batch->appId() == appId)
            ++held[static_cast<std::size_t>(entry.batch->severity(entry.index))];
    }
    m_actions->levelsMenu->setCounts(held);
}

} // namespace vigie
