// SPDX-License-Identifier: GPL-3.0-or-later
// Requests for access by people without a link, answered by clicks in the window of the whole program.
#include "gui/widgets/elidedlabel.h"
#include "gui/sharing/joinbanner.h"
#include "sharedwindow.h"
#include "testmain.h"

#include <QLabel>
#include <QMenu>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <memory>
#include <vector>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;

class TestAskingToJoin : public SharedWindow
{
    Q_OBJECT

private Q_SLOTS:
    void whoAsksIsLetInOnce();
    void whoAsksIsLetInForLonger_data();
    void whoAsksIsLetInForLonger();
    void whoAsksMayBeTurnedAway();
    void theDesktopSaysWhoAsks();
    void whoIsBlockedStaysOut();
    void nobodyCanBuryTheOwnerInQuestions();
    void askingCanBeSwitchedOff();
};

void TestAskingToJoin::whoAsksIsLetInOnce()
{
    makeLink();
    auto* banner = find<JoinBanner>(u"joinBanner"_s);
    QVERIFY(!banner->isVisible());
    Peer colleague(networkUrl());
    QVERIFY(colleague.ask(u"bob <b>"_s));
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(find<ElidedLabel>(u"joinUser"_s)->text(), u"bob <b>"_s);
    QCOMPARE(find<ElidedLabel>(u"joinApplication"_s)->text(), u"shop"_s);
    QCOMPARE(find<ElidedLabel>(u"joinAddress"_s)->text(), m_address);
    action(u"actionJoinOnce"_s)->trigger();
    const QString token = colleague.take(u"access_granted"_s)["token"_L1].toString();
    QVERIFY(!token.isEmpty());
    QVERIFY(!banner->isVisible());
    QVERIFY(colleague.signIn(token, u"shop"_s, u"bob <b>"_s));
    colleague.close();
    // "Once" admits for one visit only.
    QVERIFY(QTest::qWaitFor([&] {
        Peer again(networkUrl());
        return !again.signIn(token, u"shop"_s, u"bob <b>"_s);
    }, 10'000));
}

void TestAskingToJoin::whoAsksIsLetInForLonger_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("ends");
    QTest::newRow("For a Day") << u"actionJoinDay"_s << true;
    QTest::newRow("Always") << u"actionJoinAlways"_s << false;
}

void TestAskingToJoin::whoAsksIsLetInForLonger()
{
    QFETCH(QString, answer);
    QFETCH(bool, ends);
    makeLink();
    Peer colleague(networkUrl());
    QVERIFY(colleague.ask(u"bob"_s));
    // By the menu, as a person does it.
    click(u"joinAllowButton"_s, nullptr, [this, answer] {
        auto* menu = find<QToolButton>(u"joinAllowButton"_s)->menu();
        QVERIFY(QTest::qWaitFor([menu] { return menu->isVisible(); }));
        // By key: without a screen, Qt 6.8 closes a menu at a simulated press on it.
        menu->setActiveAction(action(answer));
        QTest::keyClick(menu, Qt::Key_Return);
    });
    const QString token = colleague.take(u"access_granted"_s)["token"_L1].toString();
    QVERIFY(colleague.signIn(token, u"shop"_s, u"bob"_s));
    colleague.close();
    Peer again(networkUrl());
    QVERIFY(again.signIn(token, u"shop"_s, u"bob"_s));
    action(u"actionTokens"_s)->trigger();
    QVERIFY(choose(u"tokensPageTable"_s, u"bob"_s));
    const QTreeWidgetItem* line = table(u"tokensPageTable"_s)->currentItem();
    QCOMPARE(line->text(3), u"Access request"_s);
    QCOMPARE(line->text(6) != u"Until revoked"_s, ends);
}

void TestAskingToJoin::whoAsksMayBeTurnedAway()
{
    makeLink();
    Peer colleague(networkUrl());
    QVERIFY(colleague.ask(u"bob"_s));
    click(u"joinNoButton"_s);
    QCOMPARE(colleague.take(u"access_denied"_s)["code"_L1].toString(), u"denied"_s);
    // A client that disconnects withdraws its request.
    {
        Peer hasty(networkUrl());
        QVERIFY(hasty.ask(u"eve"_s));
        QTRY_VERIFY(find<JoinBanner>(u"joinBanner"_s)->isVisible());
    }
    QTRY_VERIFY(!find<JoinBanner>(u"joinBanner"_s)->isVisible());
}

void TestAskingToJoin::theDesktopSaysWhoAsks()
{
    makeLink();
    m_desktop.shown.clear();
    Peer colleague(networkUrl());
    QVERIFY(colleague.ask(u"bob\u2028From: 10.0.0.5"_s));
    QTRY_COMPARE(m_desktop.shown.size(), 1);
    QCOMPARE(m_desktop.shown[0].text, u"Name: bob\ufffdFrom: 10.0.0.5\nTo read: shop\nFrom: %1"_s.arg(m_address));
    QTRY_VERIFY(find<JoinBanner>(u"joinBanner"_s)->isVisible());
    m_desktop.closed.clear();
    click(u"joinNoButton"_s);
    QTRY_COMPARE(m_desktop.closed.size(), 1);
    // Likewise when the client withdraws the request itself.
    {
        Peer hasty(networkUrl());
        QVERIFY(hasty.ask(u"eve"_s));
        QTRY_COMPARE(m_desktop.shown.size(), 2);
    }
    QTRY_COMPARE(m_desktop.closed.size(), 2);
    QVERIFY(m_desktop.closed[0] != m_desktop.closed[1]);
}

void TestAskingToJoin::whoIsBlockedStaysOut()
{
    makeLink();
    Peer colleague(networkUrl());
    QVERIFY(colleague.ask(u"eve"_s));
    Reader reader(m_address, m_port);
    QVERIFY(reader.isAnswered());
    click(u"joinBlockButton"_s);
    QCOMPARE(colleague.closeCode(), 4003);
    QVERIFY(reader.isEnded());
    Peer again(networkUrl());
    QVERIFY(again.isRefused());
    Peer local(localUrl());
    QVERIFY(local.signIn({}));
    action(u"actionTokens"_s)->trigger();
    find<QTabWidget>(u"accessTabs"_s)->setCurrentIndex(3);
    QVERIFY(choose(u"blocksPageTable"_s, m_address));
    QCOMPARE(table(u"blocksPageTable"_s)->currentItem()->text(1), u"eve"_s);
    click(u"unblockButton"_s);
    QVERIFY(QTest::qWaitFor([&] { return Peer(networkUrl()).isOpen(); }, 10'000));
}

void TestAskingToJoin::nobodyCanBuryTheOwnerInQuestions()
{
    makeLink();
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 3; ++i) {
        peers.push_back(std::make_unique<Peer>(networkUrl()));
        QVERIFY(peers.back()->ask(u"bob"_s));
    }
    QCOMPARE(peers.back()->take(u"access_denied"_s)["code"_L1].toString(), u"too_many_requests"_s);
    QVERIFY(find<QLabel>(u"joinTitle"_s)->text().endsWith(u"1 more waits."_s));
}

void TestAskingToJoin::askingCanBeSwitchedOff()
{
    makeLink();
    action(u"actionTakeRequests"_s)->trigger();
    Peer colleague(networkUrl());
    QVERIFY(colleague.ask(u"bob"_s));
    QCOMPARE(colleague.take(u"access_denied"_s)["code"_L1].toString(), u"nobody_there"_s);
    QVERIFY(!find<JoinBanner>(u"joinBanner"_s)->isVisible());
    QVERIFY(!m_window->settings().takesRequests);
}

VIGIE_WINDOW_TEST(TestAskingToJoin)
#include "tst_askingtojoin.moc"
