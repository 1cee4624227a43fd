// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/deletedialog.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/widgets/theme.h"
#include "fakehistory.h"
#include "guidata.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void emptyPanelSaysHowToConnect();
    void theFirstEntryIsFollowedAfterCopy();
    void entriesInViewAreNotNew();
    void newEntriesAreFollowed();
    void scrollingUpStopsFollowing();
    void theViewStaysWhereItIsWhileOldEntriesLeave();
    void applicationsAreFiltered();
    void levelsAreFiltered();
    void textIsSearched();
    void filtersThatLetNothingPassOfferAReset();
    void escapeLeavesTheSearchField();
    void aLogFileIsNotStored();
    void aChosenEntryShowsItsDetails();
    void skippedEntriesAreTold();
    void clearingTheViewKeepsTheHistory();
    void deletingWhatIsStoredAsksFirst();
    void aStoreThatDoesNotCountKeepsNobodyFromDeleting();
    void controlBackspaceDeletesAWord();
    void anApplicationClearedElsewhereLeaves();

private:
    template <typename T> T* child(const QString& name) { return m_panel->findChild<T*>(name); }
    void push(const LogBatchPtr& batch);
    QScrollBar* bar() { return child<QListView>(u"logList"_s)->verticalScrollBar(); }
    void wheelUp();

    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<LogPanel> m_panel;
};

void TestLogPanel::initTestCase()
{
    applyTheme(*qApp, u"light"_s);
    applyLanguage(*qApp, u"en"_s);
}

