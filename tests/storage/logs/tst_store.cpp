// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entryid.h"
#include "storage/historyreader.h"
#include "storage/logs/store.h"
#include "storage/storehistory.h"
#include "testmain.h"

#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void writesInGroups();
    void ticketIsToldAfterItsEntries();
    void questionsKnowWhatCameBefore();
    void clearWaitsForNothingElse();
    void manyClearsAreOne();
    void stopWritesWhatWaits();
    void unwritableFolderIsSaidAndTriedAgain();
    void foldersThatComeLateKeepAll();
    void aFolderThatIsTakenAwayIsNotWrittenTo();
    void readersLetGoOfAFolderThatIsTakenAway();
    void filesThatMayNotBeWrittenAreTriedAgain();
    void aPlaceThatIsTakenIsNoRepeat();
    void anIdBeyondTheHubsMemoryIsComparedAgain();
    void idsAreKnownAcrossSegments();
    void fileThatBreaksWhileWritingIsReplaced();
    void checkpointsWaitWithTheirEntries();

private:
    void open();
    LogBatchPtr batch(int first, int count);
    /// Ids of all that is held, by way of a reader.
    QStringList held();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<StoreHistory> m_history;
    std::unique_ptr<HistoryReader> m_searches;
    std::unique_ptr<HistoryReader> m_others;
    StoredCatalog m_catalog;
    QStringList m_ids; ///< that followed it, newest first
    bool m_areIdsThere = false;
};

void TestStore::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    open();
}

void TestStore::open()
{
    m_store.reset();
    m_store = std::make_unique<Store>(Store::Config{m_folder->filePath(u"logs"_s), {}});
    m_history = std::make_unique<StoreHistory>();
    m_searches = std::make_unique<HistoryReader>(HistoryJob::Kind::Search);
    m_others = std::make_unique<HistoryReader>(HistoryJob::Kind::CatchUp);
    connect(m_history.get(), &StoreHistory::asked, m_store.get(), &Store::ask);
    for (HistoryReader* reader : {m_searches.get(), m_others.get()}) {
        connect(m_store.get(), &Store::segmentsChanged, reader, &HistoryReader::setSegments);
        connect(m_store.get(), &Store::asked, reader, &HistoryReader::run);
        connect(reader, &HistoryReader::answered, m_history.get(), &StoreHistory::deliver);
    }
    connect(m_store.get(), &Store::opened, this, [this](const StoredCatalog& catalog) {
        m_catalog = catalog;
        m_ids.clear();
        m_areIdsThere = false;
    });
    connect(m_store.get(), &Store::idsFound, this, [this](const StoredIds& ids) {
        for (const StoredIds::Named& named : ids.named)
            m_ids.append(QString::fromStdString(named.id));
        m_areIdsThere = ids.isLast;
    });
    m_store->start();
}

LogBatchPtr TestStore::batch(int first, int count)
{
    LogBatch batch("shop");
    batch.setEpoch(m_catalog.epoch);
    batch.setFirstSequence(std::uint64_t(first));
    for (int i = first; i < first + count; ++i)
        batch.append({std::to_string(i), i, "info", "entry", "", true}, LogOrigin("shop", "ann"));
    return std::make_shared<const LogBatch>(std::move(batch));
}

QStringList TestStore::held()
{
    QStringList ids;
    m_history->query({"shop", {}, 1'000, {}, {}}, [&ids](const HistoryPage& page) {
        for (const LogEntryRef& entry : page.entries)
            ids.append(QString::fromUtf8(entry.id()));
    });
    return ids;
}

static QStringList numbers(int first, int last)
{
    QStringList ids;
    for (int i = first; i <= last; ++i)
        ids.append(QString::number(i));
    return ids;
}

