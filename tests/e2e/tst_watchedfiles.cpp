// SPDX-License-Identifier: GPL-3.0-or-later
// Log files that Vigie reads by itself, while they are rotated under load and Vigie is killed: each line once.
#include "commands.h"
#include "testmain.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <algorithm>
#include <fcntl.h>
#include <set>
#include <unistd.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestWatchedFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedWhileRotating_data();
    void killedWhileRotating();
    void addedAndRemovedWhileItRuns();
    void whatIsReadCanBeImported();
    void wrongUsageIsSaid_data();
    void wrongUsageIsSaid();
};

namespace {

bool watch(const VigieProcess& vigie, const QString& pattern, bool takesPast = false)
{
    const QJsonObject files{{u"pattern"_s, pattern}, {u"app"_s, u"shop"_s}, {u"past"_s, takesPast}};
    return write(vigie.dataDir() + u"/sources.json"_s,
                 QJsonDocument(QJsonObject{{u"files"_s, QJsonArray{files}}}).toJson());
}

/// Writes numbered lines to a file, as a program that knows nothing of rotation but by reopen().
class Writer
{
public:
    explicit Writer(QString path) : m_path(std::move(path)) { reopen(); }
    ~Writer() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(Writer)

    void reopen()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = ::open(qPrintable(m_path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    }
    bool writeLines(int count)
    {
        QByteArray text;
        for (int i = 0; i < count; ++i)
            text += "2026-11-30T12:00:00.000Z INFO line number " + QByteArray::number(++m_last) + " of those that are written\n";
        return ::write(m_descriptor, text.constData(), std::size_t(text.size())) == text.size();
    }
    int last() const { return m_last; }

private:
    QString m_path;
    int m_descriptor = -1;
    int m_last = 0;
};

/// The numbers of all lines that Vigie has, in its order.
std::vector<int> stored(const VigieProcess& vigie)
{
    std::vector<int> numbers;
    for (const QByteArray& line : vigie.command({u"export"_s, u"--app"_s, u"shop"_s, u"--data-dir"_s, vigie.dataDir()}).split('\n')) {
        if (!line.isEmpty())
            numbers.push_back(QJsonDocument::fromJson(line)["message"_L1].toString().section(u' ', 4, 4).toInt());
    }
    return numbers;
}

/// Which of the lines each file of the folder has, to be said where some are missing.
QString linesOf(const QString& folder)
{
    QStringList files;
    for (const QFileInfo& file : QDir(folder).entryInfoList({u"app.log*"_s}, QDir::Files, QDir::Time | QDir::Reversed)) {
        QProcess reader;
        reader.start(u"zgrep"_s, {u"-o"_s, u"number [0-9]*"_s, file.filePath()});
        reader.waitForFinished();
        const QList<QByteArray> lines = reader.readAllStandardOutput().trimmed().split('\n');
        files.append(u"%1 (%2): %3 to %4"_s.arg(file.fileName(), file.lastModified().toString(u"ss.zzz"_s),
                                               QString::fromUtf8(lines.first().mid(7)), QString::fromUtf8(lines.last().mid(7))));
    }
    return files.join(u'\n');
}

} // namespace

void TestWatchedFiles::killedWhileRotating_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("isCopied");
    // Each line comes once in any case; of two files that were caught up with, one may come before the other here.
    QTest::addColumn<bool>("isOrdered");

    QTest::newRow("create") << "create\n"_ba << u"app.log"_s << false << true;
    QTest::newRow("create, all of its names") << "create\n"_ba << u"app.log*"_s << false << true;
    QTest::newRow("create, packed") << "create\ncompress\ndelaycompress\n"_ba << u"app.log*"_s << false << false;
    QTest::newRow("copytruncate") << "copytruncate\n"_ba << u"app.log"_s << true << true;
    QTest::newRow("copytruncate, all of its names") << "copytruncate\n"_ba << u"app.log*"_s << true << false;
}

