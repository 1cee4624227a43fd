// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub.h"
#include "intake/congestion.h"
#include "intake/intakequeue.h"
#include "logbatches.h"
#include "manualarchive.h"
#include "testmain.h"

#include <QEventLoop>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestIntake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatBecameOfABatchIsSaid();
    void nothingIsTakenWhileTheStoreIsBehind();
    void roomIsGivenInTurn();
    void whoGoesLeavesTheLine();
    void aSourceMayEndOthersWhenItsTurnComes();
    void congestionIsOfOneApplication();
    void onlyWhoWaitsForTheDiskWaitsWhileItFails();
    void ticketsAreToldInTheirOrder();
    void withoutAStoreAllIsDurableAtOnce();
    void checkpointsGoWithTheirEntries();
    void repeatsAndNothingTakeTheirCheckpointAlong();
    void badCheckpointsAreRefused();
    void aSourceIsToldWhereItStands();
    void anotherPlaceIsToldAtALaterOpening();
    void withoutAStoreCheckpointsAreKeptInMemory();
    void queueIsBounded();
    void queueTakesFromAnotherThread();
    void queueTellsWhatIsRefused();
    void queueTellsItsPlaceHoweverLateTheSourceListens();
    void queueKeepsManyCheckpoints();
    void queueTellsItsPlaceToWhoConnectsLate();
    void queueEndsWhenAllWasTaken();

private:
    void storeAll();
    void open(std::vector<Checkpoint> checkpoints = {}) { m_hub->restore({++m_epoch, {}, std::move(checkpoints), false}); }

    ManualArchive m_archive;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    std::uint32_t m_epoch = 0;
    qint64 m_unwritten = 0;
    QStringList m_stored; ///< ids given to the store, and checkpoints as "source=place", in their order
};

namespace {

struct Crowd : Congestion
{
    std::set<std::string> apps;
    bool isCongested(const std::string& appId) const override { return apps.contains(appId); }
};

struct Source : IntakeSource
{
    explicit Source(Intake& intake, QString& allCalls, QString ownName, std::string checkpoint = {})
        : IntakeSource(intake, std::move(checkpoint)), calls(allCalls), name(std::move(ownName))
    {}

    void goOn() override
    {
        calls += name;
        if (onGoOn)
            onGoOn();
    }
    void becameDurable(std::uint64_t ticket) override { durable.push_back(ticket); }
    void restored(std::string_view place) override { places.append(QString::fromUtf8(place)); }

    QString& calls;
    QString name;
    std::function<void()> onGoOn;
    std::vector<std::uint64_t> durable;
    QStringList places;
};

/// As many bytes as the store may be behind with.
LogBatch fillingBatch(int number)
{
    return batchOfMebibytes(u"large %1"_s.arg(number), 64);
}

} // namespace

void TestIntake::init()
{
    m_intake.reset();
    m_hub = std::make_unique<Hub>(3);
    m_hub->setArchive(&m_archive);
    m_intake = std::make_unique<Intake>(*m_hub);
    m_epoch = 0;
    m_unwritten = 0;
    m_stored.clear();
    connect(m_hub.get(), &Hub::logsToStore, this, [this](const LogBatchPtr& batch) {
        m_unwritten += qint64(batch->heldBytes());
        m_stored += idsOf(*batch);
        if (const CheckpointPtr& checkpoint = batch->checkpoint())
            m_stored += QString::fromStdString(checkpoint->source + '=' + checkpoint->place);
    });
    connect(m_hub.get(), &Hub::checkpointToStore, this, [this](const CheckpointPtr& checkpoint) {
        m_stored += QString::fromStdString(checkpoint->source + '=' + checkpoint->place);
    });
}

void TestIntake::storeAll()
{
    m_hub->noteStored(std::exchange(m_unwritten, 0), 0);
}

