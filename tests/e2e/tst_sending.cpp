// SPDX-License-Identifier: GPL-3.0-or-later
// vigie log and vigie run, as people type them.
#include "commands.h"
#include "harness.h"
#include "testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTcpServer>
#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace vigie::e2e;

class TestSending : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesBecomeEntries();
    void whatCameBeforeVigieIsDelivered();
    void whatIsLeftIsTakenUpWhileVigieRuns();
    void aKillOfVigieLosesAndDoublesNothing();
    void aKillOfTheCommandLosesNothingSpooled();
    void theLastWordsOfAProgramArrive_data();
    void theLastWordsOfAProgramArrive();
    void outputAndStatusAreTheProgramsOwn();
    void signalsArePassedOn();
    void aProgramThatIsNotThereEndsAsInAShell();
    void aTerminalKeepsItsColours();
    void aTerminalsInterruptComesOnce();
    void whatALocalVigieRefusesItTakesUp();
    void anotherVigieIsReachedByTlsAndToken();
    void aWrongTokenIsToldAndNothingLost();
    void whatHasNoRoomIsTold();
    void terminationLeavesTheRest();
    void wrongUseIsTold_data();
    void wrongUseIsTold();

private:
    struct Ended
    {
        int code = -1; ///< 128 and the signal where one ended it
        QByteArray out;
        QByteArray err;
    };
    static Ended shell(const QString& line, const QString& dataDir, int timeoutMs = 2 * longWaitMs);
    static void startShell(QProcess& process, const QString& line, const QString& dataDir);
    static QList<QJsonObject> stored(const VigieProcess& vigie, const QString& appId = u"shop"_s);
    static QStringList messages(const VigieProcess& vigie, const QString& appId = u"shop"_s);
    static int spools(const QString& dataDir) { return int(QDir(dataDir + u"/spool"_s).entryList(QDir::Files).size()); }
};

/// `$V` is the program and `$D` the data folder.
void TestSending::startShell(QProcess& process, const QString& line, const QString& dataDir)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"LANGUAGE"_s);
    environment.insert(u"V"_s, programPath());
    environment.insert(u"D"_s, dataDir);
    process.setProcessEnvironment(environment);
    process.start(u"bash"_s, {u"-c"_s, line});
}

TestSending::Ended TestSending::shell(const QString& line, const QString& dataDir, int timeoutMs)
{
    QProcess process;
    startShell(process, line, dataDir);
    if (!waitUntil([&process] { return process.state() == QProcess::NotRunning; }, timeoutMs))
        return {-2, process.readAllStandardOutput(), process.readAllStandardError()};
    const int code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 128 + process.exitCode();
    return {code, process.readAllStandardOutput(), process.readAllStandardError()};
}

QList<QJsonObject> TestSending::stored(const VigieProcess& vigie, const QString& appId)
{
    QList<QJsonObject> entries;
    for (const QByteArray& line : vigie.command({u"export"_s, u"--app"_s, appId}).split('\n')) {
        if (!line.isEmpty())
            entries += QJsonDocument::fromJson(line).object();
    }
    return entries;
}

QStringList TestSending::messages(const VigieProcess& vigie, const QString& appId)
{
    QStringList all;
    for (const QJsonObject& entry : stored(vigie, appId))
        all += entry["message"_L1].toString();
    return all;
}

void TestSending::linesBecomeEntries()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const Ended ended = shell(uR"(printf '2026-01-02T03:04:05Z ERROR no\n    at a (b.js:1)\n\033[32mgreen\033[0m\n{"level":30,"msg":"hi","k":1}\nlast' | "$V" log --app shop --data-dir "$D")"_s,
                              vigie.dataDir());
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.err, QByteArray());
    QCOMPARE(ended.out, QByteArray()); // only with --tee
    const QList<QJsonObject> all = stored(vigie);
    QCOMPARE(all.size(), 4);
    QCOMPARE(all[0]["message"_L1].toString(), u"2026-01-02T03:04:05Z ERROR no\n    at a (b.js:1)"_s);
    QCOMPARE(all[0]["timestamp"_L1].toInteger(), 1'767'323'045'000);
    QCOMPARE(all[0]["level"_L1].toString(), u"ERROR"_s);
    QCOMPARE(all[1]["message"_L1].toString(), u"\u001b[32mgreen\u001b[0m"_s);
    QCOMPARE(all[2]["message"_L1].toString(), u"hi"_s);
    QCOMPARE(all[2]["metadata"_L1]["k"_L1].toInt(), 1);
    QCOMPARE(all[3]["message"_L1].toString(), u"last"_s);
    QCOMPARE(shell(u"echo seen | \"$V\" log --app shop --tee --data-dir \"$D\""_s, vigie.dataDir()).out, QByteArray("seen\n"));
    QCOMPARE(spools(vigie.dataDir()), 0);
}

