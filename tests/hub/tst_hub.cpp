// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entryid.h"
#include "hub/hub.h"
#include "logbatches.h"
#include "manualarchive.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// Records a hub's signals.
struct Heard
{
    std::vector<LogBatchPtr> batches;
    std::vector<AppMetrics> metrics;
    std::vector<AppCleared> cleared;
    std::vector<FramePtr> samples;

    explicit Heard(const Hub& hub)
    {
        QObject::connect(&hub, &Hub::logsAccepted, &hub, [this](const LogBatchPtr& batch) { batches.push_back(batch); });
        QObject::connect(&hub, &Hub::appMetricsAccepted, &hub, [this](const AppMetrics& one) { metrics.push_back(one); });
        QObject::connect(&hub, &Hub::cleared, &hub, [this](const AppCleared& one) { cleared.push_back(one); });
        QObject::connect(&hub, &Hub::sampleAccepted, &hub, [this](const FramePtr& one) { samples.push_back(one); });
    }

    QStringList ids() const
    {
        QStringList all;
        for (const LogBatchPtr& batch : batches)
            all += idsOf(*batch);
        return all;
    }
};

/// Number of `producers` that got the command; nothing: it was refused.
std::optional<int> command(Hub& hub, AppCommand command, int producers = 0)
{
    return hub.acceptCommand(std::move(command), [producers](const AppCommand&) { return producers; });
}

QStringList held(Hub& hub, const std::string& appId)
{
    QStringList ids;
    hub.history().query({appId, {}, 1000, {}, {}}, [&ids](const HistoryPage& page) { ids = idsOf(page.entries); });
    return ids;
}

} // namespace

class TestHub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesAreNumberedWithoutAGap();
    void applicationsHaveTheirOwnOrder();
    void whatIsEmittedIsHeldAlready();
    void aRepeatIsDropped_data();
    void aRepeatIsDropped();
    void ourOwnIdsAreNeverRepeats();
    void anIdThatIsAnothersGetsANewOne_data();
    void anIdThatIsAnothersGetsANewOne();
    void aRenamedEntryIsKnownWhenItComesAgain();
    void nobodyTakesAnIdThatAnothersWillGet();
    void aRenamedEntryIsKnownLongerThanWhatHadItsId();
    void aNewIdThatIsAnothersIsNotGiven();
    void aTimeThatWasNotSaidMakesNoOtherEntry();
    void anArchiveThatOpensLateMovesAllOn();
    void theStoredPlaceIsTheArchives();
    void whatWasClearedIsNoPlaceToGoOnFrom();
    void theSameIdInAnotherApplicationIsAnother();
    void keptEntriesKeepAllTheyHad();
    void clearEmptiesOneApplication();
    void aClearedIdIsStillKnown();
    void theLastTwentyCommandsAreKept();
    void aCommandSaysWhetherItWasDelivered();
    void figuresPassThrough();
    void ratesCountWhatWasAccepted();
    void withoutAnArchiveAllIsDurableAtOnce();
    void ticketsWaitForTheArchive();
    void theOrderGoesOnWhereTheArchiveWas();
    void aSlowArchiveHoldsProducersBack();
    void whileTheArchiveFailsOnlyWhoWaitsIsHeldBack();
    void whatWasNotStoredMayComeAgain();
    void soManyApplicationsMaySend();
    void idsAndCommandsOfAllAreBounded();
    void figuresThatAreNotTakenHoldProducersBack();
    void soManyTicketsMayBeOpen();
    void whatIsEmptyIsClearedInSilence();
    void roomThatIsNotUsedCounts();
};

namespace {

/// An empty archive.
struct EmptyArchive : History
{
    void query(HistoryQuery, std::function<void(HistoryPage)> done) override { done({}); }
    void replay(std::string, std::uint64_t after, std::size_t, std::function<void(ReplayPage)> done) override
    {
        done({{}, 0, after});
    }
    void find(std::string, std::string, std::function<void(std::optional<std::uint64_t>)> done) override { done({}); }
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override { done(LogCounts(query)); }
};

/// Records what a hub gives its archive.
struct Stored
{
    explicit Stored(Hub& hub)
    {
        hub.setArchive(&archive);
        QObject::connect(&hub, &Hub::logsToStore, &hub, [this](const LogBatchPtr& batch) {
            ids += idsOf(*batch);
            bytes += qint64(batch->heldBytes());
        });
    }

    EmptyArchive archive;
    QStringList ids;
    qint64 bytes = 0;
};

} // namespace

