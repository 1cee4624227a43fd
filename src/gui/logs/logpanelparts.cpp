// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the log panel's parts and connects them.
#include "gui/logs/connecthint.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logbrowser.h"
#include "gui/logs/logdays.h"
#include "gui/logs/logdelegate.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/loglist.h"
#include "gui/logs/logpanel.h"
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

constexpr int searchDelayMs = 120;

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
    connect(m_list, &LogList::resized, this, &LogPanel::fitToList);

    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_list->setMinimumWidth(280);
    m_details->setMinimumWidth(240);
    auto* hintArea = new QScrollArea;
    hintArea->setFrameShape(QFrame::NoFrame);
    hintArea->setWidgetResizable(true);
    hintArea->setFocusPolicy(Qt::NoFocus);
    hintArea->setWidget(m_hint);
    hintArea->viewport()->setBackgroundRole(QPalette::Base);
    m_hint->setAutoFillBackground(false);
    m_stack->addWidget(hintArea);
    m_stack->addWidget(m_splitter);
    m_stack->setMinimumHeight(96);
    m_ui->content->addWidget(m_stack, 1);
}

void LogPanel::buildNothing()
{
    m_nothing->setFont(font());
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
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelayMs);
    connect(&m_searchTimer, &QTimer::timeout, this, &LogPanel::applyChoice);
    connect(m_ui->searchEdit, &QLineEdit::textChanged, &m_searchTimer, qOverload<>(&QTimer::start));
    connect(m_ui->searchEdit, &QLineEdit::returnPressed, this, &LogPanel::applyChoice);
    connect(m_ui->appBox, &QComboBox::currentIndexChanged, this, &LogPanel::applyChoice);
    connect(m_model, &LogModel::applicationsChanged, this, &LogPanel::showApplications);
    connect(m_days, &LogDays::changed, m_list->viewport(), qOverload<>(&QWidget::update));

    connect(m_actions, &LogActions::levelsChanged, this, &LogPanel::applyChoice);
    connect(m_actions->find, &QAction::triggered, this, [this] {
        m_ui->searchEdit->setFocus(Qt::ShortcutFocusReason);
        m_ui->searchEdit->selectAll();
    });
    connect(m_actions->follow, &QAction::toggled, this, &LogPanel::setFollowing);
    connect(m_actions->showDetails, &QAction::toggled, this, &LogPanel::showDetails);
    connect(m_actions->copyEntry, &QAction::triggered, m_details, &LogDetails::copy);
    connect(m_actions->reset, &QAction::triggered, this, &LogPanel::resetFilters);
    connect(m_actions->clearView, &QAction::triggered, this, [this] {
        m_model->clear();
        m_browser->hold();
        m_skipped = 0;
        m_newCount = 0;
        showCounts();
    });
    connect(m_actions->goToTime, &QAction::triggered, this, &LogPanel::askForTime);
    connect(m_browser, &LogBrowser::changed, this, [this] {
        if (m_following)
            m_list->scrollToBottom();
        showCounts();
    });
    connect(m_actions->clearHistory, &QAction::triggered, this, &LogPanel::askToClearHistory);
    connect(m_details, &LogDetails::closeRequested, m_actions->showDetails,
            [this] { m_actions->showDetails->setChecked(false); });
    connect(m_newEntriesButton, &QPushButton::clicked, this, [this] {
        if (m_browser->isAway())
            Q_EMIT backToNowWanted();
        setFollowing(true);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &LogPanel::chooseRow);
    connect(m_list, &LogList::clicked, this, [this] { m_actions->showDetails->setChecked(true); });
    connect(m_list, &LogList::activated, this, [this] { m_actions->showDetails->setChecked(true); });
    // Emitted only when the user scrolls.
    connect(m_list->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar* bar = m_list->verticalScrollBar();
        setFollowing(!m_browser->isAway() && bar->sliderPosition() >= bar->maximum());
    });
}

} // namespace vigie
