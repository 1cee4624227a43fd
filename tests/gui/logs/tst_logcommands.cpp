// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with entries: copies, highlights and wraps them, reads them in detail, looks around them, saves a search.
#include "core/language.h"
#include "fakehistory.h"
#include "gui/logs/highlights.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/loglist.h"
#include "gui/logs/logpanel.h"
#include "gui/logs/logtextview.h"
#include "gui/logs/terminalformat.h"
#include "gui/widgets/theme.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void entriesAreCopied();
    void theMenuKeyOpensTheMenu();
    void aroundThisMomentShowsTheNeighbours();
    void highlightedEntriesLieOnAColour();
    void whatIsFullIsSaid();
    void highlightsCanBeRead_data();
    void highlightsCanBeRead();
    void linesAreWrapped();
    void whatIsReadStaysInPlaceWhileWrapped();
    void searchesAreSaved();
    void theSenderIsShown();
    void escapeClosesTheDetails();
    void theDetailsAreSearched();
    void inANarrowPanelDetailsStandInPlaceOfTheList();
    void inANarrowPanelTheSearchAndItsCountCanBeRead();
    void theDetailsKeepRoomForTheText();
    void theButtonOfNewEntriesCoversNone();
    void aStretchOfThePastIsShown();
    void followingAsksToLeaveThePast();

private:
    template <typename T> T* child(const QString& name) { return m_panel->findChild<T*>(name); }
    LogModel& model() { return m_panel->model(); }
    LogList& list() { return *m_panel->findChild<LogList*>(); }
    QAction* action(const QString& name) { return child<QAction>(name); }
    void settle();
    QMenu* openMenu(int row, QContextMenuEvent::Reason reason = QContextMenuEvent::Mouse);
    void choose(int row, const QString& action);
    void clickRow(int row);
    QImage pictureOf(int row);
    QStringList messages();

    FakeHistory m_history;
    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<LogPanel> m_panel;
};

void TestLogCommands::initTestCase()
{
    applyLanguage(*qApp, u"en"_s);
}

void TestLogCommands::init()
{
    applyTheme(*qApp, u"light"_s);
    m_history = FakeHistory();
    for (int i = 0; i < 300; ++i)
        m_history.add("shop", 1'000'000 + i * 1'000, i % 10 == 0 ? "error" : "info", "order " + std::to_string(i), R"({"b":1.10,"a":"x"})");
    m_history.atOnce = true;
    m_feed = std::make_unique<LogFeed>();
    m_panel = std::make_unique<LogPanel>(*m_feed);
    m_panel->resize(1'000, 400);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_panel->setHistory(&m_history);
    m_panel->addApplications({u"shop"_s});
    settle();
}

void TestLogCommands::cleanup()
{
    m_panel.reset();
}

void TestLogCommands::settle()
{
    QCoreApplication::processEvents();
    m_history.tell();
    QCoreApplication::processEvents();
}

QMenu* TestLogCommands::openMenu(int row, QContextMenuEvent::Reason reason)
{
    list().scrollTo(model().index(row));
    const QPoint place = list().visualRect(model().index(row)).center();
    QContextMenuEvent event(reason, place, list().viewport()->mapToGlobal(place));
    QApplication::sendEvent(list().viewport(), &event);
    for (QMenu* const menu : m_panel->findChildren<QMenu*>(u"entryMenu"_s)) {
        if (menu->isVisible())
            return menu;
    }
    return nullptr;
}

void TestLogCommands::choose(int row, const QString& name)
{
    QMenu* const menu = openMenu(row);
    QVERIFY(menu);
    menu->findChild<QAction*>(name)->trigger();
    menu->close();
    settle();
}

void TestLogCommands::clickRow(int row)
{
    list().scrollTo(model().index(row));
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().visualRect(model().index(row)).center());
    settle();
}

QImage TestLogCommands::pictureOf(int row)
{
    QCoreApplication::processEvents();
    return list().viewport()->grab(list().visualRect(model().index(row))).toImage();
}

QStringList TestLogCommands::messages()
{
    QStringList messages;
    for (int row = 0; row < model().rowCount(); ++row)
        messages.append(model().index(row).data().toString());
    return messages;
}

void TestLogCommands::entriesAreCopied()
{
    const int row = model().rowCount() - 1; // order 299
    choose(row, u"actionCopyAsText"_s);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.endsWith(u"  info  shop  ann  order 299  {\"b\":1.10,\"a\":\"x\"}"_s), qPrintable(text));
    QVERIFY2(text.contains(u"1970"), qPrintable(text));
    choose(row, u"actionCopyAsJson"_s);
    const QString json = QGuiApplication::clipboard()->text();
    QVERIFY2(json.contains(u"\"message\": \"order 299\""_s) && json.contains(u"\"b\": 1.10,\n"_s), qPrintable(json));
}

