// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the log panel's parts and connects them.
#include "gui/logs/connecthint.h"
#include "gui/logs/levelsmenu.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logbrowser.h"
#include "gui/logs/logcommands.h"
#include "gui/logs/logdays.h"
#include "gui/logs/logdelegate.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logfilters.h"
#include "gui/logs/loglist.h"
#include "gui/logs/logpanel.h"
#include "gui/logs/storedcounts.h"
#include "ui_logpanel.h"

#include <QAction>
#include <QFontDatabase>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int stretchDelayMs = 120;

} // namespace

void LogPanel::buildList()
{
    m_list->setObjectName(u"logList"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(false);
    setListFont();
    m_newEntriesButton->setObjectName(u"newEntriesButton"_s);
    m_newEntriesButton->hide();

    // The button stands below the list, where it covers no entry.
    auto* column = new QVBoxLayout(m_listArea);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_list, 1);
    column->addWidget(m_newEntriesButton, 0, Qt::AlignHCenter);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_listArea);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_listArea->setMinimumWidth(280);
    m_details->setMinimumWidth(240);
}

void LogPanel::buildHint()
{
    auto* hintArea = new QScrollArea;
    hintArea->setFrameShape(QFrame::NoFrame);
    hintArea->setWidgetResizable(true);
    hintArea->setFocusPolicy(Qt::NoFocus);
    hintArea->setWidget(m_hint);
    hintArea->viewport()->setBackgroundRole(QPalette::Base);
    m_hint->setAutoFillBackground(false);
    connect(m_hint, &ConnectHint::addSourceWanted, this, &LogPanel::addSourceWanted);
    m_stack->addWidget(hintArea);
    m_stack->addWidget(m_splitter);
    m_stack->setMinimumHeight(96);
    m_ui->content->addWidget(m_stack, 1);
}

void LogPanel::buildNothing()
{
    m_nothingLabel->setObjectName(u"nothingLabel"_s);
    m_nothingLabel->setProperty("muted", true);
    m_nothingButton->setObjectName(u"resetFiltersButton"_s);
    auto* column = new QVBoxLayout(m_nothing);
    column->addStretch(1);
    column->addWidget(m_nothingLabel, 0, Qt::AlignHCenter);
    column->addWidget(m_nothingButton, 0, Qt::AlignHCenter);
    column->addStretch(1);
    m_nothing->hide();
    connect(m_nothingButton, &QPushButton::clicked, this, &LogPanel::resetFilters);
}

void LogPanel::setListFont()
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (!m_fontFamily.isEmpty())
        fixed.setFamily(m_fontFamily);
    fixed.setPointSizeF(m_fontPoints > 0 ? m_fontPoints : font().pointSizeF());
    m_list->setFont(fixed);
}

void LogPanel::setTextFont(const QString& family, int points)
{
    if (family == m_fontFamily && points == m_fontPoints)
        return;
    m_fontFamily = family;
    m_fontPoints = points;
    setListFont();
}

void LogPanel::removeApplication(const QString& appId)
{
    if (chosenApplication() == appId)
        chooseApplication({});
    m_model->removeApplication(appId.toStdString());
    m_counts->forget(appId.toStdString());
    showCounts();
}

void LogPanel::chooseApplication(const QString& appId)
{
    if (const int row = m_ui->appBox->findData(appId); row >= 0)
        m_ui->appBox->setCurrentIndex(row);
}

void LogPanel::placeActions()
{
    m_ui->levelsButton->setMenu(m_actions->levelsMenu);
    m_ui->followButton->setDefaultAction(m_actions->follow);
    m_ui->detailsButton->setDefaultAction(m_actions->showDetails);
    m_ui->clearButton->setDefaultAction(m_actions->clearView);
    m_ui->searchEdit->addAction(m_actions->find, QLineEdit::LeadingPosition);
}