void TestIntake::whatBecameOfABatchIsSaid()
{
    QString calls;
    Source source(*m_intake, calls, u"a"_s);
    LogBatch first = batchOf("shop", numbers(1, 3), true);
    Offered offered = source.offer(first);
    QVERIFY(offered);
    QCOMPARE(offered.lastId, std::string("3"));
    QCOMPARE(offered.ticket, std::uint64_t(0));
    LogBatch again = batchOf("shop", numbers(2, 4), true);
    QCOMPARE(source.offer(again).repeats, std::size_t(2));
    LogBatch other = batchOf("shop", {"4"}, true, "error");
    QCOMPARE(source.offer(other).renamed, std::size_t(1));
    for (const char* app : {"bank", "till"}) {
        LogBatch batch = batchOf(app, {"1"});
        QVERIFY(source.offer(batch));
    }
    LogBatch tooMany = batchOf("mill", {"1"});
    QCOMPARE(source.offer(tooMany).outcome, Offered::Outcome::TooManyApplications);
}

void TestIntake::nothingIsTakenWhileTheStoreIsBehind()
{
    QString calls;
    Source source(*m_intake, calls, u"a"_s);
    LogBatch large = fillingBatch(1);
    QVERIFY(source.offer(large));
    QVERIFY(source.mustWait());
    LogBatch next = batchOf("shop", numbers(1, 2), true);
    QCOMPARE(source.offer(next).outcome, Offered::Outcome::MustWait);
    QCOMPARE(next.size(), std::size_t(2));
    source.onGoOn = [&] { QVERIFY(source.offer(next)); };
    m_intake->callWaiting();
    QCOMPARE(calls, QString());
    storeAll();
    QCOMPARE(calls, u"a"_s);
    QCOMPARE(m_stored.last(), u"2"_s);
    // It waits no longer, and is not called.
    storeAll();
    m_intake->callWaiting();
    QCOMPARE(calls, u"a"_s);
}

void TestIntake::roomIsGivenInTurn()
{
    QString calls;
    std::vector<std::unique_ptr<Source>> sources;
    int number = 0;
    for (const char* name : {"a", "b", "c"}) {
        Source& source = *sources.emplace_back(std::make_unique<Source>(*m_intake, calls, QString::fromLatin1(name)));
        // There is room for one, and each wants more than once.
        source.onGoOn = [&source, &number] {
            LogBatch batch = fillingBatch(++number);
            QVERIFY(source.offer(batch));
            QVERIFY(source.mustWait());
        };
    }
    LogBatch large = fillingBatch(0);
    QVERIFY(sources[0]->offer(large));
    for (const auto& source : sources)
        QVERIFY(source->mustWait());
    for (int i = 0; i < 7; ++i)
        storeAll();
    QCOMPARE(calls, u"abcabca"_s);
}

void TestIntake::whoGoesLeavesTheLine()
{
    QString calls;
    Source source(*m_intake, calls, u"a"_s);
    auto gone = std::make_unique<Source>(*m_intake, calls, u"b"_s);
    Source stopped(*m_intake, calls, u"c"_s);
    LogBatch large = fillingBatch(1);
    QVERIFY(source.offer(large));
    for (Source* one : {gone.get(), &stopped, &source})
        QVERIFY(one->mustWait());
    gone.reset();
    stopped.stopWaiting();
    storeAll();
    QCOMPARE(calls, u"a"_s);
}

void TestIntake::aSourceMayEndOthersWhenItsTurnComes()
{
    QString calls;
    Source first(*m_intake, calls, u"a"_s);
    auto second = std::make_unique<Source>(*m_intake, calls, u"b"_s);
    auto third = std::make_unique<Source>(*m_intake, calls, u"c"_s);
    Source fourth(*m_intake, calls, u"d"_s);
    LogBatch large = fillingBatch(1);
    QVERIFY(first.offer(large));
    for (Source* one : {&first, second.get(), third.get(), &fourth})
        QVERIFY(one->mustWait());
    first.onGoOn = [&] {
        second.reset();
        third.reset();
        m_intake->callWaiting(); // from within
    };
    storeAll();
    QCOMPARE(calls, u"ad"_s);
}

