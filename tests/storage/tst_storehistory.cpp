// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storehistory.h"

#include "storage/historyreader.h"
#include "testmain.h"

#include <QTest>
#include <QThread>
#include <any>
#include <memory>
#include <optional>
#include <vector>

using namespace vigie;

/// How queries leave and answers return; their content is tested with the readers.
class TestStoreHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fewAreOnTheirWayAtOnce();
    void kindsDoNotWaitForEachOther();
    void answersOfOthersChangeNothing();
    void whoIsToldMayAskAgain();
    void answersThatComeTooLateAreLetGo();

private:
    void ask(int count);
    void answer(std::size_t which) { m_history->deliver({m_jobs[which].number, std::any(HistoryPage())}); }

    std::unique_ptr<StoreHistory> m_history;
    std::vector<HistoryJob> m_jobs; // that left
    int m_told = 0;
};

void TestStoreHistory::init()
{
    m_history = std::make_unique<StoreHistory>();
    m_jobs.clear();
    m_told = 0;
    const auto keep = [this](const HistoryJob& job) { m_jobs.push_back(job); };
    connect(m_history.get(), &StoreHistory::asked, this, keep);
    connect(m_history.get(), &StoreHistory::askedForMetrics, this, keep);
}

void TestStoreHistory::ask(int count)
{
    for (int i = 0; i < count; ++i)
        m_history->query({}, [this](const HistoryPage&) { ++m_told; });
}

void TestStoreHistory::fewAreOnTheirWayAtOnce()
{
    constexpr std::size_t max = StoreHistory::maxOnTheirWay;
    ask(int(max) + 2);
    QCOMPARE(m_jobs.size(), max);
    answer(1);
    QCOMPARE(m_told, 1);
    QCOMPARE(m_jobs.size(), max + 1);
    for (const std::size_t which : {std::size_t(0), std::size_t(2), std::size_t(3), max, max + 1})
        answer(which);
    QCOMPARE(m_told, int(max) + 2);
    QCOMPARE(m_jobs.size(), max + 2);
    for (std::size_t i = 1; i < m_jobs.size(); ++i)
        QVERIFY(m_jobs[i - 1].number < m_jobs[i].number); // as they were asked
    ask(int(max) + 1);
    QCOMPARE(m_jobs.size(), 2 * max + 2);
}

void TestStoreHistory::kindsDoNotWaitForEachOther()
{
    ask(StoreHistory::maxOnTheirWay + 1);
    const std::size_t before = m_jobs.size();
    m_history->find("shop", "1", [](std::optional<std::uint64_t>) {});
    m_history->processesAt(1, [](const ProcessSnapshot&) {});
    QCOMPARE(m_jobs.size(), before + 2);
    HistoryQuery place;
    place.limit = 1;
    place.storedOnly = true;
    m_history->query(place, [](const HistoryPage&) {});
    QCOMPARE(m_jobs.size(), before + 3);
    place.filter.search = "slow";
    m_history->query(place, [](const HistoryPage&) {});
    QCOMPARE(m_jobs.size(), before + 3);
}

void TestStoreHistory::answersOfOthersChangeNothing()
{
    ask(StoreHistory::maxOnTheirWay + 1);
    m_history->deliver({0, std::any(HistoryPage())});
    answer(0);
    answer(0); // nor one that comes again
    QCOMPARE(m_told, 1);
    QCOMPARE(m_jobs.size(), std::size_t(StoreHistory::maxOnTheirWay) + 1);
}

void TestStoreHistory::whoIsToldMayAskAgain()
{
    m_history->query({}, [this](const HistoryPage&) { ask(2 * StoreHistory::maxOnTheirWay); });
    ask(StoreHistory::maxOnTheirWay);
    answer(0);
    // Its place is free once it has had its say.
    QCOMPARE(m_jobs.size(), std::size_t(StoreHistory::maxOnTheirWay) + 1);
    for (std::size_t i = 1; i < m_jobs.size(); ++i)
        answer(i);
    QCOMPARE(m_told, 3 * StoreHistory::maxOnTheirWay);
}

void TestStoreHistory::answersThatComeTooLateAreLetGo()
{
    ask(1);
    const auto answer = std::make_shared<int>(1);
    const HistoryJob job{m_jobs[0].number, [answer](HistoryReaders&) { return std::any(answer); }};
    HistoryReader reader(HistoryJob::Kind::CatchUp);
    connect(&reader, &HistoryReader::answered, m_history.get(), &StoreHistory::deliver);
    const auto before = answer.use_count();
    const std::unique_ptr<QThread> thread(QThread::create([&reader, &job] { reader.run(job); }));
    thread->start();
    QVERIFY(thread->wait());
    QCOMPARE(answer.use_count(), before + 1); // on its way
    m_history.reset();
    QCOMPARE(answer.use_count(), before);
    QCOMPARE(m_told, 0);
}

VIGIE_TEST(TestStoreHistory)
#include "tst_storehistory.moc"
