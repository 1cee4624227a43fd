// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logpanel.h"

#include "core/visibletext.h"
#include "gui/logs/connecthint.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logbrowser.h"
#include "gui/logs/logdays.h"
#include "gui/logs/logdelegate.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/loglist.h"
#include "gui/widgets/theme.h"
#include "gui/logs/timedialog.h"
#include "ui_logpanel.h"

#include <QAction>
#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int drainIntervalMs = 66;
// Below these widths, the panel's header hides less important parts.
constexpr int narrowWidth = 860;
constexpr int narrowestWidth = 640;

} // namespace

LogPanel::LogPanel(LogFeed& feed, QWidget* parent)
    : Card(parent), m_feed(feed), m_ui(std::make_unique<Ui::LogPanel>()), m_model(new LogModel(this)),
      m_days(new LogDays(*m_model, this)), m_delegate(new LogDelegate(*m_days, this)), m_list(new LogList),
      m_details(new LogDetails),
      m_splitter(new QSplitter), m_stack(new QStackedWidget), m_hint(new ConnectHint),
      m_nothing(new QWidget(m_list->viewport())), m_nothingLabel(new QLabel),
      m_nothingButton(new QPushButton), m_newEntriesButton(new QPushButton(m_list)),
      m_actions(new LogActions(this)), m_browser(new LogBrowser(*m_model, *m_list, this))
{
    m_ui->setupUi(this);
    buildList();
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
    m_browser->setHistory(history);
    m_actions->goToTime->setEnabled(history);
    showCounts();
}

QStringList LogPanel::applications() const
{
    QStringList all = m_model->applications();
    const QString chosen = chosenApplication();
    if (all.removeOne(chosen))
        all.prepend(chosen);
    return all;
}

void LogPanel::addApplications(const QStringList& applications)
{
    m_model->addApplications(applications);
    m_browser->applicationsAdded();
}

void LogPanel::reload()
{
    if (!m_browser->hasHistory())
        return;
    // Pending entries are in the store.
    (void)m_feed.take();
    m_skipped = 0;
    m_newCount = 0;
    m_browser->reload();
    showCounts();
}

void LogPanel::goTo(qint64 timeMs)
{
    if (!m_browser->hasHistory())
        return;
    setFollowing(false);
    m_browser->goTo(timeMs);
}

void LogPanel::showStretch(qint64, qint64 toMs)
{
    setFollowing(false);
    goTo(toMs);
}

void LogPanel::toPresent()
{
    setFollowing(true);
}

void LogPanel::toOldest()
{
    m_list->verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
}

void LogPanel::toNewest()
{
    m_list->verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMaximum);
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
    if (m_browser->isAway()) {
        // Live entries wait, but cleared entries must go from the past, too.
        if (const auto cleared = m_feed.takeCleared(); !cleared.empty())
            m_browser->forget(cleared);
        return;
    }
    const LogFeed::Drained drained = m_feed.take();
    m_skipped += drained.skipped;
    if (!drained.cleared.empty())
        m_browser->forget(drained.cleared);

    QScrollBar* const bar = m_list->verticalScrollBar();
    const int top = bar->value();
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
        if (removed > 0) {
            m_list->doItemsLayout();
            bar->setValue(std::max(0, top - removed * m_list->sizeHintForRow(0)));
        }
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

void LogPanel::resetFilters()
{
    m_ui->appBox->setCurrentIndex(0);
    m_ui->searchEdit->clear();
    m_actions->chooseAllLevels();
    applyChoice();
}

QString LogPanel::chosenApplication() const
{
    return m_ui->appBox->currentData().toString();
}

void LogPanel::applyChoice()
{
    m_searchTimer.stop();
    LogChoice choice;
    choice.appId = chosenApplication().toStdString();
    choice.search = m_ui->searchEdit->text().toStdString();
    choice.severities = m_actions->chosenLevels();
    m_delegate->setSearch(m_ui->searchEdit->text());
    m_delegate->setApplicationShown(choice.appId.empty());
    m_actions->clearHistory->setEnabled(!choice.appId.empty());

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
    Q_EMIT viewFilterChanged();
}

void LogPanel::showApplications()
{
    const QString chosen = chosenApplication();
    const QSignalBlocker blocker(m_ui->appBox);
    m_ui->appBox->clear();
    m_ui->appBox->addItem(tr("All applications"), QString());
    for (const QString& application : m_model->applications())
        m_ui->appBox->addItem(visibleText(application), application);
    m_ui->appBox->setCurrentIndex(std::max(0, m_ui->appBox->findData(chosen)));
}

