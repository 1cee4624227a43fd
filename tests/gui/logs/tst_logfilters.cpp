// SPDX-License-Identifier: GPL-3.0-or-later
// How a person filters the log: by level, by regular expression, and by the values of an entry.
#include "core/language.h"
#include "fakehistory.h"
#include "gui/logs/filterchips.h"
#include "gui/logs/levelsmenu.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/loglist.h"
#include "gui/logs/logpanel.h"
#include "gui/logs/logtextview.h"
#include "gui/widgets/theme.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogFilters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void aClickOnALevelShowsOnlyThatOne();
    void itsBoxAndControlAddAndTakeAway();
    void levelsAreChosenByKey();
    void theLevelsOfTheWindowsMenuAreTheSame();
    void eachLevelTellsItsCount();
    void regularExpressionsSearchTheStore();
    void aBadExpressionIsSaidAtTheField();
    void aClickOnAValueFilters();
    void selectingAValueFiltersNothing();
    void valuesAreFilteredByKeyAndMenu();
    void theMenuOfAnEntryFiltersForAndOut();
    void keysOfTheMetadataKeepTheirNames();
    void chipsAreTakenAway();
    void nothingFoundOffersAReset();
    void countsSayOfHowMany();
    void theFilterCanBeReadAndSet();

private:
    template <typename T> T* child(const QString& name) { return m_panel->findChild<T*>(name); }
    LogModel& model() { return m_panel->model(); }
    LevelsMenu& levels() { return *m_panel->actions().levelsMenu; }
    void open();
    void settle();
    void clickLevel(const QString& name, bool onBox, Qt::KeyboardModifiers modifiers = {});
    void search(const QString& text);
    QString count() { return child<QLabel>(u"countLabel"_s)->text(); }
    QList<QToolButton*> chips();
    /// Shows the details of the entry in this row.
    void showDetails(int row);
    /// The place of a text in the details.
    QPoint placeOf(const QString& text);
    /// The open menu of the entry in this row.
    QMenu* menuOf(int row, const QString& submenu);

    FakeHistory m_history;
    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<LogPanel> m_panel;
};

void TestLogFilters::initTestCase()
{
    applyTheme(*qApp, u"light"_s);
    applyLanguage(*qApp, u"en"_s);
}

void TestLogFilters::init()
{
    m_history = FakeHistory();
    const std::string_view levels[] = {"info", "debug", "info", "warn", "error"};
    for (int i = 0; i < 1'000; ++i) {
        const std::string number = std::to_string(i);
        m_history.add("shop", 1'000'000 + i * 100, levels[i % 5], "order " + number,
                      "{\"z\":" + std::to_string(i % 10) + ",\"host\":\"h" + std::to_string(i % 2) + "\"}", i % 4 == 0 ? "bob" : "ann");
    }
    m_history.add("mail", 1'000'050, "info", "mail");
    m_history.atOnce = true;
}

void TestLogFilters::cleanup()
{
    m_panel.reset();
}

void TestLogFilters::open()
{
    m_feed = std::make_unique<LogFeed>();
    m_panel = std::make_unique<LogPanel>(*m_feed);
    m_panel->resize(1'000, 400);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_panel->setHistory(&m_history);
    m_panel->addApplications({u"shop"_s, u"mail"_s});
    settle();
}

void TestLogFilters::settle()
{
    QCoreApplication::processEvents();
    m_history.tell();
    QCoreApplication::processEvents();
}

void TestLogFilters::clickLevel(const QString& name, bool onBox, Qt::KeyboardModifiers modifiers)
{
    const QRect row = levels().actionGeometry(child<QAction>(u"actionLevel_"_s + name));
    const QPoint place(onBox ? row.left() + 12 : row.center().x(), row.center().y());
    QTest::mouseClick(&levels(), Qt::LeftButton, modifiers, place);
}

void TestLogFilters::search(const QString& text)
{
    auto* const edit = child<QLineEdit>(u"searchEdit"_s);
    edit->clear();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
    settle();
}

QList<QToolButton*> TestLogFilters::chips()
{
    QList<QToolButton*> shown;
    for (QToolButton* const chip : child<QWidget>(u"filterChips"_s)->findChildren<QToolButton*>()) {
        if (chip->isVisible())
            shown.append(chip);
    }
    return shown;
}

void TestLogFilters::showDetails(int row)
{
    auto* const list = m_panel->findChild<LogList*>();
    list->scrollTo(model().index(row));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(model().index(row)).center());
    QCoreApplication::processEvents();
}

