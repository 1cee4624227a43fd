// SPDX-License-Identifier: GPL-3.0-or-later
// A second start on the same data folder: what it says, and what the first one does of it.
#include "commands.h"
#include "testmain.h"

#include <QDir>
#include <QLocalSocket>
#include <QProcess>
#include <algorithm>
#include <sys/stat.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestSecondStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProgramWithoutAWindowSaysWhoItIs();
    void theWindowOfTheFirstComesToTheFront();
    void aSecondOneThatWantsNoWindowGetsNone();
    void aFileIsPassedOn();
    void tooManyFilesAreSaidToBe();
    void aKilledProgramIsNoObstacle();
    void oneThatIsEndingIsWaitedFor();
    void theSocketIsTheOwners();
    void aLongPathIsNoObstacle();
    void hostileBytesAreIgnored_data();
    void hostileBytesAreIgnored();
    void manyVisitorsAreTooMany();
};

namespace {

/// Starts the program with a window that nobody sees.
class WindowProcess
{
public:
    explicit WindowProcess(const QString& folder, const QStringList& extra = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(programPath(), extra + QStringList{u"--port"_s, u"0"_s, u"--data-dir"_s, folder});
    }
    ~WindowProcess()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(longWaitMs))
            m_process.kill();
    }

    bool isUp()
    {
        return waitUntil([this] { return (m_text += m_process.readAll()).contains("Vigie is at "); });
    }
    bool ends() { return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(longWaitMs); }
    QByteArray text() { return m_text += m_process.readAll(); }
    int code() const { return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1; }
    qint64 id() const { return m_process.processId(); }

private:
    QProcess m_process;
    QByteArray m_text;
};

} // namespace

void TestSecondStart::aProgramWithoutAWindowSaysWhoItIs()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    VigieProcess second;
    for (const QStringList& kind : {QStringList{u"--headless"_s}, {}}) {
        QCOMPARE(second.run(kind + QStringList{u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
        QVERIFY2(isOneLine(second.err()), second.err().constData());
        QVERIFY2(second.err().contains("(process " + QByteArray::number(vigie.processId()) + " on "), second.err().constData());
        QVERIFY2(second.err().contains("It is at http://127.0.0.1:" + QByteArray::number(vigie.port()) + "/."),
                 second.err().constData());
        QVERIFY2(second.err().contains("It has no window."), second.err().constData());
        QCOMPARE(second.out(), QByteArray());
    }
}

void TestSecondStart::theWindowOfTheFirstComesToTheFront()
{
    if (!hasWindow)
        QSKIP("Built without the window.");
    VigieProcess second;
    WindowProcess first(second.dataDir());
    QVERIFY2(first.isUp(), first.text().constData());
    QCOMPARE(second.run({u"--port"_s, u"0"_s, u"--data-dir"_s, second.dataDir()}), 0);
    QCOMPARE(second.out(),
             "Vigie is running already (process " + QByteArray::number(first.id()) + "): its window was asked to come to the front.\n");
    QCOMPARE(second.err(), QByteArray());
}

void TestSecondStart::aSecondOneThatWantsNoWindowGetsNone()
{
    if (!hasWindow)
        QSKIP("Built without the window.");
    VigieProcess second;
    WindowProcess first(second.dataDir());
    QVERIFY(first.isUp());
    QCOMPARE(second.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, second.dataDir()}), 1);
    QVERIFY2(isOneLine(second.err()) && !second.err().contains("no window"), second.err().constData());
}

void TestSecondStart::aFileIsPassedOn()
{
    VigieProcess second;
    const QString file = second.dataDir() + u"/app.log"_s;
    QVERIFY(write(file, "one\ntwo\n"));
    QCOMPARE(second.run({u"open"_s, u"no-such-file"_s, u"--data-dir"_s, second.dataDir()}), 1);
    QVERIFY2(isOneLine(second.err()) && second.err().contains("no-such-file"), second.err().constData());
    if (!hasWindow)
        QSKIP("Built without the window.");
    WindowProcess first(second.dataDir());
    QVERIFY(first.isUp());
    QCOMPARE(second.run({u"open"_s, file, u"--data-dir"_s, second.dataDir()}), 0);
    // It is being read, and followed from then on.
    const auto isOpen = [&first, &file] {
        const QDir descriptors(u"/proc/%1/fd"_s.arg(first.id()));
        for (const QString& one : descriptors.entryList(QDir::Files | QDir::System)) {
            if (QFileInfo(descriptors.filePath(one)).symLinkTarget() == file)
                return true;
        }
        return false;
    };
    QVERIFY(waitUntil(isOpen));
}

