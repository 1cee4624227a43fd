// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are watched, across everything that is done to log files: each line once, in its order.
#include "hub/hub.h"
#include "intake/intake.h"
#include "patience.h"
#include "protocol/entryline.h"
#include "sources/filesource.h"
#include "testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <sys/stat.h>
#include <zlib.h>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestFileSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void readsWhatIsWrittenFromNowOn();
    void readsThePastOnRequest();
    void waitsForTheRestOfALine();
    void goesOnWhereItStood();
    void oldLinesComeBeforeNewOnes();
    void renamedWhileNobodyLooked();
    void rotatedTwiceWhileNobodyLooked();
    void copiedAndTruncated();
    void copiedAndTruncatedWhereThePatternMeansTheCopy();
    void copiedAndTruncatedWhileNobodyLooked();
    void truncatedToAsMuchAsThereWas();
    void nulsAreSkipped();
    void packedIsNotReadAgain();
    void packedWhileNobodyLooked();
    void theRestOfAPackedFileIsRead();
    void plainCopyIsNotReadTwice();
    void sameBeginningIsNoCopy();
    void countingUp();
    void newFoldersAreSeen();
    void linkThatMovesOn();
    void pipesAreRefused();
    void whatTheKernelMakesIsRefused();
    void namesAreShownAsUtf8();
    void anotherFileWithTheNumberOfAPackedOne();
    void aPackedFileThatIsStillWritten();
    void slowlyPackedIsNotReadAgain();
    void copiedAndTruncatedBeforeItWasRead();
    void entriesAreWhole();
    void whatIsRefusedIsReadLater();
    void thousandsOfNewFiles();
    void goesOnWhenItCan();
    void unwatchedIsForgotten();
    void correctedByItsOwner();
    void removedFilesLeaveNoPlace();
    void severalFilesAreNamed();
    void thePastOfANeighbourIsNotRead();
    void whatWasRotatedLongAgoIsNotReadAgain();
    void copiedAndTruncatedTwice();
    void aNewFileThatBeginsLikeTheOldOne();
    void rotatedFilesThatBeginAlike();
    void placesOfFilesThatLeaveAreForgotten();

private:
    void start(const QString& pattern = u"a.log"_s, bool takesPast = false);
    void stop();
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& text, QIODevice::OpenMode mode = QIODevice::Append);
    void rename(const QString& from, const QString& to) { QVERIFY(::rename(qPrintable(path(from)), qPrintable(path(to))) == 0); }
    void copy(const QString& from, const QString& to) { QVERIFY(QFile::copy(path(from), path(to))); }
    void pack(const QString& from, const QString& to);
    SourceState stateOf(const QString& name) const;
    /// Waits until the source stands where the file ends.
    bool follows(const QString& name) const { return stateOf(name).status == SourceStatus::Following; }
    std::size_t places();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<FileSource> m_source;
    SourceSettings m_settings;
    QStringList m_lines;
    QStringList m_metadata;
};

void TestFileSource::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_hub = std::make_unique<Hub>();
    m_intake = std::make_unique<Intake>(*m_hub);
    m_lines.clear();
    m_metadata.clear();
    m_settings = {};
    connect(m_hub.get(), &Hub::logsAccepted, this, [this](const LogBatchPtr& batch) {
        for (std::size_t i = 0; i < batch->size(); ++i) {
            m_lines.append(QString::fromStdString(std::string(batch->message(i))));
            m_metadata.append(QString::fromStdString(std::string(batch->metadataJson(i))));
        }
    });
}

void TestFileSource::cleanup()
{
    m_source.reset();
    m_intake.reset();
    m_hub.reset();
}

void TestFileSource::start(const QString& pattern, bool takesPast)
{
    m_settings.files = {{path(pattern), u"shop"_s, {}, {}, takesPast}};
    m_source = std::make_unique<FileSource>(*m_intake);
    m_source->apply(m_settings);
    places(); // asked behind the source: it knows its own by then
}