void TestLogPanel::init()
{
    m_feed = std::make_unique<LogFeed>();
    m_panel = std::make_unique<LogPanel>(*m_feed);
    m_panel->resize(1000, 300);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestLogPanel::cleanup()
{
    m_panel.reset();
    m_feed.reset();
}

/// Hands a batch to the feed and waits until the panel has taken it.
void TestLogPanel::push(const LogBatchPtr& batch)
{
    const auto before = m_panel->model().heldCount();
    m_feed->push(batch);
    QTRY_VERIFY(m_panel->model().heldCount() != before);
}

void TestLogPanel::wheelUp()
{
    QWidget* viewport = child<QListView>(u"logList"_s)->viewport();
    const QPointF at = viewport->rect().center();
    QWheelEvent wheel(at, viewport->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewport, &wheel);
}

void TestLogPanel::emptyPanelSaysHowToConnect()
{
    m_panel->setUrl(u"http://127.0.0.1:3001/"_s);
    auto* code = child<QPlainTextEdit>(u"codeText"_s);
    QVERIFY(code->isVisible());
    QVERIFY(code->toPlainText().contains(u"curl -d 'Hello from the shell' http://127.0.0.1:3001/"_s));
    QTest::mouseClick(child<QPushButton>(u"copyCodeButton"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), code->toPlainText());
    push(test::madeUpBatch("shop", 0, 3));
    QVERIFY(!code->isVisible());
    QVERIFY(child<QListView>(u"logList"_s)->isVisible());
}

void TestLogPanel::theFirstEntryIsFollowedAfterCopy()
{
    m_panel->setUrl(u"http://127.0.0.1:3001/"_s);
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    auto* copy = child<QPushButton>(u"copyCodeButton"_s);
    QTest::mouseClick(copy, Qt::LeftButton);
    QVERIFY(copy->hasFocus());
    push(test::madeUpBatch("shop", 0, 3));
    QVERIFY(!copy->isVisible());
    QVERIFY(m_panel->isFollowing());
    auto* list = child<QListView>(u"logList"_s);
    m_panel->setFocus();
    list->setFocus(Qt::TabFocusReason);
    QVERIFY(m_panel->isFollowing());
    QTest::keyClick(list, Qt::Key_Down);
    QVERIFY(list->currentIndex().isValid());
    QVERIFY(!m_panel->isFollowing()); // an entry is chosen
}

void TestLogPanel::entriesInViewAreNotNew()
{
    push(test::madeUpBatch("shop", 0, 3));
    QTest::mouseClick(child<QToolButton>(u"followButton"_s), Qt::LeftButton);
    QVERIFY(!m_panel->isFollowing());
    push(test::madeUpBatch("shop", 3, 5));
    auto* pill = child<QPushButton>(u"newEntriesButton"_s);
    QVERIFY(!pill->isVisible());
    push(test::madeUpBatch("shop", 5, 100));
    QVERIFY(pill->isVisible());
    QCOMPARE(pill->text(), u"95 new entries"_s);
    QTest::keyClick(child<QListView>(u"logList"_s), Qt::Key_End);
    QTest::keyClick(child<QListView>(u"logList"_s), Qt::Key_End); // the first key chose the first entry
    QVERIFY(!pill->isVisible());
}

void TestLogPanel::newEntriesAreFollowed()
{
    push(test::madeUpBatch("shop", 0, 200));
    QVERIFY(m_panel->isFollowing());
    QTRY_VERIFY(bar()->maximum() > 0 && bar()->value() == bar()->maximum());
    push(test::madeUpBatch("shop", 200, 300));
    QTRY_COMPARE(bar()->value(), bar()->maximum());
}

void TestLogPanel::scrollingUpStopsFollowing()
{
    push(test::madeUpBatch("shop", 0, 200));
    QTRY_VERIFY(bar()->maximum() > 0 && bar()->value() == bar()->maximum());
    wheelUp();
    QVERIFY(!m_panel->isFollowing());
    const int place = bar()->value();
    push(test::madeUpBatch("shop", 200, 230));
    auto* pill = child<QPushButton>(u"newEntriesButton"_s);
    QVERIFY(pill->isVisible());
    QCOMPARE(pill->text(), u"30 new entries"_s);
    QCOMPARE(bar()->value(), place);
    QTest::mouseClick(pill, Qt::LeftButton);
    QVERIFY(m_panel->isFollowing());
    QVERIFY(!pill->isVisible());
    QCOMPARE(bar()->value(), bar()->maximum());
}

void TestLogPanel::theViewStaysWhereItIsWhileOldEntriesLeave()
{
    for (int i = 0; i < 20000; i += 5000)
        push(test::madeUpBatch("shop", i, i + 5000));
    auto* list = child<QListView>(u"logList"_s);
    QTRY_VERIFY(bar()->maximum() > 0 && bar()->value() == bar()->maximum());
    m_panel->setFollowing(false);
    bar()->setValue(bar()->maximum() / 2);
    const auto topId = [&] { return std::string(m_panel->model().entry(list->indexAt({5, 5}).row()).id()); };
    const std::string before = topId();
    m_feed->push(test::madeUpBatch("shop", 20000, 21000));
    QTRY_COMPARE(m_panel->model().entry(0).id(), std::string_view("01J1001000"));
    QCOMPARE(topId(), before);
}

void TestLogPanel::applicationsAreFiltered()
{
    push(test::madeUpBatch("shop", 0, 30));
    push(test::madeUpBatch("billing", 30, 40));
    auto* box = child<QComboBox>(u"appBox"_s);
    QCOMPARE(box->count(), 3);
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentText(), u"billing"_s);
    QCOMPARE(m_panel->model().rowCount(), 10);
    QCOMPARE(child<QLabel>(u"countLabel"_s)->text(), u"10 of 40 entries"_s);
    push(test::madeUpBatch("other", 40, 45));
    QCOMPARE(box->currentText(), u"billing"_s);
    QCOMPARE(m_panel->model().rowCount(), 10);
}

void TestLogPanel::levelsAreFiltered()
{
    push(test::madeUpBatch("shop", 0, 100));
    for (const QString& level : {u"trace"_s, u"debug"_s, u"info"_s, u"warn"_s, u"fatal"_s, u"other"_s})
        child<QAction>(u"actionLevel_"_s + level)->trigger();
    QVERIFY(m_panel->model().rowCount() > 0 && m_panel->model().rowCount() < 100);
    QCOMPARE(m_panel->model().entry(0).batch->severity(m_panel->model().entry(0).index), Severity::Error);
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->text(), u"Errors only"_s);
    child<QAction>(u"actionResetFilters"_s)->trigger();
    QCOMPARE(m_panel->model().rowCount(), 100);
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->text(), u"All levels"_s);
}

void TestLogPanel::textIsSearched()
{
    push(test::madeUpBatch("shop", 0, 100));
    child<QAction>(u"actionFind"_s)->trigger();
    QTest::keyClicks(child<QLineEdit>(u"searchEdit"_s), u"gateway"_s);
    QTRY_VERIFY(m_panel->model().rowCount() < 100);
    QVERIFY(m_panel->model().rowCount() > 0);
    for (int row = 0; row < m_panel->model().rowCount(); ++row) {
        const QString message = m_panel->model().index(row).data().toString();
        QVERIFY(message.contains(u"gateway"_s));
    }
}