void TestSending::whatCameBeforeVigieIsDelivered()
{
    VigieProcess vigie;
    const Ended ended = shell(u"seq 1 5000 | \"$V\" log --app shop --data-dir \"$D\""_s, vigie.dataDir());
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.err.contains("5000 entries wait in"), ended.err.constData());
    QCOMPARE(spools(vigie.dataDir()), 1);
    QVERIFY(vigie.start());
    QVERIFY(waitUntil([&] { return spools(vigie.dataDir()) == 0; }));
    const QStringList all = messages(vigie);
    QCOMPARE(all.size(), 5'000);
    QCOMPARE(all.last(), u"5000"_s);
    QCOMPARE(vigie.stop(), 0);
    QVERIFY(vigie.start()); // and not once more
    QCOMPARE(messages(vigie).size(), 5'000);
}

void TestSending::whatIsLeftIsTakenUpWhileVigieRuns()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    // A command that is killed has nobody to deliver what it read; the next one does.
    QProcess first;
    startShell(first, u"exec \"$V\" log --app shop --data-dir \"$D\""_s, vigie.dataDir());
    first.write("one\n");
    QVERIFY(waitUntil([&] { return messages(vigie) == QStringList{u"one"_s}; }));
    QCOMPARE(vigie.stop(), 0);
    first.kill();
    waitUntil([&] { return first.state() == QProcess::NotRunning; });
    shell(u"echo two | \"$V\" log --app shop --data-dir \"$D\""_s, vigie.dataDir());
    QVERIFY(spools(vigie.dataDir()) > 0);
    QVERIFY(vigie.start());
    QCOMPARE(shell(u"echo three | \"$V\" log --app shop --data-dir \"$D\""_s, vigie.dataDir()).code, 0);
    QVERIFY(waitUntil([&] { return messages(vigie).size() == 3; }));
}

void TestSending::aKillOfVigieLosesAndDoublesNothing()
{
    constexpr int count = 200'000;
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QProcess sender;
    startShell(sender, u"seq 1 %1 | exec \"$V\" log --app shop --data-dir \"$D\""_s.arg(count), vigie.dataDir());
    const auto isThere = [&] { return vigie.command({u"export"_s, u"--app"_s, u"shop"_s}).count('\n') > 5'000; };
    QVERIFY(waitUntil([&] { return QFileInfo::exists(vigie.dataDir() + u"/logs/logs-000001.db"_s) && isThere(); }));
    QVERIFY(sender.state() == QProcess::Running);
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QVERIFY(vigie.start());
    QVERIFY(waitUntil([&] { return sender.state() == QProcess::NotRunning; }, 4 * longWaitMs));
    QVERIFY(waitUntil([&] { return spools(vigie.dataDir()) == 0; }) || vigie.stop() == 0);
    if (!vigie.isRunning()) // the sender had given up: the next Vigie takes up what it left
        QVERIFY(vigie.start());
    QVERIFY(waitUntil([&] { return spools(vigie.dataDir()) == 0; }));
    const QStringList all = messages(vigie);
    QCOMPARE(all.size(), count);
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), count);
}

void TestSending::aKillOfTheCommandLosesNothingSpooled()
{
    VigieProcess vigie;
    QProcess sender;
    startShell(sender, u"exec \"$V\" log --app shop --data-dir \"$D\""_s, vigie.dataDir());
    for (int i = 1; i <= 100; ++i)
        sender.write(QByteArray::number(i) + '\n');
    const auto spooled = [&] {
        const QFileInfoList files = QDir(vigie.dataDir() + u"/spool"_s).entryInfoList(QDir::Files);
        return files.size() == 1 && read(files.first().filePath()).contains("\"message\":\"100\"");
    };
    QVERIFY(waitUntil(spooled));
    sender.kill();
    QVERIFY(waitUntil([&] { return sender.state() == QProcess::NotRunning; }));
    QVERIFY(vigie.start());
    QVERIFY(waitUntil([&] { return spools(vigie.dataDir()) == 0; }));
    QCOMPARE(messages(vigie).size(), 100);
}

