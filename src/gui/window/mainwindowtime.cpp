// SPDX-License-Identifier: GPL-3.0-or-later
// Of MainWindow: its timeline, and the keys and actions that move it.
#include "core/units.h"
#include "core/viewchoice.h"
#include "gui/charts/entrybars.h"
#include "gui/charts/metricspanel.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logpanel.h"
#include "gui/processes/momentpanel.h"
#include "gui/widgets/cornerbar.h"
#include "gui/window/activitybar.h"
#include "gui/window/mainwindow.h"
#include "ui_mainwindow.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QKeyEvent>
#include <QPointer>
#include <QScrollBar>
#include <QTabBar>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr int panShare = 4; // of the stretch, by a key
constexpr int logDelayMs = 150;

void addKeys(QAction* action, const QList<QKeySequence>& keys)
{
    action->setShortcuts(action->shortcuts() + keys);
}

/// Whether a widget with the focus is worked with this key, so that it is none of the window's.
bool keepsKey(const QWidget* widget, const QKeyEvent& key)
{
    const bool isPlain = (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    if (!widget || !isPlain || key.key() == Qt::Key_Escape)
        return false;
    const bool isArrow = key.key() == Qt::Key_Left || key.key() == Qt::Key_Right;
    if (qobject_cast<const QComboBox*>(widget)) // a letter chooses what begins with it
        return isArrow || !key.text().isEmpty();
    if (qobject_cast<const QTabBar*>(widget))
        return isArrow;
    if (qobject_cast<const QAbstractButton*>(widget))
        return key.key() == Qt::Key_Space;
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget);
    return isArrow && area && area->horizontalScrollBar()->maximum() > area->horizontalScrollBar()->minimum();
}

} // namespace

