// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logpanel.h"

#include "core/names.h"
#include "gui/logs/connecthint.h"
#include "gui/logs/filterchips.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logbrowser.h"
#include "gui/logs/logcommands.h"
#include "gui/logs/logdays.h"
#include "gui/logs/logdelegate.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logfilters.h"
#include "gui/logs/loglist.h"
#include "gui/logs/storedcounts.h"
#include "ui_logpanel.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int drainIntervalMs = 66;
// Below these widths, the panel's header hides less important parts.
constexpr int narrowWidth = 860;
constexpr int narrowestWidth = 700; // and details stand in place of the list

} // namespace

LogPanel::LogPanel(LogFeed& feed, QWidget* parent)
    : Card(parent), m_feed(feed), m_ui(std::make_unique<Ui::LogPanel>()), m_model(new LogModel(this)),
      m_days(new LogDays(*m_model, this)), m_delegate(new LogDelegate(*m_days, this)), m_list(new LogList),
      m_listArea(new QWidget), m_details(new LogDetails), m_splitter(new QSplitter), m_stack(new QStackedWidget),
      m_hint(new ConnectHint), m_nothing(new QWidget(m_listArea)), m_nothingLabel(new QLabel),
      m_nothingButton(new QPushButton), m_newEntriesButton(new QPushButton), m_actions(new LogActions(this)),
      m_chips(new FilterChips), m_counts(new StoredCounts([this] { return m_feed.isWaiting(); }, this)),
      m_browser(new LogBrowser(*m_model, *m_list, this))
{
    m_ui->setupUi(this);
    m_filters = new LogFilters({*m_ui->appBox, *m_actions->levelsMenu, *m_ui->searchEdit, *m_ui->problemLabel, *m_chips}, this);
    m_commands = new LogCommands({*m_actions, *m_filters, *m_model, *m_counts}, *this);
    m_ui->content->addWidget(m_chips);
    buildList();
    buildHint();
    buildNothing();
    placeActions();
    wire();
    m_actions->setIcons();
    retranslate();
    showDetails(false);
}

LogPanel::~LogPanel() = default;

void LogPanel::setUrl(const QString& url, bool othersNeedToken)
{
    m_hint->setUrl(url, othersNeedToken);
}

void LogPanel::setHistory(History* history)
{
    m_counts->setHistory(history);
    m_browser->setHistory(history);
    m_commands->setHistory(history);
    m_details->setShowsTraces(history);
    m_hint->setKeepsCharts(history);
    m_actions->goToTime->setEnabled(history);
    refreshCounts();
    showCounts();
}

History* LogPanel::history() const
{
    return m_commands->history();
}

QStringList LogPanel::applications() const
{
    QStringList all = m_model->applications();
    const QString chosen = chosenApplication();
    if (all.removeOne(chosen))
        all.prepend(chosen);
    return all;
}

QString LogPanel::chosenApplication() const
{
    return QString::fromStdString(m_filters->choice().appId);
}

void LogPanel::addApplications(const QStringList& applications)
{
    m_model->addApplications(applications);
    m_browser->applicationsAdded();
    m_counts->refresh(applications);
}

void LogPanel::refreshCounts()
{
    m_counts->refresh(m_model->applications());
}

void LogPanel::reload()
{
    if (!m_browser->hasHistory())
        return;
    // Pending entries are in the store.
    (void)m_feed.take();
    m_skipped = 0;
    m_newCount = 0;
    refreshCounts();
    m_browser->reload();
    showCounts();
}

void LogPanel::scheduleDrain()
{
    if (m_drainTimer.isActive() || !isVisible() || window()->isMinimized())
        return;
    const qint64 since = m_sinceDrain.isValid() ? m_sinceDrain.elapsed() : drainIntervalMs;
    m_drainTimer.start(static_cast<int>(std::max<qint64>(0, drainIntervalMs - since)));
}

void LogPanel::catchUp()
{
    scheduleDrain();
}

void LogPanel::drain()
{
    if (!isVisible() || window()->isMinimized())
        return;
    const auto forget = [this](const std::map<std::string, std::uint64_t>& cleared) {
        if (cleared.empty())
            return;
        for (const auto& [appId, upToSequence] : cleared)
            m_counts->forget(appId);
        m_browser->forget(cleared);
    };
    // Live entries wait while the past is shown, but cleared entries must go from it, too.
    if (m_browser->isAway())
        return forget(m_feed.takeCleared());
    const LogFeed::Drained drained = m_feed.take();
    m_skipped += drained.skipped;
    forget(drained.cleared);
    m_counts->add(drained.entries);
    if (drained.skipped > 0)
        m_counts->addUnseen();

    const LogList::Anchor anchor = m_list->anchor();
    int removed = 0;
    const auto counting =
        connect(m_model, &LogModel::rowsRemoved, this,
                [&](const QModelIndex&, int first, int last) { removed += last - first + 1; });
    const int before = m_model->rowCount();
    m_model->append(drained.entries);
    disconnect(counting);
    if (m_following) {
        m_list->scrollToBottom();
    } else {
        m_newCount += m_model->rowCount() + removed - before;
        if (removed > 0)
            m_list->restore(anchor);
    }
    showCounts();
    m_sinceDrain.start();
}

