// SPDX-License-Identifier: GPL-3.0-or-later
// Stored entries are exported into a file.
#include "core/language.h"
#include "fakehistory.h"
#include "gui/logs/exportdialog.h"
#include "gui/logs/logexport.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

LogChoice searching(const char* text)
{
    LogChoice choice;
    choice.search = text;
    return choice;
}

LogChoice without(const char* sender)
{
    LogChoice choice;
    choice.terms.without = {{"user", sender}};
    return choice;
}

} // namespace

Q_DECLARE_METATYPE(vigie::LogChoice)

class TestLogExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void allThatIsStoredIsWritten();
    void onlyWhatPassesIsWritten();
    void fieldsOfCsvKeepTheirCharacters();
    void cancellingLeavesNothing();
    void aFailureIsToldAndLeavesNothing();
    void aPipeIsNotWaitedFor();
    void whatComesMeanwhileIsNotWaitedFor_data();
    void whatComesMeanwhileIsNotWaitedFor();
    void aWrongClockLosesNothing_data();
    void aWrongClockLosesNothing();
    void aPersonExportsFromTheWindow();

private:
    QString path(const QString& name) { return m_folder->filePath(name); }
    QByteArray contents(const QString& name);
    /// Exports all applications, and returns the problem.
    QString run(const QString& name, ExportFormat format, const LogChoice& choice = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeHistory m_history;
};

void TestLogExport::init()
{
    applyLanguage(*qApp, u"en"_s);
    m_folder = std::make_unique<QTemporaryDir>();
    m_history = FakeHistory();
    m_history.atOnce = true;
    for (int i = 0; i < 1'000; ++i) {
        m_history.add("shop", 1'000'000 + i * 10, i % 100 == 0 ? "error" : "info", "order " + std::to_string(i), R"({"n":1.10})");
        if (i % 4 == 0)
            m_history.add("mail", 1'000'005 + i * 10, "info", "mail");
    }
}

QByteArray TestLogExport::contents(const QString& name)
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

