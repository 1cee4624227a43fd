// SPDX-License-Identifier: GPL-3.0-or-later
// TLS in the real program, and the requirements beyond loopback.

#include "harness.h"
#include "testmain.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_vigie = std::make_unique<VigieProcess>(); }

    void certificateIsMadeOnceAndKept();
    void certificateIsForThisMachine();
    void brokenCertificateIsSaid();
    void ownersPairIsTaken();
    void plainRequestsAreSentToTls();
    void strangeFirstBytesAreCut();
    void entriesCrossIt();
    void slowViewerIsCaughtUp();
    void tooLargeARequestIsToldSo();
    void oneTooManyIsToldWhy_data();
    void oneTooManyIsToldWhy();
    void fewAreToldWhyAtATime();
    void beyondLoopbackNeedsATokenAndTls();
    void insecureSaysSo();

private:
    QString fileIn(const QString& name) const { return m_vigie->dataDir() + u'/' + name; }
    bool startWith(const QJsonObject& limits);
    QByteArray fingerprintSaid() const;
    /// The answer to one request, over TLS.
    QByteArray ask(const QByteArray& request, QSsl::SslProtocol protocol = QSsl::SecureProtocols);

    std::unique_ptr<VigieProcess> m_vigie;
    QSslCertificate m_shown; // by the server, to the last ask()
};

QByteArray TestTls::fingerprintSaid() const
{
    waitUntil([this] { return m_vigie->out().count('\n') == 2; });
    static const QRegularExpression line(u"SHA-256: ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})\n"_s);
    return line.match(QString::fromUtf8(m_vigie->out())).captured(1).toLatin1();
}

bool TestTls::startWith(const QJsonObject& limits)
{
    return m_vigie->setLimits(limits) && m_vigie->start({u"--tls"_s});
}

QByteArray TestTls::ask(const QByteArray& request, QSsl::SslProtocol protocol)
{
    QSslSocket socket;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(protocol);
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, m_vigie->port());
    if (!waitUntil([&] { return socket.isEncrypted() || socket.state() == QAbstractSocket::UnconnectedState; })
        || !socket.isEncrypted())
        return "no TLS";
    m_shown = socket.peerCertificate();
    socket.write(QByteArray(request).replace("%1", QByteArray::number(m_vigie->port())));
    QByteArray answer;
    waitUntil([&] {
        answer += socket.readAll();
        const qsizetype head = answer.indexOf("\r\n\r\n");
        static const QRegularExpression length(u"content-length: (\\d+)"_s, QRegularExpression::CaseInsensitiveOption);
        const int body = length.match(QString::fromLatin1(answer)).captured(1).toInt();
        return head >= 0 && answer.size() >= head + 4 + body;
    });
    return answer;
}

