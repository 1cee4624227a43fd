// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/card.h"
#include "gui/logs/logmodel.h"

#include <QElapsedTimer>
#include <QTimer>
#include <memory>
#include <optional>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace Ui {
class LogPanel;
}

namespace vigie {

class ConnectHint;
class FilterChips;
class History;
class LogActions;
class LogBrowser;
class LogCommands;
class LogDays;
class LogDelegate;
class LogDetails;
class LogFeed;
class LogFilters;
class LogList;
class StoredCounts;
struct LogViewSettings;

/// The log: filters, search, a list that follows the newest entry or shows a stretch of the past, and the details of one entry.
///
/// Drains the feed at most about fifteen times a second, and not at all while it is invisible.
class LogPanel : public Card
{
    Q_OBJECT

public:
    explicit LogPanel(LogFeed& feed, QWidget* parent = nullptr);
    ~LogPanel() override;

    void setUrl(const QString& url, bool othersNeedToken = false);
    /// The source of stored entries; null: nothing is stored. Must outlive this.
    void setHistory(History* history);
    History* history() const;
    /// Applications that have sent entries; the selected one first.
    QStringList applications() const;
    /// The application that is shown; empty: all of them.
    QString chosenApplication() const;
    /// Applications that have stored entries.
    void addApplications(const QStringList& applications);
    /// An application is gone with its entries: a log file that was closed.
    void removeApplication(const QString& appId);
    /// The store was opened, perhaps late, so sequence numbers may have changed: reloads everything.
    void reload();
    /// Call when the window is shown again after it was hidden or minimised.
    void catchUp();

    /// The font of the list; an empty family: the system's fixed-width font; 0 points: as large as the window's text.
    void setTextFont(const QString& family, int points);
    /// Shows this application's entries alone, if it is known.
    void chooseApplication(const QString& appId);

    bool isFollowing() const { return m_following; }
    LogModel& model() { return *m_model; }
    /// For a menu.
    const LogActions& actions() const { return *m_actions; }

    /// What the user filters by, without the stretch of time.
    const LogChoice& viewFilter() const;
    void setViewFilter(const LogChoice& filter);
    /// What is kept of how the user reads the log.
    const LogViewSettings& viewSettings() const;
    void setViewSettings(const LogViewSettings& settings);

Q_SIGNALS:
    /// The user wants an application's stored entries to be deleted for good.
    void clearRequested(const QString& appId);
    /// The user left the past by following the log: everything else is to return to the present, too.
    void backToNowWanted();
    /// The user wants everything to show what was at this time, ms since the epoch.
    void momentWanted(qint64 timeMs);
    /// The user wants to see a trace.
    void traceWanted(const std::string& traceId);
    /// The user wants to see how entries can come.
    void addSourceWanted();
    /// The user filters by something else.
    void viewFilterChanged();
    void viewSettingsChanged(const vigie::LogViewSettings& settings);

public Q_SLOTS:
    void setFollowing(bool following);
    void resetFilters();
    /// Shows the stored entries of a stretch of the past, both ends inclusive, ms since the epoch, from its end on.
    void showStretch(qint64 fromMs, qint64 toMs);
    /// Shows stored entries around a time, ms since the epoch; those of the stretch that is shown, if it lies in there.
    void goTo(qint64 timeMs);
    /// Shows this entry with those around it, of all applications, and its details.
    void showEntry(const vigie::LogEntryRef& entry);
    /// Shows the newest entries, and follows them.
    void toPresent();
    /// Goes to the first entry there is, or to the last.
    void toOldest();
    void toNewest();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Stretch
    {
        qint64 fromMs = 0;
        qint64 toMs = 0;
    };

    void placeActions();
    void buildList();
    void buildHint();
    void wire();
    void wireActions();
    void wireList();
    void retranslate();
    void setListFont();
    void buildNothing();

    void scheduleDrain();
    void drain();
    void applyChoice();
    void applyStretch();
    LogChoice currentChoice() const;
    void find();
    void clearView();
    void showViewSettings();
    void showCounts();
    void placeSearch(bool isNarrow);
    void showNarrowCount();
    void showLevelCounts();
    void showNothing();
    void showNewCount();
    QString countText() const;
    void showDetails(bool shown);
    void arrangeDetails();
    void chooseRow(const QModelIndex& index);
    void askForTime();
    void chooseAwaited();
    void refreshCounts();
    /// Whatever lies over the list keeps its place.
    void fitToList();

    LogFeed& m_feed;
    std::unique_ptr<Ui::LogPanel> m_ui;
    LogModel* m_model;
    LogDays* m_days;
    LogDelegate* m_delegate;
    LogList* m_list;
    QWidget* m_listArea; // the list and what stands below it
    LogDetails* m_details;
    QSplitter* m_splitter;
    QStackedWidget* m_stack;
    ConnectHint* m_hint;
    QWidget* m_nothing; // replaces the list when no entry matches the filters
    QLabel* m_nothingLabel;
    QPushButton* m_nothingButton;
    QPushButton* m_newEntriesButton;
    LogActions* m_actions;
    FilterChips* m_chips;
    LogFilters* m_filters = nullptr;
    StoredCounts* m_counts;
    LogBrowser* m_browser;
    LogCommands* m_commands = nullptr;

    QString m_fontFamily;
    int m_fontPoints = 0;
    int m_searchWidth = 0; // at most, within the header
    QTimer m_drainTimer;
    QTimer m_stretchTimer; // panning asks for many stretches
    QElapsedTimer m_sinceDrain;
    std::optional<Stretch> m_stretch;
    std::optional<LogEntryRef> m_awaited; // to be chosen once it is loaded
    bool m_following = true;
    bool m_choosing = false; // we are setting the current row ourselves
    int m_newCount = 0;  // entries that arrived while not following
    quint64 m_skipped = 0;  // entries dropped before they were shown, since the last clear
};

} // namespace vigie
