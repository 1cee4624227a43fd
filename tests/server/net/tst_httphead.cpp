// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httphead.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestHttpHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lengthIsKnownOnceTheHeadIsWhole();
    void upgradeIsRead();
    void proxiesAreSeen_data();
    void proxiesAreSeen();
    void plainRequestIsRead();
    void fieldNamesIgnoreCase();
    void bodiesThatAreClearAreTaken();
    void strayBytesAreSeenEarly();
    void refused_data();
    void refused();
};

void TestHttpHead::lengthIsKnownOnceTheHeadIsWhole()
{
    const QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (qsizetype i = 0; i < head.size(); ++i)
        QCOMPARE(headLength(head.first(i)), qsizetype(-1));
    QCOMPARE(headLength(head), head.size());
    QCOMPARE(headLength(head + "GET /next HTTP/1.1\r\n\r\n"), head.size());
}

void TestHttpHead::upgradeIsRead()
{
    const auto head = parseHead("GET /?appId=shop HTTP/1.1\r\nHost: 127.0.0.1:3001\r\nUpgrade: WebSocket\r\n"
                                "Origin: http://127.0.0.1:3001\r\nConnection: keep-alive, Upgrade\r\n\r\n");
    QVERIFY(head);
    QCOMPARE(head->method, QByteArray("GET"));
    QCOMPARE(head->target, QByteArray("/?appId=shop"));
    QCOMPARE(head->host, QByteArray("127.0.0.1:3001"));
    QCOMPARE(head->origin, std::optional<QByteArray>("http://127.0.0.1:3001"));
    QVERIFY(head->wantsWebSocket);
}

void TestHttpHead::proxiesAreSeen_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isPassedOn");
    for (const char* line : {"X-Forwarded-For: 192.0.2.1", "x-forwarded-host:a", "X-FORWARDED-PROTO: https", "X-Forwarded-Server: a",
                             "X-Real-IP: 127.0.0.1", "Forwarded: for=192.0.2.1", "X-Forwarded-For:", "X-Forwarded-Port: 443",
                             "Via: 1.1 proxy"})
        QTest::newRow(line) << QByteArray(line) << true;
    for (const char* line : {"Accept: X-Forwarded-For", "X-Forwarded: 1", "Host: b"})
        QTest::newRow(line) << QByteArray(line) << false;
}

void TestHttpHead::proxiesAreSeen()
{
    QFETCH(QByteArray, line);
    const auto head = parseHead("GET / HTTP/1.1\r\n" + line + "\r\n\r\n");
    QVERIFY(head);
    QTEST(head->isPassedOn, "isPassedOn");
}

void TestHttpHead::plainRequestIsRead()
{
    const auto head = parseHead("POST /x HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc");
    QVERIFY(head);
    QCOMPARE(head->method, QByteArray("POST"));
    QCOMPARE(head->host, QByteArray());
    QVERIFY(!head->origin);
    QVERIFY(!head->wantsWebSocket);
}

void TestHttpHead::fieldNamesIgnoreCase()
{
    const auto head = parseHead("GET / HTTP/1.1\r\nhOST:a:1\r\nORIGIN: \t null \r\nuPGRADE: h2c\r\n\r\n");
    QVERIFY(head);
    QCOMPARE(head->host, QByteArray("a:1"));
    QCOMPARE(head->origin, std::optional<QByteArray>("null"));
    QVERIFY(!head->wantsWebSocket);
}

void TestHttpHead::bodiesThatAreClearAreTaken()
{
    const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
    QVERIFY(parseHead(post + "Content-Length: 100000000000\r\n\r\n"));
    QVERIFY(parseHead(post + "Transfer-Encoding: Chunked\r\n\r\n"));
    QVERIFY(parseHead(post + "X: \t\xc3\xa9\r\n\r\n"));
}

void TestHttpHead::strayBytesAreSeenEarly()
{
    const QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (qsizetype i = 0; i <= head.size(); ++i)
        QVERIFY(!hasStrayBytes(head.first(i)));
    for (const QByteArray bytes : {"GET / HTTP/1.1\n", "\n", "GET\rX", "\x16\x03"})
        QVERIFY(hasStrayBytes(bytes));
}

