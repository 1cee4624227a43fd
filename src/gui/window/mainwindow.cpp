// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/mainwindow.h"

#include "core/language.h"
#include "gui/window/activitybar.h"
#include "gui/widgets/cornerbar.h"
#include "gui/charts/cpucard.h"
#include "gui/sharing/joinbanner.h"
#include "gui/window/filebar.h"
#include "gui/window/listenbanner.h"
#include "gui/logs/levelsmenu.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/charts/entrybars.h"
#include "gui/charts/metricspanel.h"
#include "gui/processes/momentpanel.h"
#include "gui/settings/settingsdialog.h"
#include "gui/sharing/sharing.h"
#include "gui/sources/sources.h"
#include "gui/widgets/filedrop.h"
#include "gui/widgets/theme.h"
#include "gui/window/hiddenhint.h"
#include "gui/window/trayicon.h"
#include "gui/window/windowgeometry.h"
#include "ui_mainwindow.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDateTime>
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
constexpr int lowHeight = 600; // below it, charts are one row of small ones
constexpr qint64 minuteMs = 60'000;

void check(QActionGroup* group, const QVariant& data)
{
    for (QAction* action : group->actions()) {
        if (action->data() == data)
            action->setChecked(true);
    }
}

} // namespace

MainWindow::MainWindow(Settings settings, LogFeed& feed, QWidget* parent)
    : QMainWindow(parent), m_settings(std::move(settings)),
      m_timeline(m_settings.rangeMinutes * minuteMs, QDateTime::currentMSecsSinceEpoch()),
      m_ui(std::make_unique<Ui::MainWindow>()), m_metrics(new MetricsPanel(m_timeline)), m_logs(new LogPanel(feed)), m_banner(new ListenBanner),
      m_activityBar(new ActivityBar), m_splitter(new QSplitter(Qt::Vertical)), m_upper(new QSplitter),
      m_chartsArea(new QScrollArea), m_chartsColumn(new QWidget), m_bars(new EntryBars(m_timeline)), m_moment(new MomentPanel),
      m_sharing(new Sharing(m_settings.limits, m_settings.takesRequests, [this] { return m_logs->applications(); }, this)),
      m_sources(new Sources(this)),
      m_ranges(new QActionGroup(this)), m_themes(new QActionGroup(this)), m_languages(new QActionGroup(this)),
      m_tray(new TrayIcon(this)), m_fileBar(new FileBar)
{
    m_ui->setupUi(this);
    buildContent();
    buildRanges();
    buildChoices();
    buildBar();
    buildKeys();
    applyTheme(*qApp, m_settings.theme); // sends a change event to all widgets
    const LogActions& logActions = m_logs->actions();
    m_ui->menuLogs->addActions(logActions.all());
    m_ui->menuLogs->insertMenu(logActions.reset, logActions.levelsMenu);
    m_ui->menuSharing->addActions(m_sharing->actions());
    wire();
    wireFiles();
    wireSources();
    wireTime();
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
    auto* column = new QVBoxLayout(m_chartsColumn);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_chartsArea, 1);
    column->addWidget(m_bars);
    m_upper->addWidget(m_chartsColumn);
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
    m_ui->content->addWidget(m_fileBar);
    m_ui->content->addWidget(m_splitter, 1);
    m_hint = new HiddenHint(m_ui->actionShowCharts, m_ui->actionShowLogs);
    m_hint->hide();
    m_ui->content->addWidget(m_hint, 1);
    setStatusBar(m_activityBar);
    m_ui->central->setFocus(); // the first keys are for the window, not for its first button
}

void MainWindow::buildChoices()
{
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
    checkChoices();
    m_ui->actionPerCore->setChecked(m_settings.perCore);
    m_ui->actionShowCharts->setChecked(true);
    m_ui->actionShowLogs->setChecked(true);
}

void MainWindow::checkChoices()
{
    check(m_themes, m_settings.theme);
    check(m_languages, m_settings.language.isEmpty() ? u""_s : m_settings.language);
}

void MainWindow::buildBar()
{
    m_bar = new CornerBar(m_ranges, m_ui->actionPause, m_ui->actionBackToNow, m_sharing->shareAction());
    m_ui->menuBar->setNativeMenuBar(false);
    m_ui->menuBar->setCornerWidget(m_bar);
    m_metrics->cpuCard().perCoreButton().setDefaultAction(m_ui->actionPerCore);
    m_metrics->cpuCard().perCoreButton().setFocusPolicy(Qt::StrongFocus);
}

