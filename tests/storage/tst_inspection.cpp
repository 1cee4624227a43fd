// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/inspection.h"

#include "logbatches.h"
#include "storage/database/databasefile.h"
#include "storage/logs/logsegment.h"
#include "storage/logs/logstore.h"
#include "storage/figures/metricstore.h"
#include "testmain.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestInspection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closedSegment();
    void segmentThatIsWritten();
    void segmentAfterACrash_data();
    void segmentAfterACrash();
    void segmentOfNothing();
    void laterVersion();
    void brokenSegment();
    void cutSegment();
    void missingFile();
    void metrics();
    void damagedFigures();
};

namespace {

bool isSound(const Inspection& found)
{
    return found.problem.isEmpty() && !found.isNewer;
}

/// The content of a folder, to check that nothing changes. Shared memory is ignored where a writer runs in this process.
QMap<QString, std::pair<QByteArray, QDateTime>> contentOf(const QString& path, bool withShared = true)
{
    QMap<QString, std::pair<QByteArray, QDateTime>> content;
    for (const QFileInfo& info : QDir(path).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        if (info.fileName().endsWith("-shm"_L1) && !withShared)
            continue;
        if (file.open(QIODevice::ReadOnly))
            content[info.fileName()] = {file.readAll(), info.lastModified()};
    }
    return content;
}

LogStore storeOf(const QString& folder, int count)
{
    DatabaseResult<LogStore> store = LogStore::open(folder, {});
    LogBatch shop = batchOf("shop", numbers(1, count));
    shop.append({"late", 2000, "info", "m", "", true}, LogOrigin("shop", "bob"));
    shop.setFirstSequence(1);
    LogBatch bank = batchOf("bank", {"b"});
    bank.setFirstSequence(1);
    if (!store->write({std::make_shared<const LogBatch>(shop), std::make_shared<const LogBatch>(bank)}, true))
        qFatal("the store cannot be written");
    return std::move(*store);
}

void compareWithStore(const Inspection& found, int count)
{
    QCOMPARE(found.problem, QString());
    QVERIFY(isSound(found));
    QCOMPARE(found.schemaVersion, std::int64_t(LogSegment::schemaVersion));
    QCOMPARE(found.entries, std::int64_t(count + 2));
    QCOMPARE(found.oldestMs, std::int64_t(1000));
    QCOMPARE(found.newestMs, std::int64_t(2000));
    QCOMPARE(found.apps, (QStringList{u"bank"_s, u"shop"_s}));
    QVERIFY(found.bytes > 0);
}

} // namespace