void TestIntake::congestionIsOfOneApplication()
{
    Crowd crowd;
    crowd.apps = {"shop"};
    m_intake = std::make_unique<Intake>(*m_hub);
    m_intake->setCongestion(&crowd);
    QString calls;
    Source shop(*m_intake, calls, u"a"_s);
    Source bank(*m_intake, calls, u"b"_s);
    LogBatch one = batchOf("shop", {"1"});
    QVERIFY(shop.offer(one)); // what has come is taken
    QVERIFY(shop.mustWait());
    LogBatch other = batchOf("bank", {"1"});
    QVERIFY(bank.offer(other));
    QVERIFY(!bank.mustWait());
    m_intake->callWaiting();
    QCOMPARE(calls, QString());
    crowd.apps.clear();
    m_intake->callWaiting();
    QCOMPARE(calls, u"a"_s);
}

void TestIntake::onlyWhoWaitsForTheDiskWaitsWhileItFails()
{
    QString calls;
    Source live(*m_intake, calls, u"a"_s);
    Source told(*m_intake, calls, u"b"_s);
    Source kept(*m_intake, calls, u"c"_s, "file:c");
    m_hub->noteStoreState({false, u"full"_s, {}});
    LogBatch large = fillingBatch(1);
    QVERIFY(live.offer(large));
    LogBatch one = batchOf("shop", {"1"});
    QVERIFY(live.offer(one));
    QVERIFY(!live.mustWait());
    LogBatch two = batchOf("shop", {"2"});
    QCOMPARE(told.offer(two, Durability::Told).outcome, Offered::Outcome::MustWait);
    LogBatch three = batchOf("shop", {"3"});
    QCOMPARE(kept.offer(three, std::string("3")).outcome, Offered::Outcome::MustWait);
    QVERIFY(!m_stored.contains(u"1"_s));
    storeAll();
    QCOMPARE(calls, u"bc"_s);
}

void TestIntake::ticketsAreToldInTheirOrder()
{
    QString calls;
    Source first(*m_intake, calls, u"a"_s);
    auto gone = std::make_unique<Source>(*m_intake, calls, u"b"_s);
    std::vector<std::uint64_t> tickets;
    for (Source* source : {&first, gone.get(), &first}) {
        LogBatch batch = batchOf("shop", {std::to_string(tickets.size())});
        tickets.push_back(source->offer(batch, Durability::Told).ticket);
    }
    QVERIFY(tickets[0] > 0 && tickets[1] > tickets[0] && tickets[2] > tickets[1]);
    gone.reset();
    m_hub->noteStored(0, tickets[1]);
    QCOMPARE(first.durable, (std::vector<std::uint64_t>{tickets[0]}));
    m_hub->noteStored(0, tickets[2]);
    QCOMPARE(first.durable, (std::vector<std::uint64_t>{tickets[0], tickets[2]}));
}

void TestIntake::withoutAStoreAllIsDurableAtOnce()
{
    m_hub->setArchive(nullptr);
    QString calls;
    Source source(*m_intake, calls, u"a"_s);
    LogBatch batch = batchOf("shop", {"1"});
    const Offered offered = source.offer(batch, Durability::Told);
    QVERIFY(offered.isDurable);
    QCOMPARE(offered.ticket, std::uint64_t(0));
}

void TestIntake::checkpointsGoWithTheirEntries()
{
    QString calls;
    Source source(*m_intake, calls, u"a"_s, "file:/var/log/x");
    LogBatch batch = batchOf("shop", numbers(1, 2));
    QVERIFY(source.offer(batch, std::string("120")));
    LogBatch without = batchOf("shop", {"3"});
    QVERIFY(source.offer(without));
    QCOMPARE(m_stored, (QStringList{u"1"_s, u"2"_s, u"file:/var/log/x=120"_s, u"3"_s}));
}

