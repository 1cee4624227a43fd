// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are watched: what is read of them, and what is not.
#include "protocol/entryline.h"
#include "testmain.h"
#include "watchedfolder.h"

#include <sys/stat.h>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestFileSource : public test::WatchedFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { WatchedFolder::init(); }
    void cleanup() { WatchedFolder::cleanup(); }

    void readsWhatIsWrittenFromNowOn();
    void readsThePastOnRequest();
    void waitsForTheRestOfALine();
    void goesOnWhereItStood();
    void nulsAreSkipped();
    void newFoldersAreSeen();
    void linkThatMovesOn();
    void pipesAreRefused();
    void whatTheKernelMakesIsRefused();
    void namesAreShownAsUtf8();
    void entriesAreWhole();
    void whatIsRefusedIsReadLater();
    void thousandsOfNewFiles();
    void goesOnWhenItCan();
    void unwatchedIsForgotten();
    void correctedByItsOwner();
    void removedFilesLeaveNoPlace();
    void severalFilesAreNamed();
    void thePastOfANeighbourIsNotRead();
    void placesOfFilesThatLeaveAreForgotten();
};

void TestFileSource::readsWhatIsWrittenFromNowOn()
{
    write(u"a.log"_s, "old\n");
    start();
    QTRY_VERIFY(follows(u"a.log"_s));
    write(u"a.log"_s, "one\ntwo\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s}));
    QCOMPARE(stateOf(u"a.log"_s).entries, std::uint64_t(2));
    QCOMPARE(stateOf(u"a.log"_s).lagBytes, std::uint64_t(0));
}

void TestFileSource::readsThePastOnRequest()
{
    write(u"b.log"_s, "zero\n");
    pack(u"b.log"_s, u"a.log.1.gz"_s);
    write(u"a.log"_s, "one\n");
    start(u"a.log*"_s, true);
    QTRY_COMPARE(m_lines, (QStringList{u"zero"_s, u"one"_s}));
    // Once.
    stop();
    start(u"a.log*"_s, true);
    write(u"a.log"_s, "two\n");
    QTRY_COMPARE(m_lines, (QStringList{u"zero"_s, u"one"_s, u"two"_s}));
}

void TestFileSource::waitsForTheRestOfALine()
{
    start();
    QFile file(path(u"a.log"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    file.write("one\nhal");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s}));
    file.write("f\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"half"_s}));
    file.write("last");
    file.close(); // nothing follows
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"half"_s, u"last"_s}));
}

void TestFileSource::goesOnWhereItStood()
{
    start();
    write(u"a.log"_s, "one\ntwo\n");
    QTRY_COMPARE(m_lines.size(), 2);
    stop();
    write(u"a.log"_s, "three\n");
    write(u"b.log"_s, "other\n");
    start();
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    stop();
    // A file that came while nobody looked is new.
    QFile::remove(path(u"a.log"_s));
    write(u"c"_s, "");
    write(u"a.log"_s, "four\n");
    start();
    QTRY_COMPARE(m_lines.size(), 4);
    QCOMPARE(m_lines.last(), u"four"_s);
}

