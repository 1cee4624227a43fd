// SPDX-License-Identifier: GPL-3.0-or-later
// A trace in the window, as a person comes to it from an entry.
#include "fakehistory.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/traces/tracedelegate.h"
#include "gui/traces/tracedialog.h"
#include "gui/window/mainwindow.h"
#include "testmain.h"

#include <QAction>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestTraceDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theMenuOfAnEntryShowsItsTrace();
    void theDetailsShowItAsWell();
    void anEntryOfNoTraceOffersNone();
    void aClickGoesToTheEntry();
    void keysGoToTheEntry();
    void whatIsMissingIsSaid();
    void nothingStoredIsSaid();
    void itCanBeSearchedAgain();

private:
    void logTrace();
    void choose(const QString& message);
    void openMenu(const QString& message);
    QModelIndex rowOf(const QString& message);
    QTreeWidget* tree() { return find<QTreeWidget>(u"traceTree"_s); }
    QStringList names();
    template <typename T> T* find(const QString& name)
    {
        for (T* one : m_window->findChildren<T*>(name)) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    }

    FakeHistory m_history;
    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<MainWindow> m_window;
    qint64 m_timeMs = 0;
};

void TestTraceDialog::init()
{
    m_history = {};
    m_history.atOnce = true;
    m_timeMs = QDateTime::currentMSecsSinceEpoch() - 60'000;
    Settings settings;
    settings.language = u"en"_s;
    settings.theme = u"light"_s;
    m_feed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(settings, *m_feed);
    m_window->setArchive(nullptr, &m_history);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestTraceDialog::cleanup()
{
    m_window.reset();
    m_feed.reset();
}

void TestTraceDialog::logTrace()
{
    m_history.add("shop", m_timeMs, "trace", "GET /cart",
                  R"({"trace_id":"abc","span_id":"1","span":"root","duration_ms":100})");
    m_history.add("shop", m_timeMs + 5, "info", "the cart has 3 items", R"({"trace_id":"abc","span_id":"1"})");
    m_history.add("shop", m_timeMs + 6, "info", "another's", R"({"trace_id":"def","span_id":"7"})");
    m_history.add("billing", m_timeMs + 20, "error", "POST /charge",
                  R"({"trace_id":"abc","span_id":"2","parent_span_id":"1","span":"child","duration_ms":40.25})");
    m_history.add("shop", m_timeMs + 30, "info", "of no trace");
    StoredCatalog stored;
    stored.apps.resize(2);
    stored.apps[0].appId = "shop";
    stored.apps[1].appId = "billing";
    m_window->showStored(stored);
    QTRY_VERIFY(rowOf(u"GET /cart"_s).isValid());
}

QModelIndex TestTraceDialog::rowOf(const QString& message)
{
    const auto* list = m_window->findChild<QListView*>(u"logList"_s);
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const LogEntryRef& entry = m_window->logs().model().entry(row);
        if (entry.batch->message(entry.index) == message.toStdString())
            return list->model()->index(row, 0);
    }
    return {};
}

void TestTraceDialog::choose(const QString& message)
{
    auto* const list = m_window->findChild<QListView*>(u"logList"_s);
    list->scrollTo(rowOf(message));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(rowOf(message)).center());
}

void TestTraceDialog::openMenu(const QString& message)
{
    choose(message);
    auto* const list = m_window->findChild<QListView*>(u"logList"_s);
    const QPoint place = list->visualRect(rowOf(message)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, list->viewport()->mapToGlobal(place));
    QApplication::sendEvent(list->viewport(), &event);
    QTRY_VERIFY(find<QMenu>(u"entryMenu"_s));
}

QStringList TestTraceDialog::names()
{
    QStringList all;
    for (QTreeWidgetItemIterator row(tree()); *row; ++row) {
        int depth = 0;
        for (const QTreeWidgetItem* above = (*row)->parent(); above; above = above->parent())
            ++depth;
        all.append(QString(depth, u'>') + (*row)->text(0));
    }
    return all;
}

void TestTraceDialog::theMenuOfAnEntryShowsItsTrace()
{
    logTrace();
    openMenu(u"the cart has 3 items"_s);
    auto* const menu = find<QMenu>(u"entryMenu"_s);
    auto* const action = menu->findChild<QAction*>(u"actionShowTrace"_s);
    QVERIFY(action);
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
    QTRY_VERIFY(tree());
    QCOMPARE(names(), (QStringList{u"GET /cart"_s, u">the cart has 3 items"_s, u">⚠ POST /charge"_s}));
    QTreeWidgetItem* const root = tree()->topLevelItem(0);
    QCOMPARE(root->text(1), u"shop"_s);
    QCOMPARE(root->text(2), u"100 ms"_s);
    QCOMPARE(root->child(1)->text(2), u"40.3 ms"_s);
    // A log entry is a mark, a span a bar where it was.
    QVERIFY(root->child(0)->data(3, TraceDelegate::LengthRole).toDouble() < 0);
    QCOMPARE(root->child(1)->data(3, TraceDelegate::BeginRole).toDouble(), 0.2);
    QCOMPARE(root->child(1)->data(3, TraceDelegate::LengthRole).toDouble(), 0.4025);
    const QString summary = find<QLabel>(u"traceSummary"_s)->text();
    QVERIFY2(summary.contains("100 ms"_L1), qPrintable(summary));
    QVERIFY(!find<QLabel>(u"traceOddities"_s));
}