void TestIntake::repeatsAndNothingTakeTheirCheckpointAlong()
{
    QString calls;
    Source source(*m_intake, calls, u"a"_s, "x");
    LogBatch batch = batchOf("shop", numbers(1, 2), true);
    QVERIFY(source.offer(batch, std::string("1")));
    LogBatch repeats = batchOf("shop", numbers(1, 2), true);
    QVERIFY(source.offer(repeats, std::string("2")));
    LogBatch none("shop");
    QVERIFY(source.offer(none, std::string("3")));
    LogBatch half = batchOf("shop", numbers(2, 3), true);
    QVERIFY(source.offer(half, std::string("4")));
    QCOMPARE(m_stored, (QStringList{u"1"_s, u"2"_s, u"x=1"_s, u"x=2"_s, u"x=3"_s, u"3"_s, u"x=4"_s}));
}

void TestIntake::badCheckpointsAreRefused()
{
    QString calls;
    Source nameless(*m_intake, calls, u"a"_s);
    Source longNamed(*m_intake, calls, u"b"_s, std::string(Checkpoint::maxSourceBytes + 1, 'x'));
    Source named(*m_intake, calls, u"c"_s, std::string(Checkpoint::maxSourceBytes, 'x'));
    LogBatch batch = batchOf("shop", {"1"});
    const std::string longest(Checkpoint::maxPlaceBytes, 'p');
    QCOMPARE(nameless.offer(batch, std::string("1")).outcome, Offered::Outcome::BadCheckpoint);
    QCOMPARE(longNamed.offer(batch, std::string("1")).outcome, Offered::Outcome::BadCheckpoint);
    QCOMPARE(named.offer(batch, longest + "p").outcome, Offered::Outcome::BadCheckpoint);
    QCOMPARE(batch.size(), std::size_t(1));
    QVERIFY(named.offer(batch, longest));
}

void TestIntake::aSourceIsToldWhereItStands()
{
    QString calls;
    Source early(*m_intake, calls, u"a"_s, "early");
    Source fresh(*m_intake, calls, u"b"_s, "fresh");
    QCoreApplication::processEvents();
    QCOMPARE(early.places, QStringList()); // the store is not open: it would read again what is there
    open({{"early", "41"}, {"late", "42"}});
    QCOMPARE(early.places, QStringList{u"41"_s});
    QCOMPARE(fresh.places, QStringList{QString()});
    auto late = std::make_unique<Source>(*m_intake, calls, u"c"_s, "late");
    QCOMPARE(late->places, QStringList()); // not from within its constructor
    QCoreApplication::processEvents();
    QCOMPARE(late->places, QStringList{u"42"_s});
    // Who comes again goes on behind what was taken, though it is not on disk yet.
    LogBatch batch = batchOf("shop", {"1"});
    QVERIFY(late->offer(batch, std::string("43")));
    late.reset();
    Source again(*m_intake, calls, u"d"_s, "late");
    QCoreApplication::processEvents();
    QCOMPARE(again.places, QStringList{u"43"_s});
    // One whose checkpoint was removed begins anew.
    LogBatch none("shop");
    QVERIFY(again.offer(none, std::string()));
    QCOMPARE(m_stored.last(), u"late="_s);
}

void TestIntake::anotherPlaceIsToldAtALaterOpening()
{
    QString calls;
    Source source(*m_intake, calls, u"a"_s, "x");
    Source other(*m_intake, calls, u"b"_s, "y");
    open();
    LogBatch batch = batchOf("shop", {"1"});
    QVERIFY(source.offer(batch, std::string("10")));
    open({{"x", "10"}});
    QCOMPARE(source.places, QStringList{QString()});
    open({{"x", "500"}, {"y", "7"}});
    QCOMPARE(source.places, (QStringList{QString(), u"500"_s}));
    QCOMPARE(other.places, (QStringList{QString(), u"7"_s}));
}

