// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/joinrequests.h"
#include "testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestJoinRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theOwnerIsAskedAndAnswers();
    void nobodyIsThere();
    void whoGoesAsksNoMore();
    void fewMayWait();
    void nobodyMayAskAllTheTime();
    void patienceEnds();
    void anAnswerToNobodyIsNothing();

private:
    /// Asks for a new somebody at that address; the code of what comes, "token" for a yes, empty: nothing yet.
    QString* ask(const QString& address = u"192.0.2.1"_s, JoinRequests::Time now = 0ms);

    std::unique_ptr<JoinRequests> m_joins;
    std::unique_ptr<QSignalSpy> m_asked;
    std::vector<std::unique_ptr<QObject>> m_askers;
    std::vector<std::unique_ptr<QString>> m_answers;
};

void TestJoinRequests::init()
{
    m_askers.clear();
    m_answers.clear();
    m_joins = std::make_unique<JoinRequests>(JoinRequests::Config());
    m_asked = std::make_unique<QSignalSpy>(m_joins.get(), &JoinRequests::asked);
    m_joins->setOpen(true);
}

QString* TestJoinRequests::ask(const QString& address, JoinRequests::Time now)
{
    m_askers.push_back(std::make_unique<QObject>());
    QString* const answer = m_answers.emplace_back(std::make_unique<QString>()).get();
    m_joins->ask("ann", "shop", QHostAddress(address), m_askers.back().get(), now, [answer](const JoinOutcome& outcome) {
        *answer += outcome.token.empty() ? QString::fromLatin1(outcome.code) : u"token"_s;
    });
    return answer;
}

void TestJoinRequests::theOwnerIsAskedAndAnswers()
{
    QString* const first = ask();
    QCOMPARE(m_asked->size(), 1);
    const auto request = m_asked->first().first().value<JoinRequest>();
    QCOMPARE(request.userId, "ann");
    QCOMPARE(request.appId, "shop");
    QCOMPARE(request.address, "192.0.2.1");
    QCOMPARE(request.network, "192.0.2.1");
    QVERIFY(first->isEmpty());
    QSignalSpy withdrawn(m_joins.get(), &JoinRequests::withdrawn);
    m_joins->answer(request.id, "vigie_x");
    QCOMPARE(*first, u"token"_s);
    QCOMPARE(withdrawn.size(), 1);
    m_joins->answer(request.id, "vigie_y"); // once is enough
    QCOMPARE(*first, u"token"_s);
    QString* const second = ask();
    m_joins->answer(m_asked->last().first().value<JoinRequest>().id, {});
    QCOMPARE(*second, u"denied"_s);
    // This machine cannot be blocked.
    ask(u"127.0.0.1"_s);
    QVERIFY(m_asked->last().first().value<JoinRequest>().network.empty());
}

void TestJoinRequests::nobodyIsThere()
{
    QString* const before = ask();
    m_joins->setOpen(false);
    QCOMPARE(*before, u"nobody_there"_s);
    QCOMPARE(*ask(), u"nobody_there"_s);
    QCOMPARE(m_asked->size(), 1);
}

void TestJoinRequests::whoGoesAsksNoMore()
{
    QString* const answer = ask();
    QSignalSpy withdrawn(m_joins.get(), &JoinRequests::withdrawn);
    m_askers.clear();
    QCOMPARE(withdrawn.size(), 1);
    m_joins->answer(m_asked->first().first().value<JoinRequest>().id, "vigie_x");
    QVERIFY(answer->isEmpty());
}

void TestJoinRequests::fewMayWait()
{
    QSignalSpy refused(m_joins.get(), &JoinRequests::refused);
    ask();
    ask();
    QCOMPARE(*ask(), u"too_many_requests"_s); // a third of one address
    for (int i = 0; i < 20; ++i)
        ask(u"192.0.2.%1"_s.arg(10 + i));
    QCOMPARE(m_asked->size(), Limits{}.joinRequestsAtOnce);
    QCOMPARE(*m_answers.back(), u"too_many_requests"_s);
    QCOMPARE(refused.size(), 23 - Limits{}.joinRequestsAtOnce);
}

void TestJoinRequests::nobodyMayAskAllTheTime()
{
    const auto askAndBeTurnedAway = [this](JoinRequests::Time now) {
        QString* const answer = ask(u"192.0.2.1"_s, now);
        if (answer->isEmpty())
            m_joins->answer(m_asked->last().first().value<JoinRequest>().id, {});
        return *answer;
    };
    for (int i = 0; i < 4; ++i)
        QCOMPARE(askAndBeTurnedAway(0ms), u"denied"_s);
    QCOMPARE(askAndBeTurnedAway(1s), u"too_many_requests"_s);
    QCOMPARE(askAndBeTurnedAway(301s), u"denied"_s); // twelve an hour
    QCOMPARE(askAndBeTurnedAway(302s), u"too_many_requests"_s);
    QVERIFY(ask(u"192.0.2.2"_s, 302s)->isEmpty());
}

void TestJoinRequests::patienceEnds()
{
    QString* const answer = ask();
    m_joins->tick(599s);
    QVERIFY(answer->isEmpty());
    m_joins->tick(600s);
    QCOMPARE(*answer, u"no_answer"_s);
}

void TestJoinRequests::anAnswerToNobodyIsNothing()
{
    m_joins->answer(99, "vigie_x");
    m_joins->answer(0, {});
    QCOMPARE(m_asked->size(), 0);
}

VIGIE_TEST(TestJoinRequests)
#include "tst_joinrequests.moc"