void TestInspection::closedSegment()
{
    QTemporaryDir folder;
    (void)storeOf(folder.path(), 1'000);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"logs-000001.db"_s});
    const auto before = contentOf(folder.path());
    compareWithStore(inspectLogSegment(folder.filePath(u"logs-000001.db"_s)), 1'000);
    QCOMPARE(contentOf(folder.path()), before);
}

void TestInspection::segmentThatIsWritten()
{
    QTemporaryDir folder;
    LogStore store = storeOf(folder.path(), 1'000);
    const auto before = contentOf(folder.path(), false);
    QCOMPARE(before.size(), 2);
    compareWithStore(inspectLogSegment(folder.filePath(u"logs-000001.db"_s)), 1'000);
    QCOMPARE(contentOf(folder.path(), false), before);
    LogBatch more = batchOf("shop", {"more"});
    more.setFirstSequence(2'000);
    QVERIFY(store.write({std::make_shared<const LogBatch>(more)}, true));
    QCOMPARE(inspectLogSegment(folder.filePath(u"logs-000001.db"_s)).entries, std::int64_t(1'003));
}

void TestInspection::segmentAfterACrash_data()
{
    QTest::addColumn<bool>("withShared");
    QTest::newRow("all files") << true;
    QTest::newRow("a copy without the shared memory") << false;
}

void TestInspection::segmentAfterACrash()
{
    QFETCH(bool, withShared);
    QTemporaryDir live;
    LogStore store = storeOf(live.path(), 1'000);
    // What a killed program leaves: a write-ahead log that was not checkpointed.
    QTemporaryDir folder;
    for (const QString& name : QDir(live.path()).entryList(QDir::Files)) {
        if (withShared || !name.endsWith("-shm"_L1))
            QVERIFY(QFile::copy(live.filePath(name), folder.filePath(name)));
    }
    const auto before = contentOf(folder.path());
    compareWithStore(inspectLogSegment(folder.filePath(u"logs-000001.db"_s)), 1'000);
    QCOMPARE(contentOf(folder.path()), before);
}

void TestInspection::segmentOfNothing()
{
    QTemporaryDir folder;
    (void)*LogStore::open(folder.path(), {});
    const Inspection found = inspectLogSegment(folder.filePath(u"logs-000001.db"_s));
    QVERIFY(isSound(found));
    QCOMPARE(found.entries, std::int64_t(0));
    QFile empty(folder.filePath(u"logs-000002.db"_s));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    QVERIFY(isSound(inspectLogSegment(empty.fileName())));
}

void TestInspection::laterVersion()
{
    QTemporaryDir folder;
    (void)storeOf(folder.path(), 1);
    const QString path = folder.filePath(u"logs-000001.db"_s);
    {
        DatabaseResult<Database> database = Database::open(path, Database::Access::ReadWrite);
        QVERIFY(database->run("PRAGMA user_version=99"));
    }
    const Inspection found = inspectLogSegment(path);
    QVERIFY(!isSound(found));
    QVERIFY(found.isNewer);
    QCOMPARE(found.schemaVersion, std::int64_t(99));
}

void TestInspection::brokenSegment()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"logs-000001.db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100'000, '?'));
    file.close();
    const Inspection found = inspectLogSegment(file.fileName());
    QVERIFY(!isSound(found));
    QCOMPARE(found.problem, u"file is not a database"_s);
    QCOMPARE(found.bytes, std::int64_t(100'000));
}

void TestInspection::cutSegment()
{
    QTemporaryDir folder;
    (void)storeOf(folder.path(), 5'000);
    QFile file(folder.filePath(u"logs-000001.db"_s));
    QVERIFY(file.resize(file.size() / 2));
    QVERIFY(!isSound(inspectLogSegment(file.fileName())));
}

void TestInspection::missingFile()
{
    QTemporaryDir folder;
    QVERIFY(!isSound(inspectLogSegment(folder.filePath(u"logs-000001.db"_s))));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList());
}

void TestInspection::metrics()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"metrics.db"_s);
    DatabaseResult<MetricStore> store = MetricStore::open(path, {});
    QVERIFY(store);
    store->addTo("shop", 5'000, {{"orders", 3}});
    QVERIFY(store->write());
    const auto before = contentOf(folder.path(), false);
    const Inspection found = inspectMetrics(path);
    QCOMPARE(found.problem, QString());
    QVERIFY(found.entries > 0);
    QCOMPARE(found.apps, QStringList{u"shop"_s});
    QCOMPARE(contentOf(folder.path(), false), before);
}

void TestInspection::damagedFigures()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"metrics.db"_s);
    {
        DatabaseResult<MetricStore> store = MetricStore::open(path, {});
        QVERIFY(store);
        store->addTo("shop", 5'000, {{"orders", 3}});
        store->addTo("till", 5'000, {{"receipts", 3}});
        store->addProcesses(5'000, {{{1, u"init"_s, 0, 4'096}}, {}});
        QVERIFY(store->write());
    }
    QVERIFY(isSound(inspectMetrics(path)));
    const auto flipped = [&path](const char* sql) {
        auto database = Database::open(path, Database::Access::ReadWrite);
        return database && database->run(sql) && database->run("PRAGMA wal_checkpoint(TRUNCATE)");
    };
    QVERIFY(flipped("UPDATE chunk SET data = substr(data, 1, 8) || x'aa' || substr(data, 10) WHERE id = 1"));
    QCOMPARE(inspectMetrics(path).problem, u"1 of 3 chunks of figures are damaged"_s);
    QVERIFY(flipped("UPDATE processes SET data = substr(data, 1, 20) || x'aa' || substr(data, 22)"));
    QCOMPARE(inspectMetrics(path).problem, u"2 of 3 chunks of figures are damaged"_s);
}

VIGIE_TEST(TestInspection)
#include "tst_inspection.moc"