void TestLogCommands::theMenuKeyOpensTheMenu()
{
    clickRow(model().rowCount() - 3);
    QMenu* const menu = openMenu(0, QContextMenuEvent::Keyboard); // wherever the pointer is
    QVERIFY(menu && menu->isVisible());
    menu->findChild<QAction*>(u"actionCopyAsText"_s)->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"order 297"_s));
    menu->close();
}

void TestLogCommands::aroundThisMomentShowsTheNeighbours()
{
    auto* const search = child<QLineEdit>(u"searchEdit"_s);
    search->setText(u"order 15"_s);
    QTest::keyClick(search, Qt::Key_Return);
    settle();
    QVERIFY(!messages().contains(u"order 149"_s));
    QSignalSpy wanted(m_panel.get(), &LogPanel::momentWanted);
    choose(int(messages().indexOf(u"order 150"_s)), u"actionAroundThisMoment"_s);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.at(0).at(0).toLongLong(), 1'150'000);
    QVERIFY(messages().contains(u"order 149"_s) && messages().contains(u"order 151"_s));
    QCOMPARE(list().currentIndex().data().toString(), u"order 150"_s);
    QVERIFY(!m_panel->isFollowing());
}

void TestLogCommands::highlightedEntriesLieOnAColour()
{
    const Theme& theme = Theme::light();
    const int row = model().rowCount() - 2; // order 298
    const auto groundOf = [&](int one) { return pictureOf(one).pixel(6, 3); };
    QCOMPARE(groundOf(row), theme.card.rgb());
    QSignalSpy changed(m_panel.get(), &LogPanel::viewSettingsChanged);
    choose(row, u"actionHighlight"_s);
    auto* const dialog = child<QInputDialog>(u"highlightDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->textValue(), u"order 298"_s); // the message offers itself
    dialog->setTextValue(u"ORDER 29"_s);
    dialog->accept();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_panel->viewSettings().highlights, (QList<HighlightRule>{{u"ORDER 29"_s, 0}}));
    QCOMPARE(groundOf(row), highlightColour(0, theme).rgb());
    QCOMPARE(groundOf(row - 10), theme.card.rgb()); // order 288
    // The metadata counts, too; the first rule wins.
    LogViewSettings settings = m_panel->viewSettings();
    settings.highlight(u"\"B\":1.1"_s);
    m_panel->setViewSettings(settings);
    QCOMPARE(groundOf(row), highlightColour(0, theme).rgb());
    QCOMPARE(groundOf(row - 10), highlightColour(1, theme).rgb());
    settings.highlights.removeLast();
    m_panel->setViewSettings(settings);
    // They are listed, and taken away again.
    QVERIFY(action(u"actionShowHighlights"_s)->isEnabled());
    action(u"actionShowHighlights"_s)->trigger();
    auto* const rules = child<QListWidget>(u"highlightsList"_s);
    QVERIFY(rules && rules->isVisible());
    QTest::mouseClick(rules->viewport(), Qt::LeftButton, {}, rules->visualItemRect(rules->item(0)).center());
    QTest::mouseClick(child<QPushButton>(u"removeHighlightButton"_s), Qt::LeftButton);
    QCOMPARE(rules->count(), 0);
    QVERIFY(m_panel->viewSettings().highlights.isEmpty());
    QCOMPARE(groundOf(row), theme.card.rgb());
}

