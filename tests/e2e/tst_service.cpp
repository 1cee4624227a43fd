// SPDX-License-Identifier: GPL-3.0-or-later
// The program as a service: what it tells the manager that started it, over a real socket, and what it does on SIGHUP.

#include "harness.h"
#include "testmain.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

namespace {

/// The socket of a service manager.
class Manager
{
public:
    /// `isAbstract`: its name is no file.
    explicit Manager(bool isAbstract = false)
        : m_descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
          m_name(isAbstract ? '@' + m_folder.path().toUtf8() : m_folder.filePath(u"notify"_s).toUtf8())
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, m_name.constData(), std::size_t(m_name.size()));
        if (isAbstract)
            address.sun_path[0] = '\0';
        const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + std::size_t(m_name.size()));
        m_isBound = ::bind(m_descriptor, reinterpret_cast<const sockaddr*>(&address), length) == 0;
    }
    ~Manager() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(Manager)

    bool isBound() const { return m_isBound; }
    QString name() const { return QString::fromUtf8(m_name); }

    /// Takes what was told until a message begins so; that message, or an empty one if none comes.
    QByteArray take(const QByteArray& beginning, int timeoutMs = longWaitMs)
    {
        QByteArray found;
        waitUntil([&] {
            char buffer[4096];
            for (ssize_t size; found.isEmpty() && (size = ::recv(m_descriptor, buffer, sizeof buffer, 0)) > 0;) {
                const QByteArray message(buffer, size);
                m_told.append(message);
                if (message.startsWith(beginning))
                    found = message;
            }
            return !found.isEmpty();
        }, timeoutMs);
        return found;
    }
    const QList<QByteArray>& told() const { return m_told; }

private:
    QTemporaryDir m_folder;
    int m_descriptor;
    QByteArray m_name;
    bool m_isBound = false;
    QList<QByteArray> m_told;
};

} // namespace

class TestService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readyWhenItAnswers_data();
    void readyWhenItAnswers();
    void watchdogIsFed();
    void watchdogOfAnotherIsNot();
    void endIsTold();
    void reloadReadsSettings();
    void reloadKeepsWhatCannotBeRead();
    void reloadShowsTheNewCertificate();
    void reloadReadsSources();
    void terminalsHangupEndsIt();
    void healthIsTold_data();
    void healthIsTold();
    void whoDoesNotRunIsNotWell();
    void noWindowNeedsNoWindowsLibraries();

private:
    bool startAsService(const QStringList& extra = {});
    bool writeSettings(const QByteArray& text) const;
    bool reload();
    QByteArray fingerprintShown() const;

    std::unique_ptr<Manager> m_manager;
    std::unique_ptr<VigieProcess> m_vigie;
};

void TestService::init()
{
    m_vigie = std::make_unique<VigieProcess>();
    m_manager = std::make_unique<Manager>();
    QVERIFY(m_manager->isBound());
}

bool TestService::startAsService(const QStringList& extra)
{
    m_vigie->setVariable(u"NOTIFY_SOCKET"_s, m_manager->name());
    m_vigie->prepareProcess([] { ::setsid(); }); // a service has no terminal
    return m_vigie->start(extra) && !m_manager->take("READY=1").isEmpty();
}

bool TestService::writeSettings(const QByteArray& text) const
{
    QFile file(m_vigie->dataDir() + u"/settings.json"_s);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

bool TestService::reload()
{
    return ::kill(pid_t(m_vigie->processId()), SIGHUP) == 0 && m_manager->take("RELOADING=1\nMONOTONIC_USEC=").size() > 0
        && m_manager->take("READY=1").size() > 0;
}

QByteArray TestService::fingerprintShown() const
{
    QSslSocket socket;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, m_vigie->port());
    waitUntil([&] { return socket.isEncrypted() || socket.state() == QAbstractSocket::UnconnectedState; });
    return socket.peerCertificate().digest(QCryptographicHash::Sha256);
}

void TestService::readyWhenItAnswers_data()
{
    QTest::addColumn<bool>("isAbstract");
    QTest::newRow("file") << false;
    QTest::newRow("abstract") << true;
}

void TestService::readyWhenItAnswers()
{
    QFETCH(bool, isAbstract);
    m_manager = std::make_unique<Manager>(isAbstract);
    m_vigie->setVariable(u"NOTIFY_SOCKET"_s, m_manager->name());
    QVERIFY(m_vigie->start());
    const QByteArray ready = m_manager->take("READY=1");
    QCOMPARE(ready, "READY=1\nSTATUS=http://127.0.0.1:" + QByteArray::number(m_vigie->port()) + '/');
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_vigie->port());
    socket.write("GET /api/apps HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_vigie->port()) + "\r\n\r\n");
    QVERIFY(waitUntil([&] { return socket.bytesAvailable() > 0; }));
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 200"));
    QCOMPARE(m_manager->told().size(), 1); // no watchdog wanted
}

void TestService::watchdogIsFed()
{
    m_vigie->setVariable(u"WATCHDOG_USEC"_s, u"100000"_s);
    QVERIFY(startAsService());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_manager->take("WATCHDOG=1"), "WATCHDOG=1");
}

