// SPDX-License-Identifier: GPL-3.0-or-later
// vigie run, as people type it.
#include "commands.h"
#include "harness.h"
#include "sendingshell.h"
#include "testmain.h"

#include <QRegularExpression>
#include <QStandardPaths>
#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace vigie::e2e;

class TestRunning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastWordsOfAProgramArrive_data();
    void theLastWordsOfAProgramArrive();
    void outputAndStatusAreTheProgramsOwn();
    void signalsArePassedOn();
    void aProgramThatIsNotThereEndsAsInAShell();
    void aTerminalKeepsItsColours();
    void aTerminalsInterruptComesOnce();
};

void TestRunning::theLastWordsOfAProgramArrive_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("pipe") << u"node -e \"$P\" 2>&1 | \"$V\" log --app shop --data-dir \"$D\""_s;
    QTest::newRow("child") << u"\"$V\" run --app shop --data-dir \"$D\" -- node -e \"$P\" > /dev/null 2>&1"_s;
}

/// The probe of the facts: 128 KB into a pipe, and then an exception.
void TestRunning::theLastWordsOfAProgramArrive()
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

void TestRunning::outputAndStatusAreTheProgramsOwn()
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

void TestRunning::signalsArePassedOn()
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

void TestRunning::aProgramThatIsNotThereEndsAsInAShell()
{
    QTemporaryDir folder;
    const Ended missing = shell(u"\"$V\" run --app shop --data-dir \"$D\" -- /no/such/program"_s, folder.path());
    QCOMPARE(missing.code, 127);
    QVERIFY(isOneLine(missing.err));
    QCOMPARE(shell(u"\"$V\" run --app shop --data-dir \"$D\" -- /etc/passwd"_s, folder.path()).code, 126);
    QCOMPARE(spools(folder.path()), 0);
}

void TestRunning::aTerminalKeepsItsColours()
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
void TestRunning::aTerminalsInterruptComesOnce()
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

VIGIE_TEST(TestRunning)
#include "tst_running.moc"