void TestSending::theLastWordsOfAProgramArrive_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("pipe") << u"node -e \"$P\" 2>&1 | \"$V\" log --app shop --data-dir \"$D\""_s;
    QTest::newRow("child") << u"\"$V\" run --app shop --data-dir \"$D\" -- node -e \"$P\" > /dev/null 2>&1"_s;
}

/// The probe of the facts: 128 KB into a pipe, and then an exception.
void TestSending::theLastWordsOfAProgramArrive()
{
    QFETCH(QString, line);
    if (QStandardPaths::findExecutable(u"node"_s).isEmpty())
        QSKIP("there is no Node.js");
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QString program = uR"(P='for (let i = 0; i < 1310; i++) console.log(String(i).padStart(98, "x")); throw new Error("the reason")'; )"_s;
    shell(program + line, vigie.dataDir());
    const QStringList all = messages(vigie);
    QCOMPARE(all.filter(QRegularExpression(u"^x+[0-9]+$"_s)).size(), 1'310);
    QVERIFY(all.filter(u"Error: the reason"_s).size() == 1);
}

void TestSending::outputAndStatusAreTheProgramsOwn()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const Ended ended = shell(uR"(echo in | "$V" run --app shop --data-dir "$D" -- sh -c 'cat; printf "a\tb"; echo bad >&2; exit 7')"_s,
                              vigie.dataDir());
    QCOMPARE(ended.code, 7);
    QCOMPARE(ended.out, QByteArray("in\na\tb"));
    QCOMPARE(ended.err, QByteArray("bad\n"));
    const QList<QJsonObject> all = stored(vigie);
    QCOMPARE(all.size(), 3);
    for (const QJsonObject& entry : all) {
        const bool isError = entry["message"_L1] == "bad"_L1;
        QCOMPARE(entry["metadata"_L1]["stream"_L1].toString(), isError ? u"stderr"_s : QString());
        QVERIFY(entry["metadata"_L1]["pid"_L1].toInt() > 0);
    }
    // Also without any Vigie, and at once.
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(shell(u"\"$V\" run --app shop --data-dir \"$D\" -- sh -c 'exit 3'"_s, vigie.dataDir()).code, 3);
}

void TestSending::signalsArePassedOn()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QProcess runner;
    startShell(runner, uR"(exec "$V" run --app shop --data-dir "$D" -- bash -c 'trap "echo got USR1" USR1; echo ready; while :; do sleep 0.05; done')"_s,
               vigie.dataDir());
    const auto says = [&vigie](const QString& text) { return [&vigie, text] { return messages(vigie).contains(text); }; };
    QVERIFY(waitUntil(says(u"ready"_s)));
    ::kill(pid_t(runner.processId()), SIGUSR1);
    QVERIFY(waitUntil(says(u"got USR1"_s)));
    ::kill(pid_t(runner.processId()), SIGTERM);
    QVERIFY(waitUntil([&] { return runner.state() == QProcess::NotRunning; }));
    // It ended by the same signal.
    QCOMPARE(runner.exitStatus(), QProcess::CrashExit);
    QCOMPARE(runner.exitCode(), SIGTERM);
}

void TestSending::aProgramThatIsNotThereEndsAsInAShell()
{
    QTemporaryDir folder;
    const Ended missing = shell(u"\"$V\" run --app shop --data-dir \"$D\" -- /no/such/program"_s, folder.path());
    QCOMPARE(missing.code, 127);
    QVERIFY(isOneLine(missing.err));
    QCOMPARE(shell(u"\"$V\" run --app shop --data-dir \"$D\" -- /etc/passwd"_s, folder.path()).code, 126);
    QCOMPARE(spools(folder.path()), 0);
}