void LogPanel::showCounts()
{
    const QLocale locale;
    const int rows = m_model->rowCount();
    const auto held = static_cast<int>(m_model->heldCount());
    const QString count = held == 0 ? QString()
                          : rows == held
                              ? tr("%Ln entry(ies)", nullptr, held)
                              : tr("%1 of %Ln entry(ies)", nullptr, held).arg(locale.toString(rows));
    m_ui->countLabel->setText(count);
    m_ui->skippedLabel->setVisible(m_skipped > 0);
    if (m_skipped > 0) {
        const auto skipped = static_cast<int>(std::min<quint64>(m_skipped, std::numeric_limits<int>::max()));
        m_ui->skippedLabel->setText(m_browser->hasHistory()
                                        ? tr("%Ln entry(ies) skipped on screen (the history has them all)", nullptr, skipped)
                                        : tr("%Ln entry(ies) skipped on screen", nullptr, skipped));
    }
    const auto chosenLevels = static_cast<int>(m_actions->chosenLevels().count());
    m_ui->levelsButton->setText(chosenLevels == severityCount ? tr("All levels")
                                                              : tr("%Ln level(s)", nullptr, chosenLevels));
    const bool isAway = m_browser->isAway();
    m_stack->setCurrentIndex(held == 0 && !isAway && m_model->applications().isEmpty() ? 0 : 1);
    m_nothing->setVisible(rows == 0 && m_stack->currentIndex() == 1);
    m_nothingLabel->setText(m_browser->isLoading() ? tr("Looking for entries…")
                            : m_model->choice() == LogChoice() ? tr("There are no entries.")
                                                               : tr("No entry passes the filters."));
    m_nothingButton->setVisible(m_model->choice() != LogChoice());
    m_newEntriesButton->setVisible(isAway || (!m_following && m_newCount > 0));
    if (isAway)
        m_newEntriesButton->setText(tr("Back to the present"));
    else if (m_newCount > 0)
        m_newEntriesButton->setText(tr("%Ln new entry(ies)", nullptr, m_newCount));
    if (!m_newEntriesButton->isHidden())
        placeNewEntriesButton();
}

void LogPanel::placeNewEntriesButton()
{
    m_newEntriesButton->adjustSize();
    const QRect area = m_list->viewport()->geometry();
    m_newEntriesButton->move(area.center().x() - m_newEntriesButton->width() / 2,
                             area.bottom() - m_newEntriesButton->height() - 8);
}

void LogPanel::showDetails(bool shown)
{
    m_details->setVisible(shown);
    if (shown && m_list->currentIndex().isValid())
        m_list->scrollTo(m_list->currentIndex());
}

void LogPanel::chooseRow(const QModelIndex& index)
{
    if (!index.isValid() || m_choosing)
        return;
    m_details->show(m_model->entry(index.row()));
    m_actions->copyEntry->setEnabled(true);
    // A reader does not want the entry to scroll away.
    setFollowing(false);
}

void LogPanel::askToClearHistory()
{
    const QString appId = chosenApplication();
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Clear the history"),
                                tr("Clear the live history of “%1” for everybody?").arg(visibleText(appId)),
                                QMessageBox::Cancel, this);
    box->setObjectName(u"clearHistoryBox"_s);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(tr("All its viewers lose the entries they see. This cannot be undone."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* clear = box->addButton(tr("Clear"), QMessageBox::AcceptRole);
    connect(clear, &QPushButton::clicked, this, [this, appId] { Q_EMIT clearRequested(appId); });
    box->open();
}

void LogPanel::askForTime()
{
    qint64 timeMs = QDateTime::currentMSecsSinceEpoch();
    if (const QModelIndex chosen = m_list->currentIndex(); chosen.isValid()) {
        const LogEntryRef& entry = m_model->entry(chosen.row());
        timeMs = entry.batch->timestampMs(entry.index);
    }
    auto* dialog = new TimeDialog(timeMs, this);
    connect(dialog, &TimeDialog::chosen, this, &LogPanel::goTo);
    dialog->open();
}

void LogPanel::retranslate()
{
    m_ui->retranslateUi(this);
    m_actions->retranslate();
    m_nothingButton->setText(tr("Reset the filters"));
    m_list->setAccessibleName(tr("Log entries"));
    showApplications();
    showCounts();
}

void LogPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        m_actions->setIcons();
    else if (event->type() == QEvent::FontChange)
        setListFont();
    Card::changeEvent(event);
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
    m_ui->titleLabel->setVisible(width() >= narrowestWidth);
    m_ui->countLabel->setVisible(!narrow);
    m_ui->followButton->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    if (m_following)
        m_list->scrollToBottom();
}

void LogPanel::fitToList()
{
    m_nothing->setGeometry(m_list->viewport()->rect());
    placeNewEntriesButton();
    if (m_following)
        QMetaObject::invokeMethod(m_list, &LogList::scrollToBottom, Qt::QueuedConnection);
}

} // namespace vigie