void TestService::watchdogOfAnotherIsNot()
{
    m_vigie->setVariable(u"WATCHDOG_USEC"_s, u"1000"_s);
    m_vigie->setVariable(u"WATCHDOG_PID"_s, u"1"_s);
    QVERIFY(startAsService());
    QVERIFY(reload()); // by then it would have been told
    QVERIFY(!m_manager->told().contains("WATCHDOG=1"));
}

void TestService::endIsTold()
{
    QVERIFY(startAsService());
    QCOMPARE(m_vigie->stop(), 0);
    QCOMPARE(m_manager->take("STOPPING=1"), "STOPPING=1");
}

void TestService::reloadReadsSettings()
{
    QVERIFY(startAsService());
    QVERIFY(writeSettings(R"({"sampleIntervalMs": 300, "logRetentionDays": 3, "port": 4001, "nonsense": 1})"));
    QVERIFY(reload());
    QVERIFY(waitUntil([this] { return m_vigie->err().contains("from the next start on: port\n"); }));
    QVERIFY2(m_vigie->err().contains("nonsense"), m_vigie->err().constData());
    // It goes on as it was.
    Client client;
    QVERIFY(client.signIn(*m_vigie, u"shop"_s, u"ann"_s));
}

void TestService::reloadKeepsWhatCannotBeRead()
{
    QVERIFY(startAsService());
    QVERIFY(writeSettings("{"));
    QVERIFY(reload());
    QVERIFY(waitUntil([this] { return m_vigie->err().contains("settings.json"); }));
    QVERIFY(m_vigie->isRunning());
}

void TestService::reloadShowsTheNewCertificate()
{
    QVERIFY(startAsService({u"--tls"_s}));
    const QByteArray before = fingerprintShown();
    QVERIFY(!before.isEmpty());
    QVERIFY(reload());
    QCOMPARE(fingerprintShown(), before); // the same files, the same certificate
    QVERIFY(QFile::remove(m_vigie->dataDir() + u"/tls-certificate.pem"_s));
    QVERIFY(reload());
    QVERIFY(waitUntil([&] { return fingerprintShown() != before; }));
    QVERIFY(!fingerprintShown().isEmpty());
}

void TestService::reloadReadsSources()
{
    QVERIFY(startAsService());
    QFile log(m_vigie->dataDir() + u"/some.log"_s);
    QVERIFY(log.open(QIODevice::WriteOnly));
    QFile sources(m_vigie->dataDir() + u"/sources.json"_s);
    QVERIFY(sources.open(QIODevice::WriteOnly));
    sources.write("{");
    sources.close();
    QVERIFY(reload());
    QVERIFY(waitUntil([this] { return m_vigie->err().contains("sources.json"); }));
}

/// As ever: who closes the terminal ends what runs in it.
void TestService::terminalsHangupEndsIt()
{
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(master >= 0 && ::grantpt(master) == 0 && ::unlockpt(master) == 0);
    const QByteArray terminal = ::ptsname(master);
    m_vigie->prepareProcess([terminal] {
        ::setsid();
        if (const int its = ::open(terminal.constData(), O_RDWR); its < 0) // becomes its terminal
            ::_exit(1);
    });
    QVERIFY(m_vigie->start());
    QCOMPARE(m_vigie->stop(SIGHUP), -1);
    ::close(master);
}

void TestService::healthIsTold_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::newRow("plain") << QStringList();
    QTest::newRow("TLS") << QStringList{u"--tls"_s};
    QTest::newRow("token") << QStringList{u"--require-token"_s};
}

void TestService::healthIsTold()
{
    QFETCH(QStringList, flags);
    QVERIFY(m_vigie->start(flags));
    const QByteArray address = (m_vigie->speaksTls() ? "https://127.0.0.1:" : "http://127.0.0.1:") + QByteArray::number(m_vigie->port());
    QCOMPARE(m_vigie->command({u"health"_s}), "Vigie is at " + address + "/ and answers.\n");
    // One that hangs does not answer.
    QCOMPARE(::kill(pid_t(m_vigie->processId()), SIGSTOP), 0);
    QVERIFY(m_vigie->command({u"health"_s}, 1) != "failed");
    QCOMPARE(::kill(pid_t(m_vigie->processId()), SIGCONT), 0);
}

void TestService::whoDoesNotRunIsNotWell()
{
    QVERIFY(m_vigie->command({u"health"_s}, 1) != "failed");
    QVERIFY(m_vigie->start());
    QCOMPARE(m_vigie->stop(), 0);
    QVERIFY(m_vigie->command({u"health"_s}, 1) != "failed");
}

void TestService::noWindowNeedsNoWindowsLibraries()
{
    if (hasWindow)
        QSKIP("This program has a window.");
    QVERIFY(m_vigie->start());
    QFile maps(u"/proc/%1/maps"_s.arg(m_vigie->processId()));
    QVERIFY(maps.open(QIODevice::ReadOnly));
    const QByteArray libraries = maps.readAll();
    QVERIFY(libraries.contains("libQt6Core"));
    for (const char* library : {"libQt6Gui", "libQt6Widgets", "libQt6Charts", "libX11", "libGL"})
        QVERIFY2(!libraries.contains(library), library);
}

VIGIE_TEST(TestService)
#include "tst_service.moc"