void TestHttpHead::refused_data()
{
    QTest::addColumn<QByteArray>("head");
    const QByteArray end = "\r\nHost: a\r\n\r\n";
    QTest::newRow("empty line") << QByteArray("\r\n\r\n");
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\r\n\r\n");
    QTest::newRow("no version") << "GET /" + end;
    QTest::newRow("no method") << " / HTTP/1.1" + end;
    QTest::newRow("a space too many") << "GET / x HTTP/1.1" + end;
    QTest::newRow("HTTP/2") << "PRI * HTTP/2.0" + end;
    QTest::newRow("another protocol") << "GET / RTSP/1.0" + end;
    QTest::newRow("two hosts") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n");
    QTest::newRow("two origins") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nOrigin: b\r\nOrigin: b\r\n\r\n");
    QTest::newRow("field without colon") << QByteArray("GET / HTTP/1.1\r\nHost a\r\n\r\n");
    QTest::newRow("field without name") << QByteArray("GET / HTTP/1.1\r\n: a\r\n\r\n");
    // RFC 9112 §5.1: a reader that took the one for the other could be told two hosts.
    QTest::newRow("space before colon") << QByteArray("GET / HTTP/1.1\r\nHost : evil\r\nHost: a\r\n\r\n");
    const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
    QTest::newRow("length and chunks") << post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("chunks and length") << post + "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n";
    QTest::newRow("two lengths") << post + "Content-Length: 0\r\nContent-Length: 30\r\n\r\n";
    QTest::newRow("the same length twice") << post + "Content-Length: 3\r\ncontent-length: 3\r\n\r\n";
    QTest::newRow("two lengths in one") << post + "Content-Length: 3, 3\r\n\r\n";
    QTest::newRow("signed length") << post + "Content-Length: +3\r\n\r\n";
    QTest::newRow("negative length") << post + "Content-Length: -1\r\n\r\n";
    QTest::newRow("no length") << post + "Content-Length:\r\n\r\n";
    QTest::newRow("two encodings") << post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("another encoding") << post + "Transfer-Encoding: gzip, chunked\r\n\r\n";
    QTest::newRow("chunks before HTTP/1.1") << QByteArray("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    QTest::newRow("line that ends with LF") << QByteArray("GET / HTTP/1.1\nHost: a\r\n\r\n");
    QTest::newRow("field that ends with LF") << QByteArray("GET / HTTP/1.1\r\nX: y\nHost: a\r\n\r\n");
    QTest::newRow("CR in a value") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: y\rHost: evil\r\n\r\n");
    QTest::newRow("NUL in a value") << "GET / HTTP/1.1\r\nHost: a\r\nX: y" + QByteArray(1, '\0') + "z\r\n\r\n";
    QTest::newRow("DEL in a value") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: y\x7f\r\n\r\n");
    QTest::newRow("bell in the target") << QByteArray("GET /\a HTTP/1.1\r\nHost: a\r\n\r\n");
    QTest::newRow("tab in the request line") << "GET\t/ HTTP/1.1 x" + end;
    QTest::newRow("space before the method") << " GET / HTTP/1.1" + end;
    QTest::newRow("space behind the version") << "GET / HTTP/1.1 " + end;
    QTest::newRow("no target") << "GET  HTTP/1.1" + end;
    QTest::newRow("version that there is not") << "GET / HTTP/1.10" + end;
    QTest::newRow("folded line") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n Origin: b\r\n\r\n");
    QTest::newRow("bare CR in a field") << QByteArray("GET / HTTP/1.1\r\nHost: a\rOrigin: b\r\n\r\n");
    QTest::newRow("bare CR in the request line") << QByteArray("GET /\r HTTP/1.1\r\nHost: a\r\n\r\n");
}

void TestHttpHead::refused()
{
    QFETCH(QByteArray, head);
    QVERIFY(!parseHead(head));
}

VIGIE_TEST(TestHttpHead)
#include "tst_httphead.moc"