QPoint TestLogFilters::placeOf(const QString& text)
{
    auto* const view = child<LogTextView>(u"entryText"_s);
    QTextCursor cursor = view->document()->find(text);
    cursor.setPosition(cursor.selectionStart() + int(text.size()) / 2);
    return view->cursorRect(cursor).center();
}

QMenu* TestLogFilters::menuOf(int row, const QString& submenu)
{
    auto* const list = m_panel->findChild<LogList*>();
    list->scrollTo(model().index(row));
    const QPoint place = list->visualRect(model().index(row)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, list->viewport()->mapToGlobal(place));
    QApplication::sendEvent(list->viewport(), &event);
    for (const QMenu* const menu : m_panel->findChildren<QMenu*>(u"entryMenu"_s)) {
        if (menu->isVisible())
            return menu->findChild<QMenu*>(submenu);
    }
    return nullptr;
}

void TestLogFilters::aClickOnALevelShowsOnlyThatOne()
{
    open();
    auto* const button = child<QToolButton>(u"levelsButton"_s);
    QCOMPARE(button->text(), u"All levels"_s);
    QTimer::singleShot(0, this, [this] {
        clickLevel(u"error"_s, false);
        QVERIFY(levels().isVisible()); // it stays open
        levels().close();
    });
    QTest::mouseClick(button, Qt::LeftButton);
    settle();
    QCOMPARE(button->text(), u"Errors only"_s);
    QCOMPARE(levels().chosen().count(), std::size_t(1));
    QVERIFY(model().rowCount() > 0);
    for (int row = 0; row < model().rowCount(); ++row)
        QCOMPARE(model().entry(row).batch->severity(0), Severity::Error);
    QCOMPARE(count(), u"200 of 1,001 stored entries"_s);
}

void TestLogFilters::itsBoxAndControlAddAndTakeAway()
{
    open();
    levels().popup({0, 0});
    clickLevel(u"error"_s, false);
    clickLevel(u"warn"_s, true);
    QCOMPARE(levels().chosen().to_ulong(), (1ul << int(Severity::Error)) | (1ul << int(Severity::Warn)));
    clickLevel(u"fatal"_s, false, Qt::ControlModifier);
    QVERIFY(levels().isVisible());
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->text(), u"Warning and above"_s);
    clickLevel(u"fatal"_s, true);
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->text(), u"2 levels"_s);
    const auto click = [this](const QString& name) {
        QTest::mouseClick(&levels(), Qt::LeftButton, {}, levels().actionGeometry(child<QAction>(name)).center());
    };
    click(u"actionAllLevels"_s);
    QVERIFY(levels().chosen().all());
    click(u"actionWarningAndAbove"_s);
    QCOMPARE(levels().chosen(), warningAndAbove());
    QVERIFY(levels().isVisible());
    // Without the last one all are there again.
    clickLevel(u"error"_s, false);
    clickLevel(u"error"_s, true);
    QVERIFY(levels().chosen().all());
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->text(), u"All levels"_s);
    for (const QAction* const level : levels().actions())
        QVERIFY(!level->isCheckable() || level->isChecked());
    levels().close();
}

void TestLogFilters::levelsAreChosenByKey()
{
    open();
    levels().popup({0, 0});
    levels().setActiveAction(child<QAction>(u"actionLevel_warn"_s));
    QTest::keyClick(&levels(), Qt::Key_Return);
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->text(), u"Warnings only"_s);
    QTest::keyClick(&levels(), Qt::Key_Down);
    QTest::keyClick(&levels(), Qt::Key_Space);
    QCOMPARE(levels().chosen().to_ulong(), (1ul << int(Severity::Error)) | (1ul << int(Severity::Warn)));
    QTest::keyClick(&levels(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->text(), u"Warnings only"_s);
    QTest::keyClick(&levels(), Qt::Key_Escape);
    QVERIFY(!levels().isVisible());
}

