// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/access.h"
#include "core/token.h"
#include "testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <algorithm>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAuditCommandsNoTerminal();
    void rolesMayWhatTheySay_data();
    void rolesMayWhatTheySay();
    void namesGoBothWays();
    void tokensAreLongAndNeverTheSame();
    void hashesAreSha256();
    void bytesAreComparedWhole();
    void grantsEnd();
    void aHashFindsItsGrant();
};

void TestAccess::rolesMayWhatTheySay_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("reads");
    QTest::addColumn<bool>("writes");
    QTest::addColumn<bool>("operates");
    QTest::newRow("viewer") << u"viewer"_s << true << false << false;
    QTest::newRow("producer") << u"producer"_s << false << true << false;
    QTest::newRow("operator") << u"operator"_s << true << true << true;
    QTest::newRow("admin") << u"admin"_s << true << true << true;
}

void TestAccess::rolesMayWhatTheySay()
{
    QFETCH(QString, role);
    const std::optional<Role> known = roleOf(role.toStdString());
    QVERIFY(known);
    QTEST(may(*known, Permission::Read), "reads");
    QTEST(may(*known, Permission::Write), "writes");
    QTEST(may(*known, Permission::Operate), "operates");
    QCOMPARE(may(*known, Permission::Administer), *known == Role::Admin);
}

void TestAccess::namesGoBothWays()
{
    for (const Role role : {Role::Viewer, Role::Producer, Role::Operator, Role::Admin})
        QCOMPARE(roleOf(roleName(role)), std::optional(role));
    QVERIFY(!roleOf("Viewer"));
    QVERIFY(!roleOf(""));
    for (int i = 0; i <= int(AuditEvent::Kind::AppRemoved); ++i)
        QCOMPARE(auditKindOf(auditName(AuditEvent::Kind(i))), std::optional(AuditEvent::Kind(i)));
}

void TestAccess::tokensAreLongAndNeverTheSame()
{
    QSet<QByteArray> seen;
    static const QRegularExpression shape(u"^vigie_[A-Za-z0-9_-]{43}$"_s);
    for (int i = 0; i < 1'000; ++i) {
        const QByteArray token = makeToken();
        QVERIFY2(shape.match(QString::fromLatin1(token)).hasMatch(), token.constData());
        seen.insert(token);
    }
    QCOMPARE(seen.size(), 1'000);
}

void TestAccess::hashesAreSha256()
{
    // FIPS 180-2, B.1
    QCOMPARE(hashOfToken("abc").toHex(), QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void TestAccess::bytesAreComparedWhole()
{
    QVERIFY(areEqualInConstantTime("", ""));
    QVERIFY(areEqualInConstantTime("abc", "abc"));
    QVERIFY(!areEqualInConstantTime("abc", "abd"));
    QVERIFY(!areEqualInConstantTime("xbc", "abc"));
    QVERIFY(!areEqualInConstantTime("abc", "abcd"));
    QVERIFY(!areEqualInConstantTime(QByteArray("\0a", 2), QByteArray("\0b", 2)));
}

void TestAccess::grantsEnd()
{
    Grant grant;
    QVERIFY(grant.isGood(1'000));
    grant.expiresMs = 1'000;
    QVERIFY(grant.isGood(999));
    QVERIFY(!grant.isGood(1'000));
    grant.expiresMs.reset();
    grant.revokedMs = 5'000; // whatever the clock says
    QVERIFY(!grant.isGood(1'000));
}

void TestAccess::aHashFindsItsGrant()
{
    AccessTable table;
    for (int i = 1; i <= 3; ++i) {
        Grant grant;
        grant.id = i;
        grant.hash = hashOfToken(QByteArray::number(i));
        table.grants.push_back(grant);
    }
    QCOMPARE(table.findHash(hashOfToken("2"))->id, 2);
    QVERIFY(!table.findHash(hashOfToken("4")));
    QVERIFY(!table.findHash({}));
    QCOMPARE(table.find(3)->id, 3);
    QVERIFY(!table.find(0));
}

void TestAccess::theAuditCommandsNoTerminal()
{
    const AuditEvent event{AuditEvent::Kind::Refused, 5, "eve\xc2\x9b" "2J \xe2\x80\xae\xf0\x9f\x98\x80\x7f", "caf\xc3\xa9", "::1",
                           "a\x1b\"b"};
    const QByteArray json = QByteArray::fromStdString(auditJson(event));
    QVERIFY2(std::all_of(json.begin(), json.end(), [](char c) { return c >= ' ' && c < 0x7f; }), json.constData());
    const QJsonObject read = QJsonDocument::fromJson(json).object();
    QCOMPARE(read[u"userId"_s].toString().toStdString(), event.userId);
    QCOMPARE(read[u"appId"_s].toString().toStdString(), event.appId);
    QCOMPARE(read[u"detail"_s].toString().toStdString(), event.detail);
}

VIGIE_TEST(TestAccess)
#include "tst_access.moc"
