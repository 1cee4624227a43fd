// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "core/settings.h"
#include "core/sourcesettings.h"
#include "core/storedcatalog.h"
#include "figures/figurereader.h"
#include "gui/settings/settingspage.h"
#include "gui/timeline/timeline.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

class QActionGroup;
class QScrollArea;
class QSplitter;

namespace Ui {
class MainWindow;
}

namespace vigie {

class ActivityBar;
class CornerBar;
class EntryBars;
class HiddenHint;
class FileBar;
class History;
class ListenBanner;
class LogFeed;
class LogPanel;
class MetricArchive;
class MetricsPanel;
class MomentPanel;
class SettingsDialog;
class Sharing;
class Sources;
class TrayIcon;

/// The main window: charts at the top, logs below, the status bar at the bottom; all of them follow its Timeline. Shows the data
/// it is given and emits what the user wants; knows neither server nor sampler. GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `feed` must outlive the window. Applies the theme and language of `settings` to the program.
    MainWindow(Settings settings, LogFeed& feed, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// The sources of stored data; null: nothing is stored. Must outlive the window.
    void setArchive(MetricArchive* metrics, History* logs);

    /// Connect it to whatever can carry out its requests.
    Sharing& sharing() { return *m_sharing; }

    Sources& sources() { return *m_sources; }

    Timeline& timeline() { return m_timeline; }
    const Settings& settings() const { return m_settings; }
    /// What the command line overrides.
    void setOverrides(const SettingsOverrides& overrides);
    /// `hasTray` tells whether the desktop has a tray now, in which Vigie may go on when the window is closed. It may come after
    /// us, and go. Without it there is none.
    void setTray(std::function<bool()> hasTray);
    /// Shows what the fragment of an address says, all of it together, and tells which parts say nothing. Time stays as it is where
    /// none is said.
    void showView(const QString& fragment);
    /// Shows the window, wherever it was, before all others.
    void comeToFront();
    LogPanel& logs() { return *m_logs; }
    FileBar& fileBar() { return *m_fileBar; }

public Q_SLOTS:
    void showSample(vigie::FramePtr frame);
    void showActivity(vigie::Activity activity);
    void showListenState(vigie::ListenState state);
    void showStoreState(const vigie::StoreState& state);
    /// The same for the store of metrics.
    void showMetricStoreState(const vigie::StoreState& state);
    /// What Vigie reads by itself; `problem`: why a change of it could not be made.
    void showSourceSettings(const vigie::SourceSettings& settings, const QString& problem);
    /// What the store contained when it was opened, at the start or later. May be called repeatedly.
    void showStored(const vigie::StoredCatalog& catalog);

Q_SIGNALS:
    /// A setting changed and must be saved.
    void settingsChanged(vigie::Settings settings);
    /// The user chose this port for the server.
    void portChosen(quint16 port);
    /// The user wants to clear the live history of an application.
    void clearRequested(QString appId);
    /// The user wants these log files shown.
    void filesChosen(QStringList paths);
    /// The user wants this one shown no more.
    void fileCloseWanted(QString appId);
    /// The user wants to change what Vigie reads by itself; showSourceSettings() tells what became of it.
    void sourceChangeWanted(const std::function<vigie::Outcome(vigie::SourceSettings&)>& change);
    /// The user closed the window, so the program must end.
    void closed();

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildContent();
    void buildBar();
    void buildChoices();
    void wire();
    void wireFiles();
    void wireSources();
    void showSourcesSettingsPage();
    void showTrace(const std::string& traceId);
    void showLogOf(const QString& appId);
    void restore();
    void retranslate();
    void setIcons();
    /// Gives what there is the room there is.
    void arrange();
    void showChosenParts();
    void buildRanges();
    void buildKeys();
    void wireTime();
    void setRange(int minutes);
    void setReach();
    void followTime();
    void tellLog();
    void countEntries();
    void showMoment(std::optional<qint64> wallMs);
    void showMomentPanel();
    void closeWhatIsOpen();
    void showShortcuts();
    void copyLink();
    void setTheme(const QString& name);
    void setLanguage(const QString& name);
    void rememberGeometry();
    void showSettings();
    void remakeSettingsDialog();
    void applyEdit(const std::function<void(Settings&)>& edit);
    void checkChoices();
    void askAboutTray();
    void chooseFiles();
    void quit();
    void showAbout();
    void showConnect();
    template <typename T> void change(T Settings::*setting, const T& value);

    /// What the log was last told to show.
    struct Told
    {
        Stretch stretch;
        std::optional<qint64> momentMs;
    };

    Settings m_settings;
    Timeline m_timeline;
    std::unique_ptr<Ui::MainWindow> m_ui;
    MetricsPanel* m_metrics;
    LogPanel* m_logs;
    ListenBanner* m_banner;
    ActivityBar* m_activityBar;
    FigureReader m_uptime{{"uptime"}};
    QSplitter* m_splitter;
    QSplitter* m_upper; // the charts, and beside them the selected moment
    QScrollArea* m_chartsArea;
    QWidget* m_chartsColumn; // the charts, and below them the bars
    EntryBars* m_bars;
    MomentPanel* m_moment;
    HiddenHint* m_hint = nullptr;
    Sharing* m_sharing;
    Sources* m_sources;
    SourceSettings m_sourceSettings; // as they are stored
    CornerBar* m_bar = nullptr;
    QActionGroup* m_ranges;
    QActionGroup* m_themes;
    QActionGroup* m_languages;
    TrayIcon* m_tray;
    FileBar* m_fileBar;
    QPointer<SettingsDialog> m_settingsDialog; // while it is open
    SettingsOverrides m_overrides;
    std::function<bool()> m_hasTray = [] { return false; };
    bool m_isQuitting = false;
    MetricArchive* m_archive = nullptr;
    bool m_hasStoredLogs = false;
    ListenState m_listenState;
    StoreState m_storeState;
    StoreState m_metricStoreState;
    QTimer m_logTimer; // the log follows when the hand rests
    QTimer m_momentTimer; // until a click cannot be the first of a double click any more
    Told m_told;
    Stretch m_followed; // that the bar shows
    bool m_wasMinimized = false;
};

} // namespace vigie
