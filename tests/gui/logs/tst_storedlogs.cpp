// SPDX-License-Identifier: GPL-3.0-or-later
// The log panel and its store: what is rare in it, what is cleared in it, and a store that opens late.
#include "fakehistory.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/window/mainwindow.h"
#include "gui/logs/storedlogs.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <set>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestStoredLogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theWayForwardFindsWhatIsRare_data();
    void theWayForwardFindsWhatIsRare();
    void theWayForwardFindsAllInOrder_data();
    void theWayForwardFindsAllInOrder();
    void whatCameSinceIsFoundToo();
    void anotherChoiceStopsTheSearch();
    void clearingDropsWhatIsOnItsWay();
    void clearingReachesIntoThePast();
    void clearingLeavesNoHoles();
    void aStoreThatOpensLateIsReadAnew();
    void whatComesMeanwhileStandsOnce();
    void anEmptyStoreTakesNothingAway();

private:
    void open();
    QStringList messages();
    StoredLogs& stored(const LogChoice& choice, std::int64_t fromMs);
    void settle()
    {
        m_history.tell();
        QCoreApplication::processEvents();
        m_history.tell();
    }

    FakeHistory m_history;
    std::unique_ptr<StoredLogs> m_stored;
    std::vector<LogEntryRef> m_found; // by the last of newer()
    int m_answers = 0;
    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<LogPanel> m_panel;
};

namespace {

LogChoice onlyErrors()
{
    LogChoice choice;
    choice.severities.reset();
    choice.severities.set(std::size_t(Severity::Error));
    return choice;
}

LogChoice onlyOthers()
{
    LogChoice choice;
    choice.severities.reset();
    choice.severities.set(std::size_t(Severity::Other));
    return choice;
}

LogChoice searching(const std::string& text)
{
    LogChoice choice;
    choice.search = text;
    return choice;
}

} // namespace

Q_DECLARE_METATYPE(vigie::LogChoice)

void TestStoredLogs::init()
{
    m_history = FakeHistory();
    m_answers = 0;
}

void TestStoredLogs::cleanup()
{
    m_panel.reset();
    m_stored.reset();
}

void TestStoredLogs::open()
{
    m_feed = std::make_unique<LogFeed>();
    m_panel = std::make_unique<LogPanel>(*m_feed);
    m_panel->resize(1000, 400);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_panel->setHistory(&m_history);
}

QStringList TestStoredLogs::messages()
{
    QStringList messages;
    for (int row = 0; row < m_panel->model().rowCount(); ++row)
        messages.append(m_panel->model().index(row).data().toString());
    return messages;
}

StoredLogs& TestStoredLogs::stored(const LogChoice& choice, std::int64_t fromMs)
{
    m_stored = std::make_unique<StoredLogs>(m_history);
    connect(m_stored.get(), &StoredLogs::newerFound, this, [this](const std::vector<LogEntryRef>& entries) {
        ++m_answers;
        m_found = entries;
    });
    m_stored->startAt({u"bulk"_s, u"few"_s}, fromMs, choice);
    return *m_stored;
}

void TestStoredLogs::theWayForwardFindsWhatIsRare_data()
{
    QTest::addColumn<LogChoice>("choice");
    QTest::newRow("a rare level") << onlyErrors();
    QTest::newRow("levels of no known meaning") << onlyOthers();
    QTest::newRow("a rare word") << searching("needle");
}