void TestSecondStart::tooManyFilesAreSaidToBe()
{
    VigieProcess second;
    QStringList words{u"open"_s, u"--data-dir"_s, second.dataDir()};
    for (int i = 0; i < 21; ++i)
        words.append(u"/dev/null"_s);
    QCOMPARE(second.run(words), 2);
    QVERIFY2(isOneLine(second.err()) && second.err().contains("20 files"), second.err().constData());
    for (const QStringList& wrong : {QStringList{u"http://a/"_s}, {u"http://a/#app=b"_s, u"http://a/#app=c"_s}}) {
        QCOMPARE(second.run(QStringList{u"open"_s} + wrong), 2);
        QVERIFY2(isOneLine(second.err()) && second.err().contains("http://a/"), second.err().constData());
    }
}

void TestSecondStart::aKilledProgramIsNoObstacle()
{
    VigieProcess vigie;
    {
        QProcess killed;
        killed.start(programPath(), {u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()});
        QVERIFY(killed.waitForReadyRead(longWaitMs));
        killed.kill();
        QVERIFY(killed.waitForFinished(longWaitMs));
    }
    QVERIFY(QFileInfo::exists(vigie.dataDir() + u"/socket"_s)); // it was left behind
    QVERIFY(vigie.start());
    QLocalSocket visitor;
    visitor.connectToServer(vigie.dataDir() + u"/socket"_s);
    QVERIFY(visitor.waitForConnected(longWaitMs));
    QCOMPARE(vigie.stop(), 0);
    QVERIFY(!QFileInfo::exists(vigie.dataDir() + u"/socket"_s));
}

void TestSecondStart::oneThatIsEndingIsWaitedFor()
{
    VigieProcess first;
    QVERIFY(first.start());
    RawClient silent; // is waited for, as it does not say goodbye
    QVERIFY(silent.connectTo(first) && silent.handshake());
    silent.pauseReading();
    QCOMPARE(::kill(pid_t(first.processId()), SIGTERM), 0);
    WindowProcess second(first.dataDir(), {u"--headless"_s});
    QCOMPARE(first.stop(), 0);
    QVERIFY2(second.isUp(), second.text().constData());
}

void TestSecondStart::theSocketIsTheOwners()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(vigie.dataDir() + u"/socket"_s).constData(), &status), 0);
    QVERIFY(S_ISSOCK(status.st_mode));
    QCOMPARE(int(status.st_mode & 0777), 0600);
}

void TestSecondStart::aLongPathIsNoObstacle()
{
    VigieProcess vigie;
    const QString folder = vigie.dataDir() + u'/' + QString(120, u'x');
    QVERIFY(vigie.start({u"--data-dir"_s, folder}));
    VigieProcess second;
    QCOMPARE(second.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, folder}), 1);
    QVERIFY2(second.err().contains("It is at http://"), second.err().constData());
}

void TestSecondStart::hostileBytesAreIgnored_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("raise the window\n");
    QTest::newRow("NULs") << QByteArray(1'000, '\0') + '\n';
    QTest::newRow("another's JSON") << QByteArray("{\"raise\":true}\n");
    QTest::newRow("an array") << QByteArray("[1]\n");
    QTest::newRow("files that are none") << QByteArray("{\"vigie\":1,\"raise\":true,\"files\":[7,\"../x\"]}\n");
    QTest::newRow("many files") << QByteArray("{\"vigie\":1,\"raise\":true,\"files\":[") + QByteArray("\"/x\",").repeated(200)
                                       + "\"/x\"]}\n";
    QTest::newRow("a long line") << QByteArray(1 << 20, 'x');
    QTest::newRow("deep") << QByteArray(60'000, '[') + '\n';
}

void TestSecondStart::hostileBytesAreIgnored()
{
    QFETCH(QByteArray, bytes);
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QLocalSocket visitor;
    visitor.connectToServer(vigie.dataDir() + u"/socket"_s);
    QVERIFY(visitor.waitForConnected(longWaitMs));
    visitor.write(bytes);
    // It is closed, without a word.
    QVERIFY(waitUntil([&visitor] { return visitor.state() == QLocalSocket::UnconnectedState; }));
    QCOMPARE(visitor.readAll(), QByteArray());
    VigieProcess second;
    QCOMPARE(second.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
    QVERIFY2(second.err().contains("It is at http://"), second.err().constData());
}

void TestSecondStart::manyVisitorsAreTooMany()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    std::vector<std::unique_ptr<QLocalSocket>> visitors;
    for (int i = 0; i < 40; ++i) {
        visitors.push_back(std::make_unique<QLocalSocket>());
        visitors.back()->connectToServer(vigie.dataDir() + u"/socket"_s);
        QVERIFY(visitors.back()->waitForConnected(longWaitMs));
    }
    // All end, at once or when they have been silent for long; then there is room again.
    QVERIFY(waitUntil([&visitors] {
        return std::ranges::all_of(visitors, [](const auto& one) { return one->state() == QLocalSocket::UnconnectedState; });
    }));
    VigieProcess second;
    QCOMPARE(second.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
    QVERIFY2(second.err().contains("It is at http://"), second.err().constData());
}

VIGIE_TEST(TestSecondStart)
#include "tst_secondstart.moc"