void TestLogPanel::filtersThatLetNothingPassOfferAReset()
{
    push(test::madeUpBatch("shop", 0, 20));
    auto* reset = child<QPushButton>(u"resetFiltersButton"_s);
    QVERIFY(!reset->isVisible());
    QTest::keyClicks(child<QLineEdit>(u"searchEdit"_s), u"nowhere to be found"_s);
    QTest::keyClick(child<QLineEdit>(u"searchEdit"_s), Qt::Key_Return);
    QVERIFY(reset->isVisible());
    // It lies over the list, whatever size that has.
    const QWidget* const viewport = child<QListView>(u"logList"_s)->viewport();
    const auto isOverTheList = [&] { return reset->parentWidget()->geometry() == viewport->parentWidget()->geometry(); };
    QVERIFY(isOverTheList());
    // These words are the window's, whatever font the entries have.
    m_panel->setTextFont(u"Courier"_s, 20);
    QCOMPARE(child<QLabel>(u"nothingLabel"_s)->font().family(), m_panel->font().family());
    QCOMPARE(reset->font().family(), m_panel->font().family());
    QVERIFY(reset->font().pointSizeF() < 20);
    const QSize before = viewport->size();
    m_panel->resize(800, 500);
    QTRY_VERIFY(viewport->height() > before.height() && viewport->width() < before.width());
    QVERIFY(isOverTheList());
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(m_panel->model().rowCount(), 20);
    QVERIFY(!reset->isVisible());
}

void TestLogPanel::escapeLeavesTheSearchField()
{
    QAction close;
    close.setShortcut(Qt::Key_Escape); // as the window has it
    m_panel->addAction(&close);
    QSignalSpy closed(&close, &QAction::triggered);
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    auto* search = child<QLineEdit>(u"searchEdit"_s);
    search->setFocus();
    QTest::keyClicks(search, u"shop"_s);
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(!search->hasFocus());
    QCOMPARE(search->text(), u"shop"_s);
    QCOMPARE(closed.size(), 0);
}

void TestLogPanel::aLogFileIsNotStored()
{
    FakeHistory history;
    history.atOnce = true;
    for (int i = 0; i < 3; ++i)
        history.add("file:app.log", 1'000 + i, "info", "line");
    m_panel->setHistory(&history);
    m_panel->addApplications({u"file:app.log"_s});
    m_panel->chooseApplication(u"file:app.log"_s);
    const QString count = child<QLabel>(u"countLabel"_s)->text();
    QVERIFY2(count.startsWith(u'3') && count.endsWith(u"in this file"), qPrintable(count));
    m_panel->setHistory(nullptr);
}

void TestLogPanel::aChosenEntryShowsItsDetails()
{
    auto batch = std::make_shared<LogBatch>("shop");
    batch->append({"id-1", 1, "error", "first line\nsecond line", R"({"a":{"b":[1,2]}})"},
                  LogOrigin("shop", "ann"));
    push(batch);
    auto* list = child<QListView>(u"logList"_s);
    auto* details = m_panel->findChild<LogDetails*>();
    QVERIFY(!details->isVisible());
    QTRY_VERIFY(list->visualRect(m_panel->model().index(0)).isValid());
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(m_panel->model().index(0)).center());
    QVERIFY(details->isVisible());
    QVERIFY(!m_panel->isFollowing());
    const QString text = child<QPlainTextEdit>(u"entryText"_s)->toPlainText();
    QVERIFY(text.startsWith(u"first line\nsecond line\n\n{\n    \"a\": {"_s));
    QStringList labels;
    for (const QLabel* label : details->findChildren<QLabel*>())
        labels.append(label->text());
    for (const QString& part : {u"ERROR"_s, u"id-1"_s, u"ann"_s, u"shop"_s})
        QVERIFY2(labels.contains(part), qPrintable(part));
    QTest::mouseClick(child<QToolButton>(u"copyEntryButton"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\"id\": \"id-1\""_s));
    QTest::mouseClick(child<QToolButton>(u"closeDetailsButton"_s), Qt::LeftButton);
    QVERIFY(!details->isVisible());
}

