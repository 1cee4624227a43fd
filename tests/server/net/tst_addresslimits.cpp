// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/addresslimits.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QHostAddress ann(u"192.0.2.1"_s);
const QHostAddress bob(u"192.0.2.2"_s);

} // namespace

class TestAddressLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void peersAreAddressesOrNetworks();
    void connectionsAreCountedByPeer();
    void connectingTooOftenIsRefused();
    void loopbackIsNotLimited();
    void idlePeersAreForgotten();
};

void TestAddressLimits::peersAreAddressesOrNetworks()
{
    QCOMPARE(peerNetwork(ann), u"192.0.2.1"_s);
    QCOMPARE(peerNetwork(QHostAddress(u"::ffff:192.0.2.1"_s)), u"192.0.2.1"_s);
    QCOMPARE(addressText(QHostAddress(u"::ffff:192.0.2.1"_s)), u"192.0.2.1"_s);
    QCOMPARE(addressText(QHostAddress(u"2001:db8::1"_s)), u"2001:db8::1"_s);
    QCOMPARE(peerNetwork(QHostAddress(u"2001:db8:1:2:3:4:5:6"_s)), u"2001:db8:1:2::"_s);
    QCOMPARE(peerNetwork(QHostAddress(u"fe80::1%eth0"_s)), u"fe80::"_s);
}

void TestAddressLimits::connectionsAreCountedByPeer()
{
    AddressLimits limits({3, 100, 100});
    for (int i = 0; i < 3; ++i)
        QVERIFY(!limits.admit(ann, 0ms));
    QVERIFY(limits.admit(ann, 0ms));
    QVERIFY(limits.admit(QHostAddress(u"::ffff:192.0.2.1"_s), 0ms));
    QVERIFY(!limits.admit(bob, 0ms));
    limits.leave(ann);
    QVERIFY(!limits.admit(ann, 0ms));
    QVERIFY(limits.admit(ann, 0ms)); // one that was refused did not count
}

void TestAddressLimits::connectingTooOftenIsRefused()
{
    AddressLimits limits({1'000, 2, 5});
    int admitted = 0;
    for (int ms = 0; ms < 10'000; ms += 10) {
        if (!limits.admit(ann, std::chrono::milliseconds(ms))) {
            ++admitted;
            limits.leave(ann);
        }
    }
    QVERIFY2(admitted >= 24 && admitted <= 25, qPrintable(QString::number(admitted))); // 5 at once, then 2 a second
    QVERIFY(!limits.admit(bob, 10s));
    QVERIFY(!limits.admit(ann, 60s));
}

void TestAddressLimits::loopbackIsNotLimited()
{
    AddressLimits limits({1, 1, 1});
    for (const QString& address : {u"127.0.0.1"_s, u"127.8.8.8"_s, u"::1"_s, u"::ffff:127.0.0.1"_s}) {
        for (int i = 0; i < 10; ++i)
            QVERIFY(!limits.admit(QHostAddress(address), 0ms));
    }
    QCOMPARE(limits.peers(), 0u);
}

void TestAddressLimits::idlePeersAreForgotten()
{
    AddressLimits limits({});
    QVERIFY(!limits.admit(ann, 0ms));
    for (int i = 0; i < 5'000; ++i) {
        const QHostAddress address(quint32(0x0a000000 + i));
        QVERIFY(!limits.admit(address, std::chrono::milliseconds(i * 10)));
        limits.leave(address);
    }
    QVERIFY2(limits.peers() <= 1'100, qPrintable(QString::number(limits.peers())));
    limits.leave(ann); // still there
    QVERIFY(!limits.admit(ann, 60s));
}

VIGIE_TEST(TestAddressLimits)
#include "tst_addresslimits.moc"