void TestSending::aTerminalKeepsItsColours()
{
    if (QStandardPaths::findExecutable(u"script"_s).isEmpty())
        QSKIP("there is no script(1)");
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QVERIFY(write(vigie.dataDir() + u"/look.sh"_s,
                  "test -t 1 && test -t 2 && printf '\\033[31mred\\033[0m\\n'; stty size <&1; echo $COLUMNS; exit 5\n"));
    const Ended ended = shell(uR"(script -qec "stty rows 33 cols 77; $V run --app shop --data-dir $D -- sh $D/look.sh" /dev/null < /dev/null)"_s,
                              vigie.dataDir());
    QCOMPARE(ended.code, 5);
    QVERIFY2(ended.out.contains("\x1b[31mred\x1b[0m\r\n33 77\r\n"), ended.out.constData());
    QCOMPARE(messages(vigie).mid(0, 2), (QStringList{u"\u001b[31mred\u001b[0m"_s, u"33 77"_s}));
}

/// The terminal sends Ctrl+C to both; passing it on as well would be twice.
void TestSending::aTerminalsInterruptComesOnce()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QVERIFY(write(vigie.dataDir() + u"/trap.sh"_s, "trap 'echo got INT; n=x$n' INT\necho ready\nwhile [ -z \"$n\" ]; do sleep 0.05; done\n"
                                                   "sleep 0.3\nexit 9\n"));
    int terminal = -1;
    const QByteArray program = programPath().toLocal8Bit();
    const QByteArray dataDir = vigie.dataDir().toLocal8Bit();
    const QByteArray script = dataDir + "/trap.sh";
    const pid_t id = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (id == 0) {
        ::execl(program.constData(), "vigie", "run", "--app", "shop", "--data-dir", dataDir.constData(), "--", "bash",
                script.constData(), nullptr);
        ::_exit(1);
    }
    QVERIFY(id > 0);
    ::fcntl(terminal, F_SETFL, O_NONBLOCK);
    QByteArray out;
    const auto shows = [&](const QByteArray& text) {
        char buffer[1'024];
        for (ssize_t got; (got = ::read(terminal, buffer, sizeof buffer)) > 0;)
            out.append(buffer, got);
        return out.contains(text);
    };
    QVERIFY(waitUntil([&] { return shows("ready"); }));
    QCOMPARE(::write(terminal, "\x03", 1), ssize_t(1));
    int status = 0;
    QVERIFY(waitUntil([&] {
        shows({});
        return ::waitpid(id, &status, WNOHANG) == id;
    }));
    ::close(terminal);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 9);
    QCOMPARE(out.count("got INT"), 1);
    QCOMPARE(messages(vigie).filter(u"got INT"_s).size(), 1);
}

/// What lies in the data folder is its owner's, whatever tokens others need.
void TestSending::whatALocalVigieRefusesItTakesUp()
{
    VigieProcess vigie;
    QVERIFY(vigie.start({u"--require-token"_s}));
    const Ended ended = shell(u"echo one | \"$V\" log --app shop --data-dir \"$D\""_s, vigie.dataDir());
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.err, QByteArray());
    QVERIFY(waitUntil([&] { return spools(vigie.dataDir()) == 0; }));
    QCOMPARE(messages(vigie), QStringList{u"one"_s});
}

void TestSending::anotherVigieIsReachedByTlsAndToken()
{
    VigieProcess vigie;
    const QString token = vigie.addToken({u"--user"_s, u"till"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"producer"_s});
    QVERIFY(write(vigie.dataDir() + u"/token"_s, token.toLatin1() + '\n'));
    QVERIFY(vigie.start({u"--tls"_s, u"--require-token"_s}));
    QTemporaryDir other;
    const QString to = u"--to https://127.0.0.1:%1 --token-file %2/token "_s.arg(vigie.port()).arg(vigie.dataDir());
    // A certificate that nobody trusts is no Vigie of ours.
    const Ended unknown = shell(u"echo one | \"$V\" log --app shop --data-dir \"$D\" "_s + to, other.path());
    QCOMPARE(unknown.code, 0);
    QVERIFY2(unknown.err.contains("1 entry waits in"), unknown.err.constData());
    const QString trusts = u"--ca %1/tls-certificate.pem"_s.arg(vigie.dataDir());
    const Ended known = shell(u"echo two | \"$V\" log --app shop --data-dir \"$D\" "_s + to + trusts, other.path());
    QCOMPARE(known.err, QByteArray());
    QCOMPARE(messages(vigie), QStringList{u"two"_s});
    QCOMPARE(stored(vigie).first()["userId"_L1].toString(), u"till"_s);
    // The Vigie of this folder, with its own certificate.
    QCOMPARE(shell(u"echo three | \"$V\" log --app shop --data-dir \"$D\" --token-file \"$D/token\""_s, vigie.dataDir()).err, QByteArray());
    QCOMPARE(messages(vigie).last(), u"three"_s);
}

