// SPDX-License-Identifier: GPL-3.0-or-later
// Routes that take bodies, over real connections.
#include "deflated.h"
#include "httptestserver.h"
#include "rawpeer.h"
#include "testmain.h"

#include <QCryptographicHash>
#include <QTimer>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t maxBody = 32 * 1024 * 1024;

/// What became of a body, after its taker has gone.
struct Body
{
    HttpRequestPtr request;
    qint64 bytes = 0;
    QCryptographicHash hash{QCryptographicHash::Sha256};
    bool isFinished = false;
    bool isAbandoned = false;
    bool isDestroyed = false;
    std::function<void(Body&)> afterEach = [](Body&) {};
    std::function<void(Body&)> atEnd = [](Body& body) { body.request->answer(plainAnswer(QByteArray::number(body.bytes))); };
};

class Taker final : public BodyTaker
{
public:
    explicit Taker(std::shared_ptr<Body> body) : m_body(std::move(body)) {}
    ~Taker() override { m_body->isDestroyed = true; }

    void take(std::span<const char> bytes) override
    {
        m_body->bytes += qint64(bytes.size());
        m_body->hash.addData(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
        m_body->afterEach(*m_body);
    }
    void finish() override
    {
        m_body->isFinished = true;
        m_body->atEnd(*m_body);
    }
    void abandon() override { m_body->isAbandoned = true; }

private:
    std::shared_ptr<Body> m_body;
};

QByteArray gzipped(const QByteArray& text)
{
    return test::deflated(text, test::gzipBits, 1);
}

/// Text that packs to a third or so.
QByteArray textOf(qsizetype size)
{
    QByteArray text;
    text.reserve(size + 32);
    for (quint32 i = 1; text.size() < size; ++i)
        text += QByteArray::number(i * 2654435761U) + " entry\n";
    return text.first(size);
}

QByteArray chunked(const QByteArray& body, qsizetype size)
{
    QByteArray all;
    for (qsizetype at = 0; at < body.size(); at += size) {
        const QByteArray chunk = body.mid(at, size);
        all += QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n";
    }
    return all + "0\r\n\r\n";
}

const QByteArray post = "POST /in/shop HTTP/1.1\r\nHost: a\r\n";
const QByteArray get = "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n";

} // namespace

class TestHttpBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void megabytesAreTaken_data();
    void megabytesAreTaken();
    void nothingIsABodyToo();
    void continueIsSaidToWhoIsTaken();
    void answersBehindABodyComeInOrder();
    void aPauseHoldsThePeerBack_data();
    void aPauseHoldsThePeerBack();
    void aPauseMayComeFirst();
    void pausesAtEachStepLoseNothing();
    void whoGoesIsAbandoned();
    void anAnswerBeforeTheEndEndsTheConnection_data();
    void anAnswerBeforeTheEndEndsTheConnection();
    void refused_data();
    void refused();
    void bombIsRefusedInLittleMemory();
    void slowBodiesAreCut();
    void whoIsHeldBackIsNotLate();
    void aRequestMayOutliveItsConnection();
    void whatUnpackingTakesIsCounted();

private:
    std::unique_ptr<HttpTestServer> m_server;
    std::unique_ptr<RawPeer> m_peer;
    std::shared_ptr<Body> m_body; // the last
    std::vector<std::shared_ptr<Body>> m_bodies;
    std::function<bool(Body&)> m_open; // whether it is taken
};

void TestHttpBodies::init()
{
    m_open = [](Body&) { return true; };
    m_server = std::make_unique<HttpTestServer>();
    m_server->http.post(u"/in/<arg>"_s, maxBody, [this](const HttpRequestPtr& request, const QString&) {
        m_body = std::make_shared<Body>();
        m_body->request = request;
        m_bodies.push_back(m_body);
        return m_open(*m_body) ? std::make_unique<Taker>(m_body) : nullptr;
    });
    m_server->http.get(u"/quick"_s, [](const HttpRequestPtr& request, const QString&) { request->answer(plainAnswer("quick")); });
    m_peer = std::make_unique<RawPeer>(m_server->serverPort());
}

