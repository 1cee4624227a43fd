// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are watched, across everything that is done to log files: each line once, in its order.
#include "testmain.h"
#include "watchedfolder.h"

using namespace vigie;
using namespace Qt::StringLiterals;

class TestFileRotation : public test::WatchedFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { WatchedFolder::init(); }
    void cleanup() { WatchedFolder::cleanup(); }

    void oldLinesComeBeforeNewOnes();
    void renamedWhileNobodyLooked();
    void rotatedTwiceWhileNobodyLooked();
    void copiedAndTruncated();
    void copiedAndTruncatedWhereThePatternMeansTheCopy();
    void copiedAndTruncatedWhileNobodyLooked();
    void truncatedToAsMuchAsThereWas();
    void packedIsNotReadAgain();
    void packedWhileNobodyLooked();
    void theRestOfAPackedFileIsRead();
    void plainCopyIsNotReadTwice();
    void sameBeginningIsNoCopy();
    void countingUp();
    void anotherFileWithTheNumberOfAPackedOne();
    void aPackedFileThatIsStillWritten();
    void slowlyPackedIsNotReadAgain();
    void copiedAndTruncatedBeforeItWasRead();
    void whatWasRotatedLongAgoIsNotReadAgain();
    void copiedAndTruncatedTwice();
    void aNewFileThatBeginsLikeTheOldOne();
    void rotatedFilesThatBeginAlike();
};

void TestFileRotation::oldLinesComeBeforeNewOnes()
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

void TestFileRotation::renamedWhileNobodyLooked()
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

void TestFileRotation::rotatedTwiceWhileNobodyLooked()
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

void TestFileRotation::copiedAndTruncated()
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

void TestFileRotation::copiedAndTruncatedWhereThePatternMeansTheCopy()
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

void TestFileRotation::copiedAndTruncatedWhileNobodyLooked()
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

void TestFileRotation::truncatedToAsMuchAsThereWas()
{
    start();
    write(u"a.log"_s, "one\n");
    QTRY_COMPARE(m_lines.size(), 1);
    write(u"a.log"_s, "two\n", QIODevice::WriteOnly | QIODevice::Truncate);
    QTRY_COMPARE(m_lines.size(), 2);
    write(u"a.log"_s, "three is longer than that\n", QIODevice::WriteOnly | QIODevice::Truncate);
    QTRY_COMPARE(m_lines, (QStringList{u"one"_s, u"two"_s, u"three is longer than that"_s}));
}

void TestFileRotation::packedIsNotReadAgain()
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

void TestFileRotation::packedWhileNobodyLooked()
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

void TestFileRotation::theRestOfAPackedFileIsRead()
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

void TestFileRotation::plainCopyIsNotReadTwice()
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

void TestFileRotation::sameBeginningIsNoCopy()
{
    const QByteArray banner = QByteArray(300, '=') + '\n';
    start(u"*.log"_s);
    write(u"a.log"_s, banner + "one\n");
    QTRY_COMPARE(m_lines.size(), 2);
    write(u"b.log"_s, banner + "two\n");
    QTRY_COMPARE(m_lines.size(), 4);
    QCOMPARE(m_lines.last(), u"two"_s);
}

void TestFileRotation::countingUp()
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

void TestFileRotation::anotherFileWithTheNumberOfAPackedOne()
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

void TestFileRotation::aPackedFileThatIsStillWritten()
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

void TestFileRotation::slowlyPackedIsNotReadAgain()
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

void TestFileRotation::copiedAndTruncatedBeforeItWasRead()
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

void TestFileRotation::whatWasRotatedLongAgoIsNotReadAgain()
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

void TestFileRotation::copiedAndTruncatedTwice()
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

void TestFileRotation::aNewFileThatBeginsLikeTheOldOne()
{
    start();
    write(u"a.log"_s, "done\n");
    QTRY_COMPARE(m_lines.size(), 1);
    rename(u"a.log"_s, u"a.log.1"_s);
    QTest::qWait(11'000); // until it is not waited for any more
    write(u"a.log"_s, "done\n");
    QTRY_COMPARE(m_lines, (QStringList{u"done"_s, u"done"_s}));
}

void TestFileRotation::rotatedFilesThatBeginAlike()
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

VIGIE_TEST(TestFileRotation)
#include "tst_filerotation.moc"
