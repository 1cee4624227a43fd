// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/token.h"
#include "server/access/authenticator.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

const QHostAddress here(u"192.0.2.1"_s);

/// Tokens "viewer" (ann's, of shop), "any" (bob's, of all), "old" (expired at 1,000) and "gone" (revoked).
AccessTablePtr someTokens()
{
    auto table = std::make_shared<AccessTable>();
    const auto add = [&table](const char* token, const char* user, const char* app, Role role) -> Grant& {
        Grant grant;
        grant.id = std::int64_t(table->grants.size()) + 1;
        grant.hash = hashOfToken(token);
        grant.userId = user;
        grant.appId = app;
        grant.role = role;
        return table->grants.emplace_back(grant);
    };
    add("viewer", "ann", "shop", Role::Viewer);
    add("any", "bob", "", Role::Operator);
    add("old", "ann", "shop", Role::Viewer).expiresMs = 1'000;
    add("gone", "ann", "shop", Role::Viewer).revokedMs = 500;
    return table;
}

QString resultOf(const std::variant<Admission, Refusal>& answer)
{
    if (const auto* refusal = std::get_if<Refusal>(&answer))
        return QString::fromStdString(refusal->message);
    const Admission& admission = std::get<Admission>(answer);
    return u"%1 %2 %3"_s.arg(QString::fromStdString(admission.userId), QString::fromStdString(admission.appId),
                             QString::fromStdString(std::string(admission.roleText())));
}

} // namespace

class TestAuthenticator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void admits_data();
    void admits();
    void everybodyIsLetInWhenOpen();
    void onLoopbackTheOwnerIsLetIn_data();
    void onLoopbackTheOwnerIsLetIn();
    void withoutATableNobodyIsLetIn();
    void guessingGetsSlow();
    void aGoodTokenForgives();
    void anotherAddressIsNotHeldBack();
    void whoSaysNoNameHoldsNobodyBack();
    void whoGuessesLocksNobodyOut();
    void aVisitLastsAsLongAsItsConnections();
    void refusedAgainAndAgainIsNotedOnce();
    void neighboursOfIPv6AreOne();
    void whoWasLetInMayHaveToGo();
    void whoWasNotLetInMayDoNothing();
    void whatOnesRoleForbidsIsNotedOnce();
    void allIsNoted();
    void requestsAreNotedOnceAnHour();
    void whoIsTurnedAwayIsNotedOnceAnHour();
    void nobodyBlindsTheAudit();
    void theThrottleKeepsABoundedNumber();
};

void TestAuthenticator::admits_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("app");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("result");
    QTest::newRow("right") << u"ann"_s << u"shop"_s << u"viewer"_s << u"ann shop viewer"_s;
    QTest::newRow("names from the token") << u""_s << u""_s << u"viewer"_s << u"ann shop viewer"_s;
    QTest::newRow("any application") << u"bob"_s << u"bank"_s << u"any"_s << u"bob bank operator"_s;
    QTest::newRow("none") << u"ann"_s << u"shop"_s << u""_s << u"a token is needed"_s;
    QTest::newRow("unknown") << u"ann"_s << u"shop"_s << u"x"_s << u"the token is not known"_s;
    QTest::newRow("the hash itself") << u"ann"_s << u"shop"_s << QString::fromLatin1(hashOfToken("viewer"))
                                     << u"the token is not known"_s;
    QTest::newRow("other user") << u"bob"_s << u"shop"_s << u"viewer"_s << u"the token is for another user"_s;
    QTest::newRow("other application") << u"ann"_s << u"bank"_s << u"viewer"_s << u"the token is for another application"_s;
    QTest::newRow("expired") << u"ann"_s << u"shop"_s << u"old"_s << u"the token has expired"_s;
    QTest::newRow("revoked") << u"ann"_s << u"shop"_s << u"gone"_s << u"the token was revoked"_s;
}