void MainWindow::wire()
{
    connect(m_themes, &QActionGroup::triggered, this, [this](QAction* a) { setTheme(a->data().toString()); });
    connect(m_languages, &QActionGroup::triggered, this,
            [this](QAction* a) { setLanguage(a->data().toString()); });
    connect(m_ui->actionPerCore, &QAction::toggled, this, [this](bool on) {
        m_metrics->setPerCore(on);
        change(&Settings::perCore, on);
    });
    connect(m_ui->actionShowCharts, &QAction::toggled, this, &MainWindow::showChosenParts);
    connect(m_ui->actionShowLogs, &QAction::toggled, this, &MainWindow::showChosenParts);
    connect(m_ui->actionCopyLink, &QAction::triggered, this, &MainWindow::copyLink);
    connect(m_ui->actionFullScreen, &QAction::toggled, this,
            [this](bool on) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, on)); });
    connect(m_ui->actionCopyAddress, &QAction::triggered, m_activityBar, &ActivityBar::copyAddress);
    connect(m_ui->actionQuit, &QAction::triggered, this, &MainWindow::quit);
    connect(m_ui->actionSettings, &QAction::triggered, this, &MainWindow::showSettings);
    connect(m_ui->actionOpen, &QAction::triggered, this, &MainWindow::chooseFiles);
    connect(new FileDrop(this), &FileDrop::dropped, this, &MainWindow::filesChosen);
    connect(m_tray, &TrayIcon::openRequested, this, &MainWindow::comeToFront);
    connect(m_tray, &TrayIcon::quitRequested, this, &MainWindow::quit);
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
    m_logs->setTextFont(m_settings.logFont, m_settings.logFontPoints);
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
    m_settings.sourcesGeometry = m_sources->geometry();
    m_settings.showsSources = m_sources->isOpen();
    m_settings.splitterState = m_splitter->saveState();
}

void MainWindow::setArchive(MetricArchive* metrics, History* logs)
{
    m_archive = metrics;
    m_logs->setHistory(logs);
    m_metrics->setArchive(metrics);
    m_hasStoredLogs = logs != nullptr;
    m_bars->counts().setHistory(logs);
    setReach();
    arrange();
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
    m_timeline.setPresent(frame->timestampMs);
    if (!isVisible() || isMinimized())
        return;
    m_uptime.read(*frame);
    m_activityBar->showUptime(m_uptime.isKnown(0) ? std::optional(static_cast<qint64>(m_uptime.value(0))) : std::nullopt);
}

void MainWindow::showActivity(Activity activity)
{
    m_activityBar->showActivity(activity);
    if (activity.messagesPerSecond > 0)
        m_bars->counts().noteEntries();
}

void MainWindow::showListenState(ListenState state)
{
    m_listenState = state;
    if (state.isSharedByChoice)
        change(&Settings::isShared, true);
    m_banner->show(state);
    if (m_settingsDialog)
        m_settingsDialog->showListenState(state);
    m_activityBar->showListenState(state);
    m_logs->setUrl(state.url, state.sparesOwnerOnly);
    m_sharing->showListenState(state);
    m_sources->showListenState(state);
    m_ui->actionCopyAddress->setEnabled(state.listening);
    m_ui->actionCopyLink->setEnabled(state.listening);
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
    m_bars->counts().noteEntries();
}

void MainWindow::setIcons()
{
    m_ui->actionCopyAddress->setIcon(themedIcon(u"copy"_s, palette()));
    m_bar->refresh();
    m_sharing->setIcons();
    m_sources->setIcons();
}

void MainWindow::retranslate()
{
    m_ui->retranslateUi(this);
    m_sharing->retranslate();
    m_sources->retranslate();
    m_tray->retranslate();
    setIcons();
    arrange();
}

void MainWindow::arrange()
{
    const bool isNarrow = width() < narrowWidth;
    if (m_bar->arrange(isNarrow)) {
        // The menu bar measures its corner again when that reappears.
        m_bar->adjustSize();
        m_bar->hide();
        m_bar->show();
    }
    const bool showsCharts = !isNarrow || m_moment->isHidden();
    m_chartsColumn->setVisible(showsCharts);
    const bool isLow = height() < lowHeight;
    m_metrics->setCompact(isLow);
    m_bars->setVisible(m_hasStoredLogs && !isLow);
    // One row of charts takes what it needs, and the log all else.
    const int row = isLow ? m_metrics->minimumSizeHint().height() : 0;
    m_chartsArea->setMinimumHeight(row);
    // Not of the splitter above it, which takes its own from its parts.
    m_chartsColumn->setMaximumHeight(isLow && m_moment->isHidden() ? row : QWIDGETSIZE_MAX);
}

void MainWindow::showChosenParts()
{
    const bool charts = m_ui->actionShowCharts->isChecked();
    const bool logs = m_ui->actionShowLogs->isChecked();
    m_upper->setVisible(charts);
    m_logs->setVisible(logs);
    m_splitter->setVisible(charts || logs);
    m_hint->setVisible(!charts && !logs);
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
    if (!event->spontaneous() && std::exchange(m_settings.showsSources, false))
        m_sources->open();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    arrange();
}

} // namespace vigie
