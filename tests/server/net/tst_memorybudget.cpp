// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/memorybudget.h"
#include "testmain.h"

#include <QTest>
#include <optional>

using namespace vigie;

class TestMemoryBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesAddUp();
    void tooMuchIsToldOnce();
    void whoLeavesMakesRoom();
    void tooMuchThatLeavesIsToldToo();
    void whatIsGoneHoldsNothing();
    void whoHoldsMostGoesFirst();
    void whoLeavesWithTooMuchIsCut();
};

namespace {

/// Goes when it is told to, and takes a last word with it.
struct Peer final : MemoryBudget::Holder
{
    explicit Peer(MemoryBudget& budget, qint64 bytes) : share(budget, this) { share.add(bytes); }
    void sendAway() override
    {
        ++timesSentAway;
        share.leave();
    }
    void cut() override
    {
        ++timesCut;
        share.add(-share.bytes());
    }

    MemoryBudget::Share share;
    int timesSentAway = 0;
    int timesCut = 0;
};

} // namespace

void TestMemoryBudget::sharesAddUp()
{
    MemoryBudget budget(100);
    MemoryBudget::Share one(budget);
    MemoryBudget::Share other(budget);
    one.add(60);
    other.add(40);
    QCOMPARE(budget.held(), 100);
    QVERIFY(!budget.isOver());
    other.add(1);
    QVERIFY(budget.isOver());
    one.add(-30);
    QCOMPARE(budget.held(), 71);
    QCOMPARE(one.bytes(), 30);
    QVERIFY(!budget.isOver());
}

void TestMemoryBudget::tooMuchIsToldOnce()
{
    int told = 0;
    MemoryBudget budget(100, [&told] { ++told; });
    MemoryBudget::Share share(budget);
    share.add(100);
    QCOMPARE(told, 0);
    share.add(1);
    share.add(1);
    QCOMPARE(told, 1);
    share.add(-50);
    share.add(48);
    QCOMPARE(told, 1); // it is not, quite
    share.add(1);
    QCOMPARE(told, 2);
    share.add(49);
    QCOMPARE(told, 2);
    share.add(1);
    QCOMPARE(told, 3);
    QVERIFY(budget.isFarOver());
}

void TestMemoryBudget::whoLeavesMakesRoom()
{
    MemoryBudget budget(100);
    MemoryBudget::Share one(budget);
    MemoryBudget::Share other(budget);
    one.add(50);
    other.add(60);
    one.leave();
    QCOMPARE(budget.held(), 60);
    QCOMPARE(one.bytes(), 50);
    one.add(-20);
    QCOMPARE(budget.held(), 60);
    QVERIFY(!budget.isLeavingTooMuch());
}

void TestMemoryBudget::tooMuchThatLeavesIsToldToo()
{
    int told = 0;
    MemoryBudget budget(100, [&told] { ++told; });
    MemoryBudget::Share one(budget);
    MemoryBudget::Share other(budget);
    one.add(50);
    one.leave();
    QCOMPARE(told, 0);
    other.add(1);
    other.leave();
    QCOMPARE(told, 1);
    QVERIFY(budget.isLeavingTooMuch());
}

void TestMemoryBudget::whatIsGoneHoldsNothing()
{
    MemoryBudget budget(100);
    {
        MemoryBudget::Share stays(budget);
        MemoryBudget::Share leaves(budget);
        stays.add(101);
        leaves.add(51);
        leaves.leave();
        QVERIFY(budget.isOver() && budget.isLeavingTooMuch());
    }
    QCOMPARE(budget.held(), 0);
    QVERIFY(!budget.isOver() && !budget.isLeavingTooMuch());
}

void TestMemoryBudget::whoHoldsMostGoesFirst()
{
    MemoryBudget budget(100);
    Peer little(budget, 10);
    Peer max(budget, 50);
    Peer much(budget, 30);
    MemoryBudget::Share nobodys(budget); // about which nothing can be done
    nobodys.add(60);
    budget.relieve();
    QCOMPARE(max.timesSentAway, 1);
    QCOMPARE(little.timesSentAway + much.timesSentAway, 0);
    budget.relieve();
    QCOMPARE(max.timesSentAway, 1);
    QCOMPARE(budget.held(), 100);
}

void TestMemoryBudget::whoLeavesWithTooMuchIsCut()
{
    MemoryBudget budget(100);
    Peer max(budget, 90);
    Peer more(budget, 45);
    budget.relieve();
    QCOMPARE(max.timesSentAway, 1);
    QCOMPARE(max.timesCut, 1);
    QCOMPARE(more.timesSentAway + more.timesCut, 0);
}

VIGIE_TEST(TestMemoryBudget)
#include "tst_memorybudget.moc"
