// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/mainwindow.h"

#include "core/language.h"
#include "gui/window/activitybar.h"
#include "gui/logs/connecthint.h"
#include "gui/widgets/cornerbar.h"
#include "gui/charts/cpucard.h"
#include "gui/sharing/joinbanner.h"
#include "gui/window/listenbanner.h"
#include "gui/logs/levelsmenu.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/charts/metricspanel.h"
#include "gui/processes/momentpanel.h"
#include "gui/sharing/sharing.h"
#include "gui/widgets/theme.h"
#include "gui/window/windowgeometry.h"
#include "ui_mainwindow.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDialog>
#include <QDialogButtonBox>
#include <QMessageBox>
#include <QPointer>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize usualSize(1280, 800);
constexpr QSize smallestSize(600, 480);
constexpr int narrowWidth = 900;

void check(QActionGroup* group, const QVariant& data)
{
    for (QAction* action : group->actions()) {
        if (action->data() == data)
            action->setChecked(true);
    }
}

} // namespace

MainWindow::MainWindow(Settings settings, LogFeed& feed, QWidget* parent)
    : QMainWindow(parent), m_settings(std::move(settings)), m_ui(std::make_unique<Ui::MainWindow>()),
      m_metrics(new MetricsPanel), m_logs(new LogPanel(feed)), m_banner(new ListenBanner),
      m_activityBar(new ActivityBar), m_splitter(new QSplitter(Qt::Vertical)), m_upper(new QSplitter),
      m_chartsArea(new QScrollArea), m_moment(new MomentPanel),
      m_sharing(new Sharing(m_settings.limits, m_settings.takesRequests, [this] { return m_logs->applications(); }, this)),
      m_ranges(new QActionGroup(this)), m_themes(new QActionGroup(this)), m_languages(new QActionGroup(this))
{
    m_ui->setupUi(this);
    buildContent();
    buildChoices();
    buildBar();
    applyTheme(*qApp, m_settings.theme); // sends a change event to all widgets
    const LogActions& logActions = m_logs->actions();
    m_ui->menuLogs->addActions(logActions.all());
    m_ui->menuLogs->insertMenu(logActions.reset, logActions.levelsMenu);
    m_ui->menuSharing->addActions(m_sharing->actions());
    wire();
    applyLanguage(*qApp, m_settings.language);
    setIcons();
    retranslate();
    restore();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildContent()
{
    setWindowIcon(QIcon(u":/icons/vigie.svg"_s));
    setMinimumSize(smallestSize);
    m_chartsArea->setWidget(m_metrics);
    m_chartsArea->setWidgetResizable(true);
    m_chartsArea->setFrameShape(QFrame::NoFrame);
    m_chartsArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_chartsArea->setFocusPolicy(Qt::NoFocus);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(8);
    m_upper->setChildrenCollapsible(false);
    m_upper->setHandleWidth(8);
    m_upper->addWidget(m_chartsArea);
    m_upper->addWidget(m_moment);
    m_upper->setStretchFactor(0, 1);
    m_upper->setSizes({900, 340});
    m_moment->hide();
    m_splitter->addWidget(m_upper);
    m_splitter->addWidget(m_logs);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_ui->content->addWidget(m_banner);
    m_ui->content->addWidget(m_sharing->banner());
    m_ui->content->addWidget(m_splitter, 1);
    setStatusBar(m_activityBar);
}

void MainWindow::buildChoices()
{
    const std::pair<QAction*, int> ranges[] = {{m_ui->actionRange1, 1},
                                               {m_ui->actionRange5, 5},
                                               {m_ui->actionRange15, 15},
                                               {m_ui->actionRange60, 60},
                                               {m_ui->actionRangeDay, 1'440},
                                               {m_ui->actionRangeWeek, 10'080},
                                               {m_ui->actionRangeMonth, 43'200}};
    for (const auto& [action, minutes] : ranges) {
        action->setData(minutes);
        m_ranges->addAction(action);
    }
    const std::pair<QAction*, QString> themes[] = {{m_ui->actionThemeSystem, u"system"_s},
                                                   {m_ui->actionThemeLight, u"light"_s},
                                                   {m_ui->actionThemeDark, u"dark"_s}};
    for (const auto& [action, name] : themes) {
        action->setData(name);
        m_themes->addAction(action);
    }
    const std::pair<QAction*, QString> languages[] = {{m_ui->actionLanguageSystem, QString(u""_s)},
                                                      {m_ui->actionLanguageEnglish, u"en"_s},
                                                      {m_ui->actionLanguageFrench, u"fr"_s}};
    for (const auto& [action, name] : languages) {
        action->setData(name);
        m_languages->addAction(action);
    }
    check(m_ranges, m_settings.rangeMinutes);
    check(m_themes, m_settings.theme);
    check(m_languages, m_settings.language.isEmpty() ? u""_s : m_settings.language);
    m_ui->actionPerCore->setChecked(m_settings.perCore);
    m_ui->actionShowCharts->setChecked(true);
    m_ui->actionShowLogs->setChecked(true);
}

void MainWindow::buildBar()
{
    m_bar = new CornerBar(m_ranges, m_ui->actionPause, m_sharing->shareAction());
    m_ui->menuBar->setNativeMenuBar(false);
    m_ui->menuBar->setCornerWidget(m_bar);
    m_metrics->cpuCard().perCoreButton().setDefaultAction(m_ui->actionPerCore);
    m_metrics->cpuCard().perCoreButton().setFocusPolicy(Qt::StrongFocus);
}

void MainWindow::wire()
{
    connect(m_ranges, &QActionGroup::triggered, this, [this](QAction* a) { setRange(a->data().toInt()); });
    connect(m_themes, &QActionGroup::triggered, this, [this](QAction* a) { setTheme(a->data().toString()); });
    connect(m_languages, &QActionGroup::triggered, this,
            [this](QAction* a) { setLanguage(a->data().toString()); });
    connect(m_ui->actionPause, &QAction::toggled, m_metrics, &MetricsPanel::setPaused);
    connect(m_ui->actionPause, &QAction::toggled, this, &MainWindow::setIcons);
    connect(m_metrics, &MetricsPanel::pausedByMoving, m_ui->actionPause, [this] { m_ui->actionPause->setChecked(true); });
    connect(m_metrics, &MetricsPanel::zoomed, this, &MainWindow::zoom);
    connect(m_metrics, &MetricsPanel::momentChosen, this, &MainWindow::showMoment);
    connect(m_moment, &MomentPanel::closeRequested, this, &MainWindow::hideMoment);
    connect(m_ui->actionBack, &QAction::triggered, this, [this] { m_metrics->moveBack(m_settings.rangeMinutes * 30); });
    connect(m_ui->actionForward, &QAction::triggered, this, [this] { m_metrics->moveBack(m_settings.rangeMinutes * -30); });
    connect(m_ui->actionPerCore, &QAction::toggled, this, [this](bool on) {
        m_metrics->setPerCore(on);
        change(&Settings::perCore, on);
    });
    connect(m_ui->actionShowCharts, &QAction::toggled, m_upper, &QWidget::setVisible);
    connect(m_ui->actionShowLogs, &QAction::toggled, m_logs, &QWidget::setVisible);
    connect(m_ui->actionFullScreen, &QAction::toggled, this,
            [this](bool on) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, on)); });
    connect(m_ui->actionCopyAddress, &QAction::triggered, m_activityBar, &ActivityBar::copyAddress);
    connect(m_ui->actionQuit, &QAction::triggered, this, &QWidget::close);
    connect(m_ui->actionConnect, &QAction::triggered, this, &MainWindow::showConnect);
    connect(m_ui->actionAbout, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_ui->actionAboutQt, &QAction::triggered, qApp, &QApplication::aboutQt);
    connect(m_banner, &ListenBanner::portChosen, this, [this](quint16 port) {
        change(&Settings::port, port);
        Q_EMIT portChosen(port);
    });
    connect(m_logs, &LogPanel::clearRequested, this, &MainWindow::clearRequested);
    connect(m_logs, &LogPanel::viewSettingsChanged, this,
            [this](const LogViewSettings& settings) { change(&Settings::logView, settings); });
    connect(m_sharing, &Sharing::sharingChosen, this, [this](bool isShared) {
        if (!isShared) // sharing is confirmed only when it works
            change(&Settings::isShared, false);
    });
    connect(m_sharing, &Sharing::requestsChosen, this, [this](bool areTaken) { change(&Settings::takesRequests, areTaken); });
}

void MainWindow::restore()
{
    setArchive(nullptr, nullptr);
    m_logs->setViewSettings(m_settings.logView);
    m_metrics->setPerCore(m_settings.perCore);
    const bool hasPlace = restoreGeometry(m_settings.windowGeometry);
    if (!hasPlace)
        resize(usualSize);
    fitToScreen(*this, hasPlace);
    if (!m_splitter->restoreState(m_settings.splitterState))
        m_splitter->setSizes({440, 300});
}

template <typename T> void MainWindow::change(T Settings::*setting, const T& value)
{
    if (m_settings.*setting == value)
        return;
    m_settings.*setting = value;
    rememberGeometry();
    Q_EMIT settingsChanged(m_settings);
}

void MainWindow::rememberGeometry()
{
    m_settings.windowGeometry = saveGeometry();
    m_settings.splitterState = m_splitter->saveState();
}

void MainWindow::setRange(int minutes)
{
    m_metrics->setRange(minutes);
    arrangeBar();
    change(&Settings::rangeMinutes, minutes);
}

void MainWindow::zoom(int direction)
{
    // Start from the range shown: without a store, it may differ from the settings.
    const QList<QAction*> ranges = m_ranges->actions();
    QAction* const wanted = ranges.value(ranges.indexOf(m_ranges->checkedAction()) + direction);
    if (wanted && wanted->isEnabled())
        wanted->trigger();
}

void MainWindow::setArchive(MetricArchive* metrics, History* logs)
{
    m_archive = metrics;
    m_logs->setHistory(logs);
    m_metrics->setArchive(metrics);
    // Without a store, there is only the last hour.
    for (QAction* action : m_ranges->actions())
        action->setEnabled(metrics || action->data().toInt() <= MetricsPanel::memoryMinutes);
    m_ui->actionBack->setEnabled(metrics);
    m_ui->actionForward->setEnabled(metrics);
    const int minutes = metrics ? m_settings.rangeMinutes : std::min(m_settings.rangeMinutes, MetricsPanel::memoryMinutes);
    check(m_ranges, minutes);
    m_metrics->setRange(minutes);
}

void MainWindow::showMoment(qint64 wallMs)
{
    if (!m_archive)
        return;
    m_metrics->setMark(wallMs);
    m_moment->showMoment(wallMs);
    m_moment->show();
    arrangeBar();
    m_logs->goTo(wallMs);
    m_archive->processesAt(wallMs, [panel = QPointer(m_moment)](const ProcessSnapshot& moment) {
        if (panel)
            panel->showProcesses(moment);
    });
}

void MainWindow::hideMoment()
{
    m_moment->hide();
    arrangeBar();
    m_metrics->setMark(std::nullopt);
}

void MainWindow::setTheme(const QString& name)
{
    applyTheme(*qApp, name);
    change(&Settings::theme, name);
}

void MainWindow::setLanguage(const QString& name)
{
    applyLanguage(*qApp, name);
    change(&Settings::language, name);
}

void MainWindow::showSample(FramePtr frame)
{
    m_metrics->add(frame);
    if (!isVisible() || isMinimized())
        return;
    m_uptime.read(*frame);
    m_activityBar->showUptime(m_uptime.isKnown(0) ? std::optional(static_cast<qint64>(m_uptime.value(0))) : std::nullopt);
}

void MainWindow::showActivity(Activity activity)
{
    m_activityBar->showActivity(activity);
}

void MainWindow::showListenState(ListenState state)
{
    m_listenState = state;
    if (state.isSharedByChoice)
        change(&Settings::isShared, true);
    m_banner->show(state);
    m_activityBar->showListenState(state);
    m_logs->setUrl(state.url, state.sparesOwnerOnly);
    m_sharing->showListenState(state);
    m_ui->actionCopyAddress->setEnabled(state.listening);
}

void MainWindow::showStoreState(const StoreState& state)
{
    m_storeState = state;
    m_activityBar->showStoreState(m_storeState.works ? m_metricStoreState : m_storeState);
}

void MainWindow::showMetricStoreState(const StoreState& state)
{
    m_metricStoreState = state;
    showStoreState(m_storeState);
}

void MainWindow::showStored(const StoredCatalog& catalog)
{
    QStringList applications;
    for (const StoredCatalog::App& app : catalog.apps)
        applications.append(QString::fromStdString(app.appId));
    m_logs->addApplications(applications);
    // An empty store has none of the entries shown.
    if (!applications.isEmpty())
        m_logs->reload();
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(this);
    box->setObjectName(u"aboutBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Vigie"));
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setText(tr("<b>Vigie %1</b>").arg(QStringLiteral(VIGIE_VERSION)));
    box->setInformativeText(tr("Live charts of this machine, and the logs of your applications, shared with "
                               "your colleagues.\n\nFree software under the GNU General Public License, "
                               "version 3 or later."));
    box->open();
}

void MainWindow::showConnect()
{
    auto* dialog = new QDialog(this);
    dialog->setObjectName(u"connectDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("How to Connect"));
    auto* column = new QVBoxLayout(dialog);
    auto* hint = new ConnectHint;
    hint->setTitle(tr("Send the first entry"));
    hint->setUrl(m_listenState.url, m_listenState.sparesOwnerOnly);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    column->addWidget(hint, 1);
    column->addWidget(buttons);
    dialog->resize(640, 260);
    dialog->open();
}

void MainWindow::setIcons()
{
    m_ui->actionCopyAddress->setIcon(themedIcon(u"copy"_s, palette()));
    m_bar->refresh();
    m_sharing->setIcons();
}

void MainWindow::retranslate()
{
    m_ui->retranslateUi(this);
    m_sharing->retranslate();
    setIcons();
    arrangeBar();
}

void MainWindow::arrangeBar()
{
    const bool isNarrow = width() < narrowWidth;
    if (m_bar->arrange(isNarrow)) {
        // The menu bar measures its corner again when that reappears.
        m_bar->adjustSize();
        m_bar->hide();
        m_bar->show();
    }
    m_chartsArea->setVisible(!isNarrow || m_moment->isHidden());
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        setIcons();
    } else if (event->type() == QEvent::WindowStateChange) {
        m_ui->actionFullScreen->setChecked(isFullScreen());
        if (m_wasMinimized && !isMinimized()) {
            m_metrics->catchUp();
            m_logs->catchUp();
        }
        m_wasMinimized = isMinimized();
    }
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    m_metrics->catchUp();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    arrangeBar();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    rememberGeometry();
    Q_EMIT settingsChanged(m_settings);
    event->accept();
    Q_EMIT closed();
}

} // namespace vigie
