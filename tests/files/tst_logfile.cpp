// SPDX-License-Identifier: GPL-3.0-or-later
#include "deflated.h"
#include "files/logfile.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void linesBecomeEntries();
    void jsonLinesBecomeEntries();
    void aByteOrderMarkIsNoText();
    void aGrowingFileIsFollowed();
    void aLineWithoutAnEndIsShownInTime();
    void aTruncatedFileIsReadAnew();
    void aRotatedFileIsReadToItsEnd();
    void packedFilesAreRead_data();
    void packedFilesAreRead();
    void damagedPacksGiveWhatTheyHave();
    void cutOffPacksAreDamaged();
    void whatFollowsARotatedFileIsLookedAt();
    void leadingNulsAreSkipped();
    void whatIsNoTextIsSaid_data();
    void whatIsNoTextIsSaid();
    void ofAHugeFileTheEndIsRead();
    void aGibibyteOfNothingIsNothing();
    void whatTheKernelMakesUpIsReadOnce();

private:
    QString path() const { return m_dir->filePath(u"app.log"_s); }
    void write(const QByteArray& text, QIODevice::OpenMode mode = QIODevice::WriteOnly) const
    {
        QFile file(path());
        QVERIFY(file.open(mode));
        QCOMPARE(file.write(text), text.size());
    }
    void append(const QByteArray& text) const { write(text, QIODevice::Append); }
    /// Reads all that there is; then so much time has passed that nothing is waited for.
    void readAll()
    {
        while (m_file->readOn(m_now)) {}
        m_now += std::chrono::seconds(10);
        while (m_file->readOn(m_now)) {}
        while (m_file->readOn(m_now += std::chrono::seconds(10))) {}
    }
    void open() { open(path()); }
    void open(const QString& path)
    {
        m_file = std::make_unique<LogFile>(path, "file:app.log", [this](const LogBatch& batch) {
            m_largest = std::max(m_largest, batch.size());
            for (std::size_t i = 0; i < batch.size(); ++i)
                m_entries.append(QString::fromStdString(std::string(batch.level(i)) + '|' + std::string(batch.message(i))));
            if (!batch.empty())
                m_last = std::make_unique<LogBatch>(batch);
        });
        const Outcome opened = m_file->open();
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    }
    QStringList taken() { return std::exchange(m_entries, {}); }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<LogFile> m_file;
    std::unique_ptr<LogBatch> m_last;
    QStringList m_entries;
    std::size_t m_largest = 0;
    std::chrono::milliseconds m_now{1'000'000};
};

namespace {

QByteArray gzipped(const QByteArray& text)
{
    return test::deflated(text, test::gzipBits, 1);
}

QByteArray zstandard(const QByteArray& text)
{
    QByteArray packed(qsizetype(ZSTD_compressBound(std::size_t(text.size()))), '\0');
    packed.resize(qsizetype(ZSTD_compress(packed.data(), std::size_t(packed.size()), text.data(), std::size_t(text.size()), 3)));
    return packed;
}

} // namespace

void TestLogFile::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_file.reset();
    m_entries.clear();
    m_largest = 0;
}

void TestLogFile::linesBecomeEntries()
{
    write("2026-01-31T12:00:00Z ERROR broken\n  at a.js\n2026-01-31T12:00:01Z [info] fine\r\nplain\n");
    open();
    readAll();
    QCOMPARE(taken(), (QStringList{u"ERROR|2026-01-31T12:00:00Z ERROR broken\n  at a.js"_s,
                                   u"info|2026-01-31T12:00:01Z [info] fine"_s, u"|plain"_s}));
    QCOMPARE(m_file->lines(), 4u);
    // What names no time is as old as what came before.
    QCOMPARE(m_last->timestampMs(m_last->size() - 1), 1'769'860'801'000);
}

void TestLogFile::jsonLinesBecomeEntries()
{
    write("{\"level\":\"warn\",\"msg\":\"first\",\"time\":1700000000000,\"host\":\"a\"}\nplain\n{\"message\":\"third\"}\n{broken\n");
    open();
    readAll();
    QCOMPARE(taken(), (QStringList{u"warn|first"_s, u"|plain"_s, u"|third"_s, u"|{broken"_s}));
}