void TestFileSource::nulsAreSkipped()
{
    start();
    QFile writer(path(u"a.log"_s)); // without O_APPEND
    QVERIFY(writer.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    writer.write("one\ntwo\n" + QByteArray(100'000, 'x') + '\n');
    QTRY_COMPARE(m_lines.size(), 3);
    QVERIFY(::truncate(qPrintable(path(u"a.log"_s)), 0) == 0);
    writer.write("N220\n");
    QTRY_COMPARE(m_lines.size(), 4);
    QCOMPARE(m_lines.last(), u"N220"_s);
}

void TestFileSource::newFoldersAreSeen()
{
    start(u"*/logs/[ab]?.log"_s);
    QTRY_COMPARE(m_intake->board().sources().size(), std::size_t(1));
    QCOMPARE(m_intake->board().sources()[0].status, SourceStatus::Waiting);
    QVERIFY(QDir(m_folder->path()).mkpath(u"one/logs"_s));
    write(u"one/logs/a1.log"_s, "one\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s}));
    QVERIFY(QDir(m_folder->path()).mkpath(u"two/logs"_s));
    write(u"two/logs/c1.log"_s, "no\n");
    write(u"two/logs/b1.log"_s, "two\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s}));
    QVERIFY(m_metadata.last().contains(u"two/logs/b1.log"_s));
}

void TestFileSource::linkThatMovesOn()
{
    start(u"current.log"_s);
    write(u"a.1.log"_s, "one\n");
    QVERIFY(QFile::link(path(u"a.1.log"_s), path(u"current.log"_s)));
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s}));
    write(u"a.2.log"_s, "three\n");
    write(u"a.1.log"_s, "two\n");
    QVERIFY(QFile::link(path(u"a.2.log"_s), path(u"new"_s)));
    rename(u"new"_s, u"current.log"_s);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
}

void TestFileSource::pipesAreRefused()
{
    QVERIFY(::mkfifo(qPrintable(path(u"a.log"_s)), 0600) == 0);
    QVERIFY(QFile::link(u"/dev/zero"_s, path(u"b.log"_s)));
    start(u"*.log"_s);
    QTRY_COMPARE(stateOf(u"a.log"_s).status, SourceStatus::Failing);
    QCOMPARE(stateOf(u"b.log"_s).status, SourceStatus::Failing);
    QVERIFY(stateOf(u"a.log"_s).problem.starts_with("unreadable: "));
}

void TestFileSource::whatTheKernelMakesIsRefused()
{
    // Vigie's own environment: it has no size, and ever more bytes.
    QVERIFY(QFile::link(u"/proc/self/environ"_s, path(u"a.log"_s)));
    QVERIFY(QFile::link(u"/sys/kernel/uevent_seqnum"_s, path(u"b.log"_s)));
    write(u"c.log"_s, "one\n");
    start(u"*.log"_s, true);
    QTRY_COMPARE(stateOf(u"a.log"_s).status, SourceStatus::Failing);
    QCOMPARE(stateOf(u"b.log"_s).status, SourceStatus::Failing);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s}));
}

void TestFileSource::namesAreShownAsUtf8()
{
    const std::string name = path(u"a"_s).toStdString() + "\xff.log";
    std::FILE* const file = std::fopen(name.c_str(), "w");
    QVERIFY(file && std::fputs("one\n{\"msg\":\"two\"}\n", file) >= 0);
    std::fclose(file);
    start(u"*.log"_s, true);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s}));
    for (const QString& metadata : m_metadata)
        QCOMPARE(metadata, u"{\"file\":\"a\uFFFD.log\"}"_s);
    QCOMPARE(stateOf(u"a\uFFFD.log"_s).name, path(u"a\uFFFD.log"_s).toStdString());
    std::remove(name.c_str()); // QTemporaryDir does not find it
}

/// What is kept can be exported and imported: it has a level and a user, as they may be.
void TestFileSource::entriesAreWhole()
{
    QStringList origins;
    connect(m_hub.get(), &Hub::logsAccepted, this, [&origins](const LogBatchPtr& batch) {
        EntryLineReader reader("shop");
        for (std::size_t i = 0; i < batch->size(); ++i)
            origins.append(QString::fromStdString(std::string(batch->level(i)).substr(0, 5) + ' ' + std::string(batch->userId(i)) + ' ' + (reader.read(batch->json(i)) ? "good" : "bad")));
    });
    start();
    const QByteArray longName(1'000, 'x');
    write(u"a.log"_s, "one\n{\"level\":\"" + longName + "\",\"msg\":\"two\",\"userId\":\"" + longName + "\"}\n{\"msg\":\"three\",\"userId\":\"ann\"}\n");
    QTRY_COMPARE(origins, (QStringList{u"info file good"_s, u"xxxxx file good"_s, u"info ann good"_s}));
}

void TestFileSource::whatIsRefusedIsReadLater()
{
    m_intake.reset();
    m_hub = std::make_unique<Hub>(1);
    m_intake = std::make_unique<Intake>(*m_hub);
    connect(m_hub.get(), &Hub::logsAccepted, this, [this](const LogBatchPtr& batch) {
        for (std::size_t i = 0; i < batch->size(); ++i)
            m_lines.append(QString::fromStdString(std::string(batch->message(i))));
    });
    m_settings.files = {{path(u"b.log"_s), u"mill"_s, {}, {}, false}};
    write(u"b.log"_s, "");
    write(u"a.log"_s, "old\n");
    m_source = std::make_unique<FileSource>(*m_intake);
    m_source->apply(m_settings);
    places();
    write(u"b.log"_s, "one\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s}));
    // One application more than may send; then its owner makes it the other's.
    m_settings.files.push_back({path(u"a.log"_s), u"shop"_s, {}, {}, false});
    m_source->apply(m_settings);
    places();
    write(u"a.log"_s, "two\n");
    QTRY_COMPARE(stateOf(u"a.log"_s).status, SourceStatus::Failing);
    places();
    m_settings.files[1].appId = u"mill"_s;
    m_source->apply(m_settings);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s}));
}