void TestHub::entriesAreNumberedWithoutAGap()
{
    Hub hub;
    const Heard heard(hub);
    QCOMPARE(hub.lastSequence("shop"), std::uint64_t(0));
    hub.acceptLogs(batchOf("shop", numbers(1, 3)));
    hub.acceptLogs(LogBatch("shop"));
    hub.acceptLogs(batchOf("shop", numbers(4, 4)));
    QCOMPARE(heard.batches.size(), std::size_t(2));
    QCOMPARE(heard.batches[0]->firstSequence(), std::uint64_t(1));
    QCOMPARE(heard.batches[0]->lastSequence(), std::uint64_t(3));
    QCOMPARE(heard.batches[1]->firstSequence(), std::uint64_t(4));
    QCOMPARE(hub.lastSequence("shop"), std::uint64_t(4));
}

void TestHub::applicationsHaveTheirOwnOrder()
{
    Hub hub;
    const Heard heard(hub);
    hub.acceptLogs(batchOf("shop", numbers(1, 3)));
    hub.acceptLogs(batchOf("bank", numbers(1, 2)));
    hub.acceptLogs(batchOf("shop", numbers(4, 5)));
    QCOMPARE(heard.batches[1]->firstSequence(), std::uint64_t(1));
    QCOMPARE(hub.lastSequence("shop"), std::uint64_t(5));
    QCOMPARE(hub.lastSequence("bank"), std::uint64_t(2));
    QCOMPARE(held(hub, "shop"), idsOf(numbers(1, 5)));
}

void TestHub::whatIsEmittedIsHeldAlready()
{
    Hub hub;
    QStringList seen;
    connect(&hub, &Hub::logsAccepted, this, [&] { seen = held(hub, "shop"); });
    hub.acceptLogs(batchOf("shop", numbers(1, 2)));
    QCOMPARE(seen, idsOf(numbers(1, 2)));
}

void TestHub::aRepeatIsDropped_data()
{
    using Batches = QList<QStringList>;
    QTest::addColumn<Batches>("sent");
    QTest::addColumn<Batches>("accepted");
    QTest::newRow("no repeat") << Batches{{u"a"_s, u"b"_s}, {u"c"_s}} << Batches{{u"a"_s, u"b"_s}, {u"c"_s}};
    QTest::newRow("a whole batch again") << Batches{{u"a"_s, u"b"_s}, {u"a"_s, u"b"_s}} << Batches{{u"a"_s, u"b"_s}};
    QTest::newRow("a part again") << Batches{{u"a"_s, u"b"_s}, {u"b"_s, u"c"_s, u"a"_s, u"d"_s}}
                                  << Batches{{u"a"_s, u"b"_s}, {u"c"_s, u"d"_s}};
    QTest::newRow("within one batch") << Batches{{u"a"_s, u"a"_s, u"b"_s, u"a"_s}} << Batches{{u"a"_s, u"b"_s}};
    QTest::newRow("case counts") << Batches{{u"a"_s, u"A"_s}} << Batches{{u"a"_s, u"A"_s}};
}

void TestHub::aRepeatIsDropped()
{
    QFETCH(QList<QStringList>, sent);
    QFETCH(QList<QStringList>, accepted);
    Hub hub;
    const Heard heard(hub);
    QStringList all;
    for (const QStringList& ids : sent) {
        std::vector<std::string> names;
        for (const QString& id : ids)
            names.push_back(id.toStdString());
        hub.acceptLogs(batchOf("shop", names, true));
    }
    QCOMPARE(heard.batches.size(), std::size_t(accepted.size()));
    for (qsizetype i = 0; i < accepted.size(); ++i) {
        QCOMPARE(idsOf(*heard.batches[std::size_t(i)]), accepted[i]);
        QCOMPARE(heard.batches[std::size_t(i)]->firstSequence(), std::uint64_t(all.size() + 1));
        all += accepted[i];
    }
    QCOMPARE(held(hub, "shop"), all);
    QCOMPARE(hub.lastSequence("shop"), std::uint64_t(all.size()));
    QCOMPARE(hub.messagesPerSecond(), double(all.size()) / 5);
}

void TestHub::ourOwnIdsAreNeverRepeats()
{
    Hub hub;
    const Heard heard(hub);
    hub.acceptLogs(batchOf("shop", {"a", "a"}));
    hub.acceptLogs(batchOf("shop", {"a"}));
    QCOMPARE(heard.ids(), (QStringList{u"a"_s, u"a"_s, u"a"_s}));
}

