// SPDX-License-Identifier: GPL-3.0-or-later
// Journals as systemd itself writes them, by systemd-journal-remote: read whole and once, while they grow, are rotated and vacuumed.
#include "hub/hub.h"
#include "intake/intake.h"
#include "sources/journal.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void entriesAreReadWithWhatTheySay();
    void valuesOfAnyBytesAreRead();
    void onlyWhatComesIsReadUnlessAsked();
    void growthIsFollowed();
    void rotationLosesNothing();
    void anotherStartGoesOn();
    void whatWasVacuumedIsTold();
    void filtersHold();
    void stackTracesAreJoined();
    void containersAreTakenOnce();

private:
    void write(const QByteArray& exported, const QString& file = u"system.journal"_s);
    void read(bool takesPast = true);
    SourceState state() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    ReadContainers m_containers;
    WatchedJournal m_settings;
    std::unique_ptr<Journal> m_journal;
    QStringList m_messages; ///< with their applications: "nginx: hello"
    QStringList m_entries; ///< as JSON
    int m_second = 0;
};

namespace {

constexpr const char* remote = "/lib/systemd/systemd-journal-remote";

} // namespace

void TestJournal::initTestCase()
{
    if (!QFile::exists(QString::fromLatin1(remote)) || !SystemdLibrary::get())
        QSKIP("systemd-journal-remote or libsystemd is not installed");
}

void TestJournal::init()
{
    m_journal.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_intake.reset();
    m_hub = std::make_unique<Hub>(100);
    m_intake = std::make_unique<Intake>(*m_hub);
    m_containers.clear();
    m_settings = {};
    m_settings.isOn = true;
    m_settings.directory = m_folder->path();
    m_messages.clear();
    m_entries.clear();
    connect(m_hub.get(), &Hub::logsAccepted, this, [this](const LogBatchPtr& batch) {
        for (std::size_t i = 0; i < batch->size(); ++i) {
            m_messages += QString::fromStdString(batch->appId()) + ": "_L1 + QString::fromUtf8(batch->message(i));
            m_entries += QString::fromUtf8(batch->json(i));
        }
    });
}