void TestHttpBodies::cleanup()
{
    m_bodies.clear();
    m_body.reset();
    m_peer.reset();
    m_server.reset();
}

void TestHttpBodies::megabytesAreTaken_data()
{
    QTest::addColumn<bool>("isPacked");
    QTest::addColumn<int>("chunk"); // 0: none
    QTest::newRow("by its length") << false << 0;
    QTest::newRow("in large chunks") << false << 1'000'000;
    QTest::newRow("in small chunks") << false << 100;
    QTest::newRow("gzip") << true << 0;
    QTest::newRow("gzip in chunks") << true << 5'000;
}

void TestHttpBodies::megabytesAreTaken()
{
    QFETCH(bool, isPacked);
    QFETCH(int, chunk);
    const QByteArray text = textOf(2'000'000);
    const QByteArray body = isPacked ? gzipped(text) : text;
    const QByteArray coding = isPacked ? QByteArray("Content-Encoding: gzip\r\n") : QByteArray();
    for (int i = 0; i < 2; ++i) { // on one connection, each with another request behind it
        if (chunk > 0)
            m_peer->send(post + coding + "Transfer-Encoding: chunked\r\n\r\n" + chunked(body, chunk) + get);
        else
            m_peer->send(post + coding + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body + get);
        QTRY_COMPARE_WITH_TIMEOUT(m_peer->received().count("quick"), i + 1, 30'000);
        QVERIFY(m_body->isFinished && m_body->isDestroyed && !m_body->isAbandoned);
        QCOMPARE(m_body->hash.result(), QCryptographicHash::hash(text, QCryptographicHash::Sha256));
    }
    QCOMPARE(m_peer->received().count("\r\n\r\n2000000HTTP/1.1 200 OK\r\n"), 2);
    QVERIFY(m_server->hits.empty());
    QCOMPARE(m_server->memory.held(), qint64(0));
}

void TestHttpBodies::nothingIsABodyToo()
{
    m_peer->send(post + "Content-Length: 0\r\n\r\n" + post + "\r\n" + post + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get);
    QTRY_COMPARE(m_peer->received().count("\r\n\r\n0"), 3);
    QTRY_VERIFY(m_peer->received().endsWith("quick"));
    for (const auto& body : m_bodies)
        QVERIFY(body->isFinished && body->isDestroyed);
}

void TestHttpBodies::continueIsSaidToWhoIsTaken()
{
    m_peer->send(post + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    QTRY_COMPARE(m_peer->received(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    m_peer->send("abc");
    QTRY_VERIFY(m_peer->received().endsWith("\r\n\r\n3"));
    // Who is not taken is told so at once, and need not send it.
    m_open = [](Body& body) {
        body.request->answer(HttpAnswer::refusal(401, "who are you?"));
        return false;
    };
    m_peer->send(post + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    const QByteArray answers = m_peer->readToEnd();
    QVERIFY2(answers.contains("3HTTP/1.1 401 ") && answers.count("100 Continue") == 1, answers.constData());
}

void TestHttpBodies::answersBehindABodyComeInOrder()
{
    m_open = [](Body& body) {
        body.atEnd = [](Body&) {}; // later
        return true;
    };
    m_peer->send(post + "Content-Length: 3\r\n\r\nabc" + get + post + "Content-Length: 4\r\n\r\nabcd");
    QTRY_COMPARE(m_bodies.size(), std::size_t(2));
    QVERIFY(m_bodies[0]->isDestroyed && m_bodies[1]->isDestroyed);
    m_bodies[1]->request->answer(plainAnswer("second"));
    QTest::qWait(20);
    QCOMPARE(m_peer->received(), QByteArray());
    m_bodies[0]->request->answer(plainAnswer("first"));
    QTRY_VERIFY(m_peer->received().endsWith("second"));
    QVERIFY(m_peer->received().contains("firstHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nquick"));
}

void TestHttpBodies::aPauseHoldsThePeerBack_data()
{
    QTest::addColumn<bool>("isPacked");
    QTest::newRow("as it is") << false;
    QTest::newRow("gzip") << true;
}

void TestHttpBodies::aPauseHoldsThePeerBack()
{
    QFETCH(bool, isPacked);
    m_open = [](Body& body) {
        body.afterEach = [](Body& now) { now.request->setBodyPaused(true); };
        return true;
    };
    const QByteArray text = textOf(16'000'000);
    const QByteArray body = isPacked ? gzipped(text) : text;
    m_peer->send(post + (isPacked ? "Content-Encoding: gzip\r\n" : "") + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
                 + body + get);
    QTRY_VERIFY(m_body && m_body->bytes > 0);
    // The kernel takes its part; the rest stays with the peer.
    qint64 left = -1;
    QTRY_VERIFY(std::exchange(left, m_peer->socket.bytesToWrite()) == m_peer->socket.bytesToWrite());
    QTest::qWait(100);
    QCOMPARE(m_peer->socket.bytesToWrite(), left);
    QVERIFY(left > 0);
    QVERIFY(m_body->bytes <= 64 * 1024);
    QVERIFY(m_server->memory.held() <= 128 * 1024);
    m_body->afterEach = [](Body&) {};
    m_body->request->setBodyPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(m_peer->received().endsWith("quick"), 30'000);
    QCOMPARE(m_body->hash.result(), QCryptographicHash::hash(text, QCryptographicHash::Sha256));
}

void TestHttpBodies::aPauseMayComeFirst()
{
    m_open = [](Body& body) {
        body.request->setBodyPaused(true);
        return true;
    };
    m_peer->send(post + "Content-Length: 3\r\n\r\nabc" + get);
    QTRY_VERIFY(m_body);
    QTest::qWait(20);
    QCOMPARE(m_body->bytes, qint64(0));
    QVERIFY(!m_body->isFinished);
    m_body->request->setBodyPaused(false);
    QTRY_VERIFY(m_peer->received().endsWith("quick"));
    QVERIFY(m_body->isFinished);
}

void TestHttpBodies::pausesAtEachStepLoseNothing()
{
    int pauses = 0;
    m_open = [&](Body& body) {
        body.afterEach = [&](Body& now) {
            ++pauses;
            now.request->setBodyPaused(true);
            if (pauses % 3 == 0) // at once, or later
                now.request->setBodyPaused(false);
            else
                QTimer::singleShot(0, m_server.get(), [request = now.request] { request->setBodyPaused(false); });
        };
        return true;
    };
    const QByteArray text = textOf(1'000'000);
    for (const QByteArray& body : {gzipped(text), gzipped(QByteArray(1'000'000, 'x'))}) {
        m_peer->send(post + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(body, 3'000) + get);
        QTRY_VERIFY_WITH_TIMEOUT(m_peer->received().endsWith("quick"), 30'000);
        QVERIFY(m_peer->received().contains("\r\n\r\n1000000HTTP/1.1 "));
        m_peer = std::make_unique<RawPeer>(m_server->serverPort());
    }
    QVERIFY(pauses > 30);
}

void TestHttpBodies::whoGoesIsAbandoned()
{
    m_peer->send(post + "Content-Length: 100\r\n\r\nabc");
    QTRY_VERIFY(m_body && m_body->bytes == 3);
    const std::stop_token gone = m_body->request->gone();
    m_peer->socket.abort();
    QTRY_VERIFY(m_body->isAbandoned);
    QVERIFY(m_body->isDestroyed && !m_body->isFinished && gone.stop_requested());
    m_body->request->answer(plainAnswer("late"));
    m_body->request->setBodyPaused(false);
    // And when it is the server that goes.
    m_peer = std::make_unique<RawPeer>(m_server->serverPort());
    m_peer->send(post + "Content-Length: 100\r\n\r\nabc");
    QTRY_VERIFY(m_bodies.size() == 2 && m_body->bytes == 3);
    m_server.reset();
    QVERIFY(m_body->isAbandoned && m_body->isDestroyed);
}

void TestHttpBodies::anAnswerBeforeTheEndEndsTheConnection_data()
{
    QTest::addColumn<int>("when");
    QTest::newRow("when it is to be taken") << 0;
    QTest::newRow("while it is taken") << 1;
    QTest::newRow("between") << 2;
    QTest::newRow("in a pause") << 3;
}

void TestHttpBodies::anAnswerBeforeTheEndEndsTheConnection()
{
    QFETCH(int, when);
    const auto answer = [](Body& body) { body.request->answer(HttpAnswer::refusal(400, "enough")); };
    m_open = [&](Body& body) {
        body.afterEach = [&, when](Body& now) {
            if (when == 1)
                answer(now);
            if (when == 3)
                now.request->setBodyPaused(true);
            if (when >= 2)
                QTimer::singleShot(0, m_server.get(), [&, request = now.request] { request->answer(HttpAnswer::refusal(400, "enough")); });
        };
        if (when == 0)
            answer(body);
        return true;
    };
    m_peer->send(post + "Content-Length: 1000000\r\n\r\n" + QByteArray(1'000'000, 'x') + get);
    const QByteArray answers = m_peer->readToEnd();
    QVERIFY2(answers.startsWith("HTTP/1.1 400 ") && answers.endsWith("enough\n"), answers.constData());
    QVERIFY(answers.contains("\r\nConnection: close\r\n"));
    QTRY_VERIFY(m_body->isDestroyed);
    QVERIFY(!m_body->isFinished && !m_body->isAbandoned);
}

void TestHttpBodies::refused_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<int>("status");
    QTest::newRow("too large, as it says") << QByteArray("Content-Length: 33554433\r\n\r\n") << 413;
    QTest::newRow("too large a chunk") << QByteArray("Transfer-Encoding: chunked\r\n\r\n2000001\r\n") + QByteArray(33'554'433, 'x') << 413;
    const QByteArray chunks = "Transfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("broken chunks") << chunks + "3\r\nabc\r\nx\r\n\r\n" << 400;
    QTest::newRow("a chunk that never begins") << chunks + "1;" + QByteArray(20'000, 'a') << 400;
    const QByteArray gzip = gzipped("some text");
    const QByteArray packed = "Content-Encoding: gzip\r\nContent-Length: ";
    QTest::newRow("no gzip") << packed + "4\r\n\r\ntext" << 400;
    QTest::newRow("half a gzip") << packed + "10\r\n\r\n" + gzip.first(10) << 400;
    QTest::newRow("another coding") << QByteArray("Content-Encoding: br\r\nContent-Length: 4\r\n\r\ntext") << 415;
    QTest::newRow("two codings") << QByteArray("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\ntext") << 415;
}

void TestHttpBodies::refused()
{
    QFETCH(QByteArray, rest);
    QFETCH(int, status);
    m_peer->send(get + post + rest + get);
    const QByteArray answers = m_peer->readToEnd();
    QVERIFY2(answers.contains("quickHTTP/1.1 " + QByteArray::number(status) + ' '), answers.constData());
    QCOMPARE(answers.count("HTTP/1.1 "), 2);
    QCOMPARE(answers.contains("\r\nAccept-Encoding: gzip, deflate, zstd\r\n"), status == 415);
    QCOMPARE(m_server->hits, std::vector<LimitHit>(status == 413 ? 1 : 0, LimitHit::BodySize));
    if (m_body)
        QVERIFY(m_body->isAbandoned && m_body->isDestroyed && !m_body->isFinished);
}

void TestHttpBodies::bombIsRefusedInLittleMemory()
{
    qint64 most = 0;
    m_open = [&](Body& body) {
        body.afterEach = [&](Body&) { most = std::max(most, m_server->memory.held()); };
        return true;
    };
    const QByteArray bomb = gzipped(QByteArray(100'000'000, '\0'));
    m_peer->send(post + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(bomb, 10'000));
    QVERIFY(m_peer->readToEnd().startsWith("HTTP/1.1 413 "));
    QVERIFY(m_body->isAbandoned);
    QVERIFY(m_body->bytes <= qint64(maxBody));
    QVERIFY(most <= 128 * 1024);
}

void TestHttpBodies::slowBodiesAreCut()
{
    m_server = std::make_unique<HttpTestServer>(HttpServer::Bounds{16 * 1024, std::chrono::seconds(2), 1'000'000});
    m_server->http.post(u"/in/<arg>"_s, maxBody, [this](const HttpRequestPtr& request, const QString&) {
        m_body = std::make_shared<Body>();
        m_body->request = request;
        return std::make_unique<Taker>(m_body);
    });
    m_peer = std::make_unique<RawPeer>(m_server->serverPort());
    m_peer->send(post + "Content-Length: 1000000\r\n\r\n");
    QTRY_VERIFY(m_body);
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [this] { m_peer->send("x"); });
    drip.start(10);
    QVERIFY(m_peer->waitClosed());
    QVERIFY(m_body->isAbandoned);
    QCOMPARE(m_server->hits, std::vector<LimitHit>{LimitHit::IdleTime});
}

/// Also once the answer to an earlier request was taken.
void TestHttpBodies::whoIsHeldBackIsNotLate()
{
    m_server = std::make_unique<HttpTestServer>(HttpServer::Bounds{16 * 1024, std::chrono::milliseconds(200), 1'000'000});
    std::vector<HttpRequestPtr> requests;
    m_server->http.post(u"/in/<arg>"_s, maxBody, [&](const HttpRequestPtr& request, const QString&) {
        m_body = std::make_shared<Body>();
        m_body->request = request;
        m_body->atEnd = [](Body&) {}; // answered later
        if (!requests.empty())
            request->setBodyPaused(true);
        requests.push_back(request);
        return std::make_unique<Taker>(m_body);
    });
    m_peer = std::make_unique<RawPeer>(m_server->serverPort());
    m_peer->send(post + "Content-Length: 3\r\n\r\nabc" + post + "Content-Length: 3\r\n\r\nabc");
    QTRY_COMPARE(requests.size(), std::size_t(2));
    requests[0]->answer(plainAnswer("first"));
    QTRY_VERIFY(m_peer->received().endsWith("first"));
    QTest::qWait(500);
    QVERIFY(m_server->hits.empty());
    requests[1]->setBodyPaused(false);
    requests[1]->answer(plainAnswer("second"));
    QVERIFY(m_peer->readToEnd().endsWith("second"));
}

void TestHttpBodies::aRequestMayOutliveItsConnection()
{
    m_peer->send(post + "Content-Length: 100\r\n\r\nabc");
    QTRY_VERIFY(m_body && m_body->bytes == 3);
    m_body->request->setBodyPaused(true);
    m_body->request->answer(plainAnswer("no"));
    m_body->request->setBodyPaused(false);
    QVERIFY(m_peer->readToEnd().endsWith("no"));
    QTRY_COMPARE(m_server->http.connections(), std::size_t(0));
    QVERIFY(!m_body->request->isThere());
    QVERIFY(m_body->request->connection() == nullptr);
    QVERIFY(m_body->request->gone().stop_requested());
    m_body->request->setBodyPaused(false);
}

void TestHttpBodies::whatUnpackingTakesIsCounted()
{
    m_peer->send(post + "Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n");
    QTRY_VERIFY(m_body);
    QTRY_VERIFY(m_server->memory.held() >= 32 * 1024);
    m_peer->socket.abort();
    QTRY_VERIFY(m_body->isDestroyed);
    QTRY_COMPARE(m_server->memory.held(), qint64(0));
}

VIGIE_TEST(TestHttpBodies)
#include "tst_httpbodies.moc"