void TestSending::aWrongTokenIsToldAndNothingLost()
{
    VigieProcess vigie;
    const QString token = vigie.addToken({u"--user"_s, u"till"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"producer"_s});
    QVERIFY(vigie.start({u"--require-token"_s}));
    QTemporaryDir other;
    QVERIFY(write(other.path() + u"/token"_s, "vigie_wrong"));
    const QString line = u"echo %1 | \"$V\" log --app shop --data-dir \"$D\" --to http://127.0.0.1:%2 --token-file \"$D/token\""_s;
    const Ended refused = shell(line.arg(u"one"_s).arg(vigie.port()), other.path());
    QCOMPARE(refused.code, 0);
    QVERIFY2(refused.err.contains("the token is not known"), refused.err.constData());
    QVERIFY(!refused.err.contains("vigie_wrong"));
    QCOMPARE(spools(other.path()), 1);
    QVERIFY(write(other.path() + u"/token"_s, token.toLatin1()));
    QCOMPARE(shell(line.arg(u"two"_s).arg(vigie.port()), other.path()).err, QByteArray());
    QCOMPARE(spools(other.path()), 0);
    QStringList all = messages(vigie);
    all.sort();
    QCOMPARE(all, (QStringList{u"one"_s, u"two"_s}));
}

void TestSending::whatHasNoRoomIsTold()
{
    VigieProcess vigie;
    const Ended ended = shell(u"seq 1 100000 | \"$V\" log --app shop --spool-mib 1 --data-dir \"$D\""_s, vigie.dataDir());
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains("needs more room than there is"), ended.err.constData());
    QVERIFY(vigie.start());
    QVERIFY(waitUntil([&] { return spools(vigie.dataDir()) == 0; }));
    int dropped = 0;
    int kept = 0;
    static const QRegularExpression note(u"^\\d+ entries were dropped, (\\d+) so far"_s);
    const QStringList all = messages(vigie);
    for (const QString& message : all) {
        if (const QRegularExpressionMatch match = note.match(message); match.hasMatch())
            dropped = match.captured(1).toInt();
        else
            ++kept;
    }
    QVERIFY(all.contains(u"100000"_s)); // the newest are there
    QVERIFY(dropped > 0 && kept > 0);
    QVERIFY(kept + dropped >= 100'000);
}

void TestSending::terminationLeavesTheRest()
{
    QTcpServer deaf; // takes connections and says nothing
    QVERIFY(deaf.listen(QHostAddress::LocalHost));
    QTemporaryDir folder;
    QProcess sender;
    startShell(sender, u"exec \"$V\" log --app shop --data-dir \"$D\" --to http://127.0.0.1:%1"_s.arg(deaf.serverPort()),
               folder.path());
    sender.write("one\n");
    QVERIFY(waitUntil([&] { return deaf.hasPendingConnections(); }));
    ::kill(pid_t(sender.processId()), SIGTERM);
    QVERIFY(waitUntil([&] { return sender.state() == QProcess::NotRunning; }));
    QCOMPARE(sender.exitCode(), 0);
    QCOMPARE(spools(folder.path()), 1);
}

void TestSending::wrongUseIsTold_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("no application") << u"log"_s;
    QTest::newRow("no program") << u"run --app shop"_s;
    QTest::newRow("an address without a scheme") << u"log --app shop --to host:3001"_s;
    QTest::newRow("no such token file") << u"log --app shop --token-file /no/such"_s;
    QTest::newRow("no room") << u"log --app shop --spool-mib 0"_s;
    QTest::newRow("a word too many") << u"log --app shop word"_s;
}

void TestSending::wrongUseIsTold()
{
    QFETCH(QString, arguments);
    QTemporaryDir folder;
    const Ended ended = shell(u"\"$V\" "_s + arguments + u" --data-dir \"$D\" < /dev/null"_s, folder.path());
    QCOMPARE(ended.code, 2);
    QVERIFY(isOneLine(ended.err));
    QVERIFY(QDir(folder.path()).isEmpty());
}

VIGIE_TEST(TestSending)
#include "tst_sending.moc"
