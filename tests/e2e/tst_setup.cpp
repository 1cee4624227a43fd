// SPDX-License-Identifier: GPL-3.0-or-later
// The lines that set a source up, run as the program prints them.
#include "commands.h"
#include "harness.h"
#include "podman.h"
#include "testmain.h"

#include <QDir>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QUrlQuery>

using namespace vigie::e2e;

namespace {

const QString journalWriter = u"/lib/systemd/systemd-journal-remote"_s;

/// One more entry, as systemd itself writes them.
bool addToJournal(const QString& folder)
{
    static qint64 second = 1'700'000'000;
    QProcess writer;
    writer.start(journalWriter, {u"-o"_s, folder + u"/system.journal"_s, u"-"_s});
    writer.write("__REALTIME_TIMESTAMP=" + QByteArray::number(1'000'000 * ++second)
                 + "\nMESSAGE=the till is open\nPRIORITY=4\n_SYSTEMD_UNIT=till.service\n\n");
    writer.closeWriteChannel();
    return writer.waitForFinished(longWaitMs) && writer.exitCode() == 0;
}

} // namespace

class TestSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aLineOfTheShellBringsItsEntry_data();
    void aLineOfTheShellBringsItsEntry();
    void aProgramBringsItsEntries_data();
    void aProgramBringsItsEntries();
    void theReadmePostsAFile();
    void filesAreWatched();
    void theJournalIsRead();
    void containersAreRead();
    void theUsualFolderIsNotNamed();
    void viewersAreNotToldTheFolder();
    void byTlsAndTokenAsWell_data();
    void byTlsAndTokenAsWell();
    void journalsOfOtherMachinesAreUploaded();
    void fromElsewhereByVigiesOwnCommands_data();
    void fromElsewhereByVigiesOwnCommands();

private:
    /// The line of that way, out of the program itself.
    QString line(const QByteArray& id, const QString& query = {});
    /// Lets the next lines be asked for with a new token, and waits until it is known.
    void askAs(const QString& role);
    /// Runs the line of that way with this option added: what is at `place` is read, and not what the machine has.
    void readOnly(const QByteArray& id, const QString& option, const QString& place);
    /// The body of an answer over HTTP.
    QByteArray ask(const QString& path, const QString& query = {}) const;
    /// What a shell says of it, in a folder of its own where `vigie` is found.
    QByteArray run(const QString& line);
    QList<QJsonObject> entries(const QString& appId) const;

    std::unique_ptr<VigieProcess> m_vigie;
    std::unique_ptr<QTemporaryDir> m_home; // where the lines are typed
    QString m_token;
};

void TestSetup::init()
{
    m_vigie = std::make_unique<VigieProcess>();
    m_home = std::make_unique<QTemporaryDir>();
    m_token.clear();
    QDir home(m_home->path());
    QVERIFY(home.mkpath(u"bin"_s));
    QVERIFY(QFile::link(programPath(), home.filePath(u"bin/vigie"_s)));
}

void TestSetup::cleanup()
{
    m_vigie.reset();
    m_home.reset();
}

QByteArray TestSetup::ask(const QString& path, const QString& query) const
{
    QProcess curl; // it speaks TLS as well
    QStringList arguments{u"-s"_s, u"-k"_s};
    if (!m_token.isEmpty())
        arguments += QStringList{u"-H"_s, u"Authorization: Bearer "_s + m_token};
    QUrl url = m_vigie->url();
    url.setScheme(m_vigie->speaksTls() ? u"https"_s : u"http"_s);
    url.setPath(path);
    url.setQuery(query);
    curl.start(u"curl"_s, arguments + QStringList{url.toString(QUrl::FullyEncoded)});
    curl.waitForFinished(longWaitMs);
    return curl.readAllStandardOutput();
}

QString TestSetup::line(const QByteArray& id, const QString& query)
{
    const QJsonDocument answer = QJsonDocument::fromJson(ask(u"/api/sources/setup"_s, query));
    for (const QJsonValue& one : answer["lines"_L1].toArray()) {
        if (one["id"_L1].toString() == QLatin1StringView(id))
            return one["code"_L1].toString();
    }
    return {};
}

QByteArray TestSetup::run(const QString& line)
{
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"PATH"_s, m_home->filePath(u"bin"_s) + u':' + environment.value(u"PATH"_s));
    environment.insert(u"XDG_DATA_HOME"_s, m_home->filePath(u"share"_s)); // where no Vigie is
    shell.setProcessEnvironment(environment);
    shell.setWorkingDirectory(m_home->path());
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(u"sh"_s, {u"-c"_s, line});
    if (!waitUntil([&shell] { return shell.state() == QProcess::NotRunning; }))
        return "it does not end";
    return shell.exitCode() == 0 ? shell.readAllStandardOutput() : "it fails: " + shell.readAllStandardOutput();
}