void TestHub::anIdThatIsAnothersGetsANewOne_data()
{
    QTest::addColumn<QString>("userId");
    QTest::addColumn<qint64>("timeMs");
    QTest::addColumn<QString>("level");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("metadata");
    QTest::newRow("sender") << u"bob"_s << 1'000ll << u"info"_s << u"hello"_s << u"{}"_s;
    QTest::newRow("time") << u"ann"_s << 1'001ll << u"info"_s << u"hello"_s << u"{}"_s;
    QTest::newRow("level") << u"ann"_s << 1'000ll << u"warn"_s << u"hello"_s << u"{}"_s;
    QTest::newRow("message") << u"ann"_s << 1'000ll << u"info"_s << u"hello!"_s << u"{}"_s;
    QTest::newRow("metadata") << u"ann"_s << 1'000ll << u"info"_s << u"hello"_s << u"{\"n\":1}"_s;
    QTest::newRow("no metadata") << u"ann"_s << 1'000ll << u"info"_s << u"hello"_s << u""_s;
    QTest::newRow("parts that give the same text together") << u"annin"_s << 1'000ll << u"fo"_s << u"hello"_s << u"{}"_s;
}

void TestHub::anIdThatIsAnothersGetsANewOne()
{
    QFETCH(QString, userId);
    QFETCH(qint64, timeMs);
    QFETCH(QString, level);
    QFETCH(QString, message);
    QFETCH(QString, metadata);
    Hub hub;
    const Heard heard(hub);
    LogBatch first("shop");
    first.append({"1", 1'000, "info", "hello", "{}", true}, LogOrigin("shop", "ann"));
    hub.acceptLogs(std::move(first));
    const std::string texts[] = {level.toStdString(), message.toStdString(), metadata.toStdString()};
    LogBatch other("shop");
    other.append({"1", timeMs, texts[0], texts[1], texts[2], true}, LogOrigin("shop", userId.toStdString()));
    const Hub::Acceptance accepted = hub.acceptLogs(std::move(other));
    QCOMPARE(accepted.renamed, 1u);
    QCOMPARE(accepted.repeats, 0u);
    QCOMPARE(heard.batches.size(), 2u);
    const LogBatch& kept = *heard.batches[1];
    QCOMPARE(kept.id(0).size(), EntryIdSource::length);
    QCOMPARE(accepted.lastId, std::string(kept.id(0)));
    QCOMPARE(std::string(kept.message(0)), texts[1]);
    QCOMPARE(std::string(kept.metadataJson(0)), texts[2]);
    QCOMPARE(std::string(kept.userId(0)), userId.toStdString());
}

void TestHub::aRenamedEntryIsKnownWhenItComesAgain()
{
    Hub hub;
    const Heard heard(hub);
    const auto say = [&hub](const std::string& message) {
        LogBatch batch("shop");
        batch.append({"1", 1'000, "info", message, "", true, true}, LogOrigin("shop", "ann"));
        return hub.acceptLogs(std::move(batch));
    };
    say("one");
    const Hub::Acceptance renamed = say("two");
    QCOMPARE(renamed.renamed, 1u);
    const Hub::Acceptance again = say("two");
    QCOMPARE(again.repeats, 1u);
    QCOMPARE(again.renamed, 0u);
    QCOMPARE(again.lastId, renamed.lastId);
    QCOMPARE(heard.ids(), (QStringList{u"1"_s, QString::fromStdString(renamed.lastId)}));
    // Another id for each.
    QVERIFY(say("three").lastId != renamed.lastId);
    QCOMPARE(heard.batches.size(), 3u);
}

void TestHub::nobodyTakesAnIdThatAnothersWillGet()
{
    Hub hub;
    const Heard heard(hub);
    const auto say = [&hub](const std::string& id, const std::string& message, const std::string& user) {
        LogBatch batch("shop");
        batch.append({id, 1'000, "info", message, "", true, true}, LogOrigin("shop", user));
        return hub.acceptLogs(std::move(batch));
    };
    say("1", "one", "ann");
    // What will be said is known, and so are the ids that it would get.
    const NewLogEntry awaited{"1", 1'000, "info", "bob was here", "", true, true};
    constexpr unsigned max = 20;
    for (unsigned attempt = 0; attempt < max; ++attempt)
        say(substituteEntryId(awaited, "ann", attempt), "nothing", "bob");
    const Hub::Acceptance kept = say("1", "bob was here", "ann");
    QCOMPARE(kept.repeats, 0u);
    QCOMPARE(kept.renamed, 1u);
    QCOMPARE(heard.batches.size(), max + 2u);
    QCOMPARE(heard.batches.back()->message(0), std::string_view("bob was here"));
    // One that took only some of them hinders no repeat.
    const NewLogEntry other{"1", 1'000, "info", "bob is gone", "", true, true};
    say(substituteEntryId(other, "ann"), "nothing", "bob");
    QCOMPARE(say("1", "bob is gone", "ann").renamed, 1u);
    QCOMPARE(say("1", "bob is gone", "ann").repeats, 1u);
}

void TestHub::aRenamedEntryIsKnownLongerThanWhatHadItsId()
{
    // A program numbers from 1 with each start: what its second one said is known although the first's is not any more.
    Hub hub;
    const auto say = [&hub](const std::string& message, int first, int count) {
        LogBatch batch("shop");
        for (int i = first; i < first + count; ++i)
            batch.append({std::to_string(i), 1'000, "info", message, "", true}, LogOrigin("shop", "ann"));
        return hub.acceptLogs(std::move(batch));
    };
    say("one", 1, int(SeenIds::max));
    QCOMPARE(say("two", 1, 5'000).renamed, 5'000u);
    const Hub::Acceptance again = say("two", 1, 5'000);
    QCOMPARE(again.repeats, 5'000u);
    QCOMPARE(again.renamed, 0u);
    QCOMPARE(again.lastId.size(), EntryIdSource::length);
    QCOMPARE(hub.lastSequence("shop"), SeenIds::max + 5'000);
}

void TestHub::aNewIdThatIsAnothersIsNotGiven()
{
    Hub hub;
    const NewLogEntry entry{"1", 1'000, "info", "hello", "", true};
    const std::string foreseen = substituteEntryId(entry, "ann");
    LogBatch traps("shop");
    traps.append({"1", 1'000, "info", "trap", "", true}, LogOrigin("shop", "bob"));
    traps.append({foreseen, 1'000, "info", "trap", "", true}, LogOrigin("shop", "bob"));
    hub.acceptLogs(std::move(traps));
    const auto say = [&] {
        LogBatch batch("shop");
        batch.append(entry, LogOrigin("shop", "ann"));
        return hub.acceptLogs(std::move(batch));
    };
    const Hub::Acceptance accepted = say();
    QCOMPARE(accepted.renamed, 1u);
    QCOMPARE(accepted.repeats, 0u);
    QVERIFY(accepted.lastId != foreseen);
    QCOMPARE(say().repeats, 1u);
    QCOMPARE(hub.lastSequence("shop"), 3u);
}

void TestHub::aTimeThatWasNotSaidMakesNoOtherEntry()
{
    Hub hub;
    for (const std::int64_t arrival : {1'000, 2'000}) {
        LogBatch batch("shop");
        batch.append({"1", arrival, "info", "hello", "", true, true}, LogOrigin("shop", "ann"));
        QCOMPARE(hub.acceptLogs(std::move(batch)).repeats, arrival == 1'000 ? 0u : 1u);
    }
    QCOMPARE(hub.lastSequence("shop"), 1u);
}

void TestHub::anArchiveThatOpensLateMovesAllOn()
{
    Hub hub;
    const Stored stored(hub);
    const Heard heard(hub);
    QSignalSpy moved(&hub, &Hub::movedOn);
    hub.acceptLogs(batchOf("shop", numbers(1, 3), true));
    hub.clear({"bank", "ann"});
    hub.acceptLogs(batchOf("bank", numbers(1, 2), true));
    QCOMPARE(hub.storedId("shop"), std::optional<std::string>(""));
    hub.restore({7, {{"shop", 1'000, "last", 1'000, 0}}, {}, false});
    QCOMPARE(moved.size(), 1);
    QCOMPARE(hub.lastSequence("shop"), 1'003u);
    QCOMPARE(hub.lastSequence("bank"), 2u);
    QCOMPARE(held(hub, "shop"), idsOf(numbers(1, 3)));
    std::optional<std::uint64_t> place;
    hub.history().find("shop", "2", [&place](std::optional<std::uint64_t> found) { place = found; });
    QCOMPARE(place, std::optional<std::uint64_t>(1'002));
    hub.acceptLogs(batchOf("shop", numbers(4, 4), true));
    QCOMPARE(heard.batches.back()->firstSequence(), 1'004u);
    QCOMPARE(heard.batches.back()->epoch(), 7u);
    // What came before is still known when it comes again.
    QCOMPARE(hub.acceptLogs(batchOf("shop", numbers(1, 3), true)).repeats, 3u);
}

void TestHub::theStoredPlaceIsTheArchives()
{
    Hub hub;
    QCOMPARE(hub.storedId("shop"), std::optional<std::string>()); // nothing is kept
    const Stored stored(hub);
    QSignalSpy places(&hub, &Hub::placeStored);
    hub.acceptLogs(batchOf("shop", numbers(1, 3), true));
    QCOMPARE(hub.storedId("shop"), std::optional<std::string>(""));
    hub.noteStored(0, 0, std::make_shared<const std::vector<StoredPlace>>(std::vector<StoredPlace>{{"shop", 2, "2"}}));
    QCOMPARE(hub.storedId("shop"), std::optional<std::string>("2"));
    QCOMPARE(places.size(), 1);
    // An older one says nothing new.
    hub.noteStored(0, 0, std::make_shared<const std::vector<StoredPlace>>(std::vector<StoredPlace>{{"shop", 1, "1"}}));
    QCOMPARE(hub.storedId("shop"), std::optional<std::string>("2"));
    QCOMPARE(places.size(), 1);
}

void TestHub::whatWasClearedIsNoPlaceToGoOnFrom()
{
    Hub hub;
    const Stored stored(hub);
    const auto store = [&hub](std::uint64_t sequence, const std::string& id) {
        hub.noteStored(0, 0, std::make_shared<const std::vector<StoredPlace>>(std::vector<StoredPlace>{{"shop", sequence, id}}));
        return hub.storedId("shop").value();
    };
    hub.acceptLogs(batchOf("shop", numbers(1, 3), true));
    QCOMPARE(store(2, "2"), std::string("2"));
    hub.clear({"shop", "ann"});
    QCOMPARE(hub.storedId("shop"), std::optional<std::string>(""));
    QCOMPARE(store(3, "3"), std::string()); // it was on its way
    hub.acceptLogs(batchOf("shop", {"4"}, true));
    QCOMPARE(store(4, "4"), std::string("4"));
    hub.restore({1, {{"bank", 10, "last", 10, 10}}, {}, false});
    QCOMPARE(hub.storedId("bank"), std::optional<std::string>(""));
}

void TestHub::theSameIdInAnotherApplicationIsAnother()
{
    Hub hub;
    const Heard heard(hub);
    hub.acceptLogs(batchOf("shop", {"a"}, true));
    hub.acceptLogs(batchOf("bank", {"a"}, true));
    QCOMPARE(heard.ids(), (QStringList{u"a"_s, u"a"_s}));
}

void TestHub::keptEntriesKeepAllTheyHad()
{
    LogBatch batch("shop");
    batch.append({"a", 1, "info", "first", "", true}, LogOrigin("shop", "ann"));
    batch.append({"a", 1, "info", "first", "", true}, LogOrigin("shop", "ann"));
    batch.append({"b", 3, "ERROR", "say \"no\"", R"({"x":1})", true}, LogOrigin("shop", "b\"ob"));
    const std::string last(batch.json(2));

    Hub hub;
    const Heard heard(hub);
    hub.acceptLogs(std::move(batch));
    QCOMPARE(heard.ids(), (QStringList{u"a"_s, u"b"_s}));
    const LogBatch& kept = *heard.batches[0];
    QCOMPARE(kept.message(0), std::string_view("first"));
    QCOMPARE(std::string(kept.json(1)), last);
    QCOMPARE(kept.userId(1), std::string_view("b\"ob"));
    QCOMPARE(kept.errorCount(), std::size_t(1));
}

void TestHub::clearEmptiesOneApplication()
{
    Hub hub;
    const Heard heard(hub);
    hub.acceptLogs(batchOf("shop", numbers(1, 3)));
    hub.acceptLogs(batchOf("bank", numbers(4, 5)));
    hub.clear({"shop", "ann"});
    QCOMPARE(held(hub, "shop"), QStringList());
    QCOMPARE(held(hub, "bank"), idsOf(numbers(4, 5)));
    QCOMPARE(heard.cleared.size(), std::size_t(1));
    QCOMPARE(heard.cleared[0].appId, "shop");
    QCOMPARE(heard.cleared[0].userId, "ann");

    hub.acceptLogs(batchOf("shop", numbers(6, 6)));
    QCOMPARE(hub.lastSequence("shop"), std::uint64_t(4));
    QCOMPARE(held(hub, "shop"), idsOf(numbers(6, 6)));
}

void TestHub::aClearedIdIsStillKnown()
{
    Hub hub;
    const Heard heard(hub);
    hub.acceptLogs(batchOf("shop", {"a"}, true));
    hub.clear({"shop", "ann"});
    hub.acceptLogs(batchOf("shop", {"a"}, true));
    QCOMPARE(heard.ids(), QStringList{u"a"_s});
}

void TestHub::theLastTwentyCommandsAreKept()
{
    Hub hub;
    QVERIFY(hub.lastCommands("shop").empty());
    for (int i = 1; i <= 25; ++i)
        command(hub, {"shop", "ann", i, "command " + std::to_string(i), "{}"});
    command(hub, {"bank", "bob", 99, "other", {}});
    const std::vector<AppCommand> last = hub.lastCommands("shop");
    QCOMPARE(last.size(), std::size_t(20));
    QCOMPARE(last.front().type, "command 6");
    QCOMPARE(last.back().type, "command 25");
    QCOMPARE(hub.lastCommands("bank").size(), std::size_t(1));
}

void TestHub::aCommandSaysWhetherItWasDelivered()
{
    Hub hub;
    AppCommand seen;
    const auto deliver = [&seen](const AppCommand& one) {
        seen = one;
        return 2;
    };
    QCOMPARE(hub.acceptCommand({"shop", "ann", 5, "restart", "{}"}, deliver), std::optional(2));
    QCOMPARE(seen.dataJson, QByteArray("{}"));
    QCOMPARE(command(hub, {"shop", "bob", 6, "stop", {}}), std::optional(0));
    const std::vector<AppCommand> last = hub.lastCommands("shop");
    QCOMPARE(last.size(), std::size_t(2));
    QVERIFY(last[0].isDelivered && !last[1].isDelivered);
    QCOMPARE(seen.id.size(), EntryIdSource::length);
    QCOMPARE(last[0].id, seen.id);
    QVERIFY(last[0].id < last[1].id);
}

void TestHub::figuresPassThrough()
{
    Hub hub;
    const Heard heard(hub);
    QVERIFY(!hub.lastSample());
    const auto sample = std::make_shared<const Frame>();
    hub.acceptSample(sample);
    hub.acceptAppMetrics({"shop", "ann", 5, R"({"orders":12})"});
    QCOMPARE(hub.lastSample(), sample);
    QCOMPARE(heard.samples, std::vector<FramePtr>{sample});
    QCOMPARE(heard.metrics.size(), std::size_t(1));
    QCOMPARE(heard.metrics[0].metricsJson, QByteArray(R"({"orders":12})"));
}

void TestHub::ratesCountWhatWasAccepted()
{
    Hub hub;
    QCOMPARE(hub.messagesPerSecond(), 0.0);
    QCOMPARE(hub.errorShare(), 0.0);
    hub.acceptLogs(batchOf("shop", numbers(1, 15)));
    hub.acceptLogs(batchOf("bank", numbers(1, 4), false, "ERR"));
    hub.acceptLogs(batchOf("bank", numbers(5, 5), false, "panic"));
    QCOMPARE(hub.messagesPerSecond(), 4.0);
    QCOMPARE(hub.errorShare(), 0.25);
}

void TestHub::withoutAnArchiveAllIsDurableAtOnce()
{
    Hub hub;
    hub.acceptLogs(batchOf("shop", numbers(1, 3)), true);
    const std::uint64_t ticket = hub.drawTicket();
    QVERIFY(hub.durableTicket() >= ticket);
    hub.acceptLogs(batchOfMebibytes(u"a"_s, 100));
    QVERIFY(!hub.isBehind(true));
}

void TestHub::ticketsWaitForTheArchive()
{
    Hub hub;
    const Stored stored(hub);
    QSignalSpy drawn(&hub, &Hub::ticketDrawn);
    QSignalSpy durable(&hub, &Hub::becameDurable);
    hub.acceptLogs(batchOf("shop", numbers(1, 3)), true);
    const std::uint64_t first = hub.drawTicket();
    const std::uint64_t second = hub.drawTicket();
    QVERIFY(second > first);
    QCOMPARE(drawn.size(), 2);
    QVERIFY(hub.durableTicket() < first);
    hub.noteStored(stored.bytes, 0);
    QVERIFY(hub.durableTicket() < first);
    QCOMPARE(durable.size(), 0);
    hub.noteStored(0, first);
    QCOMPARE(hub.durableTicket(), first);
    QCOMPARE(durable.size(), 1);
}

void TestHub::theOrderGoesOnWhereTheArchiveWas()
{
    Hub hub;
    const Stored stored(hub);
    const Heard heard(hub);
    StoredCatalog::App shop{"shop", 41, "8", 41, 0};
    const LogBatch before = batchOf("shop", numbers(7, 8), true);
    QSignalSpy caughtUp(&hub, &Hub::caughtUp);
    hub.restore({1, {shop}, {}, true});
    // Until their ids are known, nothing is taken that may be a repeat.
    for (std::size_t i = before.size(); i-- > 0;) {
        QVERIFY(hub.isBehind(false));
        QVERIFY(hub.isBehind(true));
        QCOMPARE(caughtUp.size(), 0);
        hub.restoreIds({"shop", {{std::string(before.id(i)), EntryFingerprint::of(before.entry(i), before.userId(i))}}, i == 0});
    }
    QVERIFY(!hub.isBehind(true));
    QCOMPARE(caughtUp.size(), 1);
    QCOMPARE(hub.lastSequence("shop"), std::uint64_t(41));
    QCOMPARE(hub.storedId("shop"), std::optional<std::string>("8"));
    QCOMPARE(hub.acceptLogs(batchOf("shop", numbers(8, 10), true)).repeats, 1u);
    QCOMPARE(heard.ids(), idsOf(numbers(9, 10)));
    QCOMPARE(heard.batches[0]->firstSequence(), std::uint64_t(42));
    QCOMPARE(heard.batches[0]->epoch(), 1u);
    hub.acceptLogs(batchOf("bank", numbers(8, 8), true));
    QCOMPARE(heard.batches[1]->firstSequence(), std::uint64_t(1));
}

void TestHub::aSlowArchiveHoldsProducersBack()
{
    Hub hub;
    const Stored stored(hub);
    QSignalSpy caughtUp(&hub, &Hub::caughtUp);
    hub.acceptLogs(batchOfMebibytes(u"a"_s, 63));
    QVERIFY(!hub.isBehind(false));
    hub.acceptLogs(batchOfMebibytes(u"b"_s, 2));
    QVERIFY(hub.isBehind(false));
    QVERIFY(hub.isBehind(true));
    hub.noteStored(stored.bytes, 0);
    QVERIFY(!hub.isBehind(false));
    QCOMPARE(caughtUp.size(), 1);
}

void TestHub::whileTheArchiveFailsOnlyWhoWaitsIsHeldBack()
{
    Hub hub;
    const Stored stored(hub);
    const Heard heard(hub);
    hub.noteStoreState({false, u"full"_s, {}});
    hub.acceptLogs(batchOfMebibytes(u"a"_s, 65));
    QVERIFY(!hub.isBehind(false));
    QVERIFY(hub.isBehind(true));
    hub.acceptLogs(batchOfMebibytes(u"b"_s, 1));
    hub.acceptLogs(batchOfMebibytes(u"c"_s, 1), true);
    // Live all of them, stored what was there before and what somebody waits for.
    QCOMPARE(heard.ids(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    QCOMPARE(stored.ids, (QStringList{u"a"_s, u"c"_s}));
    QSignalSpy caughtUp(&hub, &Hub::caughtUp);
    hub.noteStoreState({true, {}, {}});
    QVERIFY(hub.isBehind(true));
    hub.noteStored(stored.bytes, 0);
    QVERIFY(!hub.isBehind(true));
    QVERIFY(caughtUp.size() > 0);
    hub.acceptLogs(batchOfMebibytes(u"d"_s, 1));
    QCOMPARE(stored.ids.last(), u"d"_s);
}

void TestHub::whatWasNotStoredMayComeAgain()
{
    Hub hub;
    const Stored stored(hub);
    hub.noteStoreState({false, u"full"_s, {}});
    hub.acceptLogs(batchOfMebibytes(u"a"_s, 65));
    hub.acceptLogs(batchOfMebibytes(u"b"_s, 1));
    hub.acceptLogs(batchOfMebibytes(u"b"_s, 1), true);
    hub.acceptLogs(batchOfMebibytes(u"a"_s, 65), true);
    QCOMPARE(stored.ids, (QStringList{u"a"_s, u"b"_s}));
}

void TestHub::soManyApplicationsMaySend()
{
    Hub hub(2);
    const Heard heard(hub);
    QVERIFY(hub.acceptLogs(batchOf("shop", numbers(1, 1))));
    QVERIFY(hub.acceptLogs(LogBatch("nothing")));
    QVERIFY(command(hub, {"bank", "ann", 1, "stop", {}}));
    QVERIFY(!hub.acceptLogs(batchOf("third", numbers(1, 1))));
    QVERIFY(!command(hub, {"third", "ann", 1, "stop", {}}));
    // Those that are known go on.
    QVERIFY(hub.acceptLogs(batchOf("bank", numbers(1, 1))));
    QVERIFY(hub.acceptLogs(batchOf("shop", numbers(2, 2))));
    QCOMPARE(heard.ids(), (QStringList{u"1"_s, u"1"_s, u"2"_s}));
    QVERIFY(hub.lastCommands("third").empty());
    QCOMPARE(hub.lastSequence("third"), std::uint64_t(0));
    // What was there before a restart has its place.
    hub.restore({1, {{"old", 41, {}, 41, 0}}, {}, false});
    QVERIFY(hub.acceptLogs(batchOf("old", numbers(1, 1))));
    QCOMPARE(hub.lastSequence("old"), std::uint64_t(42));
}

void TestHub::idsAndCommandsOfAllAreBounded()
{
    Hub hub;
    const Heard heard(hub);
    hub.acceptLogs(batchOf("idle", {"a"}, true));
    const QByteArray data(60'000, ' ');
    const auto max = int(Applications::maxBytesInAll / (Applications::maxCommands * std::size_t(data.size())));
    for (int app = 0; app <= max; ++app) {
        hub.acceptLogs(batchOf("busy", numbers(app, app), true));
        for (std::size_t i = 0; i < Applications::maxCommands; ++i)
            command(hub, {std::to_string(app), "ann", 1, "go", data});
    }
    QVERIFY(hub.lastCommands("0").empty());
    QCOMPARE(hub.lastCommands(std::to_string(max)).size(), Applications::maxCommands);
    // Who goes on sending is remembered, who has been quiet for longest is not; its order goes on all the same.
    const std::size_t before = heard.batches.size();
    hub.acceptLogs(batchOf("busy", numbers(0, 0), true));
    QCOMPARE(heard.batches.size(), before);
    hub.acceptLogs(batchOf("idle", {"a"}, true));
    QCOMPARE(heard.batches.size(), before + 1);
    QCOMPARE(hub.lastSequence("idle"), std::uint64_t(2));
}

void TestHub::figuresThatAreNotTakenHoldProducersBack()
{
    ManualArchive archive;
    Hub hub;
    const AppMetrics report{"shop", "ann", 5, QByteArray(1024 * 1024, ' ')};
    for (int i = 0; i < 20; ++i)
        hub.acceptAppMetrics(report);
    QVERIFY(!hub.isBehind(false)); // nothing keeps them
    hub.setMetricArchive(&archive);
    for (int i = 0; i < 8; ++i) {
        QVERIFY(!hub.isBehind(false));
        hub.acceptAppMetrics(report);
    }
    QVERIFY(hub.isBehind(false));
    QSignalSpy caughtUp(&hub, &Hub::caughtUp);
    hub.noteRecorded(report.heldBytes());
    QVERIFY(!hub.isBehind(false));
    QCOMPARE(caughtUp.size(), 1);
    // While the disk takes nothing, too: those who do not wait for it go on.
    const Stored stored(hub);
    hub.noteStoreState({false, u"full"_s, {}});
    hub.acceptLogs(batchOfMebibytes(u"a"_s, 65));
    QVERIFY(hub.isBehind(true) && !hub.isBehind(false));
    hub.acceptAppMetrics(report);
    QVERIFY(hub.isBehind(false));
    caughtUp.clear();
    hub.noteRecorded(report.heldBytes());
    QVERIFY(!hub.isBehind(false));
    QCOMPARE(caughtUp.size(), 1);
}

void TestHub::soManyTicketsMayBeOpen()
{
    Hub hub;
    const Stored stored(hub);
    for (int i = 0; i < 99'999; ++i)
        hub.drawTicket();
    QVERIFY(!hub.isBehind(true));
    const std::uint64_t last = hub.drawTicket();
    QVERIFY(hub.isBehind(true));
    QSignalSpy caughtUp(&hub, &Hub::caughtUp);
    hub.noteStored(0, last);
    QVERIFY(!hub.isBehind(true));
    QCOMPARE(caughtUp.size(), 1);
}

void TestHub::whatIsEmptyIsClearedInSilence()
{
    Hub hub;
    const Heard heard(hub);
    QVERIFY(!hub.clear({"made up", "eve"}));
    hub.acceptLogs(batchOf("shop", numbers(1, 3)));
    QVERIFY(hub.clear({"shop", "ann"}));
    for (int i = 0; i < 5; ++i)
        QVERIFY(!hub.clear({"shop", "ann"}));
    QCOMPARE(heard.cleared.size(), std::size_t(1));
    QCOMPARE(heard.cleared[0].upToSequence, std::uint64_t(3));
    hub.acceptLogs(batchOf("shop", numbers(4, 4)));
    QVERIFY(hub.clear({"shop", "ann"}));
    QCOMPARE(heard.cleared.size(), std::size_t(2));
    // What was there before a restart counts, as far as it was not cleared then.
    hub.restore({1, {{"full", 41, {}, 41, 40}, {"empty", 41, {}, 41, 41}}, {}, false});
    QVERIFY(hub.clear({"full", "ann"}));
    QVERIFY(!hub.clear({"full", "ann"}));
    QVERIFY(!hub.clear({"empty", "ann"}));
    QCOMPARE(heard.cleared.size(), std::size_t(3));
}

void TestHub::roomThatIsNotUsedCounts()
{
    LogBatch batch("shop");
    batch.reserve(1, 1024 * 1024);
    batch.append({"1", 1, "info", "x", "", true}, LogOrigin("shop", "ann"));
    QVERIFY(batch.heldBytes() > 1024 * 1024);
    // Nor do repeats that were dropped leave any.
    LogBatch many = batchOf("shop", numbers(1, 5'000), true);
    const LogBatch few = many.filtered([](std::size_t i) { return i < 5; });
    QVERIFY(few.heldBytes() < many.heldBytes() / 100);
    QCOMPARE(idsOf(few), idsOf(numbers(1, 5)));
}

VIGIE_TEST(TestHub)
#include "tst_hub.moc"
