// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/card.h"
#include "gui/logs/logmodel.h"

#include <QElapsedTimer>
#include <QTimer>
#include <memory>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace Ui {
class LogPanel;
}

namespace vigie {

class ConnectHint;
class History;
class LogBrowser;
class LogActions;
class LogDays;
class LogDelegate;
class LogDetails;
class LogFeed;
class LogList;

/// The live log: filters, search, a list that follows the newest entry, and the details of one entry.
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
    /// Applications that have sent entries; the selected one first.
    QStringList applications() const;
    /// The application that is shown; empty: all of them.
    QString chosenApplication() const;
    /// Applications that have stored entries.
    void addApplications(const QStringList& applications);
    /// The store was opened, perhaps late, so sequence numbers may have changed: reloads everything.
    void reload();
    /// Shows stored entries around a time, ms since the epoch, until the user follows the log again.
    void goTo(qint64 timeMs);
    /// Shows the entries of a stretch of the past, ms since the epoch.
    void showStretch(qint64 fromMs, qint64 toMs);
    /// Ends with the newest entry again.
    void toPresent();
    /// Scrolls to the oldest, or newest, entry.
    void toOldest();
    void toNewest();
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

Q_SIGNALS:
    /// The user wants to clear an application's live history.
    void clearRequested(const QString& appId);
    /// The user leaves the past by a button of the log.
    void backToNowWanted();
    /// chosenApplication(), or what is searched for, is another one.
    void viewFilterChanged();
    /// The user chose a moment in the log, ms since the epoch.
    void momentWanted(qint64 timeMs);

public Q_SLOTS:
    void setFollowing(bool following);
    void resetFilters();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeActions();
    void buildList();
    void wire();
    void retranslate();
    void setListFont();
    void buildNothing();

    void scheduleDrain();
    void drain();
    void applyChoice();
    void showApplications();
    void showCounts();
    void showDetails(bool shown);
    void chooseRow(const QModelIndex& index);
    void askToClearHistory();
    void askForTime();
    /// Whatever lies over the list keeps its place.
    void fitToList();
    void placeNewEntriesButton();

    LogFeed& m_feed;
    std::unique_ptr<Ui::LogPanel> m_ui;
    LogModel* m_model;
    LogDays* m_days;
    LogDelegate* m_delegate;
    LogList* m_list;
    LogDetails* m_details;
    QSplitter* m_splitter;
    QStackedWidget* m_stack;
    ConnectHint* m_hint;
    QWidget* m_nothing; // replaces the list when no entry matches the filters
    QLabel* m_nothingLabel;
    QPushButton* m_nothingButton;
    QPushButton* m_newEntriesButton;
    LogActions* m_actions;
    LogBrowser* m_browser;

    QString m_fontFamily;
    int m_fontPoints = 0;
    QTimer m_drainTimer;
    QTimer m_searchTimer;
    QElapsedTimer m_sinceDrain;
    bool m_following = true;
    bool m_choosing = false; // we are setting the current row ourselves
    int m_newCount = 0;  // entries that arrived while not following
    quint64 m_skipped = 0;  // entries dropped before they were shown, since the last clear
};

} // namespace vigie