void TestLogCommands::whatIsFullIsSaid()
{
    LogViewSettings settings;
    for (int i = 0; i < HighlightRule::maxRules; ++i)
        settings.highlight(u"text %1"_s.arg(i));
    for (int i = 0; i < LogViewSettings::maxSearches; ++i)
        QVERIFY(settings.save({QString::number(i), LogChoice()}));
    m_panel->setViewSettings(settings);
    choose(model().rowCount() - 2, u"actionHighlight"_s);
    QVERIFY(!child<QInputDialog>(u"highlightDialog"_s));
    auto* const label = child<QLabel>(u"highlightsLabel"_s);
    QVERIFY(label && label->isVisible());
    QVERIFY2(label->text().startsWith(u"There are 20 highlights, as many as there can be."_s), qPrintable(label->text()));
    auto* const rules = child<QListWidget>(u"highlightsList"_s);
    QTest::mouseClick(rules->viewport(), Qt::LeftButton, {}, rules->visualItemRect(rules->item(0)).center());
    QTest::mouseClick(child<QPushButton>(u"removeHighlightButton"_s), Qt::LeftButton);
    QVERIFY2(label->text().startsWith(u"Entries whose message or metadata"_s), qPrintable(label->text()));
    QTest::keyClick(label->window(), Qt::Key_Escape);

    LogChoice choice;
    choice.search = "order 1";
    m_panel->setViewFilter(choice);
    const auto save = [this](const QString& name) {
        action(u"actionSaveSearch"_s)->trigger();
        QPointer dialog = child<QInputDialog>(u"saveSearchDialog"_s);
        dialog->setTextValue(name);
        dialog->accept();
        return QTest::qWaitFor([dialog] { return !dialog; });
    };
    QVERIFY(save(u"7"_s));
    QVERIFY(!child<QMessageBox>(u"searchesFullBox"_s));
    QCOMPARE(m_panel->viewSettings().searches.last(), (SavedSearch{u"7"_s, choice}));
    QVERIFY(save(u"new"_s));
    auto* const box = child<QMessageBox>(u"searchesFullBox"_s);
    QVERIFY(box && box->isVisible());
    QVERIFY2(box->text().startsWith(u"There are 50 saved searches"_s), qPrintable(box->text()));
    QTest::keyClick(box, Qt::Key_Escape);
}

void TestLogCommands::highlightsCanBeRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("light") << u"light"_s;
    QTest::newRow("dark") << u"dark"_s;
}

void TestLogCommands::highlightsCanBeRead()
{
    QFETCH(QString, name);
    const Theme& theme = name == "dark"_L1 ? Theme::darkTheme() : Theme::light();
    for (int colour = 0; colour < HighlightRule::colours; ++colour) {
        const QColor ground = highlightColour(colour, theme);
        QVERIFY(ground != theme.card && ground != theme.selection);
        for (const QColor& text : {theme.text, theme.mutedText})
            QVERIFY2(contrast(text, ground) >= 4.5, qPrintable(u"%1: %2"_s.arg(colour).arg(contrast(text, ground))));
        for (int i = 0; i < severityCount; ++i) {
            const double ratio = contrast(theme.severity(Severity(i)), ground);
            QVERIFY2(ratio >= 4.5, qPrintable(u"%1 on %2: %3"_s.arg(i).arg(colour).arg(ratio)));
        }
    }
}

void TestLogCommands::linesAreWrapped()
{
    m_history.add("shop", 9'000'000, "info", std::string(600, 'x'));
    m_history.add("shop", 9'000'001, "info", "one\ntwo\nthree");
    m_feed->push(m_history.batchOf("shop", 301));
    m_feed->push(m_history.batchOf("shop", 302));
    QTRY_COMPARE(messages().last().left(3), u"one"_s);
    const int last = model().rowCount() - 1;
    const int height = list().visualRect(model().index(last)).height();
    QSignalSpy changed(m_panel.get(), &LogPanel::viewSettingsChanged);
    action(u"actionWrapLines"_s)->trigger();
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_panel->viewSettings().wrapsLines);
    QCoreApplication::processEvents();
    QCOMPARE(list().visualRect(model().index(last - 2)).height(), height);
    QVERIFY(list().visualRect(model().index(last)).height() > 2 * height);
    const int longHeight = list().visualRect(model().index(last - 1)).height();
    QVERIFY(longHeight > 3 * height);
    QCOMPARE(list().verticalScrollBar()->value(), list().verticalScrollBar()->maximum()); // it still follows
    // All of it is drawn: the last line has letters, too.
    const QImage picture = pictureOf(last);
    int dark = 0;
    for (int y = 2 * picture.height() / 3; y < picture.height(); ++y) {
        for (int x = picture.width() / 3; x < picture.width(); ++x)
            dark += qGray(picture.pixel(x, y)) < 128;
    }
    QVERIFY(dark > 10);
    // A narrower list takes more lines.
    m_panel->resize(760, 400);
    QTRY_VERIFY(list().visualRect(model().index(last - 1)).height() > longHeight);
    action(u"actionWrapLines"_s)->trigger();
    QCoreApplication::processEvents();
    QCOMPARE(list().visualRect(model().index(last - 1)).height(), height);
}