void TestFileSource::thousandsOfNewFiles()
{
    constexpr int count = 2'000;
    start(u"*.log"_s);
    QStringList expected;
    for (int i = 0; i < count; ++i) {
        expected.append(u"line of %1"_s.arg(i));
        write(u"f%1.log"_s.arg(i), expected.last().toUtf8() + '\n');
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_lines.size(), count, 60'000);
    std::ranges::sort(m_lines);
    std::ranges::sort(expected);
    QCOMPARE(m_lines, expected);
}

void TestFileSource::goesOnWhenItCan()
{
    QVERIFY(QFile::link(path(u"target"_s), path(u"a.log"_s)));
    start();
    QTRY_COMPARE(stateOf(u"a.log"_s).status, SourceStatus::Failing);
    write(u"target"_s, "one\n");
    QVERIFY(QFile::link(path(u"target"_s), path(u"new"_s)));
    rename(u"new"_s, u"a.log"_s);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s}));
    QTRY_COMPARE(stateOf(u"a.log"_s).status, SourceStatus::Following);
    QCOMPARE(stateOf(u"a.log"_s).problem, std::string());
}

void TestFileSource::unwatchedIsForgotten()
{
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    m_source->apply({});
    write(u"a.log"_s, "two\n");
    QTRY_COMPARE(places(), std::size_t(0));
    // Watched again, it is read from now on.
    m_source->apply(m_settings);
    places();
    QTRY_VERIFY(follows(u"a.log"_s));
    write(u"a.log"_s, "three\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"three"_s}));
}

void TestFileSource::correctedByItsOwner()
{
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    m_settings.files[0].timeZone = u"Europe/Paris"_s;
    m_source->apply(m_settings);
    write(u"a.log"_s, "two\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s}));
}

void TestFileSource::removedFilesLeaveNoPlace()
{
    start(u"*.log"_s);
    write(u"a.log"_s, "one\n");
    write(u"b.log"_s, "two\n");
    QTRY_COMPARE(m_lines.size(), 2);
    QCOMPARE(places(), std::size_t(2));
    stop();
    QVERIFY(QFile::remove(path(u"a.log"_s)));
    start(u"*.log"_s);
    QTRY_COMPARE(places(), std::size_t(1));
}

void TestFileSource::severalFilesAreNamed()
{
    start(u"*.log"_s);
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_metadata, (QStringList{uR"({"file":"a.log"})"_s}));
    write(u"a.log"_s, R"({"msg":"two","n":1})" "\n");
    QTRY_COMPARE(m_metadata.size(), 2);
    QCOMPARE(m_metadata.last(), uR"({"file":"a.log","n":1})"_s);
}

/// Two logs whose names begin alike are not one: what was rotated of the second is older than what the first one has last.
void TestFileSource::thePastOfANeighbourIsNotRead()
{
    const auto changed = [this](const QString& name, std::chrono::hours ago) {
        std::filesystem::last_write_time(path(name).toStdString(), std::filesystem::file_time_type::clock::now() - ago);
    };
    write(u"app.error.log"_s, "error\n");
    write(u"app.log.1"_s, "past\n");
    write(u"app.log"_s, "before\n");
    changed(u"app.error.log"_s, std::chrono::hours(100));
    changed(u"app.log.1"_s, std::chrono::hours(5));
    start(u"*.log"_s);
    QTRY_VERIFY(follows(u"app.log"_s));
    write(u"app.log"_s, "new\n");
    QTRY_COMPARE(m_lines, QStringList{u"new"_s});
    QTest::qWait(300);
    QCOMPARE(m_lines.size(), 1);
}

void TestFileSource::placesOfFilesThatLeaveAreForgotten()
{
    start(u"now-*.log"_s);
    for (int i = 0; i < 3; ++i) {
        write(u"now-%1.log"_s.arg(i), "line\n");
        QTRY_COMPARE(m_lines.size(), i + 1);
        rename(u"now-%1.log"_s.arg(i), u"done-%1.log"_s.arg(i));
    }
    QTRY_COMPARE(places(), std::size_t(0));
}

VIGIE_TEST(TestFileSource)
#include "tst_filesource.moc"