QList<QJsonObject> TestSetup::entries(const QString& appId) const
{
    QList<QJsonObject> all;
    for (const QByteArray& line : m_vigie->command({u"export"_s, u"--app"_s, appId}).split('\n')) {
        if (const QJsonObject entry = QJsonDocument::fromJson(line).object(); entry["appId"_L1].toString() == appId)
            all.append(entry);
    }
    return all;
}

void TestSetup::aLineOfTheShellBringsItsEntry_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QByteArray>("printed");
    QTest::newRow("pipe") << u"Hello from a pipe"_s << QByteArray();
    QTest::newRow("run") << u"Hello from a program"_s << QByteArray("Hello from a program\n");
    QTest::newRow("curl") << u"Hello from curl"_s << QByteArray();
}

void TestSetup::aLineOfTheShellBringsItsEntry()
{
    QFETCH(QString, message);
    QFETCH(QByteArray, printed);
    QVERIFY(m_vigie->start());
    // Of an application whose name a shell would take apart.
    const QString appId = u"it's my \"shop\" & co"_s;
    const QString code = line(QTest::currentDataTag(), u"app="_s + QString::fromLatin1(QUrl::toPercentEncoding(appId)));
    QVERIFY(!code.isEmpty());
    const QByteArray said = run(code);
    QVERIFY2(!said.startsWith("it "), said.constData());
    if (!printed.isEmpty())
        QCOMPARE(said, printed);
    QVERIFY(waitUntil([&] { return !entries(appId).isEmpty(); }));
    QCOMPARE(entries(appId).size(), 1);
    QCOMPARE(entries(appId).first()["message"_L1].toString(), message);
}

void TestSetup::aProgramBringsItsEntries_data()
{
    QTest::addColumn<QString>("tool"); // that must be there
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("level");
    // Of pino's own form of a line.
    QTest::newRow("node-pino") << u"node"_s << u"app.js"_s
                               << QByteArray("console.log(JSON.stringify({level: 50, time: Date.now(), pid: 1, hostname: 'a', msg: 'no till'}))\n")
                               << u"no till"_s << u"error"_s;
    QTest::newRow("python-run") << u"python3"_s << u"app.py"_s << QByteArray("print('no till')\n") << u"no till"_s << u"info"_s;
    // The code itself is the program.
    QTest::newRow("python") << u"python3"_s << u"app.py"_s << QByteArray() << u"Hello from Python"_s << u"info"_s;
}

void TestSetup::aProgramBringsItsEntries()
{
    QFETCH(QString, tool);
    QFETCH(QString, file);
    QFETCH(QByteArray, program);
    QFETCH(QString, message);
    QFETCH(QString, level);
    if (QStandardPaths::findExecutable(tool).isEmpty())
        QSKIP(qPrintable(tool + u" is not there"_s));
    QVERIFY(m_vigie->start());
    const QString code = line(QTest::currentDataTag());
    QVERIFY(!code.isEmpty());
    QVERIFY(write(m_home->filePath(file), program.isEmpty() ? code.toUtf8() : program));
    const QByteArray said = run(program.isEmpty() ? tool + u' ' + file : code);
    QVERIFY2(!said.startsWith("it "), said.constData());
    QVERIFY(waitUntil([this] { return !entries(u"demo"_s).isEmpty(); }));
    QCOMPARE(entries(u"demo"_s).size(), 1);
    QCOMPARE(entries(u"demo"_s).first()["message"_L1].toString(), message);
    const QString given = entries(u"demo"_s).first()["level"_L1].toString().toLower();
    QVERIFY2(given == level || given == "50"_L1, qPrintable(given)); // pino's number for errors
}

void TestSetup::theReadmePostsAFile()
{
    const QString readme = QString::fromUtf8(read(QStringLiteral(VIGIE_SOURCE_DIR "/README.md")));
    static const QRegularExpression posted(u"^curl --data-binary @app\\.log http://127\\.0\\.0\\.1:3001/"_s, QRegularExpression::MultilineOption);
    const auto start = posted.match(readme);
    QVERIFY(start.hasMatch());
    QString code = readme.mid(start.capturedStart(), readme.indexOf(u'\n', start.capturedStart()) - start.capturedStart());
    QVERIFY(m_vigie->start());
    QVERIFY(write(m_home->filePath(u"app.log"_s), "the till is open\nERROR the till is empty\n{\"level\":\"warn\",\"msg\":\"low\"}\n"));
    const QByteArray said = run(code.replace(u":3001"_s, u':' + QString::number(m_vigie->port())));
    QVERIFY2(!said.startsWith("it "), said.constData());
    QStringList stored;
    for (const QJsonObject& entry : entries(u"shop"_s))
        stored += entry["level"_L1].toString() + u' ' + entry["message"_L1].toString();
    QCOMPARE(stored, QStringList({u"info the till is open"_s, u"ERROR ERROR the till is empty"_s, u"warn low"_s}));
}

