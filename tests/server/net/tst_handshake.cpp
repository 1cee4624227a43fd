// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/handshake.h"
#include "server/net/httphead.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keyOfTheRfc();
    void answers_data();
    void answers();
};

void TestHandshake::keyOfTheRfc()
{
    QCOMPARE(acceptKey("dGhlIHNhbXBsZSBub25jZQ=="), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}

void TestHandshake::answers_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("start"); // of the answer; empty: there is none
    QTest::addColumn<QByteArray>("protocol");
    const QByteArray get = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n";
    const QByteArray upgrade = "Connection: keep-alive, Upgrade\r\n";
    const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const QByteArray version = "Sec-WebSocket-Version: 13\r\n";
    const QByteArray yes = "HTTP/1.1 101 ";
    const QByteArray no = "HTTP/1.1 400 ";
    QTest::newRow("plain") << get + upgrade + key + version << yes << QByteArray();
    QTest::newRow("the first that is spoken")
        << get + upgrade + key + version + "Sec-WebSocket-Protocol: chat, two, one\r\n" << yes << QByteArray("two");
    QTest::newRow("none that is spoken") << get + upgrade + key + version + "Sec-WebSocket-Protocol: chat\r\n" << yes << QByteArray();
    QTest::newRow("another version") << get + upgrade + key + "Sec-WebSocket-Version: 7\r\n" << no << QByteArray();
    QTest::newRow("no version") << get + upgrade + key << no << QByteArray();
    QTest::newRow("no key") << get + upgrade + version << QByteArray() << QByteArray();
    QTest::newRow("a short key") << get + upgrade + version + "Sec-WebSocket-Key: c2hvcnQ=\r\n" << no << QByteArray();
    QTest::newRow("no upgrade") << get + "Connection: keep-alive\r\n" + key + version << no << QByteArray();
    QTest::newRow("POST") << "POST" + get.sliced(3) + upgrade + key + version << no << QByteArray();
    QTest::newRow("HTTP/1.0") << QByteArray(get).replace("1.1", "1.0") + upgrade + key + version << no << QByteArray();
    QTest::newRow("a body") << get + upgrade + key + version + "Content-Length: 5\r\n" << no << QByteArray();
}

void TestHandshake::answers()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, protocol);
    const auto parsed = parseHead(head + "\r\n");
    QVERIFY(parsed);
    const HandshakeAnswer answer = answerHandshake(*parsed, {"one", "two"});
    QCOMPARE(answer.isAccepted, start.contains("101"));
    QVERIFY2(start.isEmpty() ? answer.bytes.isEmpty() : answer.bytes.startsWith(start), answer.bytes.constData());
    QCOMPARE(answer.bytes.contains("Sec-WebSocket-Protocol: " + protocol + "\r\n"), !protocol.isEmpty());
    QCOMPARE(answer.bytes.contains("Sec-WebSocket-Version: 13\r\n"), QByteArray(QTest::currentDataTag()).endsWith(" version"));
    if (answer.isAccepted)
        QVERIFY(answer.bytes.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") && answer.bytes.endsWith("\r\n\r\n"));
}

VIGIE_TEST(TestHandshake)
#include "tst_handshake.moc"