void TestTraceDialog::theDetailsShowItAsWell()
{
    logTrace();
    choose(u"POST /charge"_s);
    QTRY_VERIFY(find<QToolButton>(u"showTraceButton"_s));
    QTest::mouseClick(find<QToolButton>(u"showTraceButton"_s), Qt::LeftButton);
    QTRY_VERIFY(tree());
    QCOMPARE(names().size(), 3);
}

void TestTraceDialog::anEntryOfNoTraceOffersNone()
{
    logTrace();
    openMenu(u"of no trace"_s);
    QVERIFY(!find<QMenu>(u"entryMenu"_s)->findChild<QAction*>(u"actionShowTrace"_s));
    find<QMenu>(u"entryMenu"_s)->close();
    QVERIFY(find<LogDetails>(u"logDetails"_s));
    QVERIFY(!find<QToolButton>(u"showTraceButton"_s));
}

void TestTraceDialog::aClickGoesToTheEntry()
{
    logTrace();
    choose(u"GET /cart"_s);
    QTest::mouseClick(find<QToolButton>(u"showTraceButton"_s), Qt::LeftButton);
    QTRY_VERIFY(tree());
    QTreeWidgetItem* const charge = tree()->topLevelItem(0)->child(1);
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, tree()->visualItemRect(charge).center());
    const auto* list = m_window->findChild<QListView*>(u"logList"_s);
    QTRY_COMPARE(list->currentIndex(), rowOf(u"POST /charge"_s));
    QVERIFY(list->currentIndex().isValid());
    QCOMPARE(m_window->timeline().moment(), std::optional(m_timeMs + 20));
    const std::optional<LogEntryRef> shown = find<LogDetails>(u"logDetails"_s)->entry();
    QVERIFY(shown);
    QCOMPARE(shown->batch->message(shown->index), "POST /charge");
}

void TestTraceDialog::keysGoToTheEntry()
{
    logTrace();
    choose(u"GET /cart"_s);
    QTest::mouseClick(find<QToolButton>(u"showTraceButton"_s), Qt::LeftButton);
    QTRY_VERIFY(tree());
    tree()->window()->activateWindow();
    QTRY_VERIFY(tree()->window()->isActiveWindow());
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_Home);
    QTest::keyClick(tree(), Qt::Key_Down);
    QTest::keyClick(tree(), Qt::Key_Return);
    QTRY_COMPARE(m_window->timeline().moment(), std::optional(m_timeMs + 5));
    // The branch of a span folds as trees do.
    QTest::keyClick(tree(), Qt::Key_Home);
    QTest::keyClick(tree(), Qt::Key_Left);
    QVERIFY(!tree()->topLevelItem(0)->isExpanded());
}

void TestTraceDialog::whatIsMissingIsSaid()
{
    logTrace();
    m_history.add("shop", m_timeMs + 50, "trace", "orphan", R"({"trace_id":"abc","span_id":"8","parent_span_id":"9","span":"child","duration_ms":1})");
    m_history.add("billing", m_timeMs - 70, "trace", "early",
                  R"({"trace_id":"abc","span_id":"3","parent_span_id":"2","span":"child","duration_ms":1})");
    choose(u"GET /cart"_s);
    QTest::mouseClick(find<QToolButton>(u"showTraceButton"_s), Qt::LeftButton);
    QTRY_VERIFY(find<QLabel>(u"traceOddities"_s));
    const QString odd = find<QLabel>(u"traceOddities"_s)->text();
    QVERIFY2(odd.contains("what called it is not there"_L1), qPrintable(odd));
    QVERIFY2(odd.contains("clocks differ"_L1), qPrintable(odd));
}

void TestTraceDialog::nothingStoredIsSaid()
{
    logTrace();
    choose(u"GET /cart"_s);
    m_history.forget("shop");
    m_history.forget("billing");
    QTest::mouseClick(find<QToolButton>(u"showTraceButton"_s), Qt::LeftButton);
    QTRY_VERIFY(find<QLabel>(u"traceSummary"_s));
    QCOMPARE(find<QLabel>(u"traceSummary"_s)->text(), u"Nothing of this trace is stored."_s);
    QVERIFY(!tree());
}

void TestTraceDialog::itCanBeSearchedAgain()
{
    logTrace();
    choose(u"GET /cart"_s);
    m_history.atOnce = false;
    QTest::mouseClick(find<QToolButton>(u"showTraceButton"_s), Qt::LeftButton);
    QTRY_VERIFY(find<QLabel>(u"traceSummary"_s));
    QCOMPARE(find<QLabel>(u"traceSummary"_s)->text(), u"Searching…"_s);
    m_history.tell();
    QTRY_COMPARE(names().size(), 3);
    m_history.add("shop", m_timeMs + 60, "info", "later", R"({"trace_id":"abc","span_id":"1"})");
    m_history.atOnce = true;
    QTest::mouseClick(find<QPushButton>(u"searchTraceAgainButton"_s), Qt::LeftButton);
    QTRY_COMPARE(names().size(), 4);
}

VIGIE_WINDOW_TEST(TestTraceDialog)
#include "tst_tracedialog.moc"