void TestSetup::filesAreWatched()
{
    QVERIFY(m_vigie->start());
    const QString code = line("files");
    const QByteArray said = run(code);
    QVERIFY2(!said.startsWith("it "), said.constData());
    QVERIFY(read(m_vigie->dataDir() + u"/sources.json"_s).contains("/var/log/nginx/*.log"));
    // The same of a folder that a test may write in.
    QString ours = code;
    ours.replace(u"/var/log/nginx"_s, m_home->path());
    QVERIFY(ours != code);
    QVERIFY2(!run(ours).startsWith("it "), qPrintable(ours));
    // What is written before Vigie looks is the past.
    QVERIFY(waitUntil([this] { return ask(u"/api/sources"_s).contains(m_home->path().toUtf8()); }));
    QVERIFY(write(m_home->filePath(u"access.log"_s), "the till is open\n"));
    QVERIFY(waitUntil([this] { return !entries(u"demo"_s).isEmpty(); }));
    QCOMPARE(entries(u"demo"_s).first()["message"_L1].toString(), u"the till is open"_s);
}

void TestSetup::readOnly(const QByteArray& id, const QString& option, const QString& place)
{
    QVERIFY(m_vigie->start());
    const QByteArray said = run(line(id) + u' ' + option + u' ' + place);
    QVERIFY2(!said.startsWith("it "), said.constData());
}

void TestSetup::theJournalIsRead()
{
    if (!QFile::exists(journalWriter))
        QSKIP("systemd-journal-remote is not installed");
    const QString folder = m_home->filePath(u"journal"_s);
    QVERIFY(QDir().mkdir(folder));
    readOnly("journal", u"--directory"_s, folder);
    if (QTest::currentTestFailed())
        return;
    // Only what comes is read, so it has to come more than once until the journal is followed.
    QVERIFY(waitUntil([&] { return addToJournal(folder) && !entries(u"till"_s).isEmpty(); }));
    QCOMPARE(entries(u"till"_s).first()["message"_L1].toString(), u"the till is open"_s);
}

void TestSetup::containersAreRead()
{
    Podman podman;
    if (const QString problem = podman.start(); !problem.isEmpty())
        QSKIP(qPrintable(u"Podman cannot run here: "_s + problem));
    readOnly("containers", u"--socket"_s, podman.socket());
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(podman.runContainer(u"till"_s, u"echo the till is open; sleep 2"_s), 0);
    QVERIFY(waitUntil([this] { return !entries(u"till"_s).isEmpty(); }));
    QCOMPARE(entries(u"till"_s).first()["message"_L1].toString(), u"the till is open"_s);
}

void TestSetup::theUsualFolderIsNotNamed()
{
    m_vigie->setVariable(u"XDG_DATA_HOME"_s, m_home->filePath(u"share"_s));
    QVERIFY(QDir(m_home->path()).mkpath(u"share"_s));
    QVERIFY(QFile::link(m_vigie->dataDir(), m_home->filePath(u"share/vigie"_s)));
    QVERIFY(m_vigie->start({u"--data-dir"_s, m_home->filePath(u"share/vigie"_s)}));
    QCOMPARE(line("run"), u"vigie run --app demo -- echo 'Hello from a program'"_s);
}

void TestSetup::askAs(const QString& role)
{
    m_token = m_vigie->addToken({u"--app"_s, u"demo"_s, u"--user"_s, u"ann"_s, u"--role"_s, role});
    QVERIFY(waitUntil([this] { return !line("curl").isEmpty(); }));
}

void TestSetup::viewersAreNotToldTheFolder()
{
    QVERIFY(m_vigie->start({u"--require-token"_s}));
    askAs(u"viewer"_s);
    QCOMPARE(line("run"), u"vigie run --app demo -- echo 'Hello from a program'"_s);
    askAs(u"admin"_s);
    QVERIFY(waitUntil([this] { return line("run").contains(m_vigie->dataDir()); }));
}

void TestSetup::byTlsAndTokenAsWell_data()
{
    QTest::addColumn<QString>("file"); // empty: a line for the shell
    QTest::newRow("curl") << QString();
    QTest::newRow("python") << u"app.py"_s;
}