void LogPanel::wire()
{
    m_drainTimer.setSingleShot(true);
    connect(&m_drainTimer, &QTimer::timeout, this, &LogPanel::drain);
    connect(&m_feed, &LogFeed::waiting, this, &LogPanel::scheduleDrain);
    m_stretchTimer.setSingleShot(true);
    m_stretchTimer.setInterval(stretchDelayMs);
    connect(&m_stretchTimer, &QTimer::timeout, this, &LogPanel::applyStretch);
    connect(m_filters, &LogFilters::changed, this, &LogPanel::applyChoice);
    connect(m_model, &LogModel::applicationsChanged, this, [this] { m_filters->setApplications(m_model->applications()); });
    connect(m_days, &LogDays::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_counts, &StoredCounts::changed, this, [this] {
        showCounts();
        if (m_actions->levelsMenu->isVisible())
            showLevelCounts();
    });
    connect(m_browser, &LogBrowser::changed, this, [this] {
        if (m_following)
            m_list->scrollToBottom();
        showCounts();
    });
    connect(m_browser, &LogBrowser::changed, this, &LogPanel::chooseAwaited);
    connect(m_commands, &LogCommands::traceWanted, this, &LogPanel::traceWanted);
    connect(m_details, &LogDetails::traceWanted, this, &LogPanel::traceWanted);
    connect(m_commands, &LogCommands::settingsShown, this, &LogPanel::showViewSettings);
    connect(m_commands, &LogCommands::settingsChanged, this, [this] { Q_EMIT viewSettingsChanged(viewSettings()); });
    connect(m_commands, &LogCommands::deleteConfirmed, this, &LogPanel::clearRequested);
    connect(m_commands, &LogCommands::momentWanted, this, [this](qint64 timeMs) {
        // The entries around it, not only those that pass.
        LogChoice around;
        around.appId = viewFilter().appId;
        setViewFilter(around);
        goTo(timeMs);
        Q_EMIT momentWanted(timeMs);
    });
    wireActions();
    wireList();
}

void LogPanel::wireActions()
{
    connect(m_actions->levelsMenu, &QMenu::aboutToShow, this, [this] {
        // What retention has deleted meanwhile was not told.
        chosenApplication().isEmpty() ? refreshCounts() : m_counts->refresh({chosenApplication()});
        showLevelCounts();
    });
    connect(m_actions->find, &QAction::triggered, this, &LogPanel::find);
    connect(m_actions->follow, &QAction::triggered, this, [this](bool following) {
        const bool leavesPast = following && m_browser->isAway();
        following ? toPresent() : setFollowing(false);
        if (leavesPast)
            Q_EMIT backToNowWanted();
    });
    connect(m_actions->showDetails, &QAction::toggled, this, &LogPanel::showDetails);
    connect(m_actions->copyEntry, &QAction::triggered, m_details, &LogDetails::copy);
    connect(m_actions->reset, &QAction::triggered, this, &LogPanel::resetFilters);
    connect(m_actions->clearView, &QAction::triggered, this, &LogPanel::clearView);
    connect(m_actions->goToTime, &QAction::triggered, this, &LogPanel::askForTime);
}

void LogPanel::wireList()
{
    connect(m_list, &LogList::resized, this, &LogPanel::fitToList);
    connect(m_details, &LogDetails::closeRequested, this, [this] { m_actions->showDetails->setChecked(false); });
    connect(m_details, &LogDetails::valueChosen, m_filters, &LogFilters::add);
    connect(m_newEntriesButton, &QPushButton::clicked, this, [this] { setFollowing(true); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &LogPanel::chooseRow);
    connect(m_list, &LogList::clicked, this, [this] { m_actions->showDetails->setChecked(true); });
    connect(m_list, &LogList::activated, this, [this] { m_actions->showDetails->setChecked(true); });
    connect(m_list, &LogList::menuWanted, this, [this](const QModelIndex& index, const QPoint& globalPlace) {
        m_commands->showMenu(m_model->entry(index.row()), globalPlace);
    });
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (m_newCount > 0)
            showNewCount();
    });
    // Emitted only when the user scrolls.
    connect(m_list->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar* bar = m_list->verticalScrollBar();
        setFollowing(!m_browser->isAway() && bar->sliderPosition() >= bar->maximum());
    });
}

void LogPanel::fitToList()
{
    // Over the list, but no part of it: the list's font is the entries'.
    m_nothing->setGeometry(m_list->geometry());
    m_nothing->raise();
    const auto follow = [this] {
        if (m_following) // meanwhile it may have gone to a moment
            m_list->scrollToBottom();
    };
    QMetaObject::invokeMethod(this, follow, Qt::QueuedConnection);
}

void LogPanel::retranslate()
{
    m_ui->retranslateUi(this);
    m_actions->retranslate();
    m_filters->retranslate();
    m_commands->retranslate();
    m_nothingButton->setText(tr("Reset Filters"));
    m_list->setAccessibleName(tr("Log entries"));
    m_filters->setApplications(m_model->applications());
    showCounts();
}

} // namespace vigie