void MainWindow::buildRanges()
{
    const std::pair<QAction*, int> ranges[] = {{m_ui->actionRange1, 1},
                                               {m_ui->actionRange5, 5},
                                               {m_ui->actionRange15, 15},
                                               {m_ui->actionRange60, 60},
                                               {m_ui->actionRangeDay, 1'440},
                                               {m_ui->actionRangeWeek, 10'080},
                                               {m_ui->actionRangeMonth, 43'200}};
    // A stretch may be none of them.
    m_ranges->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (const auto& [action, minutes] : ranges) {
        action->setData(minutes);
        m_ranges->addAction(action);
    }
}

void MainWindow::buildKeys()
{
    // Of several keys the first is shown in the menu. Fields of text keep these keys for themselves.
    addKeys(m_ui->actionPause, {Qt::Key_Space});
    addKeys(m_ui->actionBack, {Qt::Key_Left});
    addKeys(m_ui->actionForward, {Qt::Key_Right});
    addKeys(m_ui->actionZoomIn, {Qt::Key_Plus, Qt::SHIFT | Qt::Key_Plus, Qt::Key_Equal});
    addKeys(m_ui->actionZoomOut, {Qt::Key_Minus});
    addKeys(m_ui->actionShortcuts, {Qt::SHIFT | Qt::Key_Question});
    addKeys(m_logs->actions().find, {Qt::Key_Slash}); // with Shift it is ? on many keyboards
    const auto add = [this](const QString& name, const QKeySequence& key, auto does) {
        auto* action = new QAction(this);
        action->setObjectName(name);
        action->setShortcut(key);
        addAction(action);
        connect(action, &QAction::triggered, this, does);
    };
    add(u"actionOldest"_s, Qt::Key_G, [this] { m_logs->toOldest(); });
    add(u"actionNewest"_s, Qt::SHIFT | Qt::Key_G, [this] { m_logs->toNewest(); });
    add(u"actionClose"_s, Qt::Key_Escape, [this] { closeWhatIsOpen(); });
}

void MainWindow::wireTime()
{
    m_logTimer.setSingleShot(true);
    m_logTimer.setInterval(logDelayMs);
    connect(&m_logTimer, &QTimer::timeout, this, &MainWindow::tellLog);
    m_momentTimer.setSingleShot(true);
    connect(&m_momentTimer, &QTimer::timeout, this, &MainWindow::showMomentPanel);
    connect(&m_timeline, &Timeline::changed, this, &MainWindow::followTime);
    connect(&m_timeline, &Timeline::momentChanged, this, &MainWindow::showMoment);
    connect(m_ranges, &QActionGroup::triggered, this, [this](QAction* a) { setRange(a->data().toInt()); });
    connect(m_ui->actionPause, &QAction::triggered, this,
            [this](bool isOn) { isOn ? m_timeline.pause() : m_timeline.toPresent(); });
    connect(m_ui->actionBackToNow, &QAction::triggered, this, [this] {
        m_timeline.toPresent();
        m_logs->toPresent(); // it may have been scrolled back while time was live
    });
    connect(m_ui->actionBack, &QAction::triggered, this, [this] { m_timeline.pan(-m_timeline.rangeMs() / panShare); });
    connect(m_ui->actionForward, &QAction::triggered, this, [this] { m_timeline.pan(m_timeline.rangeMs() / panShare); });
    connect(m_ui->actionZoomIn, &QAction::triggered, this, [this] { m_timeline.zoom(1 / Timeline::notchFactor); });
    connect(m_ui->actionZoomOut, &QAction::triggered, this, [this] { m_timeline.zoom(Timeline::notchFactor); });
    connect(m_ui->actionShortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
    connect(m_moment, &MomentPanel::closeRequested, &m_timeline, &Timeline::unpin);
    connect(m_logs, &LogPanel::backToNowWanted, &m_timeline, &Timeline::toPresent);
    connect(m_logs, &LogPanel::momentWanted, &m_timeline, &Timeline::pin);
    connect(m_logs, &LogPanel::viewFilterChanged, this, &MainWindow::countEntries);
    connect(&m_bars->counts(), &EntryCounts::changed, m_metrics,
            [this] { m_metrics->setErrorMarks(m_bars->counts().errorTimes()); });
}

void MainWindow::setRange(int minutes)
{
    m_timeline.setRange(minutes * minuteMs);
    followTime(); // a click on the range that is shown has taken its mark away
    if (m_settings.rangeMinutes == minutes)
        return;
    m_settings.rangeMinutes = minutes;
    rememberGeometry();
    Q_EMIT settingsChanged(m_settings);
}

void MainWindow::setReach()
{
    // Without a store, there is only the last hour.
    m_timeline.setReach(m_archive ? Timeline::maxReachMs : MetricsPanel::memoryMs);
    for (QAction* action : m_ranges->actions())
        action->setEnabled(m_archive || action->data().toInt() * minuteMs <= MetricsPanel::memoryMs);
    m_timeline.setRange(m_settings.rangeMinutes * minuteMs);
}

void MainWindow::followTime()
{
    const Stretch stretch = m_timeline.stretch();
    QAction* range = nullptr;
    for (QAction* action : m_ranges->actions()) {
        if (action->data().toInt() * minuteMs == stretch.rangeMs())
            range = action;
    }
    const bool isNew = stretch.isLive != m_followed.isLive || stretch.rangeMs() != m_followed.rangeMs();
    m_followed = stretch;
    if (isNew || m_ranges->checkedAction() != range || m_ui->actionPause->isChecked() == stretch.isLive) {
        if (range)
            range->setChecked(true);
        else if (QAction* checked = m_ranges->checkedAction())
            checked->setChecked(false);
        m_ui->actionPause->setChecked(!stretch.isLive);
        m_bar->setRangeText(durationText(stretch.rangeMs() / 1'000));
        arrange();
    }
    if (!stretch.isLive)
        m_logTimer.start();
    else if (!m_told.stretch.isLive)
        tellLog();
}

void MainWindow::tellLog()
{
    m_logTimer.stop();
    const Told now{m_timeline.stretch(), m_timeline.moment()};
    const Told before = std::exchange(m_told, now);
    if (now.stretch.isLive)
        m_logs->toPresent();
    else if (now.momentMs && now.momentMs != before.momentMs)
        m_logs->goTo(*now.momentMs);
    else if (!now.momentMs && (now.stretch != before.stretch || before.momentMs))
        m_logs->showStretch(now.stretch.fromMs, now.stretch.toMs);
}

void MainWindow::showMoment(std::optional<qint64> wallMs)
{
    if (wallMs)
        tellLog();
    else if (!m_timeline.isLive())
        m_logTimer.start(); // it may be live in a moment
    // The panel takes room from the charts: between the two clicks of a double click nothing may move.
    if (wallMs && m_archive && m_moment->isHidden())
        m_momentTimer.start(QApplication::doubleClickInterval());
    else
        showMomentPanel();
}

void MainWindow::showMomentPanel()
{
    m_momentTimer.stop();
    const std::optional<qint64> wallMs = m_timeline.moment();
    m_moment->setVisible(wallMs && m_archive);
    arrange();
    if (!wallMs || !m_archive)
        return;
    m_moment->showMoment(*wallMs);
    m_archive->processesAt(*wallMs, [this, panel = QPointer(m_moment), wallMs](const ProcessSnapshot& moment) {
        // Meanwhile another one may have been pinned.
        if (panel && m_timeline.moment() == wallMs)
            panel->showProcesses(moment);
    });
}

void MainWindow::countEntries()
{
    m_bars->counts().setApplication(m_logs->chosenApplication());
}

void MainWindow::copyLink()
{
    const Stretch stretch = m_timeline.stretch();
    ViewAddress address;
    if (stretch.isLive)
        address.rangeMs = stretch.rangeMs();
    else
        address.ends = ViewAddress::Ends{stretch.fromMs, stretch.toMs};
    address.atMs = m_timeline.moment();
    describe(m_logs->viewFilter(), address);
    QGuiApplication::clipboard()->setText(m_listenState.urlToTell() + address.fragment());
    m_activityBar->showNotice(tr("The link to this view is copied."));
}

void MainWindow::closeWhatIsOpen()
{
    QAction* const details = m_logs->actions().showDetails;
    if (details->isChecked())
        details->setChecked(false);
    else
        m_timeline.unpin();
}

bool MainWindow::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && keepsKey(QApplication::focusWidget(), *static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QMainWindow::event(event);
}

} // namespace vigie