void TestLogFilters::theLevelsOfTheWindowsMenuAreTheSame()
{
    open();
    // By its shortcut a level is added or taken away, as by its box.
    child<QAction>(u"actionLevel_trace"_s)->trigger();
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->text(), u"6 levels"_s);
    QVERIFY(!child<QAction>(u"actionLevel_trace"_s)->isChecked());
    child<QAction>(u"actionResetFilters"_s)->trigger();
    QVERIFY(child<QAction>(u"actionLevel_trace"_s)->isChecked());
    QCOMPARE(child<QToolButton>(u"levelsButton"_s)->menu(), &levels());
}

void TestLogFilters::eachLevelTellsItsCount()
{
    open();
    levels().popup({0, 0});
    const auto countOf = [this](const QString& name) { return child<QAction>(u"actionLevel_"_s + name)->text().section(u'\t', 1); };
    QCOMPARE(countOf(u"info"_s), u"401"_s);
    QCOMPARE(countOf(u"error"_s), u"200"_s);
    QCOMPARE(countOf(u"fatal"_s), u"0"_s);
    levels().close();
    child<QComboBox>(u"appBox"_s)->setCurrentText(u"mail"_s);
    levels().popup({0, 0});
    QCOMPARE(countOf(u"info"_s), u"1"_s);
    levels().close();
}

void TestLogFilters::regularExpressionsSearchTheStore()
{
    open();
    search(u"ORDER [12]$"_s);
    QCOMPARE(model().rowCount(), 0); // as a text
    auto* const edit = child<QLineEdit>(u"searchEdit"_s);
    for (QToolButton* const button : edit->findChildren<QToolButton*>()) {
        if (button->defaultAction() == child<QAction>(u"actionRegex"_s))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    settle();
    QCOMPARE(model().rowCount(), 2); // far back in the store
    QCOMPARE(model().index(0).data().toString(), u"order 1"_s);
    QVERIFY(child<QAction>(u"actionRegex"_s)->isChecked());
}

void TestLogFilters::aBadExpressionIsSaidAtTheField()
{
    open();
    child<QAction>(u"actionRegex"_s)->trigger();
    search(u"order 99."_s);
    const int rows = model().rowCount();
    QCOMPARE(rows, 10);
    auto* const problem = child<QLabel>(u"problemLabel"_s);
    QVERIFY(!problem->isVisible());
    search(u"order (99"_s);
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().startsWith(u"Not a regular expression: "), qPrintable(problem->text()));
    QCOMPARE(model().rowCount(), rows); // the last good one goes on
    QVERIFY(child<QLineEdit>(u"searchEdit"_s)->property("invalid").toBool());
    search(u"order (99.)"_s);
    QVERIFY(!problem->isVisible());
    QCOMPARE(model().rowCount(), 10);
}

void TestLogFilters::aClickOnAValueFilters()
{
    open();
    showDetails(model().rowCount() - 1); // order 999
    QTest::mouseClick(child<LogTextView>(u"entryText"_s)->viewport(), Qt::LeftButton, {}, placeOf(u"\"h1\""_s));
    settle();
    QCOMPARE(chips().size(), 1);
    QCOMPARE(chips().first()->text(), u"host = h1"_s);
    QVERIFY(model().rowCount() > 0);
    for (int row = 0; row < model().rowCount(); ++row)
        QCOMPARE(model().index(row).data().toString().section(u' ', 1).toInt() % 2, 1);
    // A key is none.
    QTest::mouseClick(child<LogTextView>(u"entryText"_s)->viewport(), Qt::LeftButton, {}, placeOf(u"\"z\""_s));
    QCOMPARE(chips().size(), 1);
}