void TestSetup::byTlsAndTokenAsWell()
{
    QFETCH(QString, file);
    QVERIFY(m_vigie->start({u"--tls"_s, u"--require-token"_s}));
    askAs(u"admin"_s);
    QString code = line(QTest::currentDataTag(), u"token=1"_s);
    // As the hint says: a copy of the certificate, and a token in place of the word.
    QVERIFY(QFile::copy(m_vigie->dataDir() + u"/tls-certificate.pem"_s, m_home->filePath(u"tls-certificate.pem"_s)));
    QVERIFY(code.contains("TOKEN"_L1));
    code.replace(u"TOKEN"_s, m_token);
    if (!file.isEmpty()) {
        QVERIFY(write(m_home->filePath(file), code.toUtf8()));
        code = u"python3 "_s + file;
    }
    const QByteArray said = run(code);
    QVERIFY2(!said.startsWith("it "), said.constData());
    QVERIFY(waitUntil([this] { return !entries(u"demo"_s).isEmpty(); }));
}

void TestSetup::journalsOfOtherMachinesAreUploaded()
{
    if (!QFile::exists(journalWriter))
        QSKIP("systemd-journal-remote is not installed");
    QVERIFY(m_vigie->start({u"--tls"_s, u"--require-token"_s}));
    askAs(u"admin"_s);
    QVERIFY(QFile::copy(m_vigie->dataDir() + u"/tls-certificate.pem"_s, m_home->filePath(u"tls-certificate.pem"_s)));
    QVERIFY(QDir(m_home->path()).mkdir(u"journal"_s));
    QVERIFY(addToJournal(m_home->filePath(u"journal"_s)));
    const QString producer = m_vigie->addToken({u"--all-apps"_s, u"--user"_s, u"far"_s, u"--role"_s, u"producer"_s});
    QString code = line("journal-upload", u"token=1"_s);
    QVERIFY(code.contains("TOKEN"_L1));
    code.replace(u"TOKEN"_s, producer);
    // A new token is known within a second. It would follow the machine's own journal for ever.
    QByteArray said;
    QVERIFY2(waitUntil([&] { return !(said = run(code + u" --directory=journal --follow=no"_s)).startsWith("it "); }), said.constData());
    QVERIFY(waitUntil([this] { return !entries(u"till"_s).isEmpty(); }));
    QCOMPARE(entries(u"till"_s).first()["message"_L1].toString(), u"the till is open"_s);
    QCOMPARE(entries(u"till"_s).first()["userId"_L1].toString(), u"far"_s);
}

void TestSetup::fromElsewhereByVigiesOwnCommands_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("pipe") << u"Hello from a pipe"_s;
    QTest::newRow("run") << u"Hello from a program"_s;
}

/// By the lines for another machine, in whose place is this one: the address alone is put in place of that of a sharing Vigie.
void TestSetup::fromElsewhereByVigiesOwnCommands()
{
    QFETCH(QString, message);
    QVERIFY(m_vigie->start({u"--tls"_s, u"--require-token"_s}));
    askAs(u"admin"_s);
    QVERIFY(QFile::copy(m_vigie->dataDir() + u"/tls-certificate.pem"_s, m_home->filePath(u"tls-certificate.pem"_s)));
    const QString query = u"token=1&url=https://vigie.example:%1/"_s.arg(m_vigie->port());
    QString token = line("token", query);
    QVERIFY(token.contains("TOKEN"_L1));
    const QString producer = m_vigie->addToken({u"--app"_s, u"demo"_s, u"--user"_s, u"till-1"_s, u"--role"_s, u"producer"_s});
    const QByteArray kept = run(token.replace(u"TOKEN"_s, producer));
    QVERIFY2(!kept.startsWith("it "), kept.constData());
    QString code = line(QTest::currentDataTag(), query);
    for (const char* const part : {"--to https://vigie.example:", "--token-file token", "--ca tls-certificate.pem"})
        QVERIFY2(code.contains(QLatin1StringView(part)), qPrintable(code));
    const QByteArray said = run(code.replace(u"vigie.example"_s, u"127.0.0.1"_s));
    QVERIFY2(!said.startsWith("it "), said.constData());
    QVERIFY(waitUntil([this] { return !entries(u"demo"_s).isEmpty(); }));
    QCOMPARE(entries(u"demo"_s).first()["message"_L1].toString(), message);
    QCOMPARE(entries(u"demo"_s).first()["userId"_L1].toString(), u"till-1"_s);
}

VIGIE_TEST(TestSetup)
#include "tst_setup.moc"
