// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/memorybudget.h"

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
};

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

QTEST_GUILESS_MAIN(TestMemoryBudget)
#include "tst_memorybudget.moc"