void LogPanel::setFollowing(bool following)
{
    m_following = following;
    m_actions->follow->setChecked(following);
    if (following && m_browser->isAway()) {
        m_browser->comeBack();
        drain();
        m_skipped = 0; // the list continues in the store without a gap
        m_browser->fill();
    }
    if (following) {
        m_newCount = 0;
        m_list->scrollToBottom();
    }
    showCounts();
}

const LogChoice& LogPanel::viewFilter() const
{
    return m_filters->choice();
}

void LogPanel::setViewFilter(const LogChoice& filter)
{
    m_filters->setChoice(filter);
}

void LogPanel::resetFilters()
{
    m_filters->reset();
}

const LogViewSettings& LogPanel::viewSettings() const
{
    return m_commands->settings();
}

void LogPanel::setViewSettings(const LogViewSettings& settings)
{
    m_commands->setSettings(settings);
}

void LogPanel::showViewSettings()
{
    const LogViewSettings& settings = m_commands->settings();
    m_delegate->setHighlights(settings.highlights);
    m_delegate->setWrapped(settings.wrapsLines);
    if (m_list->isWrapped() != settings.wrapsLines)
        m_list->setWrapped(settings.wrapsLines);
    m_list->viewport()->update();
    if (m_following)
        m_list->scrollToBottom();
}

LogChoice LogPanel::currentChoice() const
{
    LogChoice choice = m_filters->choice();
    if (m_stretch) {
        choice.fromMs = m_stretch->fromMs;
        choice.toMs = m_stretch->toMs;
    }
    return choice;
}

void LogPanel::applyChoice()
{
    LogChoice choice = currentChoice();
    m_delegate->setSearch({QString::fromStdString(choice.search), choice.isRegex});
    m_delegate->setApplicationShown(choice.appId.empty());
    // Of a log file that is open nothing is stored.
    m_actions->deleteStored->setEnabled(!choice.appId.empty() && !choice.appId.starts_with(filePrefix));

    const bool isNew = choice != m_model->choice();
    m_choosing = true;
    m_model->setChoice(std::move(choice));
    if (const auto chosen = m_details->entry()) {
        if (const int row = m_model->rowOf(*chosen); row >= 0)
            m_list->setCurrentIndex(m_model->index(row));
    }
    m_choosing = false;
    m_newCount = 0;
    if (isNew)
        m_browser->choiceChanged();
    if (m_following)
        m_list->scrollToBottom();
    m_list->viewport()->update();
    showCounts();
    if (isNew)
        Q_EMIT viewFilterChanged();
}

void LogPanel::find()
{
    if (m_details->isVisible() && m_details->isAncestorOf(window()->focusWidget()))
        return m_details->find();
    m_ui->searchEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->searchEdit->selectAll();
}

void LogPanel::clearView()
{
    m_model->clear();
    m_browser->hold();
    m_skipped = 0;
    m_newCount = 0;
    showCounts();
}

void LogPanel::showDetails(bool shown)
{
    const bool hadFocus = m_details->isVisible() && m_details->isAncestorOf(window()->focusWidget());
    m_details->setVisible(shown);
    arrangeDetails();
    if (hadFocus && !shown)
        m_list->setFocus(Qt::OtherFocusReason);
    if (shown && m_list->currentIndex().isValid())
        m_list->scrollTo(m_list->currentIndex());
}

void LogPanel::arrangeDetails()
{
    const bool isInPlace = width() < narrowestWidth;
    m_details->setInPlace(isInPlace);
    m_listArea->setVisible(!isInPlace || m_details->isHidden());
}

void LogPanel::chooseRow(const QModelIndex& index)
{
    if (!index.isValid() || m_choosing)
        return;
    m_awaited.reset(); // the reader has chosen another
    m_details->show(m_model->entry(index.row()));
    m_actions->copyEntry->setEnabled(true);
    // A reader does not want the entry to scroll away.
    setFollowing(false);
}

void LogPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange) {
        m_actions->setIcons();
        m_filters->setIcons();
    } else if (event->type() == QEvent::FontChange)
        setListFont();
    Card::changeEvent(event);
}

void LogPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_details->isVisible())
        m_actions->showDetails->setChecked(false);
    else
        Card::keyPressEvent(event);
}

void LogPanel::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    scheduleDrain();
}

void LogPanel::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    const bool narrow = width() < narrowWidth;
    const bool narrowest = width() < narrowestWidth;
    m_ui->titleLabel->setVisible(!narrowest);
    m_ui->countLabel->setVisible(!narrow);
    m_ui->followButton->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    placeSearch(narrowest);
    showNarrowCount();
    arrangeDetails();
    if (m_following)
        m_list->scrollToBottom();
}

/// Where the header has no room for what is searched for, the field gets a line of its own, with the count.
void LogPanel::placeSearch(bool isNarrow)
{
    QLineEdit* const search = m_ui->searchEdit;
    if ((m_ui->narrowRow->indexOf(search) >= 0) == isNarrow)
        return;
    if (m_searchWidth == 0)
        m_searchWidth = search->maximumWidth();
    (isNarrow ? m_ui->head : m_ui->narrowRow)->removeWidget(search);
    if (isNarrow)
        m_ui->narrowRow->insertWidget(0, search, 1);
    else
        m_ui->head->insertWidget(m_ui->head->indexOf(m_ui->followButton), search);
    search->setMaximumWidth(isNarrow ? QWIDGETSIZE_MAX : m_searchWidth);
}

} // namespace vigie
