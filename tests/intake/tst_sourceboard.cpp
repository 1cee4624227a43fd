// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/sourceboard.h"

#include "testmain.h"

#include <QTest>
#include <thread>

using namespace vigie;

class TestSourceBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatIsKnown();
    void anotherOfTheSameIdGoesOn();
    void forgetsTheLongestEnded();
    void boundsReasons();
    void showsOnlyUtf8();
    void takesFromThreads();
    void aRefusalIsToldOnce();
};

namespace {

SourceState stateOf(const std::string& id, SourceKind kind = SourceKind::File)
{
    SourceState state;
    state.id = id;
    state.kind = kind;
    state.name = id;
    return state;
}

} // namespace

void TestSourceBoard::tellsWhatIsKnown()
{
    SourceBoard board;
    SourceAccount file = board.open(stateOf("b"));
    SourceAccount otlp = board.open(stateOf("c", SourceKind::Otlp));
    SourceAccount moved = board.open(stateOf("a"));
    SourceAccount other = std::move(moved);
    QVERIFY(!moved.isOpen());
    moved.add(7, "lost", 0, 0); // does nothing
    file.setStatus(SourceStatus::Failing, "gone");
    file.setFormat("json");
    file.setLagBytes(12);
    file.add(2, "shop", 4'000, 5'000);
    file.add(1, "shop", 7'500, 7'000); // a time ahead of ours is no lag
    otlp.note(SourceNote::Kind::Refused, "no_token", 2, 9'000, "10.0.0.7");
    otlp.note(SourceNote::Kind::Refused, "no_token", 1, 9'500);

    const std::vector<SourceState> all = board.sources();
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(all[0].id, "c");
    QCOMPARE(all[1].id, "a");
    QCOMPARE(all[2].id, "b");
    QCOMPARE(all[1].status, SourceStatus::Waiting);
    QCOMPARE(all[2].problem, "gone");
    QCOMPARE(all[2].entries, std::uint64_t(3));
    QCOMPARE(all[2].appId, "shop");
    QCOMPARE(all[2].lastEntryMs, std::int64_t(7'000));
    QCOMPARE(all[2].lagMs, std::int64_t(0));
    QCOMPARE(all[2].lagBytes, std::uint64_t(12));
    QCOMPARE(all[0].notes.size(), std::size_t(1));
    QCOMPARE(all[0].notes[0].count, std::uint64_t(3));
    QCOMPARE(all[0].notes[0].lastMs, std::int64_t(9'500));
    QCOMPARE(all[0].notes[0].example, "10.0.0.7");

    file.close();
    QCOMPARE(board.sources()[2].status, SourceStatus::Ended);
    // Of a file that is no longer watched, and of which nothing came, there is nothing to tell.
    other.close();
    QCOMPARE(board.sources().size(), std::size_t(2));
    QCOMPARE(board.open(stateOf("a")).isOpen(), true);
}

void TestSourceBoard::anotherOfTheSameIdGoesOn()
{
    SourceBoard board;
    SourceAccount one = board.open(stateOf("x"));
    one.add(5, "shop", 1, 1);
    SourceAccount two = board.open(stateOf("x"));
    one.close();
    QCOMPARE(board.sources()[0].status, SourceStatus::Waiting); // one is still there
    two.close();
    QCOMPARE(board.sources()[0].status, SourceStatus::Ended);
    SourceAccount again = board.open(stateOf("x"));
    QCOMPARE(board.sources().size(), std::size_t(1));
    QCOMPARE(board.sources()[0].entries, std::uint64_t(5));
    QCOMPARE(board.sources()[0].status, SourceStatus::Waiting);
}

void TestSourceBoard::forgetsTheLongestEnded()
{
    SourceBoard board;
    SourceAccount open = board.open(stateOf("open"));
    for (std::size_t i = 0; i < SourceBoard::maxSources + 10; ++i)
        board.open(stateOf(std::to_string(i))).add(1, "shop", 1, 1);
    const std::vector<SourceState> all = board.sources();
    QCOMPARE(all.size(), SourceBoard::maxSources);
    const auto has = [&all](const std::string& id) {
        return std::ranges::any_of(all, [&id](const SourceState& state) { return state.id == id; });
    };
    QVERIFY(has("open"));
    QVERIFY(!has("0"));
    QVERIFY(has(std::to_string(SourceBoard::maxSources + 9)));
}

void TestSourceBoard::boundsReasons()
{
    SourceBoard board;
    SourceAccount account = board.open(stateOf("x"));
    for (int i = 0; i < 100; ++i)
        account.note(SourceNote::Kind::Dropped, "reason " + std::to_string(i), 1, i, std::string(500, 'x'));
    const SourceState state = board.sources()[0];
    QCOMPARE(state.notes.size(), SourceBoard::maxReasons + 1);
    QCOMPARE(state.notes.back().reason, "other");
    QCOMPARE(state.notes.back().count, std::uint64_t(100 - SourceBoard::maxReasons));
    QCOMPARE(state.notes.back().example.size(), SourceNote::maxExample);
}

void TestSourceBoard::showsOnlyUtf8()
{
    SourceBoard board;
    SourceAccount file = board.open(stateOf("a\xff"));
    file.setDetail("b\xff");
    file.setStatus(SourceStatus::Failing, "c\xff");
    file.note(SourceNote::Kind::Refused, "malformed", 1, 0, std::string(300, '\xff'));
    SourceAccount again = board.open(stateOf("a\xff"));
    QCOMPARE(board.sources().size(), std::size_t(1));
    const SourceState state = board.sources()[0];
    QCOMPARE(state.id, "a\uFFFD");
    QCOMPARE(state.name, "a\uFFFD");
    QVERIFY(state.notes[0].example.starts_with("\uFFFD"));
    QVERIFY(state.notes[0].example.size() <= SourceNote::maxExample);
    file.setDetail("b\xff");
    QCOMPARE(board.sources()[0].detail, "b\uFFFD");
}

void TestSourceBoard::takesFromThreads()
{
    SourceBoard board;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&board, i] {
            SourceAccount account = board.open(stateOf(std::to_string(i % 2)));
            for (int n = 0; n < 1'000; ++n)
                account.add(1, "shop", n, n);
        });
    }
    for (int i = 0; i < 100; ++i)
        board.sources();
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(board.sources()[0].entries, std::uint64_t(2'000));
    QCOMPARE(board.sources()[1].entries, std::uint64_t(2'000));
}

void TestSourceBoard::aRefusalIsToldOnce()
{
    SourceBoard board;
    SourceAccount account = board.open(stateOf("a"));
    int told = 0;
    board.setRefusalWatcher([&told] { ++told; });
    account.note(SourceNote::Kind::Guessed, "no_time_zone", 1, 1);
    QCOMPARE(told, 0);
    account.note(SourceNote::Kind::Refused, "no_token", 1, 1);
    account.note(SourceNote::Kind::Dropped, "vacuumed", 1, 1);
    QCOMPARE(told, 1);
    board.awaitRefusal();
    QCOMPARE(told, 1);
    account.note(SourceNote::Kind::Dropped, "vacuumed", 1, 1);
    QCOMPARE(told, 2);
    board.awaitRefusal();
    board.setRefusalWatcher(nullptr);
    account.note(SourceNote::Kind::Refused, "no_token", 1, 1);
    QCOMPARE(told, 2);
}

VIGIE_TEST(TestSourceBoard)
#include "tst_sourceboard.moc"
