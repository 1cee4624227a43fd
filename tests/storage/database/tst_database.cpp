// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database/database.h"
#include "testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatIsBoundComesBack();
    void readersSeeCommittedRows();
    void migratesStepByStep();
    void failedStepChangesNothing();
    void newerFileIsRefused();
    void garbageIsCorrupt();
    void missingFileIsNotMadeByReader();

private:
    QString path() const { return m_folder->filePath(u"test.db"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDatabase::whatIsBoundComesBack()
{
    auto database = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(database);
    QVERIFY(database->run("CREATE TABLE t(a, b, c, d)"));
    auto insert = database->prepare("INSERT INTO t VALUES(?,?,?,?)");
    QVERIFY(insert);
    insert->bind(1, std::int64_t(-5));
    insert->bind(2, std::string_view());
    insert->bindBlob(3, std::string_view("a\0b", 3));
    insert->bindNull(4);
    QVERIFY(insert->run());
    auto select = database->prepare("SELECT * FROM t");
    QVERIFY(select);
    QVERIFY(*select->step());
    QCOMPARE(select->integer(0), -5);
    QVERIFY(!select->isNull(1));
    QVERIFY(select->bytes(1).empty());
    QCOMPARE(select->bytes(2), std::string_view("a\0b", 3));
    QVERIFY(select->isNull(3));
    QVERIFY(!*select->step());
}

void TestDatabase::readersSeeCommittedRows()
{
    auto writer = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(writer);
    QVERIFY(writer->run("CREATE TABLE t(a); BEGIN; INSERT INTO t VALUES(1)"));
    auto reader = Database::open(path(), Database::Access::ReadOnly);
    QVERIFY(reader);
    QCOMPARE(*reader->number("SELECT count(*) FROM t"), 0);
    QVERIFY(writer->run("COMMIT"));
    QCOMPARE(*reader->number("SELECT count(*) FROM t"), 1);
    QVERIFY(!reader->run("INSERT INTO t VALUES(2)"));
}

void TestDatabase::migratesStepByStep()
{
    const char* const first[] = {"CREATE TABLE t(a)"};
    const char* const second[] = {"CREATE TABLE t(a)", "ALTER TABLE t ADD b DEFAULT 7"};
    auto database = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(database->migrate(first));
    QVERIFY(database->run("INSERT INTO t VALUES(1)"));
    QVERIFY(database->migrate(second));
    QVERIFY(database->migrate(second));
    QCOMPARE(*database->number("SELECT b FROM t"), 7);
}

void TestDatabase::failedStepChangesNothing()
{
    const char* const steps[] = {"CREATE TABLE t(a)", "CREATE TABLE u(a); CREATE TABLE t(a)"};
    auto database = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(!database->migrate(steps));
    QCOMPARE(*database->number("PRAGMA user_version"), 1);
    QCOMPARE(*database->number("SELECT count(*) FROM sqlite_schema"), 1);
}

void TestDatabase::newerFileIsRefused()
{
    const char* const steps[] = {"CREATE TABLE t(a)"};
    auto database = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(database->run("PRAGMA user_version=2"));
    const auto outcome = database->migrate(steps);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().fault, DatabaseFault::Newer);
}

void TestDatabase::garbageIsCorrupt()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    for (const auto access : {Database::Access::ReadWrite, Database::Access::ReadOnly}) {
        const auto database = Database::open(path(), access);
        QVERIFY(!database);
        QCOMPARE(database.error().fault, DatabaseFault::Corrupt);
    }
}

void TestDatabase::missingFileIsNotMadeByReader()
{
    const auto database = Database::open(path(), Database::Access::ReadOnly);
    QVERIFY(!database);
    QCOMPARE(database.error().fault, DatabaseFault::ReadOnly);
    QVERIFY(!QFile::exists(path()));
}

VIGIE_TEST(TestDatabase)
#include "tst_database.moc"
