// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "harness.h"
#include "testmain.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTcpServer>
#include <sys/stat.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpNamesEveryFlag();
    void helpNamesTheCommandsAndTheFolder();
    void helpOfACommand();
    void optionsStandBeforeOrAfterACommand();
    void versionIsExact();
    void wrongUsageIsOneLineAndTwo_data();
    void wrongUsageIsOneLineAndTwo();
    void portInUse();
    void dataDirThatIsAFile();
    void displayThatDoesNotAnswerIsNone();
    void dataDirIsMade();
    void dataIsItsOwnersAlone_data();
    void dataIsItsOwnersAlone();
    void exportedFilesAreAsTheUserWants();
    void corruptSettings();
    void frenchIsSpoken();
    void signalEndsItCleanly_data();
    void signalEndsItCleanly();
};

void TestCommandLine::helpNamesEveryFlag()
{
    for (const QString& flag : {u"--help"_s, u"-h"_s}) {
        VigieProcess vigie;
        QCOMPARE(vigie.run({flag}), 0);
        for (const char* known :
             {"--headless", "--host <address>", "--port <port>", "--data-dir <folder>", "--no-history", "--lang <language>",
              "--theme <theme>", "--allow-origin <origin>", "--open-loopback", "--public-url <url>", "-h, --help",
              "-v, --version"}) {
            QVERIFY2(vigie.out().contains(known), known);
        }
        QVERIFY(vigie.out().startsWith("Usage: "));
        QVERIFY(vigie.out().endsWith('\n'));
        QCOMPARE(vigie.err(), QByteArray());
    }
}

void TestCommandLine::helpNamesTheCommandsAndTheFolder()
{
    for (const QStringList& asked : {QStringList{u"--help"_s}, {u"help"_s}}) {
        VigieProcess vigie;
        vigie.setVariable(u"XDG_DATA_HOME"_s, u"/nowhere/share"_s);
        QCOMPARE(vigie.run(asked), 0);
        for (const char* name : {"open", "export", "import", "doctor", "app", "token", "audit", "help"})
            QVERIFY2(vigie.out().contains("\n  " + QByteArray(name).leftJustified(6) + "  "), name);
        QVERIFY2(vigie.out().contains("[command]"), vigie.out().constData());
        QVERIFY2(vigie.out().endsWith("/nowhere/share/vigie\n"), vigie.out().constData());
        QVERIFY2(vigie.out().simplified().contains("Keep neither logs nor figures on disk"), vigie.out().constData());
    }
}

void TestCommandLine::helpOfACommand()
{
    VigieProcess vigie;
    for (const char* name : {"export", "import", "doctor", "app", "token", "audit"}) {
        QCOMPARE(vigie.run({u"help"_s, QString::fromLatin1(name)}), 0);
        const QByteArray helped = vigie.out();
        QVERIFY2(helped.startsWith("Usage: " + programPath().toLocal8Bit() + ' ' + name + ' '), helped.constData());
        QCOMPARE(vigie.run({QString::fromLatin1(name), u"--help"_s}), 0);
        QCOMPARE(vigie.out(), helped);
    }
    QCOMPARE(vigie.run({u"help"_s, u"open"_s}), 0);
    QVERIFY2(vigie.out().contains("open <file or address>"), vigie.out().constData());
    QCOMPARE(vigie.run({u"help"_s, u"frobnicate"_s}), 2);
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("frobnicate"), vigie.err().constData());
}

void TestCommandLine::optionsStandBeforeOrAfterACommand()
{
    VigieProcess vigie;
    const QString folder = vigie.dataDir();
    for (const QStringList& arguments : {QStringList{u"--lang"_s, u"fr"_s, u"--data-dir"_s, folder, u"doctor"_s},
                                         {u"--lang=fr"_s, u"doctor"_s, u"--data-dir"_s, folder},
                                         {u"doctor"_s, u"--data-dir="_s + folder, u"--lang"_s, u"fr"_s}}) {
        QCOMPARE(vigie.run(arguments), 0);
        QVERIFY2(vigie.out().contains("Tout va bien."), vigie.out().constData());
    }
    // A value that is a command's name is a value.
    QCOMPARE(vigie.run({u"--lang"_s, u"doctor"_s}), 2);
    QVERIFY2(vigie.err().contains("--lang"), vigie.err().constData());
}

void TestCommandLine::versionIsExact()
{
    for (const QString& flag : {u"--version"_s, u"-v"_s}) {
        VigieProcess vigie;
        QCOMPARE(vigie.run({flag}), 0);
        QCOMPARE(vigie.out(), QByteArray("vigie 0.1.0\n"));
        QCOMPARE(vigie.err(), QByteArray());
    }
}

