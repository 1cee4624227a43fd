// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httphead.h"

#include <QTest>

using namespace vigie;

class TestHttpHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lengthIsKnownOnceTheHeadIsWhole();
    void upgradeIsRead();
    void plainRequestIsRead();
    void fieldNamesIgnoreCase();
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
    QTest::newRow("folded line") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n Origin: b\r\n\r\n");
    QTest::newRow("bare CR in a field") << QByteArray("GET / HTTP/1.1\r\nHost: a\rOrigin: b\r\n\r\n");
    QTest::newRow("bare CR in the request line") << QByteArray("GET /\r HTTP/1.1\r\nHost: a\r\n\r\n");
}

void TestHttpHead::refused()
{
    QFETCH(QByteArray, head);
    QVERIFY(!parseHead(head));
}

QTEST_APPLESS_MAIN(TestHttpHead)
#include "tst_httphead.moc"
