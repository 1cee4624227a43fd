// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/elidedlabel.h"
#include "gui/sharing/joinbanner.h"
#include "testmain.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestJoinBanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whoAsksCannotPretend();
    void theOldestIsAskedFirst();
    void anAnswerNeverFallsOnTheNext();
    void aClickUnderWayGoesNowhere();
    void thisMachineCannotBeBlocked();

private:
    QString text(const QString& name) { return m_banner->findChild<ElidedLabel*>(name)->text(); }
    static JoinRequest request(quint64 id, const std::string& user)
    {
        return {id, user, "shop", "192.0.2." + std::to_string(id), "192.0.2." + std::to_string(id), 0};
    }

    std::unique_ptr<JoinBanner> m_banner;
    std::unique_ptr<QSignalSpy> m_answered;
};

void TestJoinBanner::init()
{
    m_banner = std::make_unique<JoinBanner>();
    m_banner->resize(700, 120);
    m_answered = std::make_unique<QSignalSpy>(m_banner.get(), &JoinBanner::answered);
}

void TestJoinBanner::whoAsksCannotPretend()
{
    JoinRequest request{1, "ann\u201d at 10.0.0.5\u2028From 10.0.0.5\u202e", "\u200bbank", "6.6.6.6", "6.6.6.6", 0};
    m_banner->add(request);
    // A place each: a name is a name, whatever it says.
    QCOMPARE(text(u"joinUser"_s), u"ann” at 10.0.0.5\ufffdFrom 10.0.0.5\ufffd"_s);
    QCOMPARE(text(u"joinApplication"_s), u"\ufffdbank"_s);
    QCOMPARE(text(u"joinAddress"_s), u"6.6.6.6"_s);
    QVERIFY(!m_banner->findChild<QLabel*>(u"joinTitle"_s)->text().contains(u"ann"_s));
    request.id = 2;
    request.userId = std::string(200, 'x');
    m_banner->remove(1);
    m_banner->add(request);
    // Long ones leave the address and the buttons where they are.
    m_banner->show();
    QVERIFY(m_banner->findChild<ElidedLabel*>(u"joinUser"_s)->width() < 600);
    QVERIFY(m_banner->findChild<QPushButton*>(u"joinBlockButton"_s)->geometry().right() <= m_banner->width());
    QCOMPARE(ElidedLabel::plainToolTip(u"<b>x</b>"_s), u"<span>&lt;b&gt;x&lt;/b&gt;</span>"_s);
}

void TestJoinBanner::theOldestIsAskedFirst()
{
    QVERIFY(!m_banner->isVisible());
    m_banner->add(request(1, "ann"));
    m_banner->add(request(2, "bob"));
    QVERIFY(m_banner->isVisible());
    QCOMPARE(text(u"joinUser"_s), u"ann"_s);
    m_banner->findChild<QAction*>(u"actionJoinDay"_s)->trigger();
    QCOMPARE(m_answered->takeFirst().at(0).value<JoinRequest>().id, 1u);
    QCOMPARE(text(u"joinUser"_s), u"bob"_s);
    QTest::mouseClick(m_banner->findChild<QPushButton*>(u"joinNoButton"_s), Qt::LeftButton);
    const auto answered = m_answered->takeFirst();
    QCOMPARE(answered.at(0).value<JoinRequest>().id, 2u);
    QCOMPARE(answered.at(1).value<JoinAnswer>(), JoinAnswer::No);
    QVERIFY(!m_banner->isVisible());
    m_banner->findChild<QAction*>(u"actionJoinAlways"_s)->trigger();
    QVERIFY(m_answered->isEmpty());
}

void TestJoinBanner::anAnswerNeverFallsOnTheNext()
{
    m_banner->add(request(1, "ann"));
    m_banner->add(request(2, "bob"));
    auto* menu = m_banner->findChild<QToolButton*>(u"joinAllowButton"_s)->menu();
    menu->popup(m_banner->mapToGlobal(QPoint(0, 0)));
    QVERIFY(menu->isVisible());
    m_banner->add(request(3, "eve"));
    m_banner->remove(2); // neither is the one that is asked about
    QVERIFY(menu->isVisible());
    m_banner->remove(1);
    QVERIFY(!menu->isVisible());
    QCOMPARE(text(u"joinUser"_s), u"eve"_s);
    QVERIFY(m_answered->isEmpty());
}

void TestJoinBanner::aClickUnderWayGoesNowhere()
{
    m_banner->add(request(1, "ann"));
    m_banner->add(request(2, "bob"));
    auto* block = m_banner->findChild<QPushButton*>(u"joinBlockButton"_s);
    QTest::mousePress(block, Qt::LeftButton);
    m_banner->remove(1);
    QTest::mouseRelease(block, Qt::LeftButton);
    QVERIFY(m_answered->isEmpty());
    QTest::mouseClick(block, Qt::LeftButton);
    QCOMPARE(m_answered->takeFirst().at(0).value<JoinRequest>().id, 2u);
}

void TestJoinBanner::thisMachineCannotBeBlocked()
{
    JoinRequest own = request(1, "ann");
    own.network.clear();
    m_banner->add(own);
    QVERIFY(!m_banner->findChild<QPushButton*>(u"joinBlockButton"_s)->isVisible());
}

VIGIE_WINDOW_TEST(TestJoinBanner)
#include "tst_joinbanner.moc"
