// SPDX-License-Identifier: GPL-3.0-or-later
// The hub with a bus that gives the order.
#include "hub/bus.h"
#include "hub/hub.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <vector>

using namespace vigie;

namespace {

/// A bus that keeps what it is given, until the test brings it back.
class HeldBus : public Bus
{
public:
    void share(LogBatch batch) override { shared.push_back(std::move(batch)); }
    void shareClearing(const AppCleared& which) override { clearings.push_back(which); }
    void drawTicket(std::uint64_t ticket) override { lastTicket = ticket; }
    bool isBehind() const override { return behind; }
    bool isCurrent() const override { return current; }
    void whenCurrent(std::function<void()> done) override { done(); }

    std::vector<LogBatch> shared;
    std::vector<AppCleared> clearings;
    std::uint64_t lastTicket = 0;
    bool behind = false;
    bool current = false;
};

LogBatch batchOf(const std::string& id, const std::string& message = "tea", bool idIsProducers = true)
{
    LogBatch batch("shop");
    batch.append({id, 1, "info", message, "", idIsProducers}, LogOrigin("shop", "ann"));
    return batch;
}

} // namespace

class TestSharedHub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesHaveTheirPlaceWhenTheyComeBack();
    void repeatsAreDroppedInTheOrderOfTheBus();
    void ticketsAreTheBus();
    void producersWaitForTheBus();
    void sourcesAreToldWhenAllOfOursHasComeBack();
    void clearingHasItsPlaceInTheOrder();
};

void TestSharedHub::entriesHaveTheirPlaceWhenTheyComeBack()
{
    Hub hub;
    HeldBus bus;
    hub.setBus(&bus);
    QSignalSpy accepted(&hub, &Hub::logsAccepted);
    const Hub::Acceptance acceptance = hub.acceptLogs(batchOf("a"));
    QVERIFY(acceptance.isTaken);
    QCOMPARE(acceptance.lastId, std::string("a"));
    QCOMPARE(accepted.size(), 0);
    QCOMPARE(hub.lastSequence("shop"), std::uint64_t(0));
    // Another machine's comes first.
    hub.acceptShared(batchOf("of another"));
    hub.acceptShared(std::move(bus.shared.at(0)));
    QCOMPARE(accepted.size(), 2);
    const auto last = accepted.at(1).at(0).value<LogBatchPtr>();
    QCOMPARE(last->id(0), std::string_view("a"));
    QCOMPARE(last->firstSequence(), std::uint64_t(2));
}

void TestSharedHub::repeatsAreDroppedInTheOrderOfTheBus()
{
    Hub hub;
    HeldBus bus;
    hub.setBus(&bus);
    QSignalSpy accepted(&hub, &Hub::logsAccepted);
    hub.acceptLogs(batchOf("a"));
    hub.acceptLogs(batchOf("a")); // what is first is not known yet
    QCOMPARE(bus.shared.size(), std::size_t(2));
    hub.acceptShared(batchOf("a"));
    hub.acceptShared(batchOf("a"));
    hub.acceptShared(batchOf("a", "another entry"));
    QCOMPARE(accepted.size(), 2);
    QVERIFY(accepted.at(1).at(0).value<LogBatchPtr>()->id(0) != std::string_view("a"));
}

void TestSharedHub::ticketsAreTheBus()
{
    Hub hub;
    HeldBus bus;
    hub.setBus(&bus);
    QVERIFY(hub.makesDurable());
    QSignalSpy durable(&hub, &Hub::becameDurable);
    const std::uint64_t ticket = hub.drawTicket();
    QCOMPARE(bus.lastTicket, ticket);
    QCOMPARE(hub.durableTicket(), std::uint64_t(0));
    hub.noteShared(ticket);
    QCOMPARE(hub.durableTicket(), ticket);
    QCOMPARE(durable.size(), 1);
}

void TestSharedHub::producersWaitForTheBus()
{
    Hub hub;
    HeldBus bus;
    hub.setBus(&bus);
    QSignalSpy caughtUp(&hub, &Hub::caughtUp);
    QVERIFY(!hub.isBehind(false));
    bus.behind = true;
    QVERIFY(hub.isBehind(false));
    QVERIFY(hub.hasRoomForShared()); // else what is on its way could not come back
    bus.behind = false;
    hub.noteBus();
    QCOMPARE(caughtUp.size(), 1);
}

void TestSharedHub::sourcesAreToldWhenAllOfOursHasComeBack()
{
    Hub hub;
    HeldBus bus;
    MemoryHistory archive;
    hub.setArchive(&archive);
    hub.setBus(&bus);
    QSignalSpy restored(&hub, &Hub::checkpointsRestored);
    QSignalSpy stored(&hub, &Hub::checkpointToStore);
    StoredCatalog catalog;
    catalog.epoch = 1;
    catalog.checkpoints = {{"file:a", "10"}, {"file:b", "20"}};
    hub.restore(catalog);
    QVERIFY(!hub.areCheckpointsKnown());
    // Before the program was killed it had shared more of one of them than it had stored.
    hub.acceptShared(batchOf("a"), {std::make_shared<const Checkpoint>(Checkpoint{"file:a", "15"})});
    QCOMPARE(stored.size(), 1);
    hub.noteBus();
    QCOMPARE(restored.size(), 0);
    bus.current = true;
    hub.noteBus();
    hub.noteBus();
    QCOMPARE(restored.size(), 1);
    const auto told = restored.at(0).at(0).value<std::vector<Checkpoint>>();
    QVERIFY((told == std::vector<Checkpoint>{{"file:b", "20"}, {"file:a", "15"}}));
    hub.setArchive(nullptr);
}

void TestSharedHub::clearingHasItsPlaceInTheOrder()
{
    Hub hub;
    HeldBus bus;
    hub.setBus(&bus);
    QSignalSpy cleared(&hub, &Hub::cleared);
    QVERIFY(!hub.clear({"shop", "ann"})); // of nothing
    hub.acceptShared(batchOf("a"));
    QVERIFY(hub.clear({"shop", "ann"}));
    QCOMPARE(cleared.size(), 0);
    hub.acceptShared(batchOf("b")); // another machine's, which was first
    hub.acceptClearing(bus.clearings.at(0));
    QCOMPARE(cleared.size(), 1);
    QCOMPARE(cleared.at(0).at(0).value<AppCleared>().upToSequence, std::uint64_t(2));
}

VIGIE_TEST(TestSharedHub)
#include "tst_sharedhub.moc"
