// SPDX-License-Identifier: GPL-3.0-or-later
// The log panel over a store: paging back, going to a time and coming back, as a person does it.
#include "fakehistory.h"
#include "gui/logs/logbrowser.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/widgets/theme.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>
#include <set>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogBrowser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void whatIsStoredIsThereAtTheStart();
    void scrollingUpBringsOlder_data();
    void scrollingUpBringsOlder();
    void liveEntriesGoOnMeanwhile();
    void filtersReachIntoTheStore();
    void goingToATimeShowsWhatIsAround();
    void pagesGoOnInBothDirections();
    void followingComesBack();
    void aTimeWithoutEntriesSaysSo();
    void aMomentBeforeMostEntriesIsFollowedByThem_data();
    void aMomentBeforeMostEntriesIsFollowedByThem();
    void theWheelBringsWhatCameAfterTheMoment();
    void theDialogGoesToATime();
    void withoutAStoreNothingIsOffered();
    void clearingTheViewStaysClear();
    void clearingTheViewOfThePastStaysClear();
    void anAnswerToAnEarlierViewIsDropped();
    void whatWasClearedIsNotBroughtBack();
    void aSearchThatStopsKeepsToItsTime();
    void aRareFilterOverManyLiveEntries();
    void whatIsLiveStaysWhenBigEntriesAreBrought();
    void aVeryLongWayBackKeepsMemoryBounded();

private:
    template <typename T> T* child(const QString& name) { return m_panel->findChild<T*>(name); }
    QListView* list() { return child<QListView>(u"logList"_s); }
    LogModel& model() { return m_panel->model(); }
    void open();
    void settle();
    void scrollTo(int value);
    void wheelDown();
    QStringList messages();
    /// Whether the entries held are in order of time and none stands twice.
    bool isInOrder();

    FakeHistory m_history;
    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<LogPanel> m_panel;
};

void TestLogBrowser::initTestCase()
{
    applyTheme(*qApp, u"light"_s);
}

void TestLogBrowser::init()
{
    m_history = FakeHistory();
    // Two applications by turns; the second is rarer.
    for (int i = 0; i < 1'500; ++i) {
        m_history.add("shop", 1'000'000 + i * 100, i % 50 == 0 ? "error" : "info", "order " + std::to_string(i));
        if (i % 3 == 0)
            m_history.add("mail", 1'000'050 + i * 100, "debug", "mail " + std::to_string(i));
    }
}

void TestLogBrowser::cleanup()
{
    m_panel.reset();
}

void TestLogBrowser::open()
{
    m_feed = std::make_unique<LogFeed>();
    m_panel = std::make_unique<LogPanel>(*m_feed);
    m_panel->resize(1000, 400);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_panel->setHistory(&m_history);
    m_panel->addApplications({u"shop"_s, u"mail"_s});
    settle();
}

void TestLogBrowser::settle()
{
    m_history.tell();
    QCoreApplication::processEvents();
    m_history.tell();
}

void TestLogBrowser::scrollTo(int value)
{
    QScrollBar* const bar = list()->verticalScrollBar();
    bar->setSliderPosition(value);
    bar->triggerAction(QAbstractSlider::SliderMove);
    settle();
}

QStringList TestLogBrowser::messages()
{
    QStringList messages;
    for (int row = 0; row < model().rowCount(); ++row)
        messages.append(model().index(row).data().toString());
    return messages;
}

bool TestLogBrowser::isInOrder()
{
    std::set<std::string> ids;
    std::int64_t before = 0;
    for (const LogEntryRef& entry : model().entries()) {
        if (entry.batch->timestampMs(entry.index) < before || !ids.insert(std::string(entry.id())).second) {
            qWarning("%s is out of order", std::string(entry.id()).c_str());
            return false;
        }
        before = entry.batch->timestampMs(entry.index);
    }
    return true;
}

void TestLogBrowser::whatIsStoredIsThereAtTheStart()
{
    open();
    QVERIFY(model().rowCount() >= 100);
    QVERIFY(model().rowCount() <= 400); // a page, not the store
    QCOMPARE(messages().last(), u"order 1499"_s);
    QVERIFY(messages().contains(u"mail 1497"_s));
    QVERIFY(isInOrder());
    QVERIFY(m_panel->isFollowing());
    QCOMPARE(list()->verticalScrollBar()->value(), list()->verticalScrollBar()->maximum());
}

