// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "core/settings.h"
#include "core/storedcatalog.h"
#include "figures/figurereader.h"

#include <QMainWindow>
#include <memory>

class QActionGroup;
class QScrollArea;
class QSplitter;

namespace Ui {
class MainWindow;
}

namespace vigie {

class ActivityBar;
class CornerBar;
class History;
class ListenBanner;
class LogFeed;
class LogPanel;
class MetricArchive;
class MetricsPanel;
class MomentPanel;
class Sharing;

/// The one window: charts above, logs below, the address at its foot. It shows what it is told and reports
/// what the user wants; it knows nothing of the server or the sampler. GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `feed` outlives the window. The theme and the language of `settings` are applied to the program.
    MainWindow(Settings settings, LogFeed& feed, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Where the past is to be had; null: nothing is kept. Must outlive the window.
    void setArchive(MetricArchive* metrics, History* logs);

    /// To be connected with those who can do what it wants.
    Sharing& sharing() { return *m_sharing; }

    const Settings& settings() const { return m_settings; }

public Q_SLOTS:
    void showSample(vigie::FramePtr frame);
    void showActivity(vigie::Activity activity);
    void showListenState(vigie::ListenState state);
    void showStoreState(const vigie::StoreState& state);
    /// The same of the store of figures.
    void showMetricStoreState(const vigie::StoreState& state);
    /// What the store held when it was opened: at the start, or later when it could not be opened then. Any number of times.
    void showStored(const vigie::StoredCatalog& catalog);

Q_SIGNALS:
    /// A setting is another one: to be saved.
    void settingsChanged(vigie::Settings settings);
    /// The user wants the server on this port.
    void portChosen(quint16 port);
    /// The user wants the live history of an application emptied.
    void clearRequested(QString appId);
    /// The user closed it: the program is to end.
    void closed();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildContent();
    void buildBar();
    void buildChoices();
    void wire();
    void restore();
    void retranslate();
    void setIcons();
    void arrangeBar();
    void setRange(int minutes);
    void zoom(int direction);
    void showMoment(qint64 wallMs);
    void hideMoment();
    void setTheme(const QString& name);
    void setLanguage(const QString& name);
    void rememberGeometry();
    void showAbout();
    void showConnect();
    template <typename T> void change(T Settings::*setting, const T& value);

    Settings m_settings;
    std::unique_ptr<Ui::MainWindow> m_ui;
    MetricsPanel* m_metrics;
    LogPanel* m_logs;
    ListenBanner* m_banner;
    ActivityBar* m_activityBar;
    FigureReader m_uptime{{"uptime"}};
    QSplitter* m_splitter;
    QSplitter* m_upper; // the charts, and beside them what was chosen on them
    QScrollArea* m_chartsArea;
    MomentPanel* m_moment;
    Sharing* m_sharing;
    CornerBar* m_bar = nullptr;
    QActionGroup* m_ranges;
    QActionGroup* m_themes;
    QActionGroup* m_languages;
    MetricArchive* m_archive = nullptr;
    ListenState m_listenState;
    StoreState m_storeState;
    StoreState m_metricStoreState;
    bool m_wasMinimized = false;
};

} // namespace vigie