void TestFileSource::stop()
{
    m_source.reset();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void TestFileSource::write(const QString& name, const QByteArray& text, QIODevice::OpenMode mode)
{
    QFile file(path(name));
    QVERIFY2(file.open(mode == QIODevice::Append ? QIODevice::Append : mode), qPrintable(name));
    QCOMPARE(file.write(text), text.size());
}

void TestFileSource::pack(const QString& from, const QString& to)
{
    QFile file(path(from));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const gzFile packed = gzopen(qPrintable(path(to)), "wb");
    QCOMPARE(gzwrite(packed, bytes.constData(), unsigned(bytes.size())), int(bytes.size()));
    QCOMPARE(gzclose(packed), Z_OK);
    // As long ago that nobody is writing to it any more.
    std::filesystem::last_write_time(path(to).toStdString(), std::filesystem::file_time_type::clock::now() - std::chrono::seconds(5));
    QVERIFY(QFile::remove(path(from)));
}

SourceState TestFileSource::stateOf(const QString& name) const
{
    for (const SourceState& state : m_intake->board().sources()) {
        if (state.id == "file:" + path(name).toStdString())
            return state;
    }
    return {};
}

/// Checkpoints of files that are kept.
std::size_t TestFileSource::places()
{
    std::size_t count = 0;
    IntakeQueue queue(*m_intake, "file:", Durability::Any, IntakeQueue::usualBytes, Checkpoints::Many);
    bool isTold = false;
    connect(&queue, &IntakeQueue::placesRestored, this, [&](const std::vector<Checkpoint>& all) {
        count = std::size_t(std::ranges::count_if(all, [](const Checkpoint& one) { return FileKey::fromName(one.source).has_value(); }));
        isTold = true;
    });
    while (!isTold)
        QCoreApplication::processEvents();
    return count;
}

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

void TestFileSource::oldLinesComeBeforeNewOnes()
{
    start();
    QFile writer(path(u"a.log"_s));
    QVERIFY(writer.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    writer.write("one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    rename(u"a.log"_s, u"a.log.1"_s);
    write(u"a.log"_s, "four\n");
    QTRY_VERIFY(m_source->findChildren<QTimer*>().size() > 0);
    QTest::qWait(200);
    writer.write("two\nthree\n"); // whoever writes has not heard of it yet
    QTRY_COMPARE(m_lines.size(), 3);
    writer.close();
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
}

void TestFileSource::renamedWhileNobodyLooked()
{
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    stop();
    write(u"a.log"_s, "two\n");
    rename(u"a.log"_s, u"a.log.1"_s);
    write(u"a.log"_s, "three\n");
    start();
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
}

void TestFileSource::rotatedTwiceWhileNobodyLooked()
{
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    stop();
    write(u"a.log"_s, "two\n");
    rename(u"a.log"_s, u"a.log.2"_s);
    QTest::qWait(20); // the times of files tell which is older
    write(u"a.log.1"_s, "three\n");
    QTest::qWait(20);
    write(u"a.log"_s, "four\n");
    start();
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
}

void TestFileSource::copiedAndTruncated()
{
    start();
    write(u"a.log"_s, "one is the first\n");
    QTRY_COMPARE(m_lines.size(), 1);
    // All of it before anybody can look.
    write(u"a.log"_s, "two\nthree\n");
    copy(u"a.log"_s, u"a.log.1"_s);
    write(u"a.log"_s, "four\n", QIODevice::WriteOnly | QIODevice::Truncate);
    QTRY_COMPARE(m_lines, (QStringList{u"one is the first"_s, u"two"_s, u"three"_s, u"four"_s}));
    write(u"a.log"_s, "five\n");
    QTRY_COMPARE(m_lines.size(), 5);
}

void TestFileSource::copiedAndTruncatedWhereThePatternMeansTheCopy()
{
    start(u"a.log*"_s);
    write(u"a.log"_s, "one\ntwo\n");
    QTRY_COMPARE(m_lines.size(), 2);
    copy(u"a.log"_s, u"a.log.1"_s);
    QTRY_VERIFY(!stateOf(u"a.log.1"_s).id.empty());
    write(u"a.log"_s, "three\n", QIODevice::WriteOnly | QIODevice::Truncate);
    QTRY_COMPARE(m_lines.size(), 3);
    write(u"a.log"_s, "four\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
    stop();
    start(u"a.log*"_s);
    write(u"a.log"_s, "five\n");
    QTRY_COMPARE(m_lines.last(), u"five"_s);
    QCOMPARE(m_lines.size(), 5);
}

void TestFileSource::copiedAndTruncatedWhileNobodyLooked()
{
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    stop();
    write(u"a.log"_s, "two\n");
    copy(u"a.log"_s, u"a.log.1"_s);
    write(u"a.log"_s, "three\nand more than there was\n", QIODevice::WriteOnly | QIODevice::Truncate);
    start();
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s, u"and more than there was"_s}));
}

void TestFileSource::truncatedToAsMuchAsThereWas()
{
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    write(u"a.log"_s, "two\n", QIODevice::WriteOnly | QIODevice::Truncate);
    QTRY_COMPARE(m_lines.size(), 2);
    write(u"a.log"_s, "three is longer than that\n", QIODevice::WriteOnly | QIODevice::Truncate);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three is longer than that"_s}));
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

void TestFileSource::packedIsNotReadAgain()
{
    start(u"a.log*"_s, true);
    write(u"a.log"_s, "one\ntwo\n");
    QTRY_COMPARE(m_lines.size(), 2);
    rename(u"a.log"_s, u"a.log.1"_s);
    write(u"a.log"_s, "three\n");
    QTRY_COMPARE(m_lines.size(), 3);
    pack(u"a.log.1"_s, u"a.log.2.gz"_s);
    write(u"a.log"_s, "four\n");
    QTRY_COMPARE(m_lines.size(), 4);
    stop();
    start(u"a.log*"_s, true);
    write(u"a.log"_s, "five\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s, u"five"_s}));
}

void TestFileSource::packedWhileNobodyLooked()
{
    start(u"a.log*"_s, true);
    write(u"a.log"_s, "one\ntwo\n");
    QTRY_COMPARE(m_lines.size(), 2);
    stop();
    pack(u"a.log"_s, u"a.log.1.gz"_s);
    write(u"a.log"_s, "three\n");
    start(u"a.log*"_s, true);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    stop();
    rename(u"a.log.1.gz"_s, u"a.log.2.gz"_s);
    start(u"a.log*"_s, true);
    write(u"a.log"_s, "four\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
}

void TestFileSource::theRestOfAPackedFileIsRead()
{
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    stop();
    write(u"a.log"_s, "two\n");
    pack(u"a.log"_s, u"a.log.1.gz"_s);
    write(u"a.log"_s, "three\n");
    start();
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
}

void TestFileSource::plainCopyIsNotReadTwice()
{
    start(u"*.log"_s);
    write(u"a.log"_s, "one\ntwo\n");
    QTRY_COMPARE(m_lines.size(), 2);
    copy(u"a.log"_s, u"b.log"_s);
    write(u"a.log"_s, "three\n");
    QTRY_COMPARE(m_lines.size(), 3);
    QTRY_VERIFY(follows(u"b.log"_s)); // it is a file of its own from here
    write(u"b.log"_s, "four\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
}

void TestFileSource::sameBeginningIsNoCopy()
{
    const QByteArray banner = QByteArray(300, '=') + '\n';
    start(u"*.log"_s);
    write(u"a.log"_s, banner + "one\n");
    QTRY_COMPARE(m_lines.size(), 2);
    write(u"b.log"_s, banner + "two\n");
    QTRY_COMPARE(m_lines.size(), 4);
    QCOMPARE(m_lines.last(), u"two"_s);
}

void TestFileSource::countingUp()
{
    start(u"app-*.log*"_s);
    QStringList expected;
    for (int i = 9; i < 12; ++i) {
        write(u"app-%1.log"_s.arg(i), "line " + QByteArray::number(i) + '\n');
        expected.append(u"line %1"_s.arg(i));
        QTRY_COMPARE(m_lines, expected);
    }
    stop();
    write(u"app-12.log"_s, "line 12\n");
    QTest::qWait(20); // the times of files tell which is older
    write(u"app-100.log"_s, "line 100\n");
    start(u"app-*.log*"_s);
    QTRY_COMPARE(m_lines, (expected + QStringList{u"line 12"_s, u"line 100"_s}));
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

void TestFileSource::anotherFileWithTheNumberOfAPackedOne()
{
    write(u"b"_s, "zero\n");
    pack(u"b"_s, u"a.log.1.gz"_s);
    start(u"a.log*"_s, true);
    QTRY_COMPARE(m_lines, (QStringList{u"zero"_s}));
    QTRY_COMPARE(stateOf(u"a.log.1.gz"_s).status, SourceStatus::Ended);
    // The same number, as when the packed one was removed and its number given to the next file.
    write(u"a.log.1.gz"_s, "one\n", QIODevice::WriteOnly | QIODevice::Truncate);
    rename(u"a.log.1.gz"_s, u"a.log"_s);
    QTRY_COMPARE(m_lines, (QStringList{u"zero"_s, u"one"_s}));
    write(u"a.log"_s, "two\n");
    QTRY_COMPARE(m_lines.size(), 3);
}

void TestFileSource::aPackedFileThatIsStillWritten()
{
    QByteArray text;
    for (int i = 0; i < 5'000; ++i)
        text += "line " + QByteArray::number(i * 7919 % 104'729) + '\n';
    write(u"b"_s, text);
    pack(u"b"_s, u"whole"_s);
    QFile whole(path(u"whole"_s));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    write(u"a.log.1.gz"_s, bytes.first(bytes.size() / 2));
    std::filesystem::last_write_time(path(u"a.log.1.gz"_s).toStdString(), std::filesystem::file_time_type::clock::now() - std::chrono::seconds(5));
    start(u"a.log*"_s, true);
    QTRY_VERIFY(follows(u"a.log.1.gz"_s));
    QTRY_VERIFY(m_lines.size() > 100);
    QVERIFY(m_lines.size() < 5'000);
    QVERIFY(stateOf(u"a.log.1.gz"_s).notes.empty());
    write(u"a.log.1.gz"_s, bytes.mid(bytes.size() / 2));
    QTRY_COMPARE(m_lines.size(), 5'000);
    QCOMPARE(m_lines.join(u'\n').toUtf8() + '\n', text);
    QTRY_COMPARE(stateOf(u"a.log.1.gz"_s).status, SourceStatus::Ended);
}

void TestFileSource::slowlyPackedIsNotReadAgain()
{
    QByteArray text;
    for (int i = 0; i < 5'000; ++i)
        text += "line " + QByteArray::number(i * 7919 % 104'729) + '\n';
    start(u"a.log*"_s, true);
    write(u"a.log"_s, text);
    QTRY_COMPARE(m_lines.size(), 5'000);
    copy(u"a.log"_s, u"b"_s);
    pack(u"b"_s, u"whole"_s);
    QFile whole(path(u"whole"_s));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    rename(u"a.log"_s, u"a.log.1"_s);
    const auto writePacked = [&](const QByteArray& part) {
        write(u"half"_s, part, QIODevice::WriteOnly | QIODevice::Truncate);
        std::filesystem::last_write_time(path(u"half"_s).toStdString(), std::filesystem::file_time_type::clock::now() - std::chrono::seconds(5));
        rename(u"half"_s, u"a.log.1.gz"_s);
    };
    writePacked(bytes.first(bytes.size() / 2));
    write(u"a.log"_s, "new\n");
    QTRY_COMPARE(m_lines.size(), 5'001);
    writePacked(bytes);
    QVERIFY(QFile::remove(path(u"a.log.1"_s)));
    write(u"a.log"_s, "newer\n");
    QTRY_COMPARE(m_lines.size(), 5'002);
    stop();
    start(u"a.log*"_s, true);
    write(u"a.log"_s, "newest\n");
    QTRY_COMPARE(m_lines.last(), u"newest"_s);
    QCOMPARE(m_lines.size(), 5'003);
}

void TestFileSource::copiedAndTruncatedBeforeItWasRead()
{
    write(u"a.log"_s, "");
    start();
    QTRY_VERIFY(follows(u"a.log"_s));
    // All of it before anybody can look.
    write(u"a.log"_s, "one\ntwo\n");
    copy(u"a.log"_s, u"a.log.1"_s);
    write(u"a.log"_s, "three\n", QIODevice::WriteOnly | QIODevice::Truncate);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    write(u"a.log"_s, "four\n");
    QTRY_COMPARE(m_lines.size(), 4);
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

void TestFileSource::whatWasRotatedLongAgoIsNotReadAgain()
{
    write(u"a.log.2"_s, "past\n");
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    write(u"a.log.2"_s, "late\n"); // by somebody who has it open still
    rename(u"a.log"_s, u"a.log.1"_s);
    write(u"a.log"_s, "two\n");
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s}));
    QTest::qWait(300);
    QCOMPARE(m_lines.size(), 2);
}

void TestFileSource::copiedAndTruncatedTwice()
{
    start();
    write(u"a.log"_s, "one is the first\n");
    QTRY_COMPARE(m_lines.size(), 1);
    for (const QByteArray line : {"two is the next", "three comes then"}) {
        QTest::qWait(20);
        if (QFile::exists(path(u"a.log.1"_s)))
            rename(u"a.log.1"_s, u"a.log.2"_s);
        copy(u"a.log"_s, u"a.log.1"_s);
        write(u"a.log"_s, {}, QIODevice::WriteOnly | QIODevice::Truncate);
        QTest::qWait(300);
        const qsizetype before = m_lines.size();
        write(u"a.log"_s, line + '\n');
        QTRY_COMPARE(m_lines.size(), before + 1);
        // What leaves is waited for; then the copy is known no more.
        QTest::qWait(11'000);
    }
    QCOMPARE(m_lines, (QStringList{u"one is the first"_s, u"two is the next"_s, u"three comes then"_s}));
}

void TestFileSource::aNewFileThatBeginsLikeTheOldOne()
{
    start();
    write(u"a.log"_s, "done\n");
    QTRY_COMPARE(m_lines.size(), 1);
    rename(u"a.log"_s, u"a.log.1"_s);
    QTest::qWait(11'000); // until it is not waited for any more
    write(u"a.log"_s, "done\n");
    QTRY_COMPARE(m_lines, (QStringList{u"done"_s, u"done"_s}));
}

void TestFileSource::rotatedFilesThatBeginAlike()
{
    start();
    write(u"a.log"_s, "# shop\n");
    QTRY_COMPARE(m_lines.size(), 1);
    stop();
    write(u"a.log"_s, "one\n");
    rename(u"a.log"_s, u"a.log.2"_s);
    QTest::qWait(20);
    write(u"a.log.1"_s, "# shop\ntwo\n");
    QTest::qWait(20);
    write(u"a.log"_s, "# shop\nthree\n");
    start();
    QTRY_COMPARE(m_lines, (QStringList{u"# shop"_s, u"one"_s, u"# shop"_s, u"two"_s, u"# shop"_s, u"three"_s}));
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
