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

/// The live log entries: filters, search, the list that follows the newest, and the details of one.
///
/// Drains the feed at most some fifteen times a second, and not at all while nobody can see it.
class LogPanel : public Card
{
    Q_OBJECT

public:
    explicit LogPanel(LogFeed& feed, QWidget* parent = nullptr);
    ~LogPanel() override;

    void setUrl(const QString& url, bool othersNeedToken = false);
    /// Where stored entries are to be had; null: nothing is kept. Must outlive this.
    void setHistory(History* history);
    /// Those that have sent entries; the one that is shown first.
    QStringList applications() const;
    /// Applications that have stored entries.
    void addApplications(const QStringList& applications);
    /// The store was opened, maybe late, and maybe with other numbers for the entries that are shown: all comes from there anew.
    void reload();
    /// Shows what is stored around a time, ms since the epoch, until the user follows again.
    void goTo(qint64 timeMs);
    /// To be called when the window comes back from hidden or minimised.
    void catchUp();

    bool isFollowing() const { return m_following; }
    LogModel& model() { return *m_model; }
    /// For a menu.
    const LogActions& actions() const { return *m_actions; }

Q_SIGNALS:
    /// The user wants the live history of an application gone.
    void clearRequested(const QString& appId);

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
    QString chosenApplication() const;

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
    QWidget* m_nothing; // in place of the list when the filters let nothing pass
    QLabel* m_nothingLabel;
    QPushButton* m_nothingButton;
    QPushButton* m_newEntriesButton;
    LogActions* m_actions;
    LogBrowser* m_browser;

    QTimer m_drainTimer;
    QTimer m_searchTimer;
    QElapsedTimer m_sinceDrain;
    bool m_following = true;
    bool m_choosing = false; // the current row is being set by us
    int m_newCount = 0;      // entries that came while not following
    quint64 m_skipped = 0;   // entries never shown here since the last clearing
};

} // namespace vigie