void TestLogFilters::selectingAValueFiltersNothing()
{
    open();
    showDetails(model().rowCount() - 1);
    auto* const view = child<LogTextView>(u"entryText"_s);
    const QPoint from = placeOf(u"host"_s);
    const QPoint to = placeOf(u"\"h1\""_s);
    QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, view->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(view->viewport(), &move);
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, to);
    QVERIFY(view->textCursor().hasSelection());
    QCOMPARE(chips().size(), 0);
}

void TestLogFilters::valuesAreFilteredByKeyAndMenu()
{
    open();
    showDetails(model().rowCount() - 1);
    auto* const view = child<LogTextView>(u"entryText"_s);
    view->setFocus();
    QTextCursor cursor = view->document()->find(u"h1"_s);
    cursor.setPosition(cursor.selectionStart());
    view->setTextCursor(cursor);
    QTest::keyClick(view, Qt::Key_Return);
    settle();
    QCOMPARE(chips().size(), 1);
    child<QAction>(u"actionResetFilters"_s)->trigger();
    settle();

    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(view->viewport(), &event);
    QList<QMenu*> menus = view->findChildren<QMenu*>();
    QVERIFY(!menus.isEmpty() && menus.last()->isVisible());
    QCOMPARE(menus.last()->actions().last()->text(), u"Filter Out host = h1"_s);
    menus.last()->actions().last()->trigger();
    menus.last()->close();
    settle();
    QCOMPARE(chips().first()->text(), u"host ≠ h1"_s);
    QCOMPARE(model().index(model().rowCount() - 1).data().toString(), u"order 998"_s);
}

void TestLogFilters::theMenuOfAnEntryFiltersForAndOut()
{
    open();
    QMenu* menu = menuOf(model().rowCount() - 1, u"filterForMenu"_s); // order 999, by ann
    QVERIFY(menu);
    QStringList texts;
    for (const QAction* const action : menu->actions())
        texts.append(action->text());
    QCOMPARE(texts, (QStringList{u"Level = error"_s, u"Application = shop"_s, u"From = ann"_s, u"z = 9"_s, u"host = h1"_s}));
    menu->actions()[3]->trigger();
    settle();
    menu->parentWidget()->close();
    QCOMPARE(model().rowCount(), 100);
    QCOMPARE(count(), u"100 of 1,001 stored entries"_s);

    menu = menuOf(model().rowCount() - 1, u"filterOutMenu"_s);
    QVERIFY(menu);
    menu->actions()[0]->trigger(); // not errors: but these all are
    settle();
    QCOMPARE(model().rowCount(), 0);
    QCOMPARE(chips().size(), 2);
    child<QAction>(u"actionResetFilters"_s)->trigger();
    settle();

    menu = menuOf(model().rowCount() - 1, u"filterForMenu"_s);
    menu->actions()[1]->trigger(); // the application has a control of its own
    settle();
    QCOMPARE(child<QComboBox>(u"appBox"_s)->currentText(), u"shop"_s);
    QCOMPARE(chips().size(), 0);
    child<QAction>(u"actionResetFilters"_s)->trigger();
    settle();

    menu = menuOf(model().rowCount() - 1, u"filterOutMenu"_s);
    menu->actions()[1]->trigger();
    settle();
    QCOMPARE(model().rowCount(), 1);
    QCOMPARE(model().index(0).data().toString(), u"mail"_s);
}

void TestLogFilters::keysOfTheMetadataKeepTheirNames()
{
    m_history.add("shop", 2'000'000, "info", "last", R"({"user":"eve","app":"till"})");
    open();
    QMenu* menu = menuOf(model().rowCount() - 1, u"filterForMenu"_s);
    QVERIFY(menu);
    QStringList texts;
    for (const QAction* const action : menu->actions())
        texts.append(action->text());
    QCOMPARE(texts.mid(2), (QStringList{u"From = ann"_s, u"user = eve"_s, u"app = till"_s}));
    // No application is called so.
    menu->actions().last()->trigger();
    settle();
    QCOMPARE(model().rowCount(), 1);
    QCOMPARE(chips().size(), 1);
    QCOMPARE(child<QComboBox>(u"appBox"_s)->currentText(), u"All applications"_s);
    menu = menuOf(0, u"filterForMenu"_s);
    menu->actions()[3]->trigger();
    settle();
    QCOMPARE(model().rowCount(), 1); // the entry that was clicked on stays
    QCOMPARE(model().index(0).data().toString(), u"last"_s);
}

