// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace.h"
#include "testmain.h"

#include <QTest>
#include <map>
#include <utility>

using namespace vigie;

namespace {

const std::string traceId = "0af7651916cd43dd8448eb211c80319c";

/// Answers as a store does: the newest of what matches, at once or when it is told to.
class SomeHistory : public History
{
public:
    void add(const std::string& appId, std::int64_t timeMs, std::string_view message, const std::string& trace = traceId)
    {
        auto& entries = m_entries[appId];
        LogBatch batch(appId);
        batch.setFirstSequence(entries.size() + 1);
        const std::string metadata = "{\"trace_id\":\"" + trace + "\"}";
        batch.append({"id", timeMs, "info", message, metadata, false}, LogOrigin(appId, "ann"));
        entries.push_back({std::make_shared<const LogBatch>(std::move(batch)), 0});
    }
    void query(HistoryQuery query, std::function<void(HistoryPage)> done) override
    {
        asked.push_back(query);
        HistoryPage page;
        for (const LogEntryRef& entry : m_entries[query.appId]) {
            if (entry.sequence() < query.beforeSequence.value_or(maxSequence) && query.terms.matches(entry.batch->entry(0), "ann", query.appId))
                page.entries.push_back(entry);
        }
        if (page.entries.size() > query.limit)
            page.entries.erase(page.entries.begin(), page.entries.end() - std::ptrdiff_t(query.limit));
        page.stoppedAt = stoppedAt;
        if (isLate)
            later = [page, done = std::move(done)] { done(page); };
        else
            done(page);
    }
    void replay(std::string, std::uint64_t, std::size_t, std::function<void(ReplayPage)>) override {}
    void find(std::string, std::string, std::function<void(std::optional<std::uint64_t>)>) override {}
    void counts(LogCountsQuery, std::function<void(LogCounts)>) override {}

    bool isLate = false;
    std::optional<std::uint64_t> stoppedAt;
    std::function<void()> later;
    std::vector<HistoryQuery> asked;

private:
    std::map<std::string, std::vector<LogEntryRef>> m_entries;
};

std::vector<std::string> messagesOf(const TraceEntries& trace)
{
    std::vector<std::string> messages;
    for (const LogEntryRef& entry : trace.entries)
        messages.emplace_back(entry.batch->message(entry.index));
    return messages;
}

} // namespace

class TestTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAreChecked();
    void applicationsAreMergedByTime_data();
    void applicationsAreMergedByTime();
    void thousandsOfApplicationsAreAsked();
    void muchIsBounded();
    void aSearchThatTookTooLongSaysSo();
    void whoseAskerHasGoneEnds();
};

void TestTrace::idsAreChecked()
{
    QCOMPARE(traceIdFrom(traceId), traceId);
    for (const char* const text : {"6831829375928374923", "1-5759e988-bd862e3fe1be46a994272793", "0AF7651916CD43DD8448EB211C80319C"})
        QCOMPARE(traceIdFrom(text), std::string(text)); // of other tracers
    for (const std::string& text : {std::string(), std::string(129, 'a'), std::string("a\nb")})
        QVERIFY(!traceIdFrom(text));
}

void TestTrace::applicationsAreMergedByTime_data()
{
    QTest::addColumn<bool>("isLate");
    QTest::newRow("at once") << false;
    QTest::newRow("later") << true;
}

void TestTrace::applicationsAreMergedByTime()
{
    QFETCH(bool, isLate);
    SomeHistory history;
    history.isLate = isLate;
    history.add("shop", 10, "a");
    history.add("bank", 15, "b");
    history.add("shop", 20, "c");
    history.add("shop", 20, "d"); // of the same moment
    history.add("shop", 12, "other", "1af7651916cd43dd8448eb211c80319c");
    history.add("hidden", 11, "not asked for");
    std::optional<TraceEntries> found;
    findTrace(history, {traceId, {"bank", "shop", "none"}}, [&](TraceEntries trace) { found = std::move(trace); });
    while (history.later)
        std::exchange(history.later, nullptr)();
    QVERIFY(found);
    QCOMPARE(messagesOf(*found), (std::vector<std::string>{"a", "b", "c", "d"}));
    QVERIFY(!found->hasMore);
    QCOMPARE(history.asked.size(), std::size_t(3));
    QCOMPARE(history.asked[0].words, traceId);
}

void TestTrace::thousandsOfApplicationsAreAsked()
{
    SomeHistory history;
    TraceQuery query{traceId, {}};
    for (int i = 0; i < 100'000; ++i)
        query.apps.push_back("app " + std::to_string(i));
    history.add("app 99999", 1, "last");
    std::size_t found = 0;
    findTrace(history, std::move(query), [&](const TraceEntries& trace) { found = trace.entries.size(); });
    QCOMPARE(found, std::size_t(1));
}

void TestTrace::muchIsBounded()
{
    SomeHistory history;
    for (std::size_t i = 0; i < TraceQuery::maxEntries; ++i)
        history.add("shop", std::int64_t(i), "m");
    TraceEntries found;
    const auto ask = [&] { findTrace(history, {traceId, {"shop"}}, [&](TraceEntries trace) { found = std::move(trace); }); };
    ask();
    QCOMPARE(found.entries.size(), TraceQuery::maxEntries);
    QVERIFY(!found.hasMore);
    history.add("shop", 0, "one more");
    ask();
    QCOMPARE(found.entries.size(), TraceQuery::maxEntries);
    QVERIFY(found.hasMore);
    SomeHistory large;
    for (int i = 0; i < 5; ++i)
        large.add("shop", i, std::string(1'000'000, 'x'));
    findTrace(large, {traceId, {"shop"}}, [&](TraceEntries trace) { found = std::move(trace); });
    QCOMPARE(found.entries.size(), std::size_t(4));
    QVERIFY(found.hasMore);
}

void TestTrace::aSearchThatTookTooLongSaysSo()
{
    SomeHistory history;
    history.stoppedAt = 7;
    bool hasMore = false;
    findTrace(history, {traceId, {"shop", "bank"}}, [&](const TraceEntries& trace) { hasMore = trace.hasMore; });
    QVERIFY(hasMore);
}

void TestTrace::whoseAskerHasGoneEnds()
{
    SomeHistory history;
    history.isLate = true;
    std::stop_source gone;
    TraceQuery query{traceId, {"shop", "bank"}};
    query.stop = gone.get_token();
    bool isDone = false;
    findTrace(history, std::move(query), [&](const TraceEntries&) { isDone = true; });
    gone.request_stop();
    std::exchange(history.later, nullptr)();
    QVERIFY(isDone);
    QCOMPARE(history.asked.size(), std::size_t(1));
}

VIGIE_TEST(TestTrace)
#include "tst_trace.moc"