void TestCommandLine::wrongUsageIsOneLineAndTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("unknown flag") << QStringList{u"--frobnicate"_s} << QByteArray("frobnicate");
    QTest::newRow("stray word") << QStringList{u"now"_s} << QByteArray("now");
    QTest::newRow("port is text") << QStringList{u"--port"_s, u"http"_s} << QByteArray("--port");
    QTest::newRow("port beyond 65535") << QStringList{u"--port"_s, u"65536"_s} << QByteArray("65536");
    QTest::newRow("port below 0") << QStringList{u"--port=-1"_s} << QByteArray("-1");
    QTest::newRow("port is empty") << QStringList{u"--port="_s} << QByteArray("--port");
    QTest::newRow("port without a value") << QStringList{u"--port"_s} << QByteArray("port");
    QTest::newRow("unknown language") << QStringList{u"--lang"_s, u"xx"_s} << QByteArray("--lang");
    QTest::newRow("unknown theme") << QStringList{u"--theme"_s, u"pink"_s} << QByteArray("--theme");
    QTest::newRow("host is no address") << QStringList{u"--host"_s, u"example.org"_s} << QByteArray("--host");
    QTest::newRow("insecure and TLS") << QStringList{u"--insecure"_s, u"--tls"_s} << QByteArray("--insecure");
    QTest::newRow("open and closed") << QStringList{u"--open-loopback"_s, u"--require-token"_s} << QByteArray("--open-loopback");
    QTest::newRow("loopback beyond it") << QStringList{u"--open-loopback"_s, u"--host"_s, u"0.0.0.0"_s}
                                        << QByteArray("--open-loopback");
    QTest::newRow("certificate without key") << QStringList{u"--tls-cert"_s, u"a.pem"_s} << QByteArray("--tls-key");
    QTest::newRow("key without certificate") << QStringList{u"--tls-key"_s, u"a.pem"_s} << QByteArray("--tls-cert");
    QTest::newRow("origin with a path") << QStringList{u"--allow-origin"_s, u"http://a.example/x"_s}
                                        << QByteArray("--allow-origin");
    for (const char* url : {"ops.example", "https://ops.example/?a", "https://ann:secret@ops.example/", "https://", ""})
        QTest::addRow("public URL %s", url)
            << QStringList{u"--public-url"_s, QString::fromLatin1(url)} << QByteArray("--public-url");
    QTest::newRow("open and no window") << QStringList{u"open"_s, u"a.log"_s} << QByteArray("--headless");
    QTest::newRow("share and no window") << QStringList{u"--share"_s} << QByteArray("--share");
    QTest::newRow("data dir is empty") << QStringList{u"--data-dir="_s} << QByteArray("--data-dir");
}

void TestCommandLine::wrongUsageIsOneLineAndTwo()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    VigieProcess vigie;
    QCOMPARE(vigie.run(QStringList{u"--headless"_s} + arguments), 2);
    QCOMPARE(vigie.out(), QByteArray());
    QVERIFY2(isOneLine(vigie.err()), vigie.err().constData());
    QVERIFY2(vigie.err().startsWith("vigie: "), vigie.err().constData());
    QVERIFY2(vigie.err().contains(named), vigie.err().constData());
}

void TestCommandLine::portInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString port = QString::number(other.serverPort());
    VigieProcess vigie;
    QCOMPARE(vigie.run({u"--headless"_s, u"--data-dir"_s, vigie.dataDir(), u"--port"_s, port}), 1);
    QCOMPARE(vigie.out(), QByteArray());
    QCOMPARE(vigie.err(), u"vigie: Port %1 is in use by another program.\n"_s.arg(port).toUtf8());
}

void TestCommandLine::dataDirThatIsAFile()
{
    VigieProcess vigie;
    QFile file(vigie.dataDir() + u"/file"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const QString& path : {file.fileName(), file.fileName() + u"/below"_s}) {
        QCOMPARE(vigie.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, path}), 1);
        QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains(path.toUtf8()), vigie.err().constData());
        QCOMPARE(vigie.out(), QByteArray());
    }
}

void TestCommandLine::displayThatDoesNotAnswerIsNone()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    VigieProcess vigie;
    vigie.setVariable(u"QT_QPA_PLATFORM"_s, {});
    vigie.setVariable(u"WAYLAND_DISPLAY"_s, u"no-such-display"_s);
    vigie.setVariable(u"DISPLAY"_s, u":987"_s);
    // A window would stay and offer another port.
    QCOMPARE(vigie.run({u"--data-dir"_s, vigie.dataDir(), u"--port"_s, QString::number(other.serverPort())}), 1);
    QVERIFY2(vigie.err().contains("is in use by another program"), vigie.err().constData());
}

