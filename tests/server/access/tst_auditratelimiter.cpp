// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/auditratelimiter.h"
#include "testmain.h"

#include <QTest>
#include <vector>

using namespace vigie;

class TestAuditRateLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fewAreToldAsTheyCome();
    void manyAreCounted();
    void theNextMinuteTellsThem();
    void kindsAndNetworksAreApart();
    void aClockSetBackHoldsNothingUp();
    void whatIsKnownIsBounded();
    void theEndTellsAll();

private:
    void note(int times, std::int64_t timeMs, const std::string& network = "192.0.2.1",
              AuditEvent::Kind kind = AuditEvent::Kind::Commanded);

    std::vector<AuditEvent> m_told;
    std::unique_ptr<AuditRateLimiter> m_auditLimiter;
};

void TestAuditRateLimiter::init()
{
    m_told.clear();
    m_auditLimiter = std::make_unique<AuditRateLimiter>([this](const AuditEvent& event) { m_told.push_back(event); });
}

void TestAuditRateLimiter::note(int times, std::int64_t timeMs, const std::string& network, AuditEvent::Kind kind)
{
    for (int i = 0; i < times; ++i)
        m_auditLimiter->note(network, {kind, timeMs, "ann", "shop", network, "restart"});
}

void TestAuditRateLimiter::fewAreToldAsTheyCome()
{
    note(60, 1'000'000);
    QCOMPARE(m_told.size(), 60u);
    QCOMPARE(m_told.back().detail, "restart");
    m_auditLimiter->settle(1'060'000);
    QCOMPARE(m_told.size(), 60u);
    note(60, 1'060'000);
    QCOMPARE(m_told.size(), 120u);
}

void TestAuditRateLimiter::manyAreCounted()
{
    note(1'000, 1'000'000);
    QCOMPARE(m_told.size(), 60u);
    QVERIFY(m_auditLimiter->owes());
    m_auditLimiter->settle(1'059'999);
    QCOMPARE(m_told.size(), 60u);
    m_auditLimiter->settle(1'060'000);
    QCOMPARE(m_told.size(), 61u);
    QVERIFY(!m_auditLimiter->owes());
    const AuditEvent& last = m_told.back();
    QCOMPARE(last.detail, "and 940 more");
    QCOMPARE(last.kind, AuditEvent::Kind::Commanded);
    QCOMPARE(last.userId, "ann");
    QCOMPARE(last.address, "192.0.2.1");
    m_auditLimiter->settle(1'120'000);
    QCOMPARE(m_told.size(), 61u);
}

void TestAuditRateLimiter::theNextMinuteTellsThem()
{
    note(61, 1'000'000);
    note(1, 1'060'000);
    QCOMPARE(m_told.size(), 62u);
    QCOMPARE(m_told[60].detail, "and 1 more");
    QCOMPARE(m_told[61].detail, "restart");
    QVERIFY(!m_auditLimiter->owes());
}

void TestAuditRateLimiter::kindsAndNetworksAreApart()
{
    note(100, 1'000'000);
    note(10, 1'000'000, "192.0.2.2");
    note(10, 1'000'000, "192.0.2.1", AuditEvent::Kind::Cleared);
    QCOMPARE(m_told.size(), 80u);
}

void TestAuditRateLimiter::aClockSetBackHoldsNothingUp()
{
    note(100, 1'000'000);
    note(1, 900'000);
    QCOMPARE(m_told.size(), 62u);
}

void TestAuditRateLimiter::whatIsKnownIsBounded()
{
    for (int i = 0; i < 3'000; ++i)
        note(1, 1'000'000, "192.0.2." + std::to_string(i));
    // A thousand, and those that are known by no more than their kind.
    QCOMPARE(m_told.size(), 1'060u);
    m_auditLimiter->settle(1'060'000);
    QCOMPARE(m_told.size(), 1'061u);
    QCOMPARE(m_told.back().detail, "and 1940 more, of several addresses");
    QVERIFY(m_told.back().address.empty());
    note(1, 1'060'000, "192.0.2.7");
    QCOMPARE(m_told.back().address, "192.0.2.7");
}

void TestAuditRateLimiter::theEndTellsAll()
{
    note(61, 1'000'000);
    m_auditLimiter->settleAll();
    QCOMPARE(m_told.back().detail, "and 1 more");
    QVERIFY(!m_auditLimiter->owes());
}

VIGIE_TEST(TestAuditRateLimiter)
#include "tst_auditratelimiter.moc"
