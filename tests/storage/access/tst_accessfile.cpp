// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/token.h"
#include "storage/access/accessfile.h"
#include "storage/access/accessstore.h"
#include "testmain.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestAccessFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void onlyTheOwnerReadsIt();
    void tokensAreKeptAsHashes();
    void revokedOnceAndForGood();
    void anApplicationTakesItsTokensWithIt();
    void anotherProgramsChangesAreSeen();
    void anotherProgramsChangesAreSeenAtOnce();
    void usesAreToldToWhoLooks();
    void joiningIsAnswered_data();
    void joiningIsAnswered();
    void theAuditKeepsTheNewest();
    void aBrokenFileLetsNobodyIn();
    void nothingIsMadeUntilThereIsSomethingToWrite();
    void aFloodOfEventsIsCutShort();
    void whatCannotBeWrittenNowIsWrittenLater();
    void anotherFileInItsPlaceHolds();

private:
    QString path() const { return m_folder->filePath(u"access.db"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAccessFile::onlyTheOwnerReadsIt()
{
    QVERIFY(AccessFile::open(path()));
    QCOMPARE(QFile::permissions(path()) & ~QFile::Permissions(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
}

void TestAccessFile::tokensAreKeptAsHashes()
{
    auto file = AccessFile::open(path());
    QVERIFY(file);
    const auto made = file->addToken({"ann", "shop", Role::Operator, 5'000}, 1'000);
    QVERIFY(made);
    QCOMPARE(made->id, 1);
    QVERIFY(file->noteUse(1, 2'000));
    const auto table = file->table();
    QVERIFY(table);
    QCOMPARE((*table)->grants.size(), 1u);
    const Grant* const grant = (*table)->findHash(hashOfToken(made->token));
    QVERIFY(grant);
    QCOMPARE(grant->userId, "ann");
    QCOMPARE(grant->appId, "shop");
    QCOMPARE(grant->role, Role::Operator);
    QCOMPARE(grant->createdMs, 1'000);
    QCOMPARE(grant->expiresMs, std::optional<std::int64_t>(5'000));
    QCOMPARE(grant->lastUsedMs, std::optional<std::int64_t>(2'000));
    QVERIFY(!grant->revokedMs);
    for (const QString& name : {path(), path() + u"-wal"_s}) {
        QFile raw(name);
        QVERIFY(!raw.open(QIODevice::ReadOnly) || !raw.readAll().contains(made->token.mid(6)));
    }
}

void TestAccessFile::revokedOnceAndForGood()
{
    auto file = AccessFile::open(path());
    QVERIFY(file->addToken({"ann", "shop", Role::Viewer, {}}, 1'000));
    QVERIFY(*file->revoke(1, 2'000));
    QVERIFY(!*file->revoke(1, 3'000));
    QVERIFY(!*file->revoke(2, 3'000));
    QCOMPARE((*file->table())->find(1)->revokedMs, std::optional<std::int64_t>(2'000));
    QCOMPARE(file->addToken({"bob", "", Role::Viewer, {}}, 4'000)->id, 2); // no number is given twice
}

void TestAccessFile::anApplicationTakesItsTokensWithIt()
{
    auto file = AccessFile::open(path());
    QVERIFY(*file->addApp("shop", 1'000));
    QVERIFY(!*file->addApp("shop", 1'000));
    QVERIFY(*file->addApp("bank", 1'000));
    QCOMPARE((*file->table())->apps, (std::vector<std::string>{"bank", "shop"}));
    QVERIFY(file->addToken({"ann", "shop", Role::Viewer, {}}, 1'000));
    QVERIFY(file->addToken({"bob", "bank", Role::Viewer, {}}, 1'000));
    QVERIFY(*file->removeApp("shop", 2'000));
    QVERIFY(!*file->removeApp("shop", 2'000));
    QCOMPARE((*file->table())->apps, std::vector<std::string>{"bank"});
    const AccessTablePtr table = *file->table();
    QVERIFY(!table->find(1)->isGood(2'000));
    QVERIFY(table->find(2)->isGood(2'000));
}

void TestAccessFile::anotherProgramsChangesAreSeen()
{
    AccessStore store(path());
    QSignalSpy changed(&store, &AccessStore::changed);
    const auto grants = [&changed] { return changed.last().first().value<AccessState>().table->grants; };
    store.start();
    QCOMPARE(changed.size(), 1);
    QVERIFY(grants().empty());
    auto other = AccessFile::open(path());
    QVERIFY(other->addToken({"ann", "shop", Role::Viewer, {}}, 1'000));
    store.refresh();
    store.refresh();
    QVERIFY(changed.size() >= 2);
    QVERIFY(changed.last().first().value<AccessState>().table);
    QCOMPARE(grants().size(), 1u);
    const auto told = changed.size();
    store.refresh();
    QCOMPARE(changed.size(), told);
    QVERIFY(*other->revoke(1, 2'000));
    store.refresh();
    QVERIFY(grants().front().revokedMs);
}

void TestAccessFile::usesAreToldToWhoLooks()
{
    AccessStore store(path());
    QSignalSpy changed(&store, &AccessStore::changed);
    store.start();
    store.addToken(1, {"ann", "shop", Role::Viewer, {}});
    const auto lastUsed = [&changed] {
        return changed.last().first().value<AccessState>().table->grants.front().lastUsedMs.value_or(0);
    };
    const auto told = changed.size();
    store.noteUse(1, 5'000);
    store.refresh();
    store.refresh();
    QCOMPARE(changed.size(), told); // nobody looks
    store.watchUses(true);
    QCOMPARE(changed.size(), told + 1);
    QCOMPARE(lastUsed(), 5'000);
    store.refresh();
    QCOMPARE(changed.size(), told + 1); // nothing new
    store.noteUse(1, 65'000);
    store.refresh();
    QCOMPARE(changed.size(), told + 2);
    QCOMPARE(lastUsed(), 65'000);
    store.watchUses(false);
    store.noteUse(1, 125'000);
    store.refresh();
    QCOMPARE(changed.size(), told + 2);
}

void TestAccessFile::anotherProgramsChangesAreSeenAtOnce()
{
    AccessStore store(path());
    QSignalSpy changed(&store, &AccessStore::changed);
    store.start();
    // Nobody calls refresh(): neither when the file is made, nor later.
    auto other = AccessFile::open(path());
    for (int tokens = 1; tokens <= 3; ++tokens) {
        QVERIFY(other->addToken({"ann", "shop", Role::Viewer, {}}, 1'000));
        QTRY_COMPARE(int(changed.last().first().value<AccessState>().table->grants.size()), tokens);
    }
}

void TestAccessFile::joiningIsAnswered_data()
{
    QTest::addColumn<JoinAnswer>("answer");
    QTest::addColumn<std::optional<GrantOrigin>>("origin"); // of the token; none: no token
    QTest::addColumn<int>("hours");                         // for which it is good; 0: for ever
    QTest::addColumn<int>("blocks");
    QTest::newRow("once") << JoinAnswer::Once << std::optional(GrantOrigin::Visit) << 12 << 0;
    QTest::newRow("day") << JoinAnswer::Day << std::optional(GrantOrigin::Request) << 24 << 0;
    QTest::newRow("always") << JoinAnswer::Always << std::optional(GrantOrigin::Request) << 0 << 0;
    QTest::newRow("no") << JoinAnswer::No << std::optional<GrantOrigin>() << 0 << 0;
    QTest::newRow("block") << JoinAnswer::Block << std::optional<GrantOrigin>() << 0 << 1;
}

void TestAccessFile::joiningIsAnswered()
{
    QFETCH(JoinAnswer, answer);
    QFETCH(std::optional<GrantOrigin>, origin);
    QFETCH(int, hours);
    QFETCH(int, blocks);
    AccessStore store(path());
    QSignalSpy changed(&store, &AccessStore::changed);
    QSignalSpy answered(&store, &AccessStore::joinAnswered);
    store.start();
    store.answerJoin({7, "ann", "shop", "192.0.2.9", "192.0.2.9", 1'000}, answer);
    QCOMPARE(answered.size(), 1);
    QCOMPARE(answered.first().at(0).toULongLong(), 7u);
    const auto token = answered.first().at(1).toByteArray();
    const AccessTablePtr table = changed.last().first().value<AccessState>().table;
    QCOMPARE(int(table->blocks.size()), blocks);
    QCOMPARE(token.isEmpty(), !origin);
    if (!origin) {
        QVERIFY(table->grants.empty());
        store.refresh();
        std::vector<AuditEvent> events;
        QVERIFY(AccessFile::open(path())->forEachEvent([&events](const AuditEvent& event) { events.push_back(event); }));
        QCOMPARE(events.front().kind, AuditEvent::Kind::Denied);
        QCOMPARE(events.front().address, "192.0.2.9");
        return;
    }
    const Grant* const grant = table->findHash(hashOfToken(token));
    QVERIFY(grant);
    QCOMPARE(grant->userId, "ann");
    QCOMPARE(grant->appId, "shop");
    QCOMPARE(grant->role, Role::Viewer);
    QCOMPARE(grant->origin, *origin);
    QCOMPARE(grant->expiresMs.has_value(), hours > 0);
    if (hours > 0) { // the two times are taken one after the other
        const std::int64_t lifeMs = *grant->expiresMs - grant->createdMs;
        QVERIFY(lifeMs <= hours * 3'600'000 && lifeMs > hours * 3'600'000 - 600'000);
    }
}

void TestAccessFile::theAuditKeepsTheNewest()
{
    auto file = AccessFile::open(path());
    QCOMPARE(*file->eventCount(), 0);
    std::vector<AuditEvent> events(AccessFile::auditEntries + 10);
    for (std::size_t i = 0; i < events.size(); ++i)
        events[i] = {AuditEvent::Kind::Refused, std::int64_t(i), "ann", "shop", "::1", "why\n\"not\""};
    QVERIFY(file->append(events));
    std::vector<std::int64_t> times;
    QVERIFY(file->forEachEvent([&times](const AuditEvent& event) { times.push_back(event.timeMs); }));
    QCOMPARE(times.size(), std::size_t(AccessFile::auditEntries));
    QCOMPARE(*file->eventCount(), AccessFile::auditEntries);
    QCOMPARE(times.front(), 10);
    QCOMPARE(times.back(), std::int64_t(events.size()) - 1);
}

void TestAccessFile::aBrokenFileLetsNobodyIn()
{
    QFile broken(path());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(QByteArray("not a database ").repeated(1'000));
    broken.close();
    QVERIFY(!AccessFile::open(path()));
    AccessStore store(path());
    QSignalSpy changed(&store, &AccessStore::changed);
    QSignalSpy failed(&store, &AccessStore::auditFailed);
    store.start();
    store.append({});
    store.refresh();
    QCOMPARE(changed.size(), 1);
    const auto state = changed.first().first().value<AccessState>();
    QVERIFY(!state.table);
    QVERIFY(state.problem.contains(u"access.db"_s));
    QCOMPARE(failed.size(), 1);
}

void TestAccessFile::nothingIsMadeUntilThereIsSomethingToWrite()
{
    AccessStore store(path());
    store.start();
    store.refresh();
    QVERIFY(!QFile::exists(path()));
    store.append({AuditEvent::Kind::SignedIn, 1'000, "ann", "shop", "::1", "viewer"});
    store.refresh();
    QVERIFY(QFile::exists(path()));
}

void TestAccessFile::whatCannotBeWrittenNowIsWrittenLater()
{
    AccessStore store(path());
    QSignalSpy failed(&store, &AccessStore::auditFailed);
    store.start();
    store.append({AuditEvent::Kind::SignedIn, 1, "ann", "shop", "::1", {}});
    store.refresh();
    {
        auto other = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(other && other->run("BEGIN IMMEDIATE"));
        store.append({AuditEvent::Kind::Cleared, 2, "ann", "shop", "::1", {}});
        store.refresh();
        QCOMPARE(failed.size(), 1);
        store.refresh();
        QCOMPARE(failed.size(), 1);
    }
    store.refresh();
    std::vector<AuditEvent> events;
    QVERIFY(AccessFile::open(path())->forEachEvent([&events](const AuditEvent& event) { events.push_back(event); }));
    QCOMPARE(events.size(), 2u);
    QCOMPARE(events.back().kind, AuditEvent::Kind::Cleared);
}

void TestAccessFile::anotherFileInItsPlaceHolds()
{
    {
        auto file = AccessFile::open(path());
        QVERIFY(file && file->addToken({"ann", "shop", Role::Viewer, {}, GrantOrigin::Owner}, 1'000));
    }
    AccessStore store(path());
    QSignalSpy changed(&store, &AccessStore::changed);
    store.start();
    QCOMPARE(changed.last()[0].value<AccessState>().table->grants.size(), 1u);
    for (const QString& name : {path(), path() + u"-wal"_s, path() + u"-shm"_s})
        QFile::remove(name);
    store.refresh();
    QVERIFY(changed.last()[0].value<AccessState>().table->grants.empty());
    {
        auto file = AccessFile::open(path());
        QVERIFY(file && file->addToken({"bob", "shop", Role::Viewer, {}, GrantOrigin::Owner}, 1'000));
    }
    store.refresh();
    const auto state = changed.last()[0].value<AccessState>();
    QCOMPARE(state.table->grants.size(), 1u);
    QCOMPARE(state.table->grants[0].userId, "bob");
}

void TestAccessFile::aFloodOfEventsIsCutShort()
{
    AccessStore store(path());
    store.start();
    store.append({AuditEvent::Kind::Cleared, 0, "eve", "shop", "::1", {}});
    for (int i = 0; i < 4'999; ++i)
        store.append({AuditEvent::Kind::Refused, i, "eve", "shop", "::1", "no"});
    store.refresh();
    std::vector<AuditEvent> events;
    QVERIFY(AccessFile::open(path())->forEachEvent([&events](const AuditEvent& event) { events.push_back(event); }));
    QCOMPARE(events.size(), 1'001u);
    QCOMPARE(events.front().kind, AuditEvent::Kind::Cleared);
    QCOMPARE(events.back().detail, "4000 more within a second");
}

VIGIE_TEST(TestAccessFile)
#include "tst_accessfile.moc"