void TestAuthenticator::admits()
{
    QFETCH(QString, user);
    QFETCH(QString, app);
    QFETCH(QString, token);
    const std::string shown = token.toStdString();
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    QTEST(resultOf(door.admit({user.toStdString(), app.toStdString(), shown, here}, 2'000, {})), "result");
}

void TestAuthenticator::everybodyIsLetInWhenOpen()
{
    Authenticator door(OpenTo::Everybody);
    door.setTable(someTokens());
    QCOMPARE(resultOf(door.admit({"eve", "shop", {}, here}, 2'000, {})), u"eve shop admin"_s);
    for (int i = 0; i < 20; ++i) // and nobody is slowed down
        QCOMPARE(resultOf(door.admit({"eve", "shop", "nonsense", here}, 2'000, {})), u"eve shop admin"_s);
    // Who shows one that is known is taken at it.
    QCOMPARE(resultOf(door.admit({"ann", "shop", "gone", here}, 2'000, {})), u"the token was revoked"_s);
    QCOMPARE(resultOf(door.admit({"ann", "shop", "viewer", here}, 2'000, {})), u"ann shop viewer"_s);
}

void TestAuthenticator::onLoopbackTheOwnerIsLetIn_data()
{
    QTest::addColumn<OpenTo>("openTo");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isOwners");
    QTest::addColumn<bool>("comesIn");
    for (const QString& loopback : {u"127.0.0.1"_s, u"127.1.2.3"_s, u"::1"_s, u"::ffff:127.0.0.1"_s}) {
        QTest::addRow("owner's, %s", qPrintable(loopback)) << OpenTo::Owner << loopback << true << true;
        QTest::addRow("another's, %s", qPrintable(loopback)) << OpenTo::Owner << loopback << false << false;
        QTest::addRow("another's, open, %s", qPrintable(loopback)) << OpenTo::Loopback << loopback << false << true;
        QTest::addRow("owner's, closed, %s", qPrintable(loopback)) << OpenTo::Nobody << loopback << true << false;
    }
    QTest::newRow("beyond") << OpenTo::Owner << u"192.0.2.1"_s << true << false;
    QTest::newRow("beyond, open") << OpenTo::Loopback << u"192.0.2.1"_s << true << false;
}

void TestAuthenticator::onLoopbackTheOwnerIsLetIn()
{
    QFETCH(OpenTo, openTo);
    QFETCH(QString, address);
    QFETCH(bool, isOwners);
    QFETCH(bool, comesIn);
    Authenticator door(openTo);
    const QHostAddress peer(address);
    QCOMPARE(door.isOpenTo(peer, isOwners), comesIn);
    QCOMPARE(door.asksWhose(peer), openTo == OpenTo::Owner && peer.isLoopback());
    QCOMPARE(resultOf(door.admit({"ann", "shop", {}, peer, false, isOwners}, 2'000, {})),
             comesIn ? u"ann shop admin"_s : u"a token is needed"_s);
}

void TestAuthenticator::withoutATableNobodyIsLetIn()
{
    Authenticator door(OpenTo::Nobody);
    QCOMPARE(resultOf(door.admit({"ann", "shop", "viewer", here}, 2'000, {})), u"the token is not known"_s);
    door.setTable(nullptr);
    QCOMPARE(resultOf(door.admit({"ann", "shop", "viewer", here}, 2'000, {})), u"the token is not known"_s);
    QCOMPARE(resultOf(door.admit({"ann", "shop", {}, here}, 2'000, {})), u"a token is needed"_s);
}

void TestAuthenticator::guessingGetsSlow()
{
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    SignInThrottle::Time time(1'000'000);
    qint64 waited = 0;
    int tried = 0;
    // As a guesser would: again as soon as it is let.
    while (waited < 60 * 60'000) {
        const auto answer = door.admit({"eve" + std::to_string(tried), "shop", "guess", here}, 2'000, time);
        if (std::get<Refusal>(answer).retryAfterMs > 0) {
            time += SignInThrottle::Time(1'000);
            waited += 1'000;
        } else {
            ++tried;
        }
    }
    QVERIFY2(tried < 25, qPrintable(QString::number(tried)));
    // Who needs not guess needs not wait.
    QCOMPARE(resultOf(door.admit({"ann", "shop", "viewer", here}, 2'000, time)), u"ann shop viewer"_s);
}

void TestAuthenticator::aGoodTokenForgives()
{
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    for (int round = 0; round < 10; ++round) {
        for (int i = 0; i < 3; ++i)
            QCOMPARE(resultOf(door.admit({"ann", "shop", "typo", here}, 2'000, {})), u"the token is not known"_s);
        QCOMPARE(resultOf(door.admit({"ann", "shop", "viewer", here}, 2'000, {})), u"ann shop viewer"_s);
    }
}

void TestAuthenticator::anotherAddressIsNotHeldBack()
{
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    for (int i = 0; i < 20; ++i)
        (void)door.admit({"eve", "shop", "guess", QHostAddress(u"10.0.0.1"_s)}, 2'000, {});
    QCOMPARE(resultOf(door.admit({"ann", "shop", "viewer", here}, 2'000, {})), u"ann shop viewer"_s);
}

void TestAuthenticator::whoSaysNoNameHoldsNobodyBack()
{
    // As over HTTP, where no name is said.
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    for (int i = 0; i < 20; ++i)
        (void)door.admit({{}, "shop", "guess", QHostAddress(u"10.0.0.%1"_s.arg(i))}, 2'000, {});
    QCOMPARE(resultOf(door.admit({{}, "shop", "viewer", here}, 2'000, {})), u"ann shop viewer"_s);
}

void TestAuthenticator::whoGuessesLocksNobodyOut()
{
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    for (const QHostAddress& address : {QHostAddress(u"127.0.0.1"_s), here}) {
        for (int i = 0; i < 50; ++i) // from beside her, in her name
            (void)door.admit({"ann", "shop", "wrong", address}, 2'000, {});
        QCOMPARE(resultOf(door.admit({"ann", "shop", "viewer", address}, 2'000, {})), u"ann shop viewer"_s);
    }
}

void TestAuthenticator::aVisitLastsAsLongAsItsConnections()
{
    auto table = std::make_shared<AccessTable>();
    Grant visit;
    visit.id = 7;
    visit.userId = "ann";
    visit.appId = "shop";
    visit.hash = hashOfToken("visit");
    visit.origin = GrantOrigin::Visit;
    table->grants = {visit};
    Authenticator door(OpenTo::Nobody);
    door.setTable(table);
    QSignalSpy ended(&door, &Authenticator::visitEnded);
    const SignIn request{"ann", "shop", "visit", here, true};
    QCOMPARE(resultOf(door.admit(request, 2'000, {})), u"the token is good while you are connected by WebSocket"_s);
    const auto first = std::get<Admission>(door.admit({"ann", "shop", "visit", here}, 2'000, {}));
    door.connectionOpened(first);
    door.connectionOpened(first);
    QCOMPARE(resultOf(door.admit(request, 2'000, {})), u"ann shop viewer"_s);
    door.connectionClosed(first);
    QCOMPARE(ended.count(), 0);
    door.connectionClosed(first);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].toLongLong(), 7);
    QCOMPARE(resultOf(door.admit(request, 2'000, {})), u"the token is good while you are connected by WebSocket"_s);
}

void TestAuthenticator::refusedAgainAndAgainIsNotedOnce()
{
    Authenticator door(OpenTo::Nobody);
    QSignalSpy noted(&door, &Authenticator::noted);
    for (int second = 0; second < 120; ++second) {
        for (int i = 0; i < 10; ++i)
            (void)door.admit({"eve", "shop", {}, here}, second * 1'000, {});
    }
    QCOMPARE(noted.size(), 2); // once a minute
    (void)door.admit({"eve", "shop", {}, QHostAddress(u"192.0.2.2"_s)}, 120'000, {});
    (void)door.admit({"eve", "shop", "guess", here}, 120'000, {});
    QCOMPARE(noted.size(), 4);
    for (int i = 0; i < 30'000; ++i) // and by many
        (void)door.admit({"eve", "shop", {}, QHostAddress(quint32(0x0a000000 + i))}, 121'000, {});
    QVERIFY(noted.size() > 500 && noted.size() <= int(AuditRateLimiter::maxCounts) + AuditRateLimiter::perMinute + 4);
}

void TestAuthenticator::neighboursOfIPv6AreOne()
{
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    for (int i = 1; i <= 20; ++i)
        (void)door.admit({"eve" + std::to_string(i), "shop", "guess", QHostAddress(u"2001:db8::%1"_s.arg(i))}, 2'000, {});
    const auto guessFrom = [&door](const QString& address) {
        return resultOf(door.admit({"ann", "shop", "guess", QHostAddress(address)}, 2'000, {}));
    };
    QVERIFY(guessFrom(u"2001:db8::99"_s).startsWith(u"too many"_s));
    QCOMPARE(guessFrom(u"2001:db8:1::99"_s), u"the token is not known"_s);
}

void TestAuthenticator::whoWasLetInMayHaveToGo()
{
    Authenticator door(OpenTo::Nobody);
    auto table = std::make_shared<AccessTable>(*someTokens());
    door.setTable(table);
    const Admission admission = std::get<Admission>(door.admit({"ann", "shop", "viewer", here}, 2'000, {}));
    QVERIFY(!door.revocationReason(admission, 2'000));
    auto changed = std::make_shared<AccessTable>(*table);
    changed->grants[0].expiresMs = 3'000;
    door.setTable(changed);
    QVERIFY(!door.revocationReason(admission, 2'999));
    QCOMPARE(QByteArray(door.revocationReason(admission, 3'000)->code), QByteArray("token_expired"));
    changed = std::make_shared<AccessTable>(*table);
    changed->grants[0].revokedMs = 1;
    door.setTable(changed);
    QCOMPARE(QByteArray(door.revocationReason(admission, 2'000)->code), QByteArray("token_revoked"));
    door.setTable(nullptr);
    QCOMPARE(QByteArray(door.revocationReason(admission, 2'000)->code), QByteArray("token_revoked"));
    QVERIFY(!door.revocationReason(Admission{"ann", "shop", Role::Admin, 0, {}, false}, 2'000)); // of the open mode
}

void TestAuthenticator::whoWasNotLetInMayDoNothing()
{
    const Admission nobody;
    for (const Permission permission : {Permission::Read, Permission::Write, Permission::Operate, Permission::Administer})
        QVERIFY(!nobody.may(permission));
    QCOMPARE(QByteArray(Authenticator(OpenTo::Everybody).revocationReason(nobody, 2'000)->code), QByteArray("token_needed"));
}

void TestAuthenticator::whatOnesRoleForbidsIsNotedOnce()
{
    Authenticator door(OpenTo::Nobody);
    QSignalSpy noted(&door, &Authenticator::noted);
    const Admission ann{"ann", "shop", Role::Viewer, 1, {}, false};
    const Admission bob{"bob", "", Role::Viewer, 2, {}, false};
    for (int i = 0; i < 10; ++i)
        door.noteForbidden(ann, "shop", here, "clear", "the role viewer may not clear or command", 2'000);
    QCOMPARE(noted.size(), 1);
    const auto event = noted.first().first().value<AuditEvent>();
    QCOMPARE(event.kind, AuditEvent::Kind::Refused);
    QCOMPARE(event.userId, "ann");
    QCOMPARE(event.appId, "shop");
    QCOMPARE(event.detail, "clear: the role viewer may not clear or command");
    door.noteForbidden(ann, "shop", here, "logs", "the role viewer may not send", 2'000);
    door.noteForbidden(bob, "bank", here, "clear", "the role viewer may not clear or command", 2'000);
    QCOMPARE(noted.size(), 3);
    door.noteForbidden(ann, "shop", here, "clear", "the role viewer may not clear or command", 62'000);
    QCOMPARE(noted.size(), 4);
}

void TestAuthenticator::allIsNoted()
{
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    QSignalSpy noted(&door, &Authenticator::noted);
    QSignalSpy used(&door, &Authenticator::tokenUsed);
    (void)door.admit({"ann", "shop", "s3cret", here}, 2'000, {});
    (void)door.admit({"ann", "shop", "viewer", here}, 3'000, {});
    (void)door.admit({"ann", "shop", "viewer", here}, 4'000, {});
    (void)door.admit({"ann", "shop", "viewer", here}, 63'000, {});
    QCOMPARE(noted.size(), 1);
    const auto event = noted.first().first().value<AuditEvent>();
    QCOMPARE(event.kind, AuditEvent::Kind::Refused);
    QCOMPARE(event.timeMs, 2'000);
    QCOMPARE(event.userId, "ann");
    QCOMPARE(event.address, "192.0.2.1");
    QCOMPARE(event.detail, "the token is not known");
    QCOMPARE(used.size(), 2); // once a minute
    QCOMPARE(used.last(), (QVariantList{1LL, 63'000LL}));
}

void TestAuthenticator::requestsAreNotedOnceAnHour()
{
    constexpr std::int64_t hourMs = 3'600'000;
    Authenticator door(OpenTo::Nobody);
    door.setTable(someTokens());
    QSignalSpy noted(&door, &Authenticator::noted);
    const SignIn request{{}, "shop", "viewer", here, true};
    for (const std::int64_t timeMs : {std::int64_t(2'000), std::int64_t(3'000), 2'000 + hourMs - 1})
        (void)door.admit(request, timeMs, {});
    QCOMPARE(noted.size(), 1);
    const auto event = noted.first().first().value<AuditEvent>();
    QCOMPARE(event.kind, AuditEvent::Kind::SignedIn);
    QCOMPARE(event.userId, "ann");
    QCOMPARE(event.appId, "shop");
    QCOMPARE(event.address, "192.0.2.1");
    QCOMPARE(event.detail, "viewer, over HTTP");
    (void)door.admit(request, 2'000 + hourMs, {});
    QCOMPARE(noted.size(), 2);
    // From elsewhere it may be somebody else, with a link that was passed on.
    (void)door.admit({{}, "shop", "viewer", QHostAddress(u"192.0.2.2"_s), true}, 3'000 + hourMs, {});
    QCOMPARE(noted.size(), 3);
    // The page asks beside its WebSocket, whose sign-in is noted by itself.
    (void)door.admit({{}, "bank", "any", here, false}, 4'000 + hourMs, {});
    (void)door.admit({{}, "bank", "any", here, true}, 5'000 + hourMs, {});
    QCOMPARE(noted.size(), 3);
    // A clock that is set back by a day keeps nobody out of the audit.
    (void)door.admit(request, 2'000 - 24 * hourMs, {});
    QCOMPARE(noted.size(), 4);
}

void TestAuthenticator::whoIsTurnedAwayIsNotedOnceAnHour()
{
    Authenticator door(OpenTo::Loopback);
    QSignalSpy noted(&door, &Authenticator::noted);
    for (int i = 0; i < 10; ++i)
        door.auditRejection(LimitHit::Origin, here, 2'000);
    QCOMPARE(noted.size(), 1);
    const auto event = noted.first().first().value<AuditEvent>();
    QCOMPARE(event.kind, AuditEvent::Kind::Refused);
    QCOMPARE(event.address, "192.0.2.1");
    QCOMPARE(event.detail, "sent by a page of another site");
    door.auditRejection(LimitHit::Host, here, 2'000);
    door.auditRejection(LimitHit::BlockedAddress, here, 2'000);
    QCOMPARE(noted.size(), 3);
    door.auditRejection(LimitHit::HeadTime, here, 2'000); // whose counter tells it
    QCOMPARE(noted.size(), 3);
    door.auditRejection(LimitHit::Origin, here, 3'602'000);
    QCOMPARE(noted.size(), 4);
}

void TestAuthenticator::nobodyBlindsTheAudit()
{
    Authenticator door(OpenTo::Nobody);
    QSignalSpy noted(&door, &Authenticator::noted);
    for (int i = 0; i < 30'000; ++i) // as many as are remembered, for an hour
        door.auditRejection(LimitHit::Host, QHostAddress(quint32(0x7f000000 + i)), 2'000);
    noted.clear();
    (void)door.admit({"eve", "shop", "guess", here}, 120'000, {});
    const bool isTold = std::ranges::any_of(noted, [](const QVariantList& one) {
        return one.first().value<AuditEvent>().detail == "the token is not known";
    });
    QVERIFY(isTold);
}

void TestAuthenticator::theThrottleKeepsABoundedNumber()
{
    SignInThrottle throttle(3, std::chrono::minutes(15));
    for (int i = 0; i < 10; ++i)
        throttle.noteFailure("guesser", SignInThrottle::Time(i));
    const auto wait = throttle.waitOf("guesser", SignInThrottle::Time(10));
    QVERIFY(wait.count() > 60'000);
    for (std::size_t i = 0; i < 2 * SignInThrottle::maxKeys; ++i)
        throttle.noteFailure("other " + std::to_string(i), SignInThrottle::Time(10));
    QCOMPARE(throttle.waitOf("guesser", SignInThrottle::Time(10)), wait);
}

VIGIE_TEST(TestAuthenticator)
#include "tst_authenticator.moc"
