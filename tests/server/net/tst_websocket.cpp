// SPDX-License-Identifier: GPL-3.0-or-later
#include "oneport.h"
#include "rawpeer.h"
#include "server/net/websocket.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace vigie::test;
using namespace std::chrono_literals;

namespace {

class User final : public WebSocketUser
{
public:
    void take(std::string_view message) override { messages.emplace_back(message); }
    void noteClosing() override { isClosing = true; }
    void noteEnd() override { hasEnded = true; }

    std::vector<std::string> messages;
    bool isClosing = false;
    bool hasEnded = false;
};

} // namespace

class TestWebSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPauseIsNotHeldAgainstAMessage();
};

/// A message of which a part has come has its time again once the peer is read on.
void TestWebSocket::aPauseIsNotHeldAgainstAMessage()
{
    OnePort port;
    QVERIFY(port.listen(QHostAddress::LocalHost));
    RawPeer peer(port.serverPort());
    User user;
    LimitHits hits;
    const WebSocketLimits limits;
    WebSocket socket(port.take(), limits, hits, user, 0ms);
    socket.setMaxMessage(1'000, 1'000);
    socket.start();
    const QByteArray frame = RawPeer::frame(RawPeer::Text, "hello");
    peer.send(frame.first(8));
    QTRY_COMPARE(socket.connection().receivedBytes(), 8);
    socket.tick(1'000ms);
    socket.pause(false);
    socket.tick(100'000ms);
    socket.resume();
    socket.tick(101'000ms);
    QVERIFY(!user.isClosing);
    socket.tick(129'999ms);
    QVERIFY(!user.isClosing);
    socket.tick(130'000ms);
    QVERIFY(user.isClosing);
    QVERIFY(user.messages.empty());
    QTRY_VERIFY(user.hasEnded);
}

VIGIE_TEST(TestWebSocket)
#include "tst_websocket.moc"