QString TestLogExport::run(const QString& name, ExportFormat format, const LogChoice& choice)
{
    LogExport logs(m_history, path(name), format);
    QSignalSpy finished(&logs, &LogExport::finished);
    logs.start({u"mail"_s, u"shop"_s}, choice);
    return QTest::qWaitFor([&] { return !finished.isEmpty(); }, 20'000) ? finished[0][1].toString() : u"it does not end"_s;
}

void TestLogExport::allThatIsStoredIsWritten()
{
    QCOMPARE(run(u"all.jsonl"_s, ExportFormat::JsonLines), QString());
    const QList<QByteArray> lines = contents(u"all.jsonl"_s).split('\n');
    QCOMPARE(lines.size(), 1'251);
    QVERIFY(lines.last().isEmpty());
    qint64 before = 0;
    for (const QByteArray& line : lines.first(1'250)) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        QVERIFY(entry["timestamp"_L1].toInteger() >= before);
        before = entry["timestamp"_L1].toInteger();
    }
    QVERIFY(lines.first().contains("\"n\":1.10")); // to the letter
}

void TestLogExport::onlyWhatPassesIsWritten()
{
    LogChoice errors;
    errors.severities.reset();
    errors.severities.set(std::size_t(Severity::Error));
    QCOMPARE(run(u"errors.txt"_s, ExportFormat::Text, errors), QString());
    const QList<QByteArray> lines = contents(u"errors.txt"_s).split('\n');
    QCOMPARE(lines.size(), 11);
    QVERIFY2(lines[1].contains("  error  shop  ann  order 100  {\"n\":1.10}"), lines[1].constData());
    LogChoice stretch;
    stretch.fromMs = 1'001'000;
    stretch.toMs = 1'001'009;
    QCOMPARE(run(u"stretch.jsonl"_s, ExportFormat::JsonLines, stretch), QString());
    QCOMPARE(contents(u"stretch.jsonl"_s).count('\n'), 2);
}

void TestLogExport::fieldsOfCsvKeepTheirCharacters()
{
    m_history = FakeHistory();
    m_history.atOnce = true;
    m_history.add("shop", 0, "info", "a \"b\", c\nd", R"({"k":"v"})", "ann,bob");
    m_history.add("mail", 1, "warn", "=é");
    QCOMPARE(run(u"all.csv"_s, ExportFormat::Csv), QString());
    QCOMPARE(contents(u"all.csv"_s),
             "id,timestamp,level,message,metadata,appId,userId\r\n" // as `vigie export` has it
             "shop-1,1970-01-01T00:00:00.000Z,info,\"a \"\"b\"\", c\nd\",\"{\"\"k\"\":\"\"v\"\"}\",shop,\"ann,bob\"\r\n"
             "mail-1,1970-01-01T00:00:00.001Z,warn,'=é,,mail,ann\r\n"_ba);
}

void TestLogExport::cancellingLeavesNothing()
{
    QFile before(path(u"kept.jsonl"_s));
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
    before.close();
    m_history.atOnce = false;
    {
        LogExport logs(m_history, path(u"kept.jsonl"_s), ExportFormat::JsonLines);
        QSignalSpy progressed(&logs, &LogExport::progressed);
        QSignalSpy finished(&logs, &LogExport::finished);
        logs.start({u"mail"_s, u"shop"_s}, {});
        QTRY_VERIFY((m_history.tell(), !progressed.isEmpty()));
        logs.cancel();
        m_history.tell();
        QCoreApplication::processEvents();
        QVERIFY(finished.isEmpty());
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"kept.jsonl"_s});
    QCOMPARE(contents(u"kept.jsonl"_s), "before"_ba);
}

void TestLogExport::aFailureIsToldAndLeavesNothing()
{
    QVERIFY(!run(u"no/such/folder.jsonl"_s, ExportFormat::JsonLines).isEmpty());
    // A device that is full, which stays what it is.
    LogExport logs(m_history, u"/dev/full"_s, ExportFormat::JsonLines);
    QSignalSpy finished(&logs, &LogExport::finished);
    logs.start({u"mail"_s, u"shop"_s}, {});
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!finished[0][1].toString().isEmpty());
    QVERIFY(QFileInfo(u"/dev/full"_s).exists() && !QFileInfo(u"/dev/full"_s).isFile());
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
}

void TestLogExport::aPipeIsNotWaitedFor()
{
    QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
    QCOMPARE(run(u"pipe"_s, ExportFormat::JsonLines), u"it is neither a regular file nor a device"_s);
}

void TestLogExport::whatComesMeanwhileIsNotWaitedFor_data()
{
    QTest::addColumn<LogChoice>("choice");
    QTest::newRow("all") << LogChoice();
    QTest::newRow("a filter") << without("nobody");
}

void TestLogExport::whatComesMeanwhileIsNotWaitedFor()
{
    QFETCH(LogChoice, choice);
    LogExport logs(m_history, path(u"all.jsonl"_s), ExportFormat::JsonLines);
    QSignalSpy finished(&logs, &LogExport::finished);
    // Faster than it is written.
    connect(&logs, &LogExport::progressed, this, [this] {
        for (int i = 0; i < 300; ++i)
            m_history.add("shop", 2'000'000, "info", "meanwhile");
    });
    logs.start({u"mail"_s, u"shop"_s}, choice);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished[0][1].toString(), QString());
    QCOMPARE(finished[0][0].toULongLong(), 1'250u);
    QCOMPARE(contents(u"all.jsonl"_s).count('\n'), 1'250);
    QVERIFY(!contents(u"all.jsonl"_s).contains("meanwhile"));
}

void TestLogExport::aWrongClockLosesNothing_data()
{
    QTest::addColumn<LogChoice>("choice");
    QTest::addColumn<int>("count");
    LogChoice stretch;
    stretch.fromMs = 1'020'000;
    QTest::newRow("all") << LogChoice() << 3'250;
    QTest::newRow("a text") << searching("o") << 2'000; // "order", "of now"
    QTest::newRow("a stretch") << stretch << 1'000;
}

void TestLogExport::aWrongClockLosesNothing()
{
    QFETCH(LogChoice, choice);
    QFETCH(int, count);
    // For some pages the clock is ahead of now, then behind all.
    const qint64 ahead = QDateTime::currentMSecsSinceEpoch() + 3'600'000;
    for (int i = 0; i < 1'000; ++i)
        m_history.add("shop", ahead + i, "info", "ahead of now");
    for (int i = 0; i < 1'000; ++i)
        m_history.add("shop", 500'000 + i, "info", "behind");
    QCOMPARE(run(u"all.jsonl"_s, ExportFormat::JsonLines, choice), QString());
    QCOMPARE(contents(u"all.jsonl"_s).count('\n'), count);
}

void TestLogExport::aPersonExportsFromTheWindow()
{
    LogFeed feed;
    LogPanel panel(feed);
    panel.resize(1'000, 400);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    auto* const action = panel.findChild<QAction*>(u"actionExportEntries"_s);
    QVERIFY(!action->isEnabled()); // nothing is stored
    panel.setHistory(&m_history);
    panel.addApplications({u"mail"_s, u"shop"_s});
    LogChoice orders;
    orders.search = "order 99";
    panel.setViewFilter(orders);
    action->trigger();
    auto* const files = panel.findChild<QFileDialog*>(u"exportFileDialog"_s);
    QVERIFY(files && files->isVisible());
    files->setDirectory(m_folder->path());
    files->selectFile(path(u"mine.csv"_s));
    QMetaObject::invokeMethod(files, "accept");
    QPointer dialog = panel.findChild<ExportDialog*>();
    QVERIFY(dialog);
    auto* const label = dialog->findChild<QLabel*>(u"exportLabel"_s);
    QTRY_VERIFY2(label->text().startsWith(u"11 entries written to "_s), qPrintable(label->text()));
    QCOMPARE(contents(u"mine.csv"_s).count("\r\n"), 12);
    QTest::mouseClick(dialog->findChild<QPushButton*>(u"exportButton"_s), Qt::LeftButton);
    QTRY_VERIFY(!dialog);
}

VIGIE_WINDOW_TEST(TestLogExport)
#include "tst_logexport.moc"
