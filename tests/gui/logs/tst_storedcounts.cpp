// SPDX-License-Identifier: GPL-3.0-or-later
// How many entries are stored: what the store tells, and what arrives meanwhile.
#include "fakehistory.h"
#include "gui/logs/storedcounts.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestStoredCounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatArrivesIsAddedToWhatIsStored();
    void nothingIsSaidBeforeTheStoreHasTold();
    void whatArrivesDuringAQuestionIsAskedForAgain();
    void whatIsStoredButStillToComeIsAskedForAgain();
    void whatWasNotSeenIsAskedForAgain();
    void anUnfinishedAnswerIsNoNumber();
    void whatWasDeletedIsGone();
    void whatRetentionTookIsGoneAtTheNextRefresh();
    void eachApplicationIsAskedForOnce();

private:
    void store(int count, const std::string& appId = "shop");
    /// The newest stored entry arrives here, too.
    void arrive(const std::string& appId = "shop");
    int total(const std::string& appId = {});

    FakeHistory m_history;
    std::map<std::string, std::size_t> m_stored;
    bool m_isBehind = false;
    std::unique_ptr<StoredCounts> m_counts;
};

void TestStoredCounts::init()
{
    m_history = FakeHistory();
    m_stored.clear();
    m_isBehind = false;
    m_counts = std::make_unique<StoredCounts>([this] { return m_isBehind; }, nullptr, std::chrono::milliseconds(1));
    m_counts->setHistory(&m_history);
}

void TestStoredCounts::store(int count, const std::string& appId)
{
    for (int i = 0; i < count; ++i)
        m_history.add(appId, 1'000 + i, "info", "stored");
    m_stored[appId] += std::size_t(count);
}

void TestStoredCounts::arrive(const std::string& appId)
{
    m_counts->add({{m_history.batchOf(appId, m_stored[appId]), 0}});
}

int TestStoredCounts::total(const std::string& appId)
{
    const std::optional<LevelCounts> counts = m_counts->of(appId);
    return counts ? int((*counts)[std::size_t(Severity::Info)]) : -1;
}

void TestStoredCounts::whatArrivesIsAddedToWhatIsStored()
{
    store(3);
    store(2, "mail");
    m_counts->refresh({u"shop"_s, u"mail"_s});
    m_history.tell();
    store(1);
    arrive();
    QCOMPARE(total("shop"), 4);
    QCOMPARE(total(), 6);
}

void TestStoredCounts::nothingIsSaidBeforeTheStoreHasTold()
{
    store(3);
    m_counts->refresh({u"shop"_s});
    store(1);
    arrive();
    QCOMPARE(total("shop"), -1);
    QCOMPARE(total(), -1);
    QCOMPARE(total("never seen"), -1);
}

void TestStoredCounts::whatArrivesDuringAQuestionIsAskedForAgain()
{
    store(3);
    m_counts->refresh({u"shop"_s}); // answered by 3
    store(1);
    arrive();
    m_history.tell();
    QTRY_COMPARE((m_history.tell(), total()), 4);
    const int asked = m_history.counted;
    store(1);
    arrive();
    QTest::qWait(20); // it is sure by now
    QCOMPARE(m_history.counted, asked);
    QCOMPARE(total(), 5);
}

void TestStoredCounts::whatIsStoredButStillToComeIsAskedForAgain()
{
    store(3);
    m_isBehind = true; // the third is still on its way
    m_counts->refresh({u"shop"_s});
    m_history.tell();
    m_isBehind = false;
    arrive();
    QTRY_COMPARE((m_history.tell(), total()), 3); // and not 4
}

void TestStoredCounts::whatWasNotSeenIsAskedForAgain()
{
    store(3);
    m_counts->refresh({u"shop"_s});
    m_history.tell();
    store(1'000);
    m_counts->addUnseen();
    QTRY_COMPARE((m_history.tell(), total()), 1'003);
}

void TestStoredCounts::anUnfinishedAnswerIsNoNumber()
{
    store(3);
    m_history.countsAll = false;
    m_counts->refresh({u"shop"_s});
    m_history.tell();
    store(1);
    arrive();
    QCOMPARE(total(), -1); // not 1, nor 4 at least
    m_history.countsAll = true;
    m_counts->refresh({u"shop"_s});
    m_history.tell();
    QCOMPARE(total(), 4);
    // A known number stays until there is a better one.
    m_history.countsAll = false;
    m_counts->refresh({u"shop"_s});
    QCOMPARE(total(), 4);
    m_history.tell();
    QCOMPARE(total(), 4);
}

void TestStoredCounts::whatWasDeletedIsGone()
{
    store(3);
    m_counts->refresh({u"shop"_s});
    m_history.tell();
    m_counts->forget("shop");
    QCOMPARE(total("shop"), 0);
    // An answer from before does not bring them back.
    m_counts->refresh({u"shop"_s});
    m_history.forget("shop");
    m_counts->forget("shop");
    m_history.tell();
    m_counts->addUnseen();
    QTRY_COMPARE((m_history.tell(), total("shop")), 0);
}

void TestStoredCounts::whatRetentionTookIsGoneAtTheNextRefresh()
{
    store(3);
    m_counts->refresh({u"shop"_s});
    m_history.tell();
    m_history.forget("shop");
    QSignalSpy changed(m_counts.get(), &StoredCounts::changed);
    m_counts->refresh({u"shop"_s});
    QCOMPARE(total(), 3); // nothing flickers meanwhile
    m_history.tell();
    QCOMPARE(total(), 0);
    QCOMPARE(changed.count(), 1);
}

void TestStoredCounts::eachApplicationIsAskedForOnce()
{
    store(1);
    store(1, "mail");
    m_counts->refresh({u"shop"_s});
    m_history.tell();
    QCOMPARE(m_history.counted, 1);
    arrive("mail"); // it is new here
    m_history.tell();
    QCOMPARE(m_history.counted, 2);
    QCOMPARE(total(), 2);
}

VIGIE_WINDOW_TEST(TestStoredCounts)
#include "tst_storedcounts.moc"
