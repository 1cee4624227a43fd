// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/sendqueue.h"
#include "testmain.h"

#include <QTest>
#include <array>
#include <sys/socket.h>
#include <unistd.h>

using namespace vigie;

class TestSendQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void piecesOfAllSizesComeInOrder();
    void smallPiecesAreHeldTogether();
};

void TestSendQueue::piecesOfAllSizesComeInOrder()
{
    std::array<int, 2> ends{};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
    SendQueue queue(3); // of the first, three bytes are sent already
    QByteArray expected;
    QByteArray came;
    const auto pump = [&] {
        queue.sendTo(ends[0]);
        std::array<char, 50'000> part;
        for (ssize_t got = 0; (got = ::recv(ends[1], part.data(), part.size(), 0)) > 0;)
            came.append(part.data(), got);
    };
    for (int i = 0; i < 5'000; ++i) {
        const QByteArray piece(i % 50 == 49 ? 3'000 : 3 + i % 11, char('a' + i % 26));
        const QByteArray shared = piece;
        queue.add(shared);
        expected += piece;
        if (i % 700 == 699)
            pump();
        QCOMPARE(shared, piece);
    }
    for (int i = 0; i < 1'000 && !queue.isEmpty(); ++i)
        pump();
    QVERIFY(queue.isEmpty());
    QCOMPARE(came, expected.mid(3));
    ::close(ends[0]);
    ::close(ends[1]);
}

void TestSendQueue::smallPiecesAreHeldTogether()
{
    SendQueue queue(0);
    for (int i = 0; i < 100'000; ++i)
        queue.add(QByteArray::fromHex("8a00")); // a pong
    QVERIFY2(queue.pieceCount() <= 20, qPrintable(QString::number(queue.pieceCount())));
}

VIGIE_TEST(TestSendQueue)
#include "tst_sendqueue.moc"