void TestLogPanel::skippedEntriesAreTold()
{
    auto* label = child<QLabel>(u"skippedLabel"_s);
    QVERIFY(!label->isVisible());
    push(test::madeUpBatch("shop", 0, 7000));
    QVERIFY(label->isVisible());
    QCOMPARE(label->text(), u"2,000 entries skipped on screen"_s);
}

void TestLogPanel::clearingTheViewKeepsTheHistory()
{
    push(test::madeUpBatch("shop", 0, 20));
    QSignalSpy requested(m_panel.get(), &LogPanel::clearRequested);
    QTest::mouseClick(child<QToolButton>(u"clearButton"_s), Qt::LeftButton);
    QCOMPARE(m_panel->model().rowCount(), 0);
    QCOMPARE(requested.count(), 0);
}

void TestLogPanel::deletingWhatIsStoredAsksFirst()
{
    FakeHistory history;
    for (int i = 0; i < 1'234; ++i)
        history.add("shop", 1'000 + i, "info", "stored");
    m_panel->setHistory(&history);
    m_panel->addApplications({u"shop"_s});
    history.tell();
    auto* action = child<QAction>(u"actionDeleteStored"_s);
    QVERIFY(!action->isEnabled());
    QVERIFY(action->shortcut().isEmpty());
    child<QComboBox>(u"appBox"_s)->setCurrentText(u"shop"_s);
    QVERIFY(action->isEnabled());
    history.tell();
    QSignalSpy requested(m_panel.get(), &LogPanel::clearRequested);

    action->trigger();
    QPointer box = child<QMessageBox>(u"deleteEntriesBox"_s);
    QVERIFY(box && box->isVisible());
    QCOMPARE(box->text(), u"Counting the stored entries of “shop”…"_s);
    // Nobody agrees to a number that is not there yet.
    auto* const remove = child<QPushButton>(u"deleteEntriesButton"_s);
    QVERIFY(!remove->isEnabled());
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(box && box->isVisible());
    history.tell();
    QCOMPARE(box->text(), u"Delete 1,234 stored entries of “shop” for good?"_s);
    QVERIFY(remove->isEnabled());
    // Enter and Esc both leave everything as it is.
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY(!box);
    action->trigger();
    box = child<QMessageBox>(u"deleteEntriesBox"_s);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!box);
    QCOMPARE(requested.count(), 0);

    action->trigger();
    history.tell();
    QTest::mouseClick(child<QPushButton>(u"deleteEntriesButton"_s), Qt::LeftButton);
    QCOMPARE(requested.count(), 1);
    QCOMPARE(requested.at(0).at(0).toString(), u"shop"_s);
    m_panel->setHistory(nullptr);
}

void TestLogPanel::aStoreThatDoesNotCountKeepsNobodyFromDeleting()
{
    FakeHistory history;
    history.add("shop", 1'000, "info", "stored");
    QPointer box = new DeleteDialog(u"shop"_s, &history, m_panel.get(), std::chrono::milliseconds(1));
    QSignalSpy confirmed(box, &DeleteDialog::confirmed);
    box->open();
    auto* const remove = box->findChild<QPushButton*>(u"deleteEntriesButton"_s);
    QTRY_VERIFY(remove->isEnabled());
    QVERIFY2(box->text().contains(u"number is unknown"_s), qPrintable(box->text()));
    history.tell(); // late, but not too late
    QCOMPARE(box->text(), u"Delete 1 stored entry of “shop” for good?"_s);
    QTest::mouseClick(remove, Qt::LeftButton);
    QCOMPARE(confirmed.count(), 1);
    QTRY_VERIFY(!box);
}

void TestLogPanel::controlBackspaceDeletesAWord()
{
    push(test::madeUpBatch("shop", 0, 20));
    auto* search = child<QLineEdit>(u"searchEdit"_s);
    search->setFocus();
    QTest::keyClicks(search, u"two words"_s);
    QTest::keyClick(search, Qt::Key_Backspace, Qt::ControlModifier);
    QCOMPARE(search->text(), u"two "_s);
    QCOMPARE(m_panel->model().heldCount(), std::size_t(20));
}

void TestLogPanel::anApplicationClearedElsewhereLeaves()
{
    push(test::madeUpBatch("shop", 0, 20));
    push(test::madeUpBatch("billing", 20, 25));
    m_feed->clear("shop", 1000);
    QTRY_COMPARE(m_panel->model().rowCount(), 5);
}

VIGIE_WINDOW_TEST(TestLogPanel)
#include "tst_logpanel.moc"