void TestTls::certificateIsMadeOnceAndKept()
{
    QVERIFY(m_vigie->start({u"--tls"_s}));
    const QByteArray said = fingerprintSaid();
    QVERIFY(!said.isEmpty());
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n\r\n").startsWith("HTTP/1.1 200"));
    QCOMPARE(m_shown.digest(QCryptographicHash::Sha256).toHex(':').toUpper(), said);
    QCOMPARE(QFile::permissions(fileIn(u"tls-key.pem"_s))
                 & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    QCOMPARE(m_vigie->stop(), 0);
    QVERIFY(m_vigie->start({u"--tls"_s}));
    QCOMPARE(fingerprintSaid(), said);
}

void TestTls::certificateIsForThisMachine()
{
    QVERIFY(m_vigie->start({u"--tls"_s, u"--allow-host"_s, u"vigie.example"_s}));
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n\r\n").startsWith("HTTP/1.1 200"));
    const QStringList names = m_shown.subjectAlternativeNames().values(QSsl::DnsEntry);
    QVERIFY(names.contains(u"localhost"_s));
    QVERIFY(names.contains(u"vigie.example"_s));
    QVERIFY(m_shown.subjectAlternativeNames().values(QSsl::IpAddressEntry).contains(u"127.0.0.1"_s));
    QCOMPARE(m_shown.issuerDisplayName(), m_shown.subjectDisplayName());
    const qint64 days = m_shown.effectiveDate().daysTo(m_shown.expiryDate());
    QVERIFY(days >= 396 && days <= 397);
    QCOMPARE(m_shown.publicKey().algorithm(), QSsl::Ec);
}

void TestTls::brokenCertificateIsSaid()
{
    const QStringList start{u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, m_vigie->dataDir(), u"--tls"_s};
    for (const QString& name : {u"tls-key.pem"_s, u"tls-certificate.pem"_s}) {
        QFile file(fileIn(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not in PEM\n");
    }
    QCOMPARE(m_vigie->run(start), 1);
    QVERIFY2(m_vigie->err().startsWith("vigie: ") && m_vigie->err().contains("tls-certificate.pem"), m_vigie->err().constData());
    QCOMPARE(m_vigie->out(), QByteArray());
}

void TestTls::ownersPairIsTaken()
{
    // Two certificates made by Vigie, used as the owner's.
    VigieProcess other;
    QVERIFY(other.start({u"--tls"_s}));
    QVERIFY(m_vigie->start({u"--tls"_s}));
    QCOMPARE(m_vigie->stop(), 0);
    const QString certificate = other.dataDir() + u"/tls-certificate.pem"_s;
    const QString key = other.dataDir() + u"/tls-key.pem"_s;
    QVERIFY(m_vigie->start({u"--tls-cert"_s, certificate, u"--tls-key"_s, key}));
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n\r\n").startsWith("HTTP/1.1 200"));
    QCOMPARE(m_shown, QSslCertificate::fromPath(certificate).first());
    QCOMPARE(m_vigie->stop(), 0);
    const auto refused = [this](const QString& first, const QString& second) {
        return m_vigie->run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, m_vigie->dataDir(), u"--tls-cert"_s, first,
                             u"--tls-key"_s, second});
    };
    QCOMPARE(refused(certificate, fileIn(u"tls-key.pem"_s)), 1);
    QVERIFY2(m_vigie->err().contains("is not that of the certificate"), m_vigie->err().constData());
    QCOMPARE(refused(certificate, fileIn(u"nothing.pem"_s)), 1);
    QVERIFY2(m_vigie->err().contains("nothing.pem cannot be read"), m_vigie->err().constData());
    QCOMPARE(refused(certificate, certificate), 1);
    QVERIFY2(m_vigie->err().contains("no private key"), m_vigie->err().constData());
}

void TestTls::plainRequestsAreSentToTls()
{
    QVERIFY(m_vigie->start({u"--tls"_s}));
    const QByteArray port = QByteArray::number(m_vigie->port());
    const auto plain = [this](const QByteArray& request) {
        RawClient client;
        if (!client.connectTo(*m_vigie))
            return QByteArray("no connection");
        client.write(request);
        waitUntil([&] { return client.socket().state() == QAbstractSocket::UnconnectedState; });
        return client.received();
    };
    const QByteArray host = "Host: 127.0.0.1:" + port + "\r\n";
    const QByteArray moved = plain("GET /a?b=c HTTP/1.1\r\n" + host + "\r\n");
    QVERIFY2(moved.startsWith("HTTP/1.1 308 ") && moved.contains("\r\nLocation: https://127.0.0.1:" + port + "/a?b=c\r\n"),
             moved.constData());
    QVERIFY(
        plain("GET //evil.example/ HTTP/1.1\r\n" + host + "\r\n").contains("\r\nLocation: https://127.0.0.1:" + port + "/\r\n"));
    QVERIFY(plain("GET http://evil.example/ HTTP/1.1\r\n" + host + "\r\n")
                .contains("\r\nLocation: https://127.0.0.1:" + port + "/\r\n"));
    QVERIFY(plain("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").startsWith("HTTP/1.1 421 "));
    const QByteArray webSocket = plain("GET / HTTP/1.1\r\n" + host + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    QVERIFY2(webSocket.startsWith("HTTP/1.1 426 ") && webSocket.contains("wss://"), webSocket.constData());
    // Nothing is answered without TLS.
    QVERIFY(plain("GET /api/metrics HTTP/1.1\r\n" + host + "\r\n").startsWith("HTTP/1.1 308 "));
}

void TestTls::strangeFirstBytesAreCut()
{
    QVERIFY(m_vigie->start({u"--tls"_s}));
    Client viewer;
    QVERIFY(viewer.signIn(*m_vigie, u"shop"_s, u"ann"_s));
    QVERIFY(viewer.waitForSample()); // which opens a socket of its own
    const int sockets = m_vigie->socketCount();
    for (const QByteArray& bytes :
         {QByteArray("\x16"), QByteArray("\x16\x03\x01\xff\xff"), QByteArray("\x16") + QByteArray(100'000, 'x'),
          QByteArray("\x16\x03\x01\x00\x05hello"), QByteArray("\x80\x2e\x01\x00\x02"), QByteArray()}) {
        RawClient client;
        QVERIFY(client.connectTo(*m_vigie));
        client.write(bytes);
        QVERIFY(waitUntil([&] { return client.socket().state() == QAbstractSocket::UnconnectedState; }));
    }
    QVERIFY(waitUntil([&] { return m_vigie->socketCount() <= sockets; }));
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n\r\n").startsWith("HTTP/1.1 200"));
}

void TestTls::entriesCrossIt()
{
    QVERIFY(m_vigie->start({u"--tls"_s}));
    Client till;
    Client viewer;
    QVERIFY(till.signIn(*m_vigie, u"shop"_s, u"till"_s));
    QVERIFY(viewer.signIn(*m_vigie, u"shop"_s, u"ann"_s));
    till.send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
    constexpr int batches = 100;
    constexpr int perBatch = 200;
    for (int batch = 0; batch < batches; ++batch) {
        QJsonArray logs;
        for (int i = 0; i < perBatch; ++i)
            logs.append(QJsonObject{{u"level"_s, u"info"_s}, {u"message"_s, QString::number(batch * perBatch + i)}});
        till.send(u"logs"_s, QJsonObject{{u"logs"_s, logs}, {u"ack"_s, batch == batches - 1}});
    }
    QVERIFY(!till.take(u"logs_ack"_s).isEmpty());
    QJsonArray entries;
    QVERIFY(waitUntil([&] {
        for (const QJsonValue& entry : viewer.takeEntries())
            entries.append(entry);
        return entries.size() == batches * perBatch;
    }));
    for (int i = 0; i < entries.size(); ++i)
        QCOMPARE(entries[i]["message"_L1].toString(), QString::number(i));
}

void TestTls::slowViewerIsCaughtUp()
{
    // On a slow machine, all this takes longer than a client may go without reading.
    QVERIFY(startWith({{u"unreadSeconds"_s, 600}}));
    const qint64 before = m_vigie->residentBytes();
    Client till;
    QVERIFY(till.signIn(*m_vigie, u"shop"_s, u"till"_s));
    till.send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
    // A client that reads nothing for a while: what Qt holds for it, encrypted or not, must stay bounded.
    Client slow;
    QVERIFY(slow.signIn(*m_vigie, u"shop"_s, u"ann"_s));
    slow.socket().setReadBufferSize(1);
    constexpr int batches = 300;
    const QString text(1'500, u'x');
    for (int batch = 0; batch < batches; ++batch) {
        QJsonArray logs;
        for (int i = 0; i < 200; ++i)
            logs.append(QJsonObject{{u"level"_s, u"info"_s}, {u"message"_s, text}});
        till.send(u"logs"_s, QJsonObject{{u"logs"_s, logs}, {u"ack"_s, true}});
        QVERIFY(!till.take(u"logs_ack"_s).isEmpty()); // 100 MB in all
    }
    const qint64 grown = m_vigie->residentBytes() - before;
    // A sanitizer takes several times the program's own.
    QVERIFY2(isSanitized || grown < 60 * 1024 * 1024, qPrintable(QString::number(grown)));
    slow.socket().setReadBufferSize(0);
    qsizetype came = 0;
    QVERIFY(waitUntil([&] {
        came += slow.takeEntries().size();
        return came >= batches * 200;
    }, 60'000));
    QCOMPARE(came, qsizetype(batches) * 200);
    QCOMPARE(slow.count(u"gap"_s), 0);
}

void TestTls::tooLargeARequestIsToldSo()
{
    QVERIFY(m_vigie->start({u"--tls"_s}));
    const QByteArray field = "X: " + QByteArray(20 * 1024, 'x') + "\r\n";
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n" + field + "\r\n").startsWith("HTTP/1.1 431 "));
}

void TestTls::oneTooManyIsToldWhy_data()
{
    QTest::addColumn<QJsonObject>("limits");
    QTest::addColumn<QByteArray>("status");
    const QJsonObject patient{{u"limitsLoopback"_s, true}, {u"headSeconds"_s, 60}};
    const auto with = [&patient](const QString& name, int value) {
        QJsonObject limits = patient;
        limits.insert(name, value);
        return limits;
    };
    QTest::newRow("in all") << with(u"connections"_s, 2) << QByteArray("503");
    QTest::newRow("of one address") << with(u"connectionsPerAddress"_s, 2) << QByteArray("429");
    QTest::newRow("too fast") << with(u"handshakesAtOnce"_s, 2) << QByteArray("429");
}

void TestTls::oneTooManyIsToldWhy()
{
    QFETCH(QJsonObject, limits);
    QFETCH(QByteArray, status);
    limits.insert(u"handshakesPerSecond"_s, 1);
    QVERIFY(startWith(limits));
    std::array<RawClient, 2> clients;
    for (RawClient& client : clients)
        QVERIFY(client.connectTo(*m_vigie));
    const QByteArray request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n\r\n";
    QByteArray answer = ask(request);
    // One more a second is allowed, and on a slow machine a second may have passed.
    const bool isTooFast = limits.contains(u"handshakesAtOnce"_s);
    for (int again = 0; again < 5 && isTooFast && answer.startsWith("HTTP/1.1 200 "); ++again)
        answer = ask(request);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + status + ' '), answer.constData());
    for (RawClient& client : clients) {
        QCOMPARE(client.socket().state(), QAbstractSocket::ConnectedState);
        client.reset();
    }
    QVERIFY(waitUntil([&] { return ask(request).startsWith("HTTP/1.1 200 "); }));
}

void TestTls::fewAreToldWhyAtATime()
{
    QVERIFY(startWith(
        {{u"limitsLoopback"_s, true}, {u"headSeconds"_s, 60}, {u"connectionsPerAddress"_s, 1}, {u"handshakesAtOnce"_s, 1'000}}));
    RawClient first;
    QVERIFY(first.connectTo(*m_vigie));
    std::vector<std::unique_ptr<RawClient>> others;
    for (int i = 0; i < 150; ++i)
        QVERIFY(others.emplace_back(std::make_unique<RawClient>())->connectTo(*m_vigie));
    const auto stay = [&others] {
        return std::ranges::count_if(
            others, [](const auto& client) { return client->socket().state() == QAbstractSocket::ConnectedState; });
    };
    QVERIFY(waitUntil([&] { return stay() <= 50; }));
    QVERIFY(stay() > 0);
    // These hold nobody up who is let in.
    first.reset();
    QVERIFY(waitUntil([this] { return ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n\r\n").startsWith("HTTP/1.1 200 "); }));
    QVERIFY(stay() > 0);
}

void TestTls::beyondLoopbackNeedsATokenAndTls()
{
    QVERIFY(m_vigie->start({u"--host"_s, u"0.0.0.0"_s}));
    QVERIFY(m_vigie->out().startsWith("Vigie is at https://"));
    QVERIFY(m_vigie->err().isEmpty());
    Client client;
    QVERIFY(client.open(m_vigie->url()));
    client.send(u"auth"_s, QJsonObject{{u"appId"_s, u"shop"_s}, {u"userId"_s, u"ann"_s}});
    QCOMPARE(client.takePayload(u"auth_error"_s)["code"_L1].toString(), u"token_needed"_s);
    QVERIFY(ask("GET /api/metrics HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n\r\n").startsWith("HTTP/1.1 401"));
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: " + QSysInfo::machineHostName().toLatin1() + ":%1\r\n\r\n").startsWith("HTTP/1.1 200"));
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: evil.example:%1\r\n\r\n").startsWith("HTTP/1.1 421"));
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\nOrigin: https://evil.example\r\n\r\n").startsWith("HTTP/1.1 403"));
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\nOrigin: http://127.0.0.1:%1\r\n\r\n").startsWith("HTTP/1.1 403"));
    QVERIFY(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\nOrigin: https://127.0.0.1:%1\r\n\r\n").startsWith("HTTP/1.1 200"));
}

void TestTls::insecureSaysSo()
{
    QVERIFY(m_vigie->start({u"--host"_s, u"0.0.0.0"_s, u"--insecure"_s}));
    QVERIFY(m_vigie->out().startsWith("Vigie is at http://"));
    QVERIFY(waitUntil([this] { return m_vigie->err().contains("reads and changes everything"); }));
    Client client;
    QVERIFY(client.signIn(*m_vigie, u"shop"_s, u"ann"_s));
    // On loopback it is only what it always was.
    QCOMPARE(m_vigie->stop(), 0);
    QVERIFY(m_vigie->start({u"--insecure"_s}));
    QVERIFY(m_vigie->err().isEmpty());
}

VIGIE_TEST(TestTls)
#include "tst_tls.moc"