void TestWatchedFiles::killedWhileRotating()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, pattern);
    QFETCH(bool, isCopied);
    QFETCH(bool, isOrdered);
    const QString logrotate = QStandardPaths::findExecutable(u"logrotate"_s, {u"/usr/sbin"_s});
    QVERIFY2(!logrotate.isEmpty(), "logrotate is one of the tests' packages: scripts/setup test");
    const QTemporaryDir folder;
    const QString log = folder.filePath(u"app.log"_s);
    QVERIFY(write(folder.filePath(u"rotate.conf"_s), log.toUtf8() + " {\nrotate 50\nsize 1\nnomail\n" + config + "}\n"));
    VigieProcess vigie;
    QVERIFY(watch(vigie, folder.filePath(pattern), true));
    QVERIFY(vigie.start());
    Writer writer(log);
    QRandomGenerator& chance = *QRandomGenerator::global();
    constexpr int rounds = 8;
    QVERIFY(writer.writeLines(1));
    QVERIFY(waitUntil([&vigie] {
        const QStringList command{u"export"_s, u"--app"_s, u"shop"_s, u"--data-dir"_s, vigie.dataDir()};
        QProcess program;
        program.start(programPath(), command);
        return program.waitForFinished() && program.readAllStandardOutput().count('\n') == 1;
    }));
    for (int round = 0; round < rounds; ++round) {
        for (int i = chance.bounded(5, 30); i > 0; --i) {
            QVERIFY(writer.writeLines(chance.bounded(1, 200)));
            QTest::qWait(chance.bounded(0, 5));
        }
        // Killed before, while or after it is rotated; down for a while at times.
        QProcess rotation;
        rotation.start(logrotate, {u"--force"_s, u"--state"_s, folder.filePath(u"state"_s), folder.filePath(u"rotate.conf"_s)});
        QTest::qWait(chance.bounded(0, 20));
        QCOMPARE(vigie.stop(SIGKILL), -1);
        // What logrotate itself loses between its copy and its cut was in no file that stayed: nobody writes then.
        if (!isCopied)
            QVERIFY(writer.writeLines(100));
        QVERIFY(waitUntil([&rotation] { return rotation.state() == QProcess::NotRunning; }));
        QCOMPARE(rotation.exitCode(), 0);
        QVERIFY(writer.writeLines(10)); // to the old one
        if (!isCopied)
            writer.reopen();
        if (chance.bounded(2) == 0)
            QVERIFY(writer.writeLines(50));
        QVERIFY(vigie.start());
    }
    QVERIFY(writer.writeLines(5));
    std::vector<int> numbers;
    waitUntil([&] {
        numbers = stored(vigie);
        return int(numbers.size()) >= writer.last();
    });
    QTest::qWait(500); // for one that comes twice
    numbers = stored(vigie);
    std::vector<int> missing;
    std::vector<int> twice;
    std::set<int> seen;
    for (const int number : numbers) {
        if (!seen.insert(number).second)
            twice.push_back(number);
    }
    for (int i = 1; i <= writer.last(); ++i) {
        if (!seen.contains(i))
            missing.push_back(i);
    }
    const auto text = [](const std::vector<int>& list) {
        QStringList some;
        for (std::size_t i = 0; i < std::min(list.size(), std::size_t(20)); ++i)
            some.append(QString::number(list[i]));
        return list.size() > 20 ? some.join(u' ') + u" … "_s + QString::number(list.back()) : some.join(u' ');
    };
    QVERIFY2(missing.empty() && twice.empty(),
             qPrintable(u"missing: %1, twice: %2, of\n%3"_s.arg(text(missing), text(twice), linesOf(folder.path()))));
    QCOMPARE(int(numbers.size()), writer.last());
    for (std::size_t i = 1; isOrdered && i < numbers.size(); ++i)
        QVERIFY2(numbers[i] > numbers[i - 1], qPrintable(u"%1 comes before %2"_s.arg(numbers[i - 1]).arg(numbers[i])));
    QCOMPARE(vigie.stop(), 0);
}

