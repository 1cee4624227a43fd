// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/selfsigned.h"
#include "server/net/tlsidentity.h"
#include "testmain.h"

#include <QDateTime>
#include <QFile>
#include <QHostAddress>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestTlsIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreInTheCertificate();
    void everyPairIsAnother();
    void oneThatEndsSoonIsRenewed_data();
    void oneThatEndsSoonIsRenewed();
    void oneThatLacksAnAddressIsMadeAnew_data();
    void oneThatLacksAnAddressIsMadeAnew();
    void namesThatItIsForCanBeCalled();
    void keysOfOthersAreToldApart();
    void theMachineHasNames();
};

void TestTlsIdentity::namesAreInTheCertificate()
{
    const auto pair = makeSelfSigned(
        {u"till"_s, u"till.local"_s, u"192.0.2.7"_s, u"2001:db8::7"_s, u"no,DNS:evil.example"_s, u"-x"_s, QString()});
    QVERIFY(pair);
    const QSslCertificate certificate(pair->certificate);
    QCOMPARE(certificate.subjectAlternativeNames().values(QSsl::DnsEntry).size(), 2);
    QVERIFY(certificate.subjectAlternativeNames().contains(QSsl::DnsEntry, u"till.local"_s));
    const QStringList addresses = certificate.subjectAlternativeNames().values(QSsl::IpAddressEntry);
    QCOMPARE(addresses.size(), 2);
    for (const QString& address : addresses)
        QVERIFY(QHostAddress(address) == QHostAddress(u"192.0.2.7"_s) || QHostAddress(address) == QHostAddress(u"2001:db8::7"_s));
    QVERIFY(!makeSelfSigned({}));
}

void TestTlsIdentity::everyPairIsAnother()
{
    const auto first = makeSelfSigned({u"till"_s});
    const auto second = makeSelfSigned({u"till"_s});
    QVERIFY(first->key != second->key);
    QVERIFY(QSslCertificate(first->certificate).serialNumber() != QSslCertificate(second->certificate).serialNumber());
}

void TestTlsIdentity::oneThatEndsSoonIsRenewed_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("good for a month more") << 32 << true;
    QTest::newRow("ends within a month") << 29 << false;
    QTest::newRow("has ended") << 0 << false;
}

void TestTlsIdentity::oneThatEndsSoonIsRenewed()
{
    QFETCH(int, days);
    QFETCH(bool, isKept);
    const QTemporaryDir folder;
    const auto pair = makeSelfSigned({u"till"_s}, days);
    QVERIFY(pair);
    for (const auto& [name, content] :
         {std::pair(u"tls-certificate.pem"_s, pair->certificate), std::pair(u"tls-key.pem"_s, pair->key)}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    const auto identity = ownTlsIdentity(folder.path(), {u"till"_s});
    QVERIFY(identity);
    QCOMPARE(identity->chain.first() == QSslCertificate(pair->certificate), isKept);
    QVERIFY(identity->chain.first().expiryDate() > QDateTime::currentDateTimeUtc().addDays(30));
    QCOMPARE(ownTlsIdentity(folder.path(), {u"till"_s})->fingerprint(), identity->fingerprint());
    QCOMPARE(identity->fingerprint().size(), 32 * 3 - 1);
}

void TestTlsIdentity::oneThatLacksAnAddressIsMadeAnew_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("the same") << QStringList{u"till"_s, u"192.0.2.7"_s} << true;
    QTest::newRow("fewer") << QStringList{u"till"_s} << true;
    QTest::newRow("another case") << QStringList{u"TILL"_s} << true;
    QTest::newRow("an IPv6 address more") << QStringList{u"till"_s, u"2001:db8::7"_s} << true;
    QTest::newRow("of this machine only") << QStringList{u"till"_s, u"127.0.0.9"_s, u"169.254.1.1"_s} << true;
    QTest::newRow("no name at all") << QStringList{u"till"_s, u"no,DNS:evil.example"_s} << true;
    QTest::newRow("another name") << QStringList{u"counter"_s} << false;
    QTest::newRow("an IPv4 address more") << QStringList{u"till"_s, u"192.0.2.8"_s} << false;
}

void TestTlsIdentity::oneThatLacksAnAddressIsMadeAnew()
{
    QFETCH(QStringList, names);
    QFETCH(bool, isKept);
    const QTemporaryDir folder;
    const QStringList first{u"till"_s, u"192.0.2.7"_s};
    const auto before = ownTlsIdentity(folder.path(), first);
    QVERIFY(before);
    const auto after = ownTlsIdentity(folder.path(), names);
    QVERIFY(after);
    QCOMPARE(after->fingerprint() == before->fingerprint(), isKept);
    // Back on the first network it is still for all of them: colleagues have compared it.
    QCOMPARE(ownTlsIdentity(folder.path(), first)->fingerprint(), after->fingerprint());
    QCOMPARE(ownTlsIdentity(folder.path(), names)->fingerprint(), after->fingerprint());
}

void TestTlsIdentity::namesThatItIsForCanBeCalled()
{
    const auto pair = makeSelfSigned({u"localhost"_s, u"till.example"_s, u"192.0.2.7"_s});
    TlsIdentity identity;
    QVERIFY(identity.names().isEmpty());
    identity.chain = QSslCertificate::fromData(pair->certificate, QSsl::Pem);
    QCOMPARE(identity.names(), QStringList{u"till.example"_s});
}

void TestTlsIdentity::keysOfOthersAreToldApart()
{
    const auto mine = makeSelfSigned({u"till"_s});
    const auto other = makeSelfSigned({u"till"_s});
    QVERIFY(belongTogether(mine->certificate, mine->key));
    QVERIFY(!belongTogether(mine->certificate, other->key));
    QVERIFY(!belongTogether("nonsense", mine->key));
    QVERIFY(!belongTogether(mine->certificate, {}));
}

void TestTlsIdentity::theMachineHasNames()
{
    const QStringList names = machineNames();
    QVERIFY(names.contains(u"localhost"_s));
    QVERIFY(names.contains(u"127.0.0.1"_s));
    for (const QString& name : names)
        QVERIFY2(!name.contains(u'%') && !name.isEmpty(), qPrintable(name));
}

VIGIE_TEST(TestTlsIdentity)
#include "tst_tlsidentity.moc"