void TestStoredLogs::theWayForwardFindsWhatIsRare()
{
    QFETCH(LogChoice, choice);
    m_history.add("few", 500, "info", "first");
    for (int i = 0; i < 40'000; ++i)
        m_history.add("bulk", 1'000 + i, "info", "bulk");
    m_history.add("bulk", 200'000, "error", "needle");
    m_history.add("bulk", 200'001, "audit", "needle");
    m_history.atOnce = true;
    stored(choice, 600).newer();
    QCOMPARE(m_answers, 1);
    QVERIFY(!m_found.empty() && m_found.front().batch->timestampMs(0) >= 200'000);
    QCOMPARE(m_history.replays, 0); // which would read all there is
    QVERIFY2(m_history.asked < 30, qPrintable(QString::number(m_history.asked)));
}

void TestStoredLogs::theWayForwardFindsAllInOrder_data()
{
    QTest::addColumn<int>("every"); // so many are one that is wanted
    QTest::addColumn<int>("patience");
    for (const int every : {1, 2, 7, 100, 3'000}) {
        QTest::addRow("one of %d", every) << every << 0;
        QTest::addRow("one of %d, by a slow store", every) << every << 90;
    }
}

void TestStoredLogs::theWayForwardFindsAllInOrder()
{
    QFETCH(int, every);
    QFETCH(int, patience);
    int wanted = 0;
    for (int i = 0; i < 10'000; ++i) {
        const bool isWanted = i % every == 0 || (i > 5'000 && i < 5'600); // and many on a heap
        wanted += isWanted;
        m_history.add("bulk", 1'000 + i, isWanted ? "error" : "info", std::to_string(i));
    }
    m_history.add("few", 3'000, "error", "few");
    m_history.atOnce = true;
    m_history.patience = patience;
    StoredLogs& logs = stored(onlyErrors(), 0);
    std::set<std::string> ids;
    std::int64_t before = 0;
    for (int page = 0; page < 10'000; ++page) {
        m_found.clear();
        logs.newer();
        if (m_found.empty())
            break;
        QVERIFY(m_found.size() <= StoredLogs::pageEntries);
        for (const LogEntryRef& entry : m_found) {
            QVERIFY(entry.batch->timestampMs(0) >= before);
            before = entry.batch->timestampMs(0);
            QVERIFY(ids.insert(std::string(entry.id())).second);
        }
    }
    QCOMPARE(ids.size(), std::size_t(wanted) + 1);
}

void TestStoredLogs::whatCameSinceIsFoundToo()
{
    m_history.add("bulk", 1'000, "error", "first");
    m_history.atOnce = true;
    StoredLogs& logs = stored(onlyErrors(), 0);
    logs.newer();
    QCOMPARE(m_found.size(), std::size_t(1));
    logs.newer();
    QVERIFY(m_found.empty());
    m_history.add("bulk", 2'000, "info", "no");
    m_history.add("bulk", 3'000, "error", "second");
    logs.newer();
    QCOMPARE(m_found.size(), std::size_t(1));
    QCOMPARE(m_found.front().batch->message(0), std::string_view("second"));
}

void TestStoredLogs::anotherChoiceStopsTheSearch()
{
    for (int i = 0; i < 10'000; ++i)
        m_history.add("bulk", 1'000 + i, "info", "bulk");
    StoredLogs& logs = stored(searching("needle"), 0);
    logs.newer();
    m_history.tellOne(); // where the way begins, of each application
    m_history.tellOne();
    m_history.tellOne(); // where it ends, of one
    const std::stop_token asked = m_history.stop;
    QVERIFY(asked.stop_possible() && !asked.stop_requested());
    logs.startAt({u"bulk"_s}, 0, onlyErrors());
    QVERIFY(asked.stop_requested());
    const int before = m_history.asked;
    m_history.tell();
    QCOMPARE(m_history.asked, before); // nobody goes on
    QCOMPARE(m_answers, 0);
}

void TestStoredLogs::clearingDropsWhatIsOnItsWay()
{
    for (int i = 0; i < 500; ++i)
        m_history.add("bulk", 1'000 + i, "info", "old");
    m_history.add("few", 5'000, "info", "kept");
    open();
    m_panel->addApplications({u"bulk"_s, u"few"_s}); // asked, and the answers stay away
    const std::stop_token asked = m_history.stop;
    m_history.forget("bulk");
    m_feed->clear("bulk", 10'000);
    QTRY_VERIFY(asked.stop_requested());
    settle();
    QCOMPARE(messages(), QStringList{u"kept"_s});
}

void TestStoredLogs::clearingReachesIntoThePast()
{
    for (int i = 0; i < 500; ++i) {
        m_history.add("bulk", 1'000 + i, "info", "old");
        m_history.add("few", 1'000 + i, "info", "kept");
    }
    open();
    m_panel->addApplications({u"bulk"_s, u"few"_s});
    m_panel->goTo(1'250);
    settle();
    QVERIFY(messages().contains(u"old"_s));
    m_history.forget("bulk");
    m_feed->clear("bulk", 10'000);
    QTRY_VERIFY((settle(), !messages().contains(u"old"_s) && messages().contains(u"kept"_s)));
    QVERIFY(!m_panel->isFollowing());
}

void TestStoredLogs::clearingLeavesNoHoles()
{
    for (int i = 0; i < 1'000; ++i)
        m_history.add("bulk", 1'000 + i, i % 100 == 0 ? "error" : "info", std::to_string(i));
    m_history.add("few", 500, "info", "gone");
    m_history.atOnce = true;
    open();
    m_panel->addApplications({u"bulk"_s, u"few"_s});
    auto* search = m_panel->findChild<QLineEdit*>(u"searchEdit"_s);
    search->setText(u"00"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(messages().size(), 9);
    const std::stop_token asked = m_history.stop;
    m_history.forget("few");
    m_feed->clear("few", 10'000);
    QTRY_VERIFY(asked.stop_requested());
    m_panel->resetFilters();
    settle();
    // Without the filter the newest stand there, one behind the other.
    const QStringList all = messages();
    QVERIFY(all.size() >= 100);
    for (int i = 0; i < all.size(); ++i)
        QCOMPARE(all[i], QString::number(1'000 - all.size() + i));
}

void TestStoredLogs::aStoreThatOpensLateIsReadAnew()
{
    LogFeed feed;
    Settings settings;
    MainWindow window(settings, feed);
    window.setArchive(nullptr, &m_history);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    m_history.atOnce = true;
    // What came before the store could be opened has numbers that are others' there.
    FakeHistory live;
    for (int i = 0; i < 5; ++i) {
        live.add("shop", 2'000'000 + i, "info", "live " + std::to_string(i));
        feed.push(live.batchOf("shop", std::size_t(i) + 1));
    }
    LogModel& model = window.findChild<LogPanel*>()->model();
    QTRY_COMPARE(model.rowCount(), 5);
    for (int i = 0; i < 50; ++i)
        m_history.add("shop", 1'000'000 + i, "info", "stored " + std::to_string(i));
    for (int i = 0; i < 5; ++i)
        m_history.add("shop", 2'000'000 + i, "info", "live " + std::to_string(i));
    StoredCatalog catalog;
    catalog.apps.push_back({"shop", 55, {}, 0, 0});
    for (int times = 0; times < 2; ++times) {
        window.showStored(catalog);
        QCoreApplication::processEvents();
        QCOMPARE(model.rowCount(), 55);
        QCOMPARE(model.index(0).data().toString(), u"stored 0"_s);
        QCOMPARE(model.index(54).data().toString(), u"live 4"_s);
        QCOMPARE(model.entry(54).sequence(), std::uint64_t(55));
    }
}

void TestStoredLogs::whatComesMeanwhileStandsOnce()
{
    for (int i = 0; i < 50; ++i)
        m_history.add("bulk", 1'000 + i, "info", std::to_string(i));
    open();
    m_history.looksLate = true;
    m_panel->addApplications({u"bulk"_s}); // asked
    m_history.add("bulk", 2'000, "info", "new");
    m_feed->push(m_history.batchOf("bulk", 51));
    QTRY_COMPARE(messages(), QStringList{u"new"_s});
    settle();
    QCOMPARE(messages().count(u"new"_s), 1);
    QCOMPARE(messages().size(), 51);
}

void TestStoredLogs::anEmptyStoreTakesNothingAway()
{
    LogFeed feed;
    MainWindow window(Settings(), feed);
    window.setArchive(nullptr, &m_history);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    FakeHistory live;
    live.add("shop", 2'000'000, "info", "live");
    feed.push(live.batchOf("shop", 1));
    LogModel& model = window.findChild<LogPanel*>()->model();
    QTRY_COMPARE(model.rowCount(), 1);
    window.showStored({});
    QCOMPARE(model.rowCount(), 1);
}

VIGIE_WINDOW_TEST(TestStoredLogs)
#include "tst_storedlogs.moc"