void TestStore::writesInGroups()
{
    QSignalSpy stored(m_store.get(), &Store::stored);
    qint64 bytes = 0;
    for (int i = 1; i <= 50; ++i) {
        const LogBatchPtr one = batch(i, 1);
        bytes += qint64(one->heldBytes());
        m_store->write(one);
    }
    QCOMPARE(stored.size(), 0);
    QVERIFY(stored.wait(test::patienceMs));
    QCOMPARE(stored.size(), 1);
    QCOMPARE(stored.first().at(0).toLongLong(), bytes);
    QCOMPARE(held(), numbers(1, 50));
    // A full group waits for nothing.
    stored.clear();
    m_store->write(batch(51, 4'000));
    QCOMPARE(stored.size(), 1);
}

void TestStore::ticketIsToldAfterItsEntries()
{
    QSignalSpy stored(m_store.get(), &Store::stored);
    m_store->write(batch(1, 3));
    m_store->makeDurable(7);
    QVERIFY(stored.wait(test::patienceMs));
    QCOMPARE(stored.last().at(1).toULongLong(), 7u);
    // Also when nothing waits to be written.
    stored.clear();
    m_store->makeDurable(8);
    QVERIFY(stored.wait(test::patienceMs));
    QCOMPARE(stored.last().at(1).toULongLong(), 8u);
}

void TestStore::questionsKnowWhatCameBefore()
{
    m_store->write(batch(1, 3));
    QCOMPARE(held(), numbers(1, 3));
    m_store->write(batch(4, 3));
    std::optional<std::uint64_t> place;
    m_history->find("shop", "5", [&place](std::optional<std::uint64_t> found) { place = found; });
    QCOMPARE(place, std::optional<std::uint64_t>(5));
    m_store->write(batch(7, 3));
    ReplayPage replay;
    m_history->replay("shop", 5, 1'000'000, [&replay](const ReplayPage& page) { replay = page; });
    QCOMPARE(replay.entries.size(), 4u);
    QCOMPARE(replay.reachedSequence, 9u);
}

void TestStore::clearWaitsForNothingElse()
{
    m_store->write(batch(1, 10));
    m_store->clear({"shop", "ann", 10, m_catalog.epoch});
    m_store->write(batch(11, 2));
    QCOMPARE(held(), numbers(11, 12));
}

void TestStore::manyClearsAreOne()
{
    // Who clears without end must not make the store write without end.
    m_store->write(batch(1, 10));
    QVERIFY(QSignalSpy(m_store.get(), &Store::stored).wait(test::patienceMs));
    m_store->clear({"shop", "ann", 4, m_catalog.epoch});
    for (int i = 0; i < 100'000; ++i)
        m_store->clear({"shop", "ann", 7, m_catalog.epoch});
    QCOMPARE(held(), numbers(8, 10));
}

void TestStore::stopWritesWhatWaits()
{
    QSignalSpy stopped(m_store.get(), &Store::stopped);
    m_store->write(batch(1, 10));
    m_store->clear({"shop", "ann", 3});
    m_store->stop();
    QCOMPARE(stopped.size(), 1);
    open();
    QCOMPARE(m_catalog.apps.size(), 1u);
    QCOMPARE(m_catalog.apps[0].appId, "shop");
    QCOMPARE(m_catalog.apps[0].lastSequence, 10u);
    QTRY_VERIFY(m_areIdsThere);
    QCOMPARE(m_ids.size(), 7);
    QCOMPARE(m_catalog.apps[0].clearedSequence, 3u);
    QCOMPARE(m_catalog.apps[0].lastId, std::string("10"));
    QCOMPARE(held(), numbers(4, 10));
}

void TestStore::unwritableFolderIsSaidAndTriedAgain()
{
    m_store->stop();
    // A file where the folder should be: true for root as well.
    QVERIFY(QDir(m_folder->filePath(u"logs"_s)).removeRecursively());
    QFile file(m_folder->filePath(u"logs"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    m_store = std::make_unique<Store>(Store::Config{m_folder->filePath(u"logs"_s), {}});
    QSignalSpy states(m_store.get(), &Store::stateChanged);
    QSignalSpy started(m_store.get(), &Store::started);
    QSignalSpy opened(m_store.get(), &Store::opened);
    QSignalSpy stored(m_store.get(), &Store::stored);
    m_store->start();
    QCOMPARE(started.size(), 1);
    QCOMPARE(opened.size(), 0);
    QCOMPARE(states.size(), 1);
    QVERIFY(!states.first().first().value<StoreState>().works);
    QVERIFY(!states.first().first().value<StoreState>().problem.isEmpty());
    m_store->write(batch(1, 3));
    m_store->makeDurable(1);
    QVERIFY(file.remove());
    QVERIFY(stored.wait(test::patienceMs));
    QCOMPARE(stored.last().at(1).toULongLong(), 1u);
    QVERIFY(states.last().first().value<StoreState>().works);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(started.size(), 1);
}

void TestStore::foldersThatComeLateKeepAll()
{
    // 10 entries are there; the folder is gone at the next start, and comes back when others wait.
    m_store->write(batch(1, 10));
    m_store->stop();
    const QString logs = m_folder->filePath(u"logs"_s);
    QVERIFY(QDir().rename(logs, logs + u"-away"_s));
    QFile file(logs);
    QVERIFY(file.open(QIODevice::WriteOnly));
    m_catalog = {};
    open();
    QSignalSpy stored(m_store.get(), &Store::stored);
    const auto numbered = [this](std::uint64_t sequence, const std::string& id) {
        LogBatch one("shop");
        one.setEpoch(m_catalog.epoch);
        one.setFirstSequence(sequence);
        one.append({id, 1, "info", "entry", "", true}, LogOrigin("shop", "ann"));
        return std::make_shared<const LogBatch>(std::move(one));
    };
    m_store->write(numbered(1, "a"));
    m_store->write(numbered(2, "b"));
    m_store->makeDurable(1);
    const LogBatchPtr onItsWay = numbered(3, "c"); // numbered before its sender hears of the opening
    QVERIFY(file.remove());
    QVERIFY(QDir().rename(logs + u"-away"_s, logs));
    QVERIFY(stored.wait(test::patienceMs));
    QCOMPARE(stored.last().at(1).toULongLong(), 1u);
    QCOMPARE(m_catalog.apps.size(), 1u);
    QCOMPARE(m_catalog.apps[0].sequenceShift, 10u);
    QCOMPARE(stored.last().at(2).value<StoredPlaces>()->at(0).sequence, 12u);
    QCOMPARE(stored.last().at(2).value<StoredPlaces>()->at(0).id, std::string("b"));
    m_store->write(onItsWay);
    m_store->write(numbered(14, "d"));
    QCOMPARE(held(), numbers(1, 10) + QStringList({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
}

void TestStore::aFolderThatIsTakenAwayIsNotWrittenTo()
{
    QSignalSpy stored(m_store.get(), &Store::stored);
    m_store->write(batch(1, 3));
    QVERIFY(stored.wait(test::patienceMs));
    const QString logs = m_folder->filePath(u"logs"_s);
    QVERIFY(QDir().rename(logs, logs + u"-away"_s));
    stored.clear();
    m_store->write(batch(4, 2));
    m_store->makeDurable(1);
    // It is written to a folder that is at its place.
    QVERIFY(stored.wait(test::patienceMs));
    QCOMPARE(stored.last().at(1).toULongLong(), 1u);
    QCOMPARE(held(), numbers(4, 5));
}

void TestStore::readersLetGoOfAFolderThatIsTakenAway()
{
    m_store->write(batch(1, 3));
    QCOMPARE(held(), numbers(1, 3)); // so they have the file open
    const QString logs = m_folder->filePath(u"logs"_s);
    QVERIFY(QDir().rename(logs, logs + u"-away"_s));
    QSignalSpy stored(m_store.get(), &Store::stored);
    m_store->write(batch(4, 2));
    QVERIFY(stored.wait(test::patienceMs));
    QCOMPARE(held(), numbers(4, 5));
}

void TestStore::filesThatMayNotBeWrittenAreTriedAgain()
{
    m_store->write(batch(1, 3));
    QCOMPARE(held(), numbers(1, 3));
    // As after a kill: what SQLite keeps beside the file is there, so all can be read.
    const QDir logs(m_folder->filePath(u"logs"_s));
    QTemporaryDir killed;
    for (const QString& name : logs.entryList(QDir::Files))
        QVERIFY(QFile::copy(logs.filePath(name), killed.filePath(name)));
    m_store->stop();
    const auto forEachFile = [&logs](const auto& act) {
        for (const QString& name : logs.entryList(QDir::Files))
            act(logs.filePath(name));
    };
    forEachFile([](const QString& path) { QFile::remove(path); });
    constexpr uid_t nobody = 65534;
    const bool isRoot = geteuid() == 0; // who may write everything
    if (isRoot) {
        QCOMPARE(chown(qPrintable(m_folder->path()), nobody, nobody), 0);
        QCOMPARE(chown(qPrintable(logs.path()), nobody, nobody), 0);
    }
    for (const QString& name : QDir(killed.path()).entryList(QDir::Files)) {
        QVERIFY(QFile::copy(killed.filePath(name), logs.filePath(name)));
        QVERIFY(!isRoot || chown(qPrintable(logs.filePath(name)), nobody, nobody) == 0);
    }
    forEachFile([](const QString& path) { QFile::setPermissions(path, QFile::ReadOwner); });
    QVERIFY(!isRoot || seteuid(nobody) == 0);
    const auto rootAgain = qScopeGuard([isRoot] {
        if (isRoot && seteuid(0) != 0)
            qFatal("not root again");
    });
    m_catalog = {};
    open();
    QSignalSpy stored(m_store.get(), &Store::stored);
    m_store->write(batch(1, 1));
    m_store->makeDurable(1);
    QVERIFY(!stored.wait(50));
    forEachFile([](const QString& path) { QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner); });
    QVERIFY(stored.wait(test::patienceMs));
    QCOMPARE(stored.last().at(1).toULongLong(), 1u);
    m_store->stop();
}

void TestStore::aPlaceThatIsTakenIsNoRepeat()
{
    QSignalSpy stored(m_store.get(), &Store::stored);
    m_store->write(batch(1, 3));
    QVERIFY(stored.wait(test::patienceMs));
    LogBatch other("shop");
    other.setEpoch(m_catalog.epoch);
    other.setFirstSequence(2);
    other.append({"x", 1, "info", "entry", "", true}, LogOrigin("shop", "ann"));
    stored.clear();
    m_store->write(std::make_shared<const LogBatch>(std::move(other)));
    m_store->makeDurable(1);
    QVERIFY(!held().contains(u"x"_s));
    QCOMPARE(stored.size(), 0);
}

void TestStore::anIdBeyondTheHubsMemoryIsComparedAgain()
{
    m_store->write(batch(1, 3));
    LogBatch again("shop");
    again.setEpoch(m_catalog.epoch);
    again.setFirstSequence(4);
    again.append({"2", 2, "info", "entry", "", true}, LogOrigin("shop", "ann")); // as it was
    again.append({"2", 2, "info", "another", "", true}, LogOrigin("shop", "ann"));
    again.append({"2", 2, "info", "another", "", true}, LogOrigin("shop", "ann"));
    QSignalSpy stored(m_store.get(), &Store::stored);
    m_store->write(std::make_shared<const LogBatch>(std::move(again)));
    const QStringList ids = held();
    // Where to go on from is the newest that stands there, by the id that it has got.
    QCOMPARE(stored.last().at(2).value<StoredPlaces>()->at(0).sequence, 6u);
    QCOMPARE(QString::fromStdString(stored.last().at(2).value<StoredPlaces>()->at(0).id), ids.last());
    QCOMPARE(ids.size(), 4);
    QCOMPARE(ids.mid(0, 3), numbers(1, 3));
    QCOMPARE(ids[3].size(), 26);
    // Nor is it lost if the id that it would get is another's as well.
    const NewLogEntry awaited{"3", 3, "info", "awaited", "", true};
    LogBatch last("shop");
    last.setEpoch(m_catalog.epoch);
    last.setFirstSequence(7);
    last.append({substituteEntryId(awaited, "ann"), 3, "info", "before it", "", true}, LogOrigin("shop", "bob"));
    last.append(awaited, LogOrigin("shop", "ann"));
    m_store->write(std::make_shared<const LogBatch>(std::move(last)));
    QCOMPARE(held().size(), 6);
}

void TestStore::idsAreKnownAcrossSegments()
{
    m_store->stop();
    m_store.reset();
    {
        LogRetention retention;
        retention.segmentEntries = 100;
        auto logs = LogStore::open(m_folder->filePath(u"logs"_s), retention);
        QVERIFY(logs);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(logs->write({batch(1 + 100 * i, 100)}, false));
            QVERIFY(logs->tidy(0));
        }
        QCOMPARE(logs->segments().size(), 4);
    }
    open();
    QTRY_VERIFY(m_areIdsThere);
    QCOMPARE(m_ids.size(), 300);
    QCOMPARE(m_ids.last(), u"1"_s);
    QCOMPARE(m_catalog.apps[0].lastId, std::string("300"));
}

void TestStore::fileThatBreaksWhileWritingIsReplaced()
{
    m_store->write(batch(1, 100));
    QCOMPARE(held(), numbers(1, 100));
    const QString path = m_folder->filePath(u"logs/logs-000001.db"_s);
    {
        // The pages of the table of entries, behind the writer's back; not the first, which says what it is. What another wrote, the
        // writer has to read again.
        auto other = Database::open(path, Database::Access::ReadWrite);
        QVERIFY(other->run("UPDATE meta SET created_ms=created_ms; PRAGMA wal_checkpoint(TRUNCATE)"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(4096));
        file.write(QByteArray(int(file.size()) - 4096, '\xff'));
    }
    QSignalSpy states(m_store.get(), &Store::stateChanged);
    QSignalSpy stored(m_store.get(), &Store::stored);
    m_store->write(batch(101, 4'000));
    if (stored.isEmpty())
        QVERIFY(stored.wait(test::patienceMs));
    QTRY_VERIFY(!states.isEmpty() && states.last().first().value<StoreState>().works);
    QCOMPARE(states.last().first().value<StoreState>().movedAside.size(), 1);
    QCOMPARE(held().last(), u"4100"_s);
}

void TestStore::checkpointsWaitWithTheirEntries()
{
    const auto with = [this](const std::string& id, const std::string& place) {
        LogBatch one("shop");
        one.setEpoch(m_catalog.epoch);
        one.setFirstSequence(1);
        one.append({id, 1, "info", "entry", "", true}, LogOrigin("shop", "ann"));
        one.setCheckpoint(std::make_shared<const Checkpoint>(Checkpoint{"x", place}));
        return std::make_shared<const LogBatch>(std::move(one));
    };
    m_store->write(with("a", "1"));
    m_store->writeCheckpoint(std::make_shared<const Checkpoint>(Checkpoint{"y", "alone"}));
    m_store->stop();
    // A folder that comes late: the later checkpoint is written with what waited.
    const QString logs = m_folder->filePath(u"logs"_s);
    QVERIFY(QDir().rename(logs, logs + u"-away"_s));
    QFile file(logs);
    QVERIFY(file.open(QIODevice::WriteOnly));
    m_catalog = {};
    open();
    m_store->write(with("b", "2"));
    m_store->makeDurable(1);
    QVERIFY(m_catalog.checkpoints.empty());
    QVERIFY(file.remove());
    QVERIFY(QDir().rename(logs + u"-away"_s, logs));
    QTRY_COMPARE(m_catalog.checkpoints, (std::vector<Checkpoint>{{"x", "1"}, {"y", "alone"}}));
    m_store->stop();
    open();
    QCOMPARE(m_catalog.checkpoints, (std::vector<Checkpoint>{{"x", "2"}, {"y", "alone"}}));
    QCOMPARE(held(), (QStringList{u"a"_s, u"b"_s}));
}

VIGIE_TEST(TestStore)
#include "tst_store.moc"
