// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/spoolfile.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSpoolFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesComeBackInOrder();
    void whatIsLeftIsTakenUp();
    void halfALineIsNone();
    void theOldestMakeRoom();
    void aLongLineComesAlone();
    void withoutAFolderItLiesInMemory();
    void otherFilesAreNone();
    void whatAFullDiskDoesNotTakeWaitsInMemory();
    void anEmptyFileIsDeleted();

private:
    static SpoolTarget target() { return {u"shop"_s, u"https://a:1"_s, u"/t"_s, {}}; }
};

void TestSpoolFile::linesComeBackInOrder()
{
    QTemporaryDir folder;
    SpoolFile spool(folder.filePath(u"spool"_s), target());
    QVERIFY(spool.isOnDisk());
    QVERIFY(spool.isEmpty());
    QCOMPARE(spool.append("one\ntwo\nthree\n"), 0);
    const SpoolFile::Part part = spool.read(1'000, 2);
    QCOMPARE(part.lines, "one\ntwo\n");
    QCOMPARE(part.count, 2);
    QCOMPARE(spool.read(1'000, 2).lines, "one\ntwo\n"); // until it is delivered
    spool.append("four\n");
    spool.setDelivered(part.end);
    QCOMPARE(spool.countLines(), 2);
    const SpoolFile::Part rest = spool.read(1'000, 100);
    QCOMPARE(rest.lines, "three\nfour\n");
    spool.setDelivered(rest.end);
    QVERIFY(spool.isEmpty());
    QCOMPARE(spool.read(1'000, 100).count, 0);
    spool.append("five\n");
    QCOMPARE(spool.read(1'000, 100).lines, "five\n");
    QCOMPARE(spool.read(6, 100).lines, "five\n");
}

void TestSpoolFile::whatIsLeftIsTakenUp()
{
    QTemporaryDir folder;
    {
        SpoolFile spool(folder.path(), target());
        spool.append("one\ntwo\n");
        spool.setDelivered(spool.read(100, 1).end);
        QCOMPARE(SpoolFile::pathsIn(folder.path()).size(), 1);
        QVERIFY(!SpoolFile::takeUp(SpoolFile::pathsIn(folder.path()).first())); // it is in use
    }
    const auto left = SpoolFile::takeUp(SpoolFile::pathsIn(folder.path()).first());
    QVERIFY(left);
    QVERIFY(left->target() == target());
    QCOMPARE(left->read(100, 100).lines, "two\n");
    left->remove();
    QVERIFY(SpoolFile::pathsIn(folder.path()).isEmpty());
}

void TestSpoolFile::halfALineIsNone()
{
    QTemporaryDir folder;
    {
        SpoolFile spool(folder.path(), target());
        spool.append("one\n");
    }
    const QString path = SpoolFile::pathsIn(folder.path()).first();
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append) && file.write("{\"half") > 0 && file.flush());
    const auto left = SpoolFile::takeUp(path);
    QVERIFY(left);
    QCOMPARE(left->read(100, 100).lines, "one\n");
    left->append("two\n");
    QCOMPARE(left->read(100, 100).lines, "one\ntwo\n");
}

void TestSpoolFile::theOldestMakeRoom()
{
    QTemporaryDir folder;
    SpoolFile spool(folder.path(), target(), 64 * 1024);
    std::uint64_t dropped = 0;
    for (int i = 0; i < 10'000; ++i)
        dropped += spool.append("entry " + std::to_string(i) + '\n');
    QVERIFY(dropped > 0);
    QVERIFY(spool.bytes() <= 64 * 1024);
    QCOMPARE(dropped + spool.countLines(), 10'000);
    const std::string first = spool.read(100, 1).lines;
    QCOMPARE(first, "entry " + std::to_string(dropped) + '\n');
    // What is in flight while it is dropped does not bring it back.
    const SpoolFile::Part part = spool.read(1'000, 10);
    while (spool.append("more and more\n") == 0) {}
    const std::uint64_t left = spool.countLines();
    spool.setDelivered(part.end);
    QCOMPARE(spool.countLines(), left);
}

void TestSpoolFile::aLongLineComesAlone()
{
    QTemporaryDir folder;
    SpoolFile spool(folder.path(), target());
    const std::string line = std::string(300'000, 'x') + '\n';
    spool.append(line + "two\n");
    const SpoolFile::Part part = spool.read(1'000, 100);
    QCOMPARE(part.lines, line);
    spool.setDelivered(part.end);
    QCOMPARE(spool.read(1'000, 100).lines, "two\n");
}

void TestSpoolFile::withoutAFolderItLiesInMemory()
{
    SpoolFile spool(u"/proc/nowhere"_s, target());
    QVERIFY(!spool.isOnDisk());
    spool.append("one\n");
    QCOMPARE(spool.read(100, 100).lines, "one\n");
}

void TestSpoolFile::otherFilesAreNone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.spool"_s);
    for (const QByteArray& text : {QByteArray(), QByteArray("vigie-spool 1 "), QByteArray("vigie-spool 1 zzzzzzzzzzzzzzzz\n{}\n"),
                                   QByteArray("vigie-spool 1 000000000000ffff\n{\"app\":\"\"}\none\n")}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QVERIFY(!SpoolFile::takeUp(path));
    }
}

void TestSpoolFile::whatAFullDiskDoesNotTakeWaitsInMemory()
{
    QTemporaryDir folder;
    rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = ::signal(SIGXFSZ, SIG_IGN);
    std::string all;
    {
        SpoolFile spool(folder.path(), target());
        const rlimit small{16 * 1024, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small); // a disk that takes no more
        std::uint64_t dropped = 0;
        for (int i = 0; i < 5'000; ++i) {
            const std::string line = "entry " + std::to_string(i) + '\n';
            dropped += spool.append(line);
            all += line;
        }
        QCOMPARE(dropped, 0);
        QVERIFY(spool.countPending() > 0);
        QCOMPARE(spool.countLines(), 5'000);
        std::string read;
        for (int i = 0; i < 3; ++i) { // out of the file, then out of memory
            const SpoolFile::Part part = spool.read(12 * 1024, 100'000);
            read += part.lines;
            spool.setDelivered(part.end);
        }
        QVERIFY(all.starts_with(read));
        QVERIFY(!read.empty());
        const std::uint64_t left = spool.countLines();
        ::setrlimit(RLIMIT_FSIZE, &before);
        QCOMPARE(spool.append("last\n"), 0);
        QCOMPARE(spool.countPending(), 0);
        QCOMPARE(spool.countLines(), left + 1);
        all = all.substr(read.size()) + "last\n";
    }
    ::signal(SIGXFSZ, handler);
    const auto left = SpoolFile::takeUp(SpoolFile::pathsIn(folder.path()).first());
    QVERIFY(left);
    QVERIFY(left->read(all.size() + 1, 100'000).lines == all);
}

void TestSpoolFile::anEmptyFileIsDeleted()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.spool"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    bool isNone = false;
    QVERIFY(!SpoolFile::takeUp(path, &isNone));
    QVERIFY(!isNone);
    QVERIFY(!QFile::exists(path));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("garbage") > 0);
    file.close();
    QVERIFY(!SpoolFile::takeUp(path, &isNone));
    QVERIFY(isNone);
    QVERIFY(QFile::exists(path));
}

VIGIE_TEST(TestSpoolFile)
#include "tst_spoolfile.moc"