void TestWatchedFiles::addedAndRemovedWhileItRuns()
{
    const QTemporaryDir folder;
    const QString log = folder.filePath(u"a.log"_s);
    VigieProcess vigie;
    const QStringList inFolder{u"--data-dir"_s, vigie.dataDir()};
    QVERIFY(vigie.start());
    const QString pattern = folder.filePath(u"*.log"_s);
    QVERIFY(vigie.command(QStringList{u"watch"_s, u"add"_s, u"--app"_s, u"shop"_s, pattern} + inFolder).contains("no file matches yet"));
    QVERIFY(vigie.command(QStringList{u"watch"_s, u"list"_s} + inFolder).contains(pattern.toUtf8()));
    Writer writer(log);
    const auto entries = [&vigie] {
        QProcess program;
        program.start(programPath(), {u"export"_s, u"--app"_s, u"shop"_s, u"--data-dir"_s, vigie.dataDir()});
        program.waitForFinished();
        return program.readAllStandardOutput().count('\n');
    };
    // It is told of at once, but reads on another thread: what is written before it looks is the past.
    QVERIFY(waitUntil([&] { return writer.writeLines(1) && entries() > 0; }));
    QVERIFY(vigie.command(QStringList{u"watch"_s, u"remove"_s, pattern} + inFolder).contains("watched no more"));
    QVERIFY(!vigie.command(QStringList{u"watch"_s, u"list"_s} + inFolder).contains(pattern.toUtf8()));
    QVERIFY(vigie.command(QStringList{u"watch"_s, u"remove"_s, pattern} + inFolder, 1).isEmpty());
    // Of names that a shell found, each is itself.
    const QString odd = folder.filePath(u"b[1].log"_s);
    QVERIFY(write(odd, "one\n"));
    QVERIFY(vigie.command(QStringList{u"watch"_s, u"add"_s, u"--past"_s, u"--app"_s, u"mill"_s, log, odd} + inFolder).count("1 file") == 2);
    QVERIFY(vigie.command(QStringList{u"watch"_s, u"remove"_s, log, odd} + inFolder).count("watched no more") == 2);
    QCOMPARE(vigie.stop(), 0);
}

void TestWatchedFiles::whatIsReadCanBeImported()
{
    const QTemporaryDir folder;
    const QByteArray longLevel = "{\"level\":\"" + QByteArray(500, 'x') + "\",\"msg\":\"two\",\"userId\":\"" + QByteArray(500, 'y') + "\"}\n";
    QVERIFY(write(folder.filePath(u"a.log"_s), "one\n" + longLevel + "{\"msg\":\"three\",\"userId\":\"ann\"}\n"));
    VigieProcess vigie;
    QVERIFY(watch(vigie, folder.filePath(u"a.log"_s), true));
    QVERIFY(vigie.start());
    const auto exportFrom = [](const VigieProcess& from) { return from.command({u"export"_s, u"--app"_s, u"shop"_s}); };
    QVERIFY(waitUntil([&] { return exportFrom(vigie).count('\n') == 3; }));
    const QByteArray exported = exportFrom(vigie);
    const QString file = folder.filePath(u"exported"_s);
    QVERIFY(write(file, exported));
    VigieProcess other;
    other.command({u"import"_s, u"--app"_s, u"shop"_s, file});
    QCOMPARE(exportFrom(other), exported);
    QCOMPARE(vigie.stop(), 0);
}

void TestWatchedFiles::wrongUsageIsSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto add = [](const QStringList& arguments) { QTest::newRow(qPrintable(arguments.join(u' '))) << arguments; };
    add({u"watch"_s});
    add({u"watch"_s, u"see"_s});
    add({u"watch"_s, u"add"_s});
    add({u"watch"_s, u"add"_s, u"/a.log"_s});
    add({u"watch"_s, u"add"_s, u"--app"_s, u"shop"_s, u"/usr"_s});
    add({u"watch"_s, u"add"_s, u"--app"_s, u"shop"_s, u"--format"_s, u"nonsense"_s, u"/a.log"_s});
    add({u"watch"_s, u"add"_s, u"--journal"_s, u"/a.log"_s});
    add({u"watch"_s, u"add"_s, u"--containers"_s, u"--past"_s});
    add({u"watch"_s, u"list"_s, u"/a.log"_s});
    add({u"watch"_s, u"add"_s, u"--journal"_s, u"--priority"_s, u"loud"_s});
}

void TestWatchedFiles::wrongUsageIsSaid()
{
    QFETCH(QStringList, arguments);
    const QTemporaryDir folder;
    QProcess program;
    program.start(programPath(), arguments + QStringList{u"--data-dir"_s, folder.filePath(u"data"_s)});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(isOneLine(program.readAllStandardError()));
    QVERIFY(!QFileInfo::exists(folder.filePath(u"data"_s)));
}

VIGIE_TEST(TestWatchedFiles)
#include "tst_watchedfiles.moc"