void TestCommandLine::dataDirIsMade()
{
    VigieProcess vigie;
    const QString path = vigie.dataDir() + u"/not/yet"_s;
    QVERIFY(vigie.start({u"--data-dir"_s, path}));
    QVERIFY(QDir(path).exists());
    QCOMPARE(vigie.stop(), 0);
}

void TestCommandLine::dataIsItsOwnersAlone_data()
{
    QTest::addColumn<bool>("isOld");    // made by a Vigie that left it open
    QTest::addColumn<bool>("isShared"); // there is something else in the folder
    QTest::newRow("new") << false << false;
    QTest::newRow("old") << true << false;
    QTest::newRow("new, in a folder of others") << false << true;
    QTest::newRow("old, in a folder of others") << true << true;
}

void TestCommandLine::dataIsItsOwnersAlone()
{
    QFETCH(bool, isOld);
    QFETCH(bool, isShared);
    constexpr auto forOthers =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    const auto all = [](const QString& folder) {
        QStringList paths{folder};
        QDirIterator entries(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
        while (entries.hasNext())
            paths.append(entries.next());
        return paths;
    };
    ::umask(022);
    VigieProcess vigie;
    const QString folder = vigie.dataDir();
    const QStringList theirs{folder + u"/metrics.database"_s, folder + u"/logs of mine"_s};
    if (isShared) {
        for (const QString& path : theirs) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
    }
    if (isOld) {
        QVERIFY(fill(vigie, u"shop"_s, entries(u"old "_s, 1, 3)));
        QVERIFY(all(folder).size() >= 5);
        for (const QString& path : all(folder))
            QVERIFY(QFile::setPermissions(path, QFile::permissions(path) | QFile::ReadGroup | QFile::ReadOther));
    }
    QVERIFY(QFile::setPermissions(folder, QFile::permissions(folder) | forOthers));
    QVERIFY(vigie.start());
    Client client;
    QVERIFY(client.signIn(vigie, u"shop"_s, u"ann"_s));
    client.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"new "_s, 1, 3)}, {u"ack"_s, true}});
    QVERIFY(client.waitFor(u"logs_ack"_s));
    QVERIFY(vigie.addToken({u"--user"_s, u"ann"_s, u"--all-apps"_s}) != u"failed"_s);
    // While it runs, with what SQLite has beside its files, and after.
    for (const bool runs : {true, false}) {
        if (!runs)
            QCOMPARE(vigie.stop(), 0);
        for (const QString& path : all(folder)) {
            const bool isOthers = isShared && (path == folder || theirs.contains(path));
            QVERIFY2(bool(QFile::permissions(path) & forOthers) == isOthers, qPrintable(path));
        }
    }
}

void TestCommandLine::exportedFilesAreAsTheUserWants()
{
    ::umask(022);
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"out "_s, 1, 3)));
    const QString path = vigie.dataDir() + u"/out.ndjson"_s;
    QCOMPARE(vigie.command({u"export"_s, u"--app"_s, u"shop"_s, u"--output"_s, path}), QByteArray());
    QVERIFY(QFile::permissions(path) & QFile::ReadOther);
}

void TestCommandLine::corruptSettings()
{
    VigieProcess vigie;
    QFile file(vigie.dataDir() + u"/settings.json"_s);
    for (const QByteArray& text : {QByteArray("{\"port\": 30"), QByteArray("[]"), QByteArray("\xff\xfe")}) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QCOMPARE(vigie.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
        QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("settings.json"), vigie.err().constData());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), text); // what the owner wrote is theirs
        file.close();
    }
}

void TestCommandLine::frenchIsSpoken()
{
    VigieProcess vigie;
    QCOMPARE(vigie.run({u"--lang"_s, u"fr"_s, u"--help"_s}), 0);
    QVERIFY2(vigie.out().contains("Écoute sur"), vigie.out().constData());
}

void TestCommandLine::signalEndsItCleanly_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestCommandLine::signalEndsItCleanly()
{
    QFETCH(int, signal);
    VigieProcess vigie;
    QVERIFY(vigie.start());
    Client signedIn;
    QVERIFY(signedIn.signIn(vigie, u"shop"_s, u"ann"_s));
    Client stranger;
    QVERIFY(stranger.open(vigie.url()));
    RawClient deaf; // answers no close
    QVERIFY(deaf.connectTo(vigie));
    QVERIFY(deaf.handshake());

    QCOMPARE(vigie.stop(signal), 0);
    for (Client* client : {&signedIn, &stranger}) {
        QVERIFY(client->waitForClose());
        QCOMPARE(int(client->socket().closeCode()), 1001);
    }
    QCOMPARE(deaf.waitForCloseCode(), 1001);
    QCOMPARE(vigie.err(), QByteArray());
}

VIGIE_TEST(TestCommandLine)
#include "tst_commandline.moc"
