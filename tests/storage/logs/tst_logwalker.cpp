// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/inspection.h"
#include "storage/logs/logreader.h"
#include "storage/logs/logwalker.h"

#include "logbatches.h"
#include "storage/database/databasefile.h"
#include "storage/logs/logstore.h"
#include "testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogWalker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void goesThroughAllSegments();
    void seesWhatIsWrittenMeanwhile();
    void repeatsAreNoEnd();
    void passesOverADamagedBlock();
    void clearedIsGone();
    void unknownApplication();
    void brokenSegmentIsNamed();
    void brokenRowsAreNamed();
    void removedSegmentIsPassedOver();

private:
    /// Writes "shop"'s entries `first` to `last` into the newest segment, and begins another.
    void addSegment(int first, int last);
    void add(const LogBatch& batch, std::uint64_t sequence);
    QStringList walk(LogWalker& walker);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LogStore> m_store;
};

void TestLogWalker::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    LogRetention retention;
    retention.segmentEntries = 1;
    m_store = std::make_unique<LogStore>(std::move(*LogStore::open(m_folder->path(), retention)));
}

void TestLogWalker::add(const LogBatch& batch, std::uint64_t sequence)
{
    auto copy = std::make_shared<LogBatch>(batch);
    copy->setFirstSequence(sequence);
    QVERIFY(m_store->write({copy}, false));
}

void TestLogWalker::addSegment(int first, int last)
{
    add(batchOf("shop", numbers(first, last)), std::uint64_t(first));
    while (*m_store->tidy(0)) { }
}

QStringList TestLogWalker::walk(LogWalker& walker)
{
    QStringList ids;
    for (;;) {
        const QStringList page = idsOf(walker.next(1'000).entries);
        if (page.isEmpty())
            return ids;
        ids += page;
    }
}

void TestLogWalker::goesThroughAllSegments()
{
    addSegment(1, 100);
    add(batchOf("bank", {"b"}), 1);
    addSegment(101, 103);
    add(batchOf("shop", numbers(104, 300)), 104);
    LogWalker walker(m_store->segments(), "shop");
    QVERIFY(walker.isKnown());
    QCOMPARE(walk(walker), idsOf(numbers(1, 300)));
    QCOMPARE(walker.problems(), QStringList());
    QVERIFY(walker.next(1'000).entries.empty());
}

void TestLogWalker::seesWhatIsWrittenMeanwhile()
{
    add(batchOf("shop", numbers(1, 100)), 1);
    LogWalker walker(m_store->segments(), "shop");
    QStringList ids = idsOf(walker.next(1'000).entries);
    add(batchOf("shop", numbers(101, 200)), 101);
    ids += walk(walker);
    QCOMPARE(ids, idsOf(numbers(1, 200)));
}

void TestLogWalker::repeatsAreNoEnd()
{
    add(batchOf("shop", numbers(1, 3)), 1);
    add(batchOf("shop", numbers(1, 3)), 4);
    add(batchOf("shop", numbers(4, 6)), 7);
    LogWalker walker(m_store->segments(), "shop");
    QCOMPARE(walk(walker), idsOf(numbers(1, 6)));
}

void TestLogWalker::passesOverADamagedBlock()
{
    for (int i = 0; i < 3; ++i)
        add(batchOf("shop", numbers(1 + 1'500 * i, 1'500 * (i + 1))), std::uint64_t(1 + 1'500 * i));
    auto database = Database::open(m_store->segments().last(), Database::Access::ReadWrite);
    auto read = database->prepare("SELECT first_place, bytes FROM block_data ORDER BY first_place LIMIT 1 OFFSET 1");
    QVERIFY(read && *read->step());
    const std::int64_t place = read->integer(0);
    std::string bytes(read->bytes(1));
    bytes[bytes.size() / 2] ^= 1;
    read->reset();
    auto write = database->prepare("UPDATE block_data SET bytes=? WHERE first_place=?");
    write->bindBlob(1, bytes);
    write->bind(2, place);
    QVERIFY(write->run());
    LogWalker walker(m_store->segments(), "shop");
    QCOMPARE(walk(walker), idsOf(numbers(1, 1'500)) + idsOf(numbers(3'001, 4'500)));
    QCOMPARE(walker.problems().size(), 1);
    QVERIFY2(walker.problems().first().contains("1500 entries"_L1), qPrintable(walker.problems().first()));
    LogReader reader;
    reader.setSegments(m_store->segments());
    const ReplayPage page = reader.replay("shop", 1'500, 1'000);
    QCOMPARE(page.missing, std::uint64_t(1'500));
    QCOMPARE(page.entries.front().sequence(), std::uint64_t(3'001));
    const Inspection found = inspectLogSegment(m_store->segments().last());
    QVERIFY2(found.problem.contains("1 of 3 blocks"_L1), qPrintable(found.problem));
}

void TestLogWalker::clearedIsGone()
{
    addSegment(1, 100);
    addSegment(101, 200);
    QVERIFY(m_store->clear({{"shop", 150}}));
    LogWalker walker(m_store->segments(), "shop");
    QCOMPARE(walk(walker), idsOf(numbers(151, 200)));
    QVERIFY(m_store->clear({{"shop", 200}}));
    LogWalker again(m_store->segments(), "shop");
    QVERIFY(again.isKnown());
    QCOMPARE(walk(again), QStringList());
}

void TestLogWalker::unknownApplication()
{
    addSegment(1, 10);
    LogWalker walker(m_store->segments(), "bank");
    QVERIFY(!walker.isKnown());
    QCOMPARE(walk(walker), QStringList());
    QCOMPARE(walker.problems(), QStringList());
}

void TestLogWalker::brokenSegmentIsNamed()
{
    addSegment(1, 10);
    addSegment(11, 20);
    addSegment(21, 30);
    const QStringList segments = m_store->segments();
    removeDatabase(segments[1]);
    QFile file(segments[1]);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(50'000, '?'));
    file.close();
    LogWalker walker(segments, "shop");
    QCOMPARE(walk(walker), idsOf(numbers(1, 10)) + idsOf(numbers(21, 30)));
    QCOMPARE(walker.problems(), QStringList{segments[1] + u": file is not a database"_s});
}

void TestLogWalker::brokenRowsAreNamed()
{
    addSegment(1, 5'000);
    addSegment(5'001, 5'010);
    const QStringList segments = m_store->segments();
    m_store.reset();
    QFile file(segments[0]);
    QVERIFY(file.resize(file.size() / 2));
    LogWalker walker(segments, "shop");
    const QStringList ids = walk(walker);
    QVERIFY(ids.size() < 5'010);
    QCOMPARE(ids.mid(ids.size() - 10), idsOf(numbers(5'001, 5'010)));
    QCOMPARE(walker.problems().size(), 1);
    QVERIFY2(walker.problems().first().startsWith(segments[0]), qPrintable(walker.problems().first()));
}

void TestLogWalker::removedSegmentIsPassedOver()
{
    addSegment(1, 10);
    addSegment(11, 20);
    LogWalker walker(m_store->segments(), "shop");
    removeDatabase(m_store->segments().first());
    QCOMPARE(walk(walker), idsOf(numbers(11, 20)));
    QCOMPARE(walker.problems(), QStringList());
}

VIGIE_TEST(TestLogWalker)
#include "tst_logwalker.moc"
