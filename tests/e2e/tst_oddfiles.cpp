// SPDX-License-Identifier: GPL-3.0-or-later
// Names at which another kind of file stands, and files that cannot be written to their end.
#include "commands.h"
#include "testmain.h"

#include <QDir>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestOddFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pipesAreNotWaitedFor_data();
    void pipesAreNotWaitedFor();
    void aPipeWithoutAReaderIsNotWaitedFor();
    void aPipeWithAReaderIsWrittenTo();
    void whyTheEndCouldNotBeWrittenIsSaid();
};

namespace {

bool makePipe(const QString& path)
{
    return QDir().mkpath(QFileInfo(path).path()) && ::mkfifo(QFile::encodeName(path).constData(), 0600) == 0;
}

} // namespace

void TestOddFiles::pipesAreNotWaitedFor_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("starts");
    QTest::newRow("settings") << u"settings.json"_s << false;
    QTest::newRow("lock") << u"lock"_s << false;
    QTest::newRow("certificate") << u"tls-certificate.pem"_s << false;
    QTest::newRow("figures") << u"metrics.db"_s << true;
    QTest::newRow("logs") << u"logs/logs-000001.db"_s << true;
    QTest::newRow("tokens") << u"access.db"_s << true;
}

/// As any other file that cannot be read: without its settings, Vigie does not start; without its history, it does.
void TestOddFiles::pipesAreNotWaitedFor()
{
    QFETCH(QString, name);
    QFETCH(bool, starts);
    VigieProcess vigie;
    QVERIFY(makePipe(vigie.dataDir() + u'/' + name));
    QVERIFY(write(vigie.dataDir() + u"/tls-key.pem"_s, {})); // else the pair is made
    if (name != "tls-certificate.pem"_L1 && !name.startsWith("logs"_L1)) { // it looks at neither
        QCOMPARE(vigie.run({u"doctor"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
        QVERIFY2(vigie.out().contains("it is not a regular file"), vigie.out().constData());
    }
    if (starts) {
        QVERIFY(vigie.start());
        const auto isSaid = [&vigie] { return vigie.err().contains("it is not a regular file"); };
        QVERIFY2(waitUntil(isSaid), vigie.err().constData());
        QCOMPARE(vigie.stop(), 0);
        return;
    }
    QCOMPARE(vigie.run({u"--headless"_s, u"--tls"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("it is not a regular file") && vigie.err().contains(name.toLocal8Bit()),
             vigie.err().constData());
}

void TestOddFiles::aPipeWithoutAReaderIsNotWaitedFor()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 10)));
    const QString pipe = vigie.dataDir() + u"/pipe"_s;
    QVERIFY(makePipe(pipe));
    QCOMPARE(vigie.run({u"export"_s, u"--app"_s, u"shop"_s, u"--output"_s, pipe, u"--data-dir"_s, vigie.dataDir()}), 1);
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("/pipe: nobody reads from it"), vigie.err().constData());
}

/// As `vigie export --output >(gzip > file)` in a shell.
void TestOddFiles::aPipeWithAReaderIsWrittenTo()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 10)));
    QCOMPARE(vigie.command({u"export"_s, u"--app"_s, u"shop"_s, u"--output"_s, u"/dev/stdout"_s}).count('\n'), 10);
}

void TestOddFiles::whyTheEndCouldNotBeWrittenIsSaid()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"a long message "_s, 1, 1'000)));
    vigie.prepareProcess([] { // as a full file system, which a test cannot make
        const rlimit limit{50'000, 50'000}; // more than the store's shared memory
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
    });
    const QString path = vigie.dataDir() + u"/out.jsonl"_s;
    QCOMPARE(vigie.run({u"export"_s, u"--app"_s, u"shop"_s, u"--output"_s, path, u"--data-dir"_s, vigie.dataDir()}), 1);
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("out.jsonl: File too large"), vigie.err().constData());
    QVERIFY(!QFile::exists(path));
}

VIGIE_TEST(TestOddFiles)
#include "tst_oddfiles.moc"