void TestLogFilters::chipsAreTakenAway()
{
    open();
    LogChoice choice;
    choice.terms = {{{"user", "bob"}, {"z", "0"}}, {{"host", "h1"}}};
    m_panel->setViewFilter(choice);
    settle();
    QCOMPARE(chips().size(), 3);
    QCOMPARE(chips()[0]->text(), u"From = bob"_s);
    QCOMPARE(chips()[2]->text(), u"host ≠ h1"_s);
    QCOMPARE(model().rowCount(), 50);
    QTest::mouseClick(chips()[1], Qt::LeftButton);
    settle();
    QCOMPARE(m_panel->viewFilter().terms.where, (std::vector<FieldTerm>{{"user", "bob"}}));
    chips()[1]->setFocus();
    QTest::keyClick(chips()[1], Qt::Key_Space);
    settle();
    QTest::mouseClick(chips()[0], Qt::LeftButton);
    settle();
    QVERIFY(m_panel->viewFilter().terms.isEmpty());
    QVERIFY(!child<QWidget>(u"filterChips"_s)->isVisible());
}

void TestLogFilters::nothingFoundOffersAReset()
{
    open();
    search(u"nowhere"_s);
    LogChoice choice = m_panel->viewFilter();
    choice.terms.where = {{"user", "nobody"}};
    m_panel->setViewFilter(choice);
    settle();
    auto* const reset = child<QPushButton>(u"resetFiltersButton"_s);
    QVERIFY(reset->isVisible());
    QCOMPARE(reset->text(), u"Reset Filters"_s);
    QTest::mouseClick(reset, Qt::LeftButton);
    settle();
    QCOMPARE(m_panel->viewFilter(), LogChoice());
    QVERIFY(model().rowCount() > 0);
    QVERIFY(!reset->isVisible());
}

void TestLogFilters::countsSayOfHowMany()
{
    m_history.atOnce = false;
    open();
    QCOMPARE(count(), u"1,001 stored entries"_s);
    m_history.patience = 100; // a store that searches in steps
    auto* const edit = child<QLineEdit>(u"searchEdit"_s);
    edit->setText(u"order 99"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(count(), u"0 found so far"_s);
    settle();
    QCOMPARE(count(), u"11 of 1,001 stored entries"_s);
    edit->setText(u"order"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    settle();
    // There is more than what fills the view, and nobody scrolled yet.
    QVERIFY(model().rowCount() < 1'000);
    QVERIFY2(count().contains(u" found so far, back to "_s), qPrintable(count()));
    m_history.add("shop", 9'000'000, "info", "other");
    m_feed->push(m_history.batchOf("shop", 1'001));
    m_panel->resetFilters();
    QTRY_COMPARE(count(), u"1,002 stored entries"_s);
}

void TestLogFilters::theFilterCanBeReadAndSet()
{
    open();
    QSignalSpy changed(m_panel.get(), &LogPanel::viewFilterChanged);
    LogChoice choice;
    choice.appId = "never seen";
    choice.severities = warningAndAbove();
    choice.search = "a|b";
    choice.isRegex = true;
    choice.terms.without = {{"host", "h&1"}};
    m_panel->setViewFilter(choice);
    QCOMPARE(m_panel->viewFilter(), choice);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(child<QComboBox>(u"appBox"_s)->currentText(), u"never seen"_s);
    QCOMPARE(child<QLineEdit>(u"searchEdit"_s)->text(), u"a|b"_s);
    m_panel->addApplications({u"another"_s}); // the choice stays
    QCOMPARE(m_panel->viewFilter(), choice);
    QCOMPARE(child<QComboBox>(u"appBox"_s)->currentText(), u"never seen"_s);
}

VIGIE_WINDOW_TEST(TestLogFilters)
#include "tst_logfilters.moc"
