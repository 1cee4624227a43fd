// SPDX-License-Identifier: GPL-3.0-or-later
// Standard streams that are full, closed or a terminal.
#include "commands.h"
#include "testmain.h"

#include <QFileInfo>
#include <unistd.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outputThatCannotBeWrittenIsAnError_data();
    void outputThatCannotBeWrittenIsAnError();
    void aTokenThatWasNotShownIsRevoked();
    void missingStreamsAreNoFilesOfOurs();
    void errorsGiveTheTerminalNoOrders();
    void aFileMayBeCalledLikeAnOption();
};

void TestStreams::outputThatCannotBeWrittenIsAnError_data()
{
    QTest::addColumn<QStringList>("words");
    for (const char* words : {"audit", "audit --json", "token list", "token list --json", "token revoke 1", "app list", "app add bank",
                              "app remove shop", "doctor", "help", "help token", "help open", "--help", "--version", "audit --help"})
        QTest::newRow(words) << QString::fromLatin1(words).split(u' ');
}

void TestStreams::outputThatCannotBeWrittenIsAnError()
{
    QFETCH(QStringList, words);
    VigieProcess vigie;
    vigie.addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    if (words.first() != "help"_L1)
        words += {u"--data-dir"_s, vigie.dataDir()};
    QCOMPARE(vigie.run(words, {}, u"/dev/full"_s), 1);
    QCOMPARE(vigie.err(), "vigie: Cannot write the standard output: No space left on device\n"_ba);
    vigie.prepareProcess([] { ::close(STDOUT_FILENO); });
    if (words.first() == "app"_L1 || words.contains(u"revoke"_s))
        return; // done already
    QCOMPARE(vigie.run(words), 1);
    QCOMPARE(vigie.err(), "vigie: Cannot write the standard output: Bad file descriptor\n"_ba);
}

void TestStreams::aTokenThatWasNotShownIsRevoked()
{
    VigieProcess vigie;
    const QStringList words{u"token"_s, u"add"_s, u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s, u"--data-dir"_s, vigie.dataDir()};
    QCOMPARE(vigie.run(words, {}, u"/dev/full"_s), 1);
    QVERIFY2(vigie.err().endsWith(
                 "vigie: Cannot write the standard output: No space left on device. Token 1 is revoked again.\n"),
             vigie.err().constData());
    QVERIFY(vigie.command({u"token"_s, u"list"_s}).contains("Revoked"));
}

void TestStreams::missingStreamsAreNoFilesOfOurs()
{
    VigieProcess vigie;
    vigie.prepareProcess([] {
        ::close(STDIN_FILENO);
        ::close(STDERR_FILENO);
    });
    QVERIFY(vigie.start());
    for (const int stream : {STDIN_FILENO, STDERR_FILENO})
        QCOMPARE(QFileInfo(u"/proc/%1/fd/%2"_s.arg(vigie.processId()).arg(stream)).symLinkTarget(), u"/dev/null"_s);
}

void TestStreams::errorsGiveTheTerminalNoOrders()
{
    VigieProcess vigie;
    const QString name = u"/no\x1b[31m\nname"_s;
    for (const QStringList& words : {QStringList{u"open"_s, name}, {u"export"_s, u"--app"_s, u"a"_s, name}, {name.mid(1)},
                                     {u"help"_s, name}, {u"--port"_s, name}, {u"doctor"_s, u"--data-dir"_s, name}}) {
        QVERIFY(vigie.run(words) > 0);
        QVERIFY2(isOneLine(vigie.err()) && !vigie.err().contains('\x1b') && vigie.err().contains("[31m"), vigie.err().constData());
    }
}

void TestStreams::aFileMayBeCalledLikeAnOption()
{
    if (!hasWindow)
        QSKIP("built without a window");
    const QTemporaryDir folder;
    QVERIFY(write(folder.filePath(u"--headless"_s), "a line\n"));
    QProcess vigie;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    vigie.setProcessEnvironment(environment);
    vigie.setProcessChannelMode(QProcess::MergedChannels);
    vigie.setWorkingDirectory(folder.path());
    vigie.start(programPath(), {u"open"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, folder.path(), u"--"_s, u"--headless"_s});
    QByteArray text;
    const auto isUp = [&] { return (text += vigie.readAll()).contains("Vigie is at ") || vigie.state() == QProcess::NotRunning; };
    QVERIFY(waitUntil(isUp));
    QVERIFY2(text.contains("Vigie is at "), text.constData());
    vigie.terminate();
    QVERIFY(vigie.waitForFinished(longWaitMs));
}

VIGIE_TEST(TestStreams)
#include "tst_streams.moc"