void TestIntake::withoutAStoreCheckpointsAreKeptInMemory()
{
    m_hub->setArchive(nullptr);
    QString calls;
    auto source = std::make_unique<Source>(*m_intake, calls, u"a"_s, "x");
    QTRY_COMPARE(source->places, QStringList{QString()});
    LogBatch batch = batchOf("shop", {"1"});
    QVERIFY(source->offer(batch, std::string("10"), Durability::Told).isDurable);
    source = std::make_unique<Source>(*m_intake, calls, u"a"_s, "x");
    QTRY_COMPARE(source->places, QStringList{u"10"_s});
    QCOMPARE(m_stored, QStringList());
}

void TestIntake::queueIsBounded()
{
    open();
    IntakeQueue queue(*m_intake, "x", Durability::Told, 100'000);
    QSignalSpy room(&queue, &IntakeQueue::roomCame);
    QSignalSpy durable(&queue, &IntakeQueue::becameDurableUpTo);
    LogBatch large = fillingBatch(1); // more than fits waits alone
    QCOMPARE(queue.push(large, "0"), std::uint64_t(1));
    std::uint64_t last = 0;
    LogBatch refused("shop");
    for (int i = 1; last == 0; ++i) {
        LogBatch batch = batchOf("shop", {std::to_string(i)});
        if (queue.push(batch, std::to_string(i)) == 0) {
            last = std::uint64_t(i);
            refused = std::move(batch);
        }
    }
    QCOMPARE(last, std::uint64_t(1));
    QCOMPARE(refused.size(), std::size_t(1));
    QTRY_COMPARE(room.size(), 1);
    QCOMPARE(queue.push(refused, "1"), std::uint64_t(2));
    QCoreApplication::processEvents();
    QVERIFY(queue.heldBytes() > 0); // the store is behind
    storeAll();
    QCOMPARE(queue.heldBytes(), std::size_t(0));
    QCOMPARE(m_stored.mid(1), (QStringList{u"x=0"_s, u"1"_s, u"x=1"_s}));
    QCOMPARE(durable.size(), 0);
    m_hub->noteStored(0, 1);
    QCOMPARE(durable.takeFirst().at(0).toULongLong(), 1u);
    m_hub->noteStored(0, 2);
    QCOMPARE(durable.takeFirst().at(0).toULongLong(), 2u);
}

void TestIntake::queueTakesFromAnotherThread()
{
    constexpr int count = 5'000;
    open();
    IntakeQueue queue(*m_intake, "x", Durability::Any, 20'000);
    std::atomic<bool> hasRoom = true;
    connect(&queue, &IntakeQueue::roomCame, this, [&hasRoom] { hasRoom = true; });
    std::atomic<bool> isDone = false;
    std::thread thread([&] {
        for (int i = 1; i <= count; ++i) {
            LogBatch batch = batchOf("shop", {std::to_string(i)}, true);
            while (queue.push(batch, std::to_string(i)) == 0) {
                hasRoom.wait(false);
                hasRoom = false;
            }
        }
        isDone = true;
    });
    while (!isDone || queue.heldBytes() > 0) {
        QCoreApplication::processEvents();
        hasRoom.notify_all();
    }
    thread.join();
    QCOMPARE(m_stored.size(), 2 * count);
    for (int i = 1; i <= count; ++i)
        QCOMPARE(m_stored[2 * i - 1], u"x=%1"_s.arg(i));
}

void TestIntake::queueTellsWhatIsRefused()
{
    open();
    for (const char* app : {"a", "b", "c"})
        m_hub->acceptLogs(batchOf(app, {"1"}));
    IntakeQueue queue(*m_intake);
    QSignalSpy refused(&queue, &IntakeQueue::refused);
    LogBatch one = batchOf("mill", {"1"});
    LogBatch two = batchOf("a", {"2"});
    QVERIFY(queue.push(one) > 0);
    QVERIFY(queue.push(two) > 0);
    QTRY_COMPARE(queue.heldBytes(), std::size_t(0));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused[0].at(0).toULongLong(), 1u);
    QCOMPARE(m_stored.last(), u"2"_s);
}

void TestIntake::queueTellsItsPlaceHoweverLateTheSourceListens()
{
    open({{"file:/x", "7"}});
    QByteArray place;
    std::atomic<bool> isDone = false;
    std::thread thread([&] {
        QEventLoop loop;
        auto* const queue = new IntakeQueue(*m_intake, "file:/x");
        for (int turns = 0; turns < 3; ++turns) // the server's thread has nothing left to do
            QMetaObject::invokeMethod(m_intake.get(), [] {}, Qt::BlockingQueuedConnection);
        connect(queue, &IntakeQueue::placeRestored, &loop, [&](const QByteArray& told) {
            place = told;
            loop.quit();
        });
        QTimer::singleShot(vigie::test::patienceMs / 2, &loop, &QEventLoop::quit);
        loop.exec();
        queue->deleteLater();
        isDone = true;
    });
    QTRY_VERIFY(isDone);
    thread.join();
    QCOMPARE(place, QByteArray("7"));
}

void TestIntake::queueKeepsManyCheckpoints()
{
    open({{"file:1", "10"}, {"file:2", "20"}, {"journal", "x"}});
    IntakeQueue queue(*m_intake, "file:", Durability::Any, IntakeQueue::usualBytes, Checkpoints::Many);
    QSignalSpy restored(&queue, &IntakeQueue::placesRestored);
    QTRY_COMPARE(restored.size(), 1);
    auto all = restored[0].at(0).value<std::vector<Checkpoint>>();
    std::ranges::sort(all, {}, &Checkpoint::source);
    QVERIFY((all == std::vector<Checkpoint>{{"file:1", "10"}, {"file:2", "20"}}));
    LogBatch one = batchOf("shop", {"1"});
    LogBatch none("shop");
    QVERIFY(queue.push(one, Checkpoint{"file:1", "11"}) > 0);
    QVERIFY(queue.push(none, Checkpoint{"file:2", {}}) > 0); // it has gone
    QTRY_COMPARE(queue.heldBytes(), std::size_t(0));
    QCOMPARE(m_stored, (QStringList{u"1"_s, u"file:1=11"_s, u"file:2="_s}));
    // Another's is not its to change.
    QSignalSpy refused(&queue, &IntakeQueue::refused);
    QVERIFY(queue.push(none, Checkpoint{"journal", "y"}) > 0);
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused[0].at(1).value<Offered::Outcome>(), Offered::Outcome::BadCheckpoint);
    IntakeQueue later(*m_intake, "file:", Durability::Any, IntakeQueue::usualBytes, Checkpoints::Many);
    QSignalSpy again(&later, &IntakeQueue::placesRestored);
    QTRY_COMPARE(again.size(), 1);
    QVERIFY((again[0].at(0).value<std::vector<Checkpoint>>() == std::vector<Checkpoint>{{"file:1", "11"}}));
}

/// As a source on another thread may.
void TestIntake::queueTellsItsPlaceToWhoConnectsLate()
{
    open({{"x", "10"}});
    IntakeQueue queue(*m_intake, "x");
    QSignalSpy first(&queue, &IntakeQueue::placeRestored);
    QTRY_COMPARE(first.size(), 1);
    QSignalSpy late(&queue, &IntakeQueue::placeRestored);
    QTRY_COMPARE(late.size(), 1);
    QCOMPARE(late[0].at(0).toByteArray(), "10"_ba);
}

void TestIntake::queueEndsWhenAllWasTaken()
{
    open();
    QPointer<IntakeQueue> queue = new IntakeQueue(*m_intake);
    LogBatch one = batchOf("shop", {"1"});
    QVERIFY(queue->push(one) > 0);
    queue->endWhenEmpty();
    QTRY_VERIFY(!queue);
    QCOMPARE(m_stored, QStringList{u"1"_s});
}

VIGIE_TEST(TestIntake)
#include "tst_intake.moc"
