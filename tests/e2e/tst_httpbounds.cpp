// SPDX-License-Identifier: GPL-3.0-or-later
// A plain HTTP peer cannot make the program hold more and more memory.

#include "harness.h"
#include "testmain.h"

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

namespace {

// A sanitizer takes several times the program's own.
const qint64 maxGrowth = (isSanitized ? 96 : 32) * 1024 * 1024;

} // namespace

/// Each test runs with and without TLS: Qt keeps unsent data of TLS elsewhere.
class TestHttpBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void endlessBody_data();
    void endlessBody();
    void answersNobodyReads_data();
    void answersNobodyReads();
    void historyNobodyReads_data();
    void historyNobodyReads();
    void askersWhoAreGoneBeforeTheAnswer();
    void browserIsServedAllDay();

private:
    QByteArray get(const QByteArray& path) const
    {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_vigie->port()) + "\r\n\r\n";
    }
    bool connectTo(RawClient& peer) const
    {
        return m_vigie->speaksTls() ? peer.connectByTls(*m_vigie) : peer.connectTo(*m_vigie, 64 * 1024);
    }
    /// Writes `block` repeatedly until the server closes the connection; false if it takes `atMost` bytes without closing.
    bool isCutWhileWriting(RawClient& peer, const QByteArray& block, qint64 atMost = 128 * 1024 * 1024);
    bool serves();
    /// Memory is about as at the start, and the server still answers.
    bool isWell();

    std::unique_ptr<VigieProcess> m_vigie;
    qint64 m_bytesAtStart = 0;
};

void TestHttpBounds::initTestCase_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::newRow("plain") << QStringList();
    QTest::newRow("by TLS") << QStringList{u"--tls"_s};
}

void TestHttpBounds::init()
{
    QFETCH_GLOBAL(QStringList, flags);
    m_vigie = std::make_unique<VigieProcess>();
    QVERIFY(m_vigie->start(flags));
    // Warm up: the first answer allocates memory that stays.
    RawClient first;
    QVERIFY(connectTo(first));
    first.write(get("/"));
    QVERIFY(first.waitForText("</html>"));
    m_bytesAtStart = m_vigie->residentBytes();
}

bool TestHttpBounds::isCutWhileWriting(RawClient& peer, const QByteArray& block, qint64 atMost)
{
    const auto isOpen = [&] { return peer.socket().state() == QAbstractSocket::ConnectedState; };
    qint64 written = 0;
    for (; written < atMost && isOpen(); written += block.size()) {
        peer.write(block);
        if (!waitUntil([&] { return peer.unsentBytes() == 0 || !isOpen(); })) {
            qWarning("of block %lld, %lld bytes were not taken", written / block.size(), peer.unsentBytes());
            return false;
        }
    }
    // The server discards input for a moment, so that the peer can read the reason. A peer that neither reads nor writes does not
    // notice the close.
    peer.resumeReading();
    const bool isCut = waitUntil([&] { return !isOpen(); });
    if (!isCut)
        qWarning("%lld bytes were taken, and it is still open; %lld came back", written, qint64(peer.received().size()));
    return isCut;
}

bool TestHttpBounds::serves()
{
    RawClient other;
    return connectTo(other) && (other.write(get("/")), other.waitForText("</html>"));
}

bool TestHttpBounds::isWell()
{
    const qint64 grown = m_vigie->residentBytes() - m_bytesAtStart;
    if (grown > maxGrowth)
        qWarning("it has grown by %lld bytes", grown);
    return grown <= maxGrowth && serves();
}

void TestHttpBounds::endlessBody_data()
{
    QTest::addColumn<QByteArray>("before"); // a whole request on the same connection
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("block");
    const QByteArray large(1024 * 1024, 'x');
    const QByteArray chunks = QByteArray("400\r\n" + QByteArray(1024, 'x') + "\r\n").repeated(1024);
    const QByteArray post = "POST / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n";
    const QByteArray whole = "GET / HTTP/1.1\r\nHost: 127.0.0.1:%1\r\n\r\n";
    QTest::newRow("body of 100 GB") << QByteArray() << post + "Content-Length: 100000000000\r\n\r\n" << large;
    QTest::newRow("chunks") << QByteArray() << post + "Transfer-Encoding: chunked\r\n\r\n" << chunks;
    QTest::newRow("second request's body") << whole << post + "Content-Length: 100000000000\r\n\r\n" << large;
    QTest::newRow("second request's head") << whole << QByteArray("GET / HTTP/1.1\r\nX: ") << large;
    QTest::newRow("second request's fields")
        << whole << QByteArray("GET / HTTP/1.1\r\n") << QByteArray("X: y\r\n").repeated(100'000);
}

void TestHttpBounds::endlessBody()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, block);
    const QByteArray port = QByteArray::number(m_vigie->port());
    RawClient peer;
    QVERIFY(connectTo(peer));
    if (!before.isEmpty()) {
        peer.write(before.replace("%1", port));
        QVERIFY(peer.waitForText("</html>"));
    }
    peer.write(head.replace("%1", port));
    QVERIFY(isCutWhileWriting(peer, block));
    QVERIFY(isWell());
}

