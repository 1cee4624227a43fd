// SPDX-License-Identifier: GPL-3.0-or-later
// The log within the window: it and the charts go to a moment and come back together, and a copied link holds its filter.
#include "core/language.h"
#include "core/viewchoice.h"
#include "fakehistory.h"
#include "gui/logs/levelsmenu.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/loglist.h"
#include "gui/logs/logpanel.h"
#include "gui/timeline/timeline.h"
#include "gui/window/mainwindow.h"
#include "guidata.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>
#include <QToolButton>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestWindowLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aroundThisMomentMovesEverything();
    void followingBringsEverythingBack();
    void aStretchOfTheChartsIsTheLogs();
    void aLinkHoldsTheFilter();
    void whatIsKeptComesBackWithTheNextWindow();

private:
    LogPanel& log() { return *m_window->findChild<LogPanel*>(); }
    QString newest() { return log().model().index(log().model().rowCount() - 1).data().toString(); }

    FakeHistory m_history;
    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<MainWindow> m_window;
    qint64 m_nowMs = 0;
};

void TestWindowLog::init()
{
    Settings settings;
    settings.language = u"en"_s;
    m_history = FakeHistory();
    m_history.atOnce = true;
    m_feed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(settings, *m_feed);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    for (int second = 0; second < 600; ++second) {
        const FramePtr frame = test::madeUpFrame(second);
        m_nowMs = frame->timestampMs;
        m_window->showSample(frame);
        m_history.add("shop", m_nowMs, "info", "second " + std::to_string(second));
    }
    m_window->setArchive(nullptr, &m_history);
    StoredCatalog catalog;
    catalog.apps.push_back({"shop", 600, {}, 0, 0});
    m_window->showStored(catalog);
    QTRY_COMPARE(newest(), u"second 599"_s);
}

void TestWindowLog::cleanup()
{
    m_window.reset();
    m_feed.reset();
}

void TestWindowLog::aroundThisMomentMovesEverything()
{
    auto* const list = m_window->findChild<LogList*>();
    const QModelIndex entry = list->model()->index(list->model()->rowCount() - 5, 0);
    const QPoint place = list->visualRect(entry).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, list->viewport()->mapToGlobal(place));
    QApplication::sendEvent(list->viewport(), &event);
    auto* const menu = log().findChild<QMenu*>(u"entryMenu"_s);
    menu->findChild<QAction*>(u"actionAroundThisMoment"_s)->trigger();
    menu->close();
    QCOMPARE(m_window->timeline().moment(), std::optional<qint64>(m_nowMs - 4'000));
    QVERIFY(!m_window->timeline().isLive());
    QVERIFY(!log().isFollowing());
    QCOMPARE(list->currentIndex().data().toString(), u"second 595"_s);
    m_window->findChild<QAction*>(u"actionBackToNow"_s)->trigger();
    QVERIFY(m_window->timeline().isLive());
    QTRY_VERIFY(log().isFollowing());
    QTRY_COMPARE(newest(), u"second 599"_s);
}

void TestWindowLog::followingBringsEverythingBack()
{
    m_window->timeline().pin(m_nowMs - 200'000);
    QTRY_VERIFY(!log().isFollowing());
    QTest::mouseClick(m_window->findChild<QToolButton*>(u"followButton"_s), Qt::LeftButton);
    QVERIFY(log().isFollowing());
    QVERIFY(m_window->timeline().isLive());
    QTRY_COMPARE(newest(), u"second 599"_s);
}

void TestWindowLog::aStretchOfTheChartsIsTheLogs()
{
    m_window->timeline().show(m_nowMs - 120'000, m_nowMs - 60'000);
    QTRY_COMPARE(log().model().rowCount(), 61);
    QCOMPARE(newest(), u"second 539"_s);
    m_window->timeline().toPresent();
    QTRY_COMPARE(newest(), u"second 599"_s);
    QVERIFY(log().isFollowing());
}

void TestWindowLog::aLinkHoldsTheFilter()
{
    m_window->showListenState({true, 3001, u"http://127.0.0.1:3001/"_s, {}});
    LogChoice choice;
    choice.appId = "shop";
    choice.search = "a|b";
    choice.isRegex = true;
    choice.severities = warningAndAbove();
    choice.terms = {{{"user", "ann"}}, {{"host", "x&y"}}};
    log().setViewFilter(choice);
    m_window->findChild<QAction*>(u"actionCopyLink"_s)->trigger();
    const QString link = QGuiApplication::clipboard()->text();
    QCOMPARE(choiceOf(ViewAddress::read(link.section(u'#', 1))), choice);
}

void TestWindowLog::whatIsKeptComesBackWithTheNextWindow()
{
    Settings kept;
    connect(m_window.get(), &MainWindow::settingsChanged, this, [&kept](const Settings& settings) { kept = settings; });
    m_window->findChild<QAction*>(u"actionWrapLines"_s)->trigger();
    QVERIFY(kept.logView.wrapsLines);
    LogFeed feed;
    MainWindow next(kept, feed);
    QVERIFY(next.findChild<QAction*>(u"actionWrapLines"_s)->isChecked());
}

VIGIE_WINDOW_TEST(TestWindowLog)
#include "tst_windowlog.moc"