void TestLogCommands::whatIsReadStaysInPlaceWhileWrapped()
{
    for (int i = 0; i < 400; ++i)
        m_history.add("long", 500'000 + i, "info", "long " + std::to_string(i) + std::string(std::size_t(i % 7) * 100, 'y'));
    m_panel->addApplications({u"long"_s});
    action(u"actionWrapLines"_s)->trigger();
    settle();
    QScrollBar* const bar = list().verticalScrollBar();
    // Each step brings older entries above what is read.
    for (int i = 0; i < 3; ++i) {
        bar->setSliderPosition(200); // not near enough yet
        bar->triggerAction(QAbstractSlider::SliderMove);
        const QPersistentModelIndex top(list().indexAt({1, 1}));
        const int place = list().visualRect(top).top();
        const int rows = model().rowCount();
        bar->setSliderPosition(50);
        settle();
        QVERIFY(model().rowCount() > rows);
        QVERIFY(top.row() > 0);
        QCOMPARE(list().visualRect(top).top(), place + 150);
    }
}

void TestLogCommands::searchesAreSaved()
{
    QMenu* const menu = m_panel->actions().searchesMenu;
    const auto texts = [menu] {
        Q_EMIT menu->aboutToShow();
        QStringList all;
        for (const QAction* const one : menu->actions())
            all.append(one->text());
        return all;
    };
    QCOMPARE(texts(), QStringList{u"&Save This Search…"_s});
    QVERIFY(!action(u"actionSaveSearch"_s)->isEnabled()); // there is none
    LogChoice choice;
    choice.search = "order 1";
    choice.terms.where = {{"a", "x"}};
    m_panel->setViewFilter(choice);
    (void)texts();
    QSignalSpy changed(m_panel.get(), &LogPanel::viewSettingsChanged);
    action(u"actionSaveSearch"_s)->trigger();
    auto* const dialog = child<QInputDialog>(u"saveSearchDialog"_s);
    dialog->setTextValue(u"Ones & all"_s);
    dialog->accept();
    QCOMPARE(changed.count(), 1);
    m_panel->resetFilters();
    QVERIFY(texts().contains(u"Ones && all"_s));
    menu->actions()[2]->trigger();
    QCOMPARE(m_panel->viewFilter(), choice);
    (void)texts();
    menu->findChild<QMenu*>(u"deleteSearchMenu"_s)->actions().first()->trigger();
    QVERIFY(m_panel->viewSettings().searches.isEmpty());
    QCOMPARE(texts().size(), 1);
}

void TestLogCommands::theSenderIsShown()
{
    // The same entry by two senders looks different.
    FakeHistory other;
    other.add("shop", 9'000'000, "info", "same", {}, "WWWWWW");
    other.add("shop", 9'000'000, "info", "same", {}, "iiiiii");
    m_feed->push(other.batchOf("shop", 1));
    m_feed->push(other.batchOf("shop", 2));
    QTRY_COMPARE(messages().last(), u"same"_s);
    const int last = model().rowCount() - 1;
    QVERIFY(pictureOf(last) != pictureOf(last - 1));
    clickRow(last);
    QStringList labels;
    for (const QLabel* const label : m_panel->findChild<LogDetails*>()->findChildren<QLabel*>())
        labels.append(label->text());
    QVERIFY(labels.contains(u"From"_s));
    QVERIFY(labels.contains(u"iiiiii"_s));
}

void TestLogCommands::escapeClosesTheDetails()
{
    auto* const details = m_panel->findChild<LogDetails*>();
    clickRow(model().rowCount() - 1);
    QVERIFY(details->isVisible());
    QTest::keyClick(&list(), Qt::Key_Escape);
    QVERIFY(!details->isVisible());
    clickRow(model().rowCount() - 2);
    child<LogTextView>(u"entryText"_s)->setFocus();
    QTest::keyClick(child<LogTextView>(u"entryText"_s), Qt::Key_Escape);
    QVERIFY(!details->isVisible());
    QVERIFY(list().hasFocus()); // and not nowhere
}

void TestLogCommands::theDetailsAreSearched()
{
    m_history.add("shop", 9'000'000, "info", "needle one\nhay\nNEEDLE two\nhay", R"({"where":"a needle"})");
    m_feed->push(m_history.batchOf("shop", 301));
    QTRY_COMPARE(messages().last().left(6), u"needle"_s);
    clickRow(model().rowCount() - 1);
    auto* const text = child<LogTextView>(u"entryText"_s);
    text->setFocus();
    m_panel->actions().find->trigger(); // Ctrl+F
    auto* const edit = child<QLineEdit>(u"detailsFindEdit"_s);
    auto* const found = child<QLabel>(u"detailsFindCount"_s);
    QVERIFY(edit->isVisible() && edit->hasFocus());
    QTest::keyClicks(edit, u"needle"_s);
    QCOMPARE(found->text(), u"1 of 3"_s);
    QCOMPARE(text->textCursor().selectedText(), u"needle"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(found->text(), u"2 of 3"_s);
    QCOMPARE(text->textCursor().selectedText(), u"NEEDLE"_s);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(found->text(), u"3 of 3"_s); // round the corner
    QTest::keyClicks(edit, u"s"_s);
    QCOMPARE(found->text(), u"Not found"_s);
    // Escape closes the search first, and then the details.
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!edit->isVisible());
    QVERIFY(text->isVisible() && text->hasFocus());
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(!text->isVisible());
    // Elsewhere the same keys search the log.
    list().setFocus();
    m_panel->actions().find->trigger();
    QVERIFY(child<QLineEdit>(u"searchEdit"_s)->hasFocus());
}

void TestLogCommands::inANarrowPanelDetailsStandInPlaceOfTheList()
{
    auto* const details = m_panel->findChild<LogDetails*>();
    auto* const back = child<QToolButton>(u"backToListButton"_s);
    clickRow(model().rowCount() - 1);
    QVERIFY(list().isVisible() && details->isVisible() && !back->isVisible());
    m_panel->resize(820, 300); // where the header lets parts go
    settle();
    m_panel->resize(580, 300);
    QTRY_VERIFY2(!list().isVisible(), qPrintable(QString::number(m_panel->width())));
    QVERIFY(details->isVisible() && back->isVisible());
    QTRY_VERIFY(details->width() > 500);
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(list().isVisible() && !details->isVisible());
    m_panel->resize(1'000, 400);
    settle();
    clickRow(model().rowCount() - 1);
    QVERIFY(list().isVisible() && details->isVisible() && !back->isVisible());
}

void TestLogCommands::inANarrowPanelTheSearchAndItsCountCanBeRead()
{
    m_panel->resize(820, 300); // where the header lets parts go
    settle();
    m_panel->resize(580, 300);
    settle();
    auto* const search = child<QLineEdit>(u"searchEdit"_s);
    auto* const count = child<QLabel>(u"narrowCountLabel"_s);
    QTRY_VERIFY(count->isVisible());
    QCOMPARE(count->text(), u"300 stored entries"_s);
    QTest::keyClicks(search, u"order 11"_s);
    QTest::keyClick(search, Qt::Key_Return);
    settle();
    QVERIFY2(search->width() >= 300, qPrintable(QString::number(search->width())));
    QTRY_VERIFY(count->isVisible());
    QCOMPARE(count->text(), u"11 of 300 stored entries"_s);
    m_panel->resize(1'000, 300);
    settle();
    QVERIFY(!count->isVisible() && child<QLabel>(u"countLabel"_s)->isVisible());
}

void TestLogCommands::theDetailsKeepRoomForTheText()
{
    m_panel->resize(1'000, 280); // as in a window of 1280 × 800
    clickRow(model().rowCount() - 1);
    auto* const text = child<LogTextView>(u"entryText"_s);
    QTRY_VERIFY2(text->viewport()->height() >= 5 * text->fontMetrics().height(), qPrintable(QString::number(text->height())));
}

void TestLogCommands::theButtonOfNewEntriesCoversNone()
{
    m_panel->setFollowing(false);
    m_history.add("shop", 9'000'000, "info", "new");
    m_feed->push(m_history.batchOf("shop", 301));
    auto* const button = child<QPushButton>(u"newEntriesButton"_s);
    QTRY_VERIFY(button->isVisible());
    QCOMPARE(button->text(), u"1 new entry"_s);
    QCoreApplication::processEvents();
    const QRect place(button->mapTo(m_panel.get(), QPoint()), button->size());
    const QRect entries(list().mapTo(m_panel.get(), QPoint()), list().size());
    QVERIFY(!place.intersects(entries));
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(m_panel->isFollowing() && !button->isVisible());
    QVERIFY(child<QToolButton>(u"followButton"_s)->isChecked());
}

void TestLogCommands::aStretchOfThePastIsShown()
{
    m_panel->showStretch(1'100'000, 1'120'000);
    QTRY_COMPARE(messages().size(), 21);
    settle();
    QCOMPARE(messages().first(), u"order 100"_s);
    QCOMPARE(messages().last(), u"order 120"_s);
    QVERIFY(!m_panel->isFollowing());
    QVERIFY(!list().currentIndex().isValid()); // nobody chose one
    // A filter holds within it, and it is no filter itself.
    QCOMPARE(m_panel->viewFilter(), LogChoice());
    LogChoice errors;
    errors.search = "order 11";
    m_panel->setViewFilter(errors);
    settle();
    QCOMPARE(messages().size(), 10);
    QCOMPARE(child<QLabel>(u"countLabel"_s)->text(), u"10 of 300 stored entries"_s);
    m_panel->resetFilters();
    settle();
    // A moment within it stands among its entries; one outside leaves it.
    m_panel->goTo(1'110'500);
    settle();
    QCOMPARE(list().currentIndex().data().toString(), u"order 110"_s);
    QCOMPARE(messages().size(), 21);
    m_panel->goTo(1'200'000);
    settle();
    QVERIFY(messages().size() > 21);
    QCOMPARE(list().currentIndex().data().toString(), u"order 200"_s);
    // A stretch without entries says so.
    m_panel->showStretch(10, 20);
    QTRY_COMPARE(messages().size(), 0);
    settle();
    QCOMPARE(child<QLabel>(u"nothingLabel"_s)->text(), u"There are no entries in this stretch."_s);
    m_panel->toPresent();
    settle();
    QVERIFY(m_panel->isFollowing());
    QCOMPARE(messages().last(), u"order 299"_s);
}

void TestLogCommands::followingAsksToLeaveThePast()
{
    QSignalSpy wanted(m_panel.get(), &LogPanel::backToNowWanted);
    auto* const follow = child<QToolButton>(u"followButton"_s);
    QTest::mouseClick(follow, Qt::LeftButton);
    QTest::mouseClick(follow, Qt::LeftButton);
    QVERIFY(m_panel->isFollowing());
    QCOMPARE(wanted.count(), 0); // it was the present
    m_panel->goTo(1'100'000);
    settle();
    QVERIFY(!follow->isChecked());
    QVERIFY(!child<QPushButton>(u"newEntriesButton"_s)->isVisible());
    QTest::mouseClick(follow, Qt::LeftButton);
    settle();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(messages().last(), u"order 299"_s);
    // g and G.
    m_panel->toOldest();
    settle();
    QCOMPARE(list().currentIndex().data().toString(), u"order 0"_s);
    m_panel->toNewest();
    settle();
    QCOMPARE(messages().last(), u"order 299"_s);
    QVERIFY(m_panel->isFollowing());
}

VIGIE_WINDOW_TEST(TestLogCommands)
#include "tst_logcommands.moc"