void TestHttpBounds::answersNobodyReads_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("a page") << QByteArray("/");
    QTest::newRow("refusals") << QByteArray("/nothing-here"); // small answers: many more of them
    QTest::newRow("out of the store") << QByteArray("/api/metrics");
}

void TestHttpBounds::answersNobodyReads()
{
    QFETCH(QByteArray, path);
    RawClient peer;
    QVERIFY(connectTo(peer));
    peer.pauseReading();
    QVERIFY(isCutWhileWriting(peer, get(path).repeated(1000)));
    QVERIFY(isWell());
}

void TestHttpBounds::historyNobodyReads_data()
{
    QTest::addColumn<QByteArray>("limit");
    QTest::newRow("out of the store") << QByteArray("1000");
    QTest::newRow("out of memory") << QByteArray("60"); // at once
}

void TestHttpBounds::historyNobodyReads()
{
    QFETCH(QByteArray, limit);
    // About 4 MiB for each request.
    Client producer;
    QVERIFY(producer.signIn(*m_vigie, u"shop"_s, u"till"_s));
    producer.send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
    const QString text(60'000, u'x');
    for (int i = 0; i < 10; ++i) {
        QJsonArray logs;
        for (int j = 0; j < 10; ++j)
            logs.append(QJsonObject{{u"level"_s, u"info"_s}, {u"message"_s, text}});
        producer.send(u"logs"_s, QJsonObject{{u"logs"_s, logs}, {u"ack"_s, true}});
        QVERIFY(!producer.take(u"logs_ack"_s).isEmpty());
    }
    const QByteArray question = get("/api/apps/shop/logs?limit=" + limit);
    const auto isAnswered = [&] {
        RawClient honest;
        connectTo(honest);
        honest.write(question);
        return honest.waitForText("\"cursor\"") && honest.received().startsWith("HTTP/1.1 200 ");
    };
    QVERIFY(isAnswered());
    const qint64 before = m_vigie->residentBytes();
    RawClient peer;
    QVERIFY(connectTo(peer));
    peer.pauseReading();
    peer.write(question.repeated(100)); // less than may be unanswered
    QVERIFY(waitUntil([&] { return peer.unsentBytes() == 0; }));
    for (int i = 0; i < 5; ++i)
        QVERIFY(isAnswered());
    // Eight answers, their source data, and the same again for TLS.
    const qint64 grown = m_vigie->residentBytes() - before;
    QVERIFY2(grown < 128 * 1024 * 1024 + maxGrowth, qPrintable(QString::number(grown)));
}

void TestHttpBounds::askersWhoAreGoneBeforeTheAnswer()
{
    // Answers come from other threads, when a reloaded page has already gone.
    for (int round = 0; round < 100; ++round) {
        for (const char* path : {"/api/apps/shop/logs", "/api/metrics?points=5000", "/api/apps/shop/metrics", "/api/processes"}) {
            RawClient peer;
            QVERIFY(connectTo(peer));
            peer.write(get(path));
            QVERIFY(waitUntil([&] { return peer.unsentBytes() == 0; }));
            if (round % 2 == 0)
                peer.reset();
        }
    }
    QVERIFY(m_vigie->isRunning());
    QVERIFY(serves()); // what the store's readers keep from now on is theirs
}

void TestHttpBounds::browserIsServedAllDay()
{
    // One kept-alive connection requests more than any limit of pending answers.
    RawClient browser;
    QVERIFY(connectTo(browser));
    for (int i = 0; i < 300; ++i) {
        browser.write(get("/?" + QByteArray(1024, 'q')));
        QVERIFY(browser.waitForText("</html>"));
        browser.forget();
    }
}

VIGIE_TEST(TestHttpBounds)
#include "tst_httpbounds.moc"