void TestLogFile::aByteOrderMarkIsNoText()
{
    write("\xEF\xBB\xBF{\"msg\":\"first\"}\n\xEF\xBB\xBFsecond\n");
    open();
    readAll();
    QCOMPARE(taken(), (QStringList{u"|first"_s, u"|\ufeffsecond"_s}));
}

void TestLogFile::aGrowingFileIsFollowed()
{
    write("one\n");
    open();
    readAll();
    QCOMPARE(taken(), QStringList{u"|one"_s});
    append("two\nth");
    while (m_file->readOn(m_now)) {}
    m_now += std::chrono::milliseconds(1'500); // an entry is whole, a line is not
    (void)m_file->readOn(m_now);
    QCOMPARE(taken(), QStringList{u"|two"_s});
    append("ree\n");
    readAll();
    QCOMPARE(taken(), QStringList{u"|three"_s});
}

void TestLogFile::aLineWithoutAnEndIsShownInTime()
{
    write("one\ntwo");
    open();
    readAll();
    QCOMPARE(taken(), (QStringList{u"|one"_s, u"|two"_s}));
}

void TestLogFile::aTruncatedFileIsReadAnew()
{
    write("a long first line\nanother\n");
    open();
    readAll();
    QCOMPARE(taken().size(), 2);
    write("new\n");
    readAll();
    QCOMPARE(taken(), QStringList{u"|new"_s});
}

void TestLogFile::aRotatedFileIsReadToItsEnd()
{
    write("one\n");
    open();
    readAll();
    (void)taken();
    append("two\n"); // before it was looked at again
    QVERIFY(QFile::rename(path(), path() + u".1"_s));
    readAll(); // there is no other yet
    QCOMPARE(taken(), QStringList{u"|two"_s});
    write("three\n");
    readAll();
    QCOMPARE(taken(), QStringList{u"|three"_s});
    append("four\n");
    readAll();
    QCOMPARE(taken(), QStringList{u"|four"_s});
}

void TestLogFile::packedFilesAreRead_data()
{
    QTest::addColumn<QByteArray>("packed");
    QByteArray text;
    for (int i = 0; i < 50'000; ++i)
        text += "line " + QByteArray::number(i) + '\n';
    QTest::newRow("gzip") << gzipped(text);
    QTest::newRow("gzip of two parts") << gzipped(text.left(100'000)) + gzipped(text.mid(100'000));
    QTest::newRow("gzip filled up") << gzipped(text) + QByteArray(10'000, '\0');
    QTest::newRow("zstd") << zstandard(text);
    QTest::newRow("zstd of two parts") << zstandard(text.left(100'000)) + zstandard(text.mid(100'000));
}

void TestLogFile::packedFilesAreRead()
{
    QFETCH(QByteArray, packed);
    write(packed);
    open();
    readAll();
    QVERIFY(m_file->isPacked());
    QVERIFY2(m_file->problem().isEmpty(), qPrintable(m_file->problem()));
    const QStringList entries = taken();
    QCOMPARE(entries.size(), 50'000);
    QCOMPARE(entries.last(), u"|line 49999"_s);
    QVERIFY(m_largest <= 2'000); // however much a few bytes unpack to
}

void TestLogFile::damagedPacksGiveWhatTheyHave()
{
    QByteArray text;
    for (int i = 0; i < 200'000; ++i)
        text += QByteArray::number(i * 7919 % 1'000'003) + '\n';
    for (QByteArray packed : {gzipped(text), zstandard(text)}) {
        packed[packed.size() / 2] = char(packed[packed.size() / 2] ^ 0x55);
        packed[packed.size() / 2 + 1] = char(packed[packed.size() / 2 + 1] ^ 0x55);
        write(packed);
        open();
        readAll();
        if (!m_file->problem().isEmpty())
            QVERIFY(m_file->problem().contains(u"damaged"_s));
        QVERIFY(!taken().isEmpty());
    }
}

void TestLogFile::cutOffPacksAreDamaged()
{
    QByteArray text;
    for (int i = 0; i < 50'000; ++i)
        text += "line " + QByteArray::number(i) + '\n';
    for (const QByteArray& packed : {gzipped(text), zstandard(text)}) {
        for (const qsizetype left : {packed.size() - 1, packed.size() / 2}) {
            write(packed.left(left));
            open();
            readAll();
            QVERIFY2(m_file->problem().contains(u"damaged"_s), qPrintable(QString::number(left)));
            QVERIFY(!taken().isEmpty());
        }
    }
}

void TestLogFile::whatFollowsARotatedFileIsLookedAt()
{
    write("one\n");
    open();
    readAll();
    QCOMPARE(taken(), QStringList{u"|one"_s});
    QVERIFY(QFile::rename(path(), path() + u".1"_s));
    write(gzipped("two\n"));
    readAll();
    QCOMPARE(taken(), QStringList{u"|two"_s});
    write("three\n");
    open();
    readAll();
    QCOMPARE(taken(), QStringList{u"|three"_s});
    QVERIFY(QFile::rename(path(), path() + u".2"_s));
    write(QByteArray("\x7f""ELF\0\1\2", 7));
    readAll();
    QVERIFY2(m_file->problem().contains(u"is not a text file"_s), qPrintable(m_file->problem()));
    QCOMPARE(taken(), QStringList());
}

void TestLogFile::leadingNulsAreSkipped()
{
    write(QByteArray(100'000, '\0') + "after\n");
    open();
    readAll();
    QCOMPARE(taken(), QStringList{u"|after"_s});
}

void TestLogFile::whatIsNoTextIsSaid_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("a program") << QByteArray("\x7f""ELF\x02\x01\x01\0\0\0\0\0\0\0", 14);
    QTest::newRow("UTF-16") << QByteArray("\xff\xfeh\0i\0\n\0", 8);
    QTest::newRow("packed") << gzipped(QByteArray("a\0b", 3));
}

void TestLogFile::whatIsNoTextIsSaid()
{
    QFETCH(QByteArray, content);
    write(content);
    const auto problem = [](const QString& name) {
        LogFile file(name, "file:x", [](const LogBatch&) {});
        const Outcome opened = file.open();
        return opened ? QString() : opened.error().message;
    };
    QVERIFY2(problem(path()).contains(u"is not a text file"_s), qPrintable(problem(path())));
    QVERIFY(problem(m_dir->path()).contains(u"regular"_s));
    QVERIFY(!problem(m_dir->filePath(u"none"_s)).isEmpty());
    const QString pipe = m_dir->filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QVERIFY(problem(pipe).contains(u"regular"_s)); // and is not waited for
}

void TestLogFile::ofAHugeFileTheEndIsRead()
{
    const QByteArray line = QByteArray(1'000, 'x') + '\n';
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    qint64 lines = 0;
    for (; file.size() <= qint64(LogFile::tailBytes) + 5'000'000; ++lines)
        file.write(line);
    file.write("last\n");
    file.close();
    open();
    readAll();
    QCOMPARE(qint64(m_file->lines()), lines + 1);
    const QStringList entries = taken();
    QVERIFY(entries.size() < lines && entries.size() > 60'000);
    QCOMPARE(entries.first().size(), 1'001); // no half line
    QCOMPARE(entries.last(), u"|last"_s);
}

void TestLogFile::aGibibyteOfNothingIsNothing()
{
    write({});
    QCOMPARE(::truncate(QFile::encodeName(path()).constData(), off_t(1) << 30), 0);
    append("last\n");
    open();
    readAll();
    QCOMPARE(taken(), QStringList{u"|last"_s});
    QCOMPARE(m_file->lines(), 1u);
}

/// Files of /proc are said to be empty. This one holds the name of this program, as it was set last.
void TestLogFile::whatTheKernelMakesUpIsReadOnce()
{
    const auto steps = [this] {
        int count = 0;
        while (count < 100 && m_file->readOn(m_now))
            ++count;
        return count;
    };
    QCOMPARE(::prctl(PR_SET_NAME, "longer"), 0);
    open(u"/proc/self/comm"_s);
    QCOMPARE(steps(), 1);
    QCOMPARE(steps(), 0); // of the same length
    m_now += std::chrono::seconds(10);
    QCOMPARE(steps(), 0);
    QCOMPARE(taken(), QStringList{u"|longer"_s});
    QCOMPARE(::prctl(PR_SET_NAME, "short"), 0);
    QCOMPARE(steps(), 0); // a look, after which the reader pauses
    QCOMPARE(steps(), 1);
    m_now += std::chrono::seconds(10);
    QCOMPARE(steps(), 0);
    QCOMPARE(taken(), QStringList{u"|short"_s});
}

VIGIE_TEST(TestLogFile)
#include "tst_logfile.moc"