void TestLogBrowser::scrollingUpBringsOlder_data()
{
    QTest::addColumn<bool>("atOnce");
    QTest::newRow("answers later") << false;
    QTest::newRow("answers at once") << true;
}

void TestLogBrowser::scrollingUpBringsOlder()
{
    QFETCH(bool, atOnce);
    m_history.atOnce = atOnce;
    open();
    int rows = model().rowCount();
    for (int page = 0; page < 100 && model().rowCount() < 2'000; ++page) {
        scrollTo(0);
        QVERIFY(!m_panel->isFollowing());
        if (model().rowCount() == rows)
            continue;
        // What was at the top is still in view, not at the top.
        QVERIFY(list()->verticalScrollBar()->value() > 0);
        rows = model().rowCount();
    }
    QCOMPARE(model().rowCount(), 2'000); // every one, and none twice
    QVERIFY(isInOrder());
    QCOMPARE(messages().first(), u"order 0"_s);
    const int asked = m_history.asked;
    scrollTo(0);
    QCOMPARE(m_history.asked, asked); // there is no more to ask for
}

void TestLogBrowser::liveEntriesGoOnMeanwhile()
{
    open();
    scrollTo(0);
    const int rows = model().rowCount();
    m_history.add("shop", 9'000'000, "info", "new");
    m_feed->push(m_history.batchOf("shop", 1'501));
    QTRY_COMPARE(model().rowCount(), rows + 1);
    scrollTo(0);
    QVERIFY(model().rowCount() > rows + 1);
    QVERIFY(isInOrder());
    QCOMPARE(messages().last(), u"new"_s);
}

void TestLogBrowser::filtersReachIntoTheStore()
{
    open();
    child<QLineEdit>(u"searchEdit"_s)->setText(u"order 7"_s);
    QTest::keyClick(child<QLineEdit>(u"searchEdit"_s), Qt::Key_Return);
    settle();
    for (int i = 0; i < 20; ++i)
        scrollTo(0);
    QCOMPARE(model().rowCount(), 1 + 10 + 100); // 7, 70 to 79, 700 to 799
    QVERIFY(isInOrder());
    // Without the filter it is as if there had been none.
    m_panel->resetFilters();
    settle();
    for (int i = 0; i < 30; ++i)
        scrollTo(0);
    QCOMPARE(model().rowCount(), 2'000);
    QVERIFY(isInOrder());
}

void TestLogBrowser::goingToATimeShowsWhatIsAround()
{
    open();
    m_panel->goTo(1'000'000 + 700 * 100 + 20);
    settle();
    QVERIFY(!m_panel->isFollowing());
    QVERIFY(isInOrder());
    const QModelIndex current = list()->currentIndex();
    QCOMPARE(current.data().toString(), u"order 700"_s);
    QVERIFY(list()->viewport()->rect().intersects(list()->visualRect(current)));
    QVERIFY(messages().contains(u"order 650"_s));
    QVERIFY(messages().contains(u"order 750"_s));
    QVERIFY(!messages().contains(u"order 1499"_s));
    // The present waits outside.
    const int rows = model().rowCount();
    m_history.add("shop", 9'000'000, "info", "new");
    m_feed->push(m_history.batchOf("shop", 1'501));
    QTest::qWait(150);
    QCOMPARE(model().rowCount(), rows);
    QVERIFY(!child<QPushButton>(u"newEntriesButton"_s)->isVisible()); // the window has the one way back
}

void TestLogBrowser::pagesGoOnInBothDirections()
{
    open();
    m_panel->goTo(1'000'000 + 700 * 100);
    settle();
    for (int i = 0; i < 40; ++i) {
        scrollTo(0);
        scrollTo(list()->verticalScrollBar()->maximum());
    }
    QCOMPARE(model().rowCount(), 2'000);
    QVERIFY(isInOrder());
    // At the end, what came since is found as well.
    m_history.add("mail", 9'000'000, "info", "late");
    scrollTo(list()->verticalScrollBar()->maximum() - 1);
    scrollTo(list()->verticalScrollBar()->maximum());
    QCOMPARE(messages().last(), u"late"_s);
}

void TestLogBrowser::followingComesBack()
{
    open();
    m_panel->goTo(1'000'000);
    settle();
    m_history.add("shop", 9'000'000, "info", "new");
    m_feed->push(m_history.batchOf("shop", 1'501));
    QTest::mouseClick(child<QToolButton>(u"followButton"_s), Qt::LeftButton);
    settle();
    QVERIFY(m_panel->isFollowing());
    QCOMPARE(messages().last(), u"new"_s);
    QVERIFY(messages().contains(u"order 1499"_s));
    QVERIFY(isInOrder());
    QVERIFY(!child<QPushButton>(u"newEntriesButton"_s)->isVisible());
    m_history.add("shop", 9'000'100, "info", "newer");
    m_feed->push(m_history.batchOf("shop", 1'502));
    QTRY_COMPARE(messages().last(), u"newer"_s);
}

void TestLogBrowser::aTimeWithoutEntriesSaysSo()
{
    m_history = FakeHistory();
    open();
    m_panel->goTo(5'000);
    settle();
    QCOMPARE(model().rowCount(), 0);
    QCOMPARE(child<QLabel>(u"nothingLabel"_s)->text(), u"There are no entries."_s);
    QVERIFY(child<QLabel>(u"nothingLabel"_s)->isVisible());
}

void TestLogBrowser::wheelDown()
{
    QWidget* viewport = list()->viewport();
    const QPointF at = viewport->rect().center();
    QWheelEvent wheel(at, viewport->mapToGlobal(at), {}, {0, -240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewport, &wheel);
    settle();
}

void TestLogBrowser::aMomentBeforeMostEntriesIsFollowedByThem_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<QString>("search");
    QTest::newRow("the list is short") << 2 << QString();
    QTest::newRow("the list is long before it") << 200 << QString();
    QTest::newRow("with a filter") << 2 << u"e"_s;
}

/// The first page of newer entries may be one entry: it does not fill the view.
void TestLogBrowser::aMomentBeforeMostEntriesIsFollowedByThem()
{
    QFETCH(int, before);
    QFETCH(QString, search);
    m_history = FakeHistory();
    m_history.replayEntries = 1;
    for (int i = 0; i < before; ++i)
        m_history.add("shop", 1'000'000 + i, "info", "before " + std::to_string(i));
    m_history.add("mail", 1'060'000, "info", "mail after, the");
    for (int i = 0; i < 60; ++i)
        m_history.add("shop", 1'060'001 + i, "info", "after, the " + std::to_string(i));
    open();
    child<QLineEdit>(u"searchEdit"_s)->setText(search);
    QTest::keyClick(child<QLineEdit>(u"searchEdit"_s), Qt::Key_Return);
    m_panel->goTo(1'000'000 + before);
    settle();
    QCOMPARE(list()->currentIndex().data().toString(), u"before %1"_s.arg(before - 1));
    const QScrollBar* const bar = list()->verticalScrollBar();
    QTRY_VERIFY(bar->value() < bar->maximum()); // the view is full, and there is more below
    for (int i = 0; i < 200 && messages().last() != u"after, the 59"_s; ++i)
        wheelDown();
    QCOMPARE(messages().last(), u"after, the 59"_s);
    QCOMPARE(messages().filter(u"after"_s).size(), 61);
    QVERIFY(isInOrder());
}

void TestLogBrowser::theWheelBringsWhatCameAfterTheMoment()
{
    m_history = FakeHistory();
    m_history.add("shop", 1'000'000, "info", "first");
    m_history.add("shop", 1'000'001, "info", "second");
    open();
    m_panel->goTo(1'000'001);
    settle();
    QCOMPARE(messages(), (QStringList{u"first"_s, u"second"_s}));
    for (int i = 0; i < 60; ++i) {
        m_history.add("shop", 1'060'000 + i, "info", "live " + std::to_string(i));
        m_feed->push(m_history.batchOf("shop", 3 + std::size_t(i)));
    }
    for (int i = 0; i < 100 && messages().last() != u"live 59"_s; ++i)
        wheelDown();
    QCOMPARE(messages().size(), 62);
    QVERIFY(isInOrder());
}

void TestLogBrowser::theDialogGoesToATime()
{
    open();
    child<QAction>(u"actionGoToTime"_s)->trigger();
    auto* const edit = child<QDateTimeEdit>(u"timeEdit"_s);
    QVERIFY(edit);
    edit->setDateTime(QDateTime::fromMSecsSinceEpoch(1'100'000));
    QTest::keyClick(edit, Qt::Key_Return);
    settle();
    QCOMPARE(list()->currentIndex().data().toString(), u"order 1000"_s);
}

void TestLogBrowser::withoutAStoreNothingIsOffered()
{
    m_feed = std::make_unique<LogFeed>();
    m_panel = std::make_unique<LogPanel>(*m_feed);
    m_panel->resize(1000, 400);
    m_panel->show();
    QVERIFY(!child<QAction>(u"actionGoToTime"_s)->isEnabled());
    m_panel->goTo(5);
    QVERIFY(m_panel->isFollowing());
    m_feed->push(m_history.batchOf("shop", 1));
    QTRY_COMPARE(model().rowCount(), 1);
}

void TestLogBrowser::clearingTheViewStaysClear()
{
    open();
    child<QAction>(u"actionClearView"_s)->trigger();
    settle();
    QCOMPARE(model().heldCount(), std::size_t(0));
    m_history.add("shop", 9'000'000, "info", "new");
    m_feed->push(m_history.batchOf("shop", 1'501));
    QTRY_COMPARE(model().rowCount(), 1);
    settle();
    QCOMPARE(model().rowCount(), 1);
}

void TestLogBrowser::clearingTheViewOfThePastStaysClear()
{
    for (int i = 0; i < 25'000; ++i)
        m_history.add("bulk", 2'000'000 + i, "info", "bulk " + std::to_string(i));
    m_history.atOnce = true;
    open();
    m_panel->addApplications({u"bulk"_s});
    m_panel->goTo(2'024'000);
    for (int i = 0; i < 300; ++i) // so far back that the newest had to go
        scrollTo(0);
    child<QAction>(u"actionClearView"_s)->trigger();
    settle();
    QCOMPARE(model().heldCount(), std::size_t(0));
    scrollTo(list()->verticalScrollBar()->maximum());
    Q_EMIT list()->verticalScrollBar()->valueChanged(0); // as of a wheel on an empty list
    settle();
    QCOMPARE(model().heldCount(), std::size_t(0));
    // Following comes back to the present all the same.
    QTest::mouseClick(child<QToolButton>(u"followButton"_s), Qt::LeftButton);
    settle();
    QVERIFY(m_panel->isFollowing());
    QVERIFY(model().rowCount() > 0);
}

void TestLogBrowser::whatWasClearedIsNotBroughtBack()
{
    open();
    QVERIFY(model().rowCount() < 1'000); // there is more to bring
    list()->verticalScrollBar()->setSliderPosition(0);
    list()->verticalScrollBar()->triggerAction(QAbstractSlider::SliderMove); // a question is on its way
    QVERIFY(!m_history.stop.stop_requested());
    m_feed->clear("shop", 1'500);
    m_history.add("shop", 9'000'000, "info", "new");
    m_feed->push(m_history.batchOf("shop", 1'501));
    QTRY_VERIFY(messages().contains(u"new"_s));
    settle();
    for (int i = 0; i < 20; ++i)
        scrollTo(0);
    QVERIFY(messages().contains(u"mail 0"_s));
    QCOMPARE(messages().filter(u"order"_s), QStringList());
}

void TestLogBrowser::anAnswerToAnEarlierViewIsDropped()
{
    open();
    m_panel->goTo(1'000'000); // asked, not answered
    const std::stop_token asked = m_history.stop;
    QVERIFY(asked.stop_possible() && !asked.stop_requested());
    QTest::mouseClick(child<QToolButton>(u"followButton"_s), Qt::LeftButton);
    child<QAction>(u"actionClearView"_s)->trigger();
    QVERIFY(asked.stop_requested());
    settle();
    QCOMPARE(model().heldCount(), std::size_t(0));
    // A filter is chosen while the page before it is on its way.
    m_panel->resetFilters();
    open();
    scrollTo(0);
    list()->verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
    child<QLineEdit>(u"searchEdit"_s)->setText(u"mail 3"_s);
    QTest::keyClick(child<QLineEdit>(u"searchEdit"_s), Qt::Key_Return);
    settle();
    settle();
    QVERIFY(isInOrder());
    for (const QString& message : messages())
        QVERIFY2(message.startsWith(u"mail 3"), qPrintable(message));
}

void TestLogBrowser::aSearchThatStopsKeepsToItsTime()
{
    // The clock was set back: later entries have earlier times, and the first looks find none of the time.
    m_history.patience = 10;
    m_history.add("slow", 5'000, "info", "before");
    for (int i = 0; i < 100; ++i)
        m_history.add("slow", 9'000'000 + i, "info", "after");
    m_history.atOnce = true;
    open();
    m_panel->addApplications({u"slow"_s});
    child<QLineEdit>(u"searchEdit"_s)->setText(u"e"_s);
    m_panel->goTo(6'000);
    settle();
    QVERIFY(messages().contains(u"before"_s));
    QCOMPARE(list()->currentIndex().data().toString(), u"before"_s);
    QVERIFY(isInOrder());
}

void TestLogBrowser::aRareFilterOverManyLiveEntries()
{
    m_history.atOnce = true;
    open();
    // As many live ones as are held, of which few are wanted.
    for (int i = 0; i < 21'000; ++i) {
        m_history.add("shop", 2'000'000 + i, "info", "live " + std::to_string(i));
        m_feed->push(m_history.batchOf("shop", 1'501 + std::size_t(i)));
        if (i % 500 == 499)
            QTest::qWait(110); // the feed gives what it has ten times a second
    }
    QTRY_COMPARE(messages().last(), u"live 20999"_s);
    child<QLineEdit>(u"searchEdit"_s)->setText(u"order 14"_s);
    QTest::keyClick(child<QLineEdit>(u"searchEdit"_s), Qt::Key_Return);
    settle();
    QVERIFY(m_panel->isFollowing()); // nobody asked to leave the present
    QCOMPARE(model().rowCount(), 1 + 10 + 100); // 14, 140 to 149, 1400 to 1499
    QVERIFY(isInOrder());
    QVERIFY(model().heldCount() <= LogModel::maximumEntries);
}

void TestLogBrowser::whatIsLiveStaysWhenBigEntriesAreBrought()
{
    const std::string big(1024 * 1024, 'x');
    for (int i = 0; i < 80; ++i)
        m_history.add("big", 2'000'000 + i, "info", big);
    m_history.add("shop", 3'000'000, "info", "live");
    m_history.atOnce = true;
    open();
    QTRY_COMPARE(messages().last(), u"live"_s);
    m_panel->addApplications({u"big"_s});
    settle();
    for (int i = 0; i < 5; ++i)
        m_panel->addApplications({u"more %1"_s.arg(i)}); // each looks whether more is wanted
    settle();
    QVERIFY(m_panel->isFollowing());
    QCOMPARE(messages().last(), u"live"_s);
    QVERIFY(isInOrder());
}

void TestLogBrowser::aVeryLongWayBackKeepsMemoryBounded()
{
    for (int i = 0; i < 30'000; ++i)
        m_history.add("bulk", 2'000'000 + i, "info", "bulk " + std::to_string(i));
    m_history.atOnce = true;
    open();
    m_panel->addApplications({u"bulk"_s});
    m_panel->goTo(2'029'000);
    settle();
    for (int i = 0; i < 400; ++i)
        scrollTo(0);
    QVERIFY(model().heldCount() <= LogModel::maximumEntries);
    QVERIFY(isInOrder());
    QVERIFY(model().entries().front().batch->timestampMs(0) < 2'000'000); // it got there
    // And all the way forward again.
    for (int i = 0; i < 1'000 && messages().last() != u"bulk 29999"_s; ++i)
        scrollTo(list()->verticalScrollBar()->maximum());
    QCOMPARE(messages().last(), u"bulk 29999"_s);
    QVERIFY(isInOrder());
    QVERIFY(model().heldCount() <= LogModel::maximumEntries);
}

VIGIE_WINDOW_TEST(TestLogBrowser)
#include "tst_logbrowser.moc"
