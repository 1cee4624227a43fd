// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ringbuffer.h"
#include "testmain.h"

#include <QTest>
#include <memory>

using namespace vigie;

class TestRingBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsEmpty();
    void keepsTheNewest_data();
    void keepsTheNewest();
    void clearedItStartsAnew();
    void holdsWhatCanOnlyBeMoved();
};

void TestRingBuffer::startsEmpty()
{
    const RingBuffer<int> ring(3);
    QVERIFY(ring.empty());
    QCOMPARE(ring.size(), std::size_t(0));
    QCOMPARE(ring.capacity(), std::size_t(3));
}

void TestRingBuffer::keepsTheNewest_data()
{
    QTest::addColumn<int>("capacity");
    QTest::addColumn<int>("pushed");
    for (const int capacity : {1, 2, 3, 10}) {
        for (const int pushed : {1, 2, 3, 4, 9, 10, 11, 25})
            QTest::addRow("%d in %d", pushed, capacity) << capacity << pushed;
    }
}

void TestRingBuffer::keepsTheNewest()
{
    QFETCH(int, capacity);
    QFETCH(int, pushed);
    RingBuffer<int> ring{std::size_t(capacity)};
    for (int i = 1; i <= pushed; ++i)
        ring.push(i);
    const int kept = std::min(capacity, pushed);
    QCOMPARE(ring.size(), std::size_t(kept));
    QCOMPARE(ring.front(), pushed - kept + 1);
    QCOMPARE(ring.back(), pushed);
    for (int i = 0; i < kept; ++i)
        QCOMPARE(ring[std::size_t(i)], pushed - kept + 1 + i);
}

void TestRingBuffer::clearedItStartsAnew()
{
    RingBuffer<int> ring(3);
    for (int i = 0; i < 5; ++i)
        ring.push(i);
    ring.clear();
    QVERIFY(ring.empty());
    for (int i = 10; i < 12; ++i)
        ring.push(i);
    QCOMPARE(ring.size(), std::size_t(2));
    QCOMPARE(ring.front(), 10);
    QCOMPARE(ring.back(), 11);
}

void TestRingBuffer::holdsWhatCanOnlyBeMoved()
{
    RingBuffer<std::unique_ptr<int>> ring(2);
    for (int i = 0; i < 3; ++i)
        ring.push(std::make_unique<int>(i));
    QCOMPARE(*ring.front(), 1);
    QCOMPARE(*ring.back(), 2);
}

VIGIE_TEST(TestRingBuffer)
#include "tst_ringbuffer.moc"