/// Fields of entries, parted by empty lines, as entries a second apart.
void TestJournal::write(const QByteArray& exported, const QString& file)
{
    QByteArray bytes;
    qsizetype at = 0;
    while (at < exported.size()) {
        qsizetype end = exported.indexOf("\n\n", at);
        end = end < 0 ? exported.size() : end;
        bytes += "__REALTIME_TIMESTAMP=" + QByteArray::number(1'700'000'000'000'000 + 1'000'000LL * m_second++) + '\n';
        bytes += exported.mid(at, end - at).trimmed() + "\n\n";
        at = end + 2;
    }
    QProcess process;
    process.start(QString::fromLatin1(remote), {u"-o"_s, m_folder->filePath(file), u"-"_s});
    process.write(bytes);
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

void TestJournal::read(bool takesPast)
{
    m_journal = std::make_unique<Journal>(*m_intake, m_containers);
    SourceSettings settings;
    settings.journal = m_settings;
    settings.journal.takesPast = takesPast;
    m_journal->apply(settings);
    QTRY_COMPARE(state().status, SourceStatus::Following);
}

SourceState TestJournal::state() const
{
    const auto sources = m_intake->board().sources();
    return sources.empty() ? SourceState() : sources.front();
}

void TestJournal::entriesAreReadWithWhatTheySay()
{
    write("MESSAGE=hello\nPRIORITY=4\n_SYSTEMD_UNIT=nginx.service\n_PID=12\n_HOSTNAME=vm\nSYSLOG_IDENTIFIER=nginx\nCODE_LINE=7\n"
          "_SELINUX_CONTEXT=x\n_SOURCE_REALTIME_TIMESTAMP=1700000000123456\n\n"
          "MESSAGE=usb 1-1\nPRIORITY=6\n_TRANSPORT=kernel\nSYSLOG_IDENTIFIER=kernel\n\n"
          "MESSAGE=cron\nPRIORITY=2\nSYSLOG_IDENTIFIER=CRON\n_COMM=cron");
    read();
    QTRY_COMPARE(m_messages.size(), 3);
    m_messages.sort(); // applications have no order among them
    QCOMPARE(m_messages, QStringList({u"CRON: cron"_s, u"kernel: usb 1-1"_s, u"nginx: hello"_s}));
    const QString first = m_entries.filter(u"hello"_s).first();
    QVERIFY2(first.contains("\"timestamp\":1700000000123,\"level\":\"warning\""_L1), qPrintable(first));
    for (const char* const part : {"\"unit\":\"nginx.service\"", "\"pid\":12", "\"host\":\"vm\"", "\"identifier\":\"nginx\"", "\"CODE_LINE\":\"7\""})
        QVERIFY2(first.contains(QLatin1StringView(part)), part);
    QVERIFY(!first.contains("SELINUX"_L1));
    QVERIFY(m_entries.filter(u"CRON"_s).first().contains("\"level\":\"crit\""_L1));
}

void TestJournal::valuesOfAnyBytesAreRead()
{
    QByteArray binary = "MESSAGE\n";
    const QByteArray value = "a\nb\xff\x1b[31m";
    binary += QByteArray(1, char(value.size())) + QByteArray(7, '\0') + value + "\nCODE_FILE=a.c\nCODE_FILE=b.c\nSYSLOG_IDENTIFIER=x";
    write(binary);
    write("SYSLOG_IDENTIFIER=x\nMESSAGE=" + QByteArray(1'200'000, 'x'));
    read();
    QTRY_COMPARE(m_messages.size(), 2);
    QCOMPARE(m_messages.first(), u"x: a\nb\uFFFD\u001b[31m"_s);
    QVERIFY(m_entries.first().contains("\"CODE_FILE\":[\"a.c\",\"b.c\"]"_L1) || m_entries.first().contains("\"CODE_FILE\":[\"b.c\",\"a.c\"]"_L1));
    QCOMPARE(m_messages.last().size(), 3 + qsizetype(JournalEntry::maxFieldBytes));
    QCOMPARE(state().notes.size(), std::size_t(1));
    QCOMPARE(state().notes.front().reason, std::string("too_large"));
}

void TestJournal::onlyWhatComesIsReadUnlessAsked()
{
    write("MESSAGE=old\nSYSLOG_IDENTIFIER=x");
    read(false);
    write("MESSAGE=new\nSYSLOG_IDENTIFIER=x");
    QTRY_COMPARE(m_messages, QStringList(u"x: new"_s));
}

void TestJournal::growthIsFollowed()
{
    read();
    QStringList expected;
    for (int i = 0; i < 5; ++i) {
        write("MESSAGE=" + QByteArray::number(i) + "\nSYSLOG_IDENTIFIER=x");
        expected += u"x: %1"_s.arg(i);
        QTRY_COMPARE(m_messages, expected);
    }
}

void TestJournal::rotationLosesNothing()
{
    write("MESSAGE=before\nSYSLOG_IDENTIFIER=x");
    read();
    QTRY_COMPARE(m_messages.size(), 1);
    QVERIFY(QFile::rename(m_folder->filePath(u"system.journal"_s), m_folder->filePath(u"system@1.journal"_s)));
    write("MESSAGE=after\nSYSLOG_IDENTIFIER=x");
    QTRY_COMPARE(m_messages, QStringList({u"x: before"_s, u"x: after"_s}));
}

void TestJournal::anotherStartGoesOn()
{
    write("MESSAGE=one\nSYSLOG_IDENTIFIER=x\n\nMESSAGE=two\nSYSLOG_IDENTIFIER=y");
    read();
    QTRY_COMPARE(m_messages.size(), 2);
    m_journal.reset();
    write("MESSAGE=three\nSYSLOG_IDENTIFIER=x");
    read();
    QTRY_COMPARE(m_messages.size(), 3);
    QCOMPARE(m_messages.last(), u"x: three"_s);
    QVERIFY(state().notes.empty());
}

void TestJournal::whatWasVacuumedIsTold()
{
    write("MESSAGE=one\nSYSLOG_IDENTIFIER=x", u"system@1.journal"_s);
    read();
    QTRY_COMPARE(m_messages.size(), 1);
    m_journal.reset();
    QVERIFY(QFile::remove(m_folder->filePath(u"system@1.journal"_s)));
    write("MESSAGE=two\nSYSLOG_IDENTIFIER=x\n\nMESSAGE=three\nSYSLOG_IDENTIFIER=x");
    read();
    QTRY_COMPARE(m_messages, QStringList({u"x: one"_s, u"x: two"_s, u"x: three"_s}));
    QCOMPARE(state().notes.size(), std::size_t(1));
    QCOMPARE(state().notes.front().reason, std::string("vacuumed"));
}

void TestJournal::filtersHold()
{
    m_settings.units = QStringList({u"nginx"_s, u"a.timer"_s});
    m_settings.maxPriority = 4;
    m_settings.appId = u"web"_s;
    write("MESSAGE=1\nPRIORITY=4\n_SYSTEMD_UNIT=nginx.service\n\nMESSAGE=2\nPRIORITY=5\n_SYSTEMD_UNIT=nginx.service\n\n"
          "MESSAGE=3\nPRIORITY=0\n_SYSTEMD_UNIT=a.timer\n\nMESSAGE=4\nPRIORITY=0\n_SYSTEMD_UNIT=b.service\n\n"
          "MESSAGE=5\nPRIORITY=3\n_PID=1\nUNIT=nginx.service\n_SYSTEMD_UNIT=init.scope\n\nMESSAGE=6\nPRIORITY=3\n_PID=2\nUNIT=nginx.service");
    read();
    QTRY_COMPARE(m_messages, QStringList({u"web: 1"_s, u"web: 3"_s, u"web: 5"_s}));
    // The cursor is of an entry that passes, also where the next filter keeps it out.
    m_journal.reset();
    m_settings.maxPriority = 0;
    write("MESSAGE=7\nPRIORITY=0\n_SYSTEMD_UNIT=nginx.service");
    read();
    QTRY_COMPARE(m_messages.size(), 4);
    QVERIFY(state().notes.empty());
}

void TestJournal::stackTracesAreJoined()
{
    const QByteArray of = "\nPRIORITY=6\n_TRANSPORT=stdout\n_SYSTEMD_UNIT=shop.service\n_PID=5\n\n";
    // All within the same second, as a program prints them.
    m_second = -1;
    QByteArray all;
    for (const char* const line : {"Traceback (most recent call last):", "  File \"a.py\", line 1, in <module>", "ZeroDivisionError: division by zero", "next"})
        all += "_SOURCE_REALTIME_TIMESTAMP=1700000000000000\nMESSAGE=" + QByteArray(line) + of;
    all += "MESSAGE=  indented\nSYSLOG_IDENTIFIER=other";
    write(all);
    read();
    QTRY_COMPARE(m_messages.size(), 3);
    m_messages.sort();
    QCOMPARE(m_messages.at(0), u"other:   indented"_s); // whole, as it was no line of an output
    QCOMPARE(m_messages.at(1), u"shop: Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nZeroDivisionError: division by zero"_s);
    QCOMPARE(m_messages.at(2), u"shop: next"_s);
    QVERIFY(m_entries.filter(u"Traceback"_s).first().contains("\"level\":\"err\""_L1));
    // Nothing held back is lost by an end: the place is before it.
    m_journal.reset();
    m_second = 1'000;
    write("MESSAGE=held" + of.chopped(2));
    read();
    m_journal.reset();
    read();
    QTRY_VERIFY(m_messages.contains(u"shop: held"_s));
    QCOMPARE(m_messages.count(u"shop: next"_s), 1);
}

void TestJournal::containersAreTakenOnce()
{
    const QByteArray of = "\nPRIORITY=6\nCONTAINER_NAME=c1\n_COMM=conmon\nCONTAINER_ID_FULL=";
    m_containers = {"aaaa"};
    const auto piece = [](const QByteArray& text) { // conmon's lines have their ends
        return "MESSAGE\n" + QByteArray(1, char(text.size())) + QByteArray(7, '\0') + text;
    };
    write("MESSAGE=by its engine" + of + "aaaa");
    write("_SOURCE_REALTIME_TIMESTAMP=1700000000000000\nMESSAGE=AAA\nCONTAINER_PARTIAL_MESSAGE=true" + of + "bbbb");
    write("_SOURCE_REALTIME_TIMESTAMP=1700000000000001\n" + piece("BBB\n") + of + "bbbb");
    read();
    QTRY_COMPARE(m_messages, QStringList(u"c1: AAABBB"_s));
}

VIGIE_TEST(TestJournal)

#include "tst_journal.moc"
