// SPDX-License-Identifier: GPL-3.0-or-later
// Notifications to a desktop of our own: a real message bus, and on it what the freedesktop.org specification asks for.
#include "fakedesktop.h"
#include "gui/sharing/desktopnotifier.h"
#include "testmain.h"

#include <QDBusConnectionInterface>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestDesktopNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void withoutADesktopNothingHappens();
    void theDesktopShowsIt();
    void eachIsOneOfItsOwn();
    void oneIsReplacedByItself();
    void whatIsNoLongerOfInterestIsClosed();
    void whatIsClosedAtOnceIsClosed();
    void theEndClosesAll();

private:
    test::FakeDesktop m_desktop;
    std::unique_ptr<DesktopNotifier> m_notifier = std::make_unique<DesktopNotifier>();
};

void TestDesktopNotifier::initTestCase()
{
    QVERIFY(m_desktop.startBus());
}

void TestDesktopNotifier::withoutADesktopNothingHappens()
{
    m_notifier->show(1, u"title"_s, u"text"_s);
    // The bus has dealt with that before it answers.
    QVERIFY(!QDBusConnection::sessionBus().interface()->isServiceRegistered(u"org.freedesktop.Notifications"_s));
    QVERIFY(m_desktop.appear());
    m_notifier->close(1);
}

void TestDesktopNotifier::theDesktopShowsIt()
{
    m_notifier->show(2, u"Somebody asks"_s, u"<b>ann</b> & co\nshop"_s);
    QTRY_COMPARE(m_desktop.shown.size(), 1);
    QCOMPARE(m_desktop.shown[0].program, u"Vigie"_s);
    QCOMPARE(m_desktop.shown[0].replaces, 0u);
    QCOMPARE(m_desktop.shown[0].title, u"Somebody asks"_s);
    QCOMPARE(m_desktop.shown[0].text, u"&lt;b&gt;ann&lt;/b&gt; &amp; co\nshop"_s); // no markup of a stranger's
}

void TestDesktopNotifier::eachIsOneOfItsOwn()
{
    m_notifier->show(3, u"Somebody asks"_s, u"bob"_s);
    QTRY_COMPARE(m_desktop.shown.size(), 2);
    QCOMPARE(m_desktop.shown[1].replaces, 0u);
}

void TestDesktopNotifier::oneIsReplacedByItself()
{
    // The desktop's number of the first comes when it comes; until then it is asked for another.
    QTRY_VERIFY((m_notifier->show(3, u"Somebody asks"_s, u"bob"_s), QTest::qWaitFor([&, before = m_desktop.shown.size()] {
                                                                        return m_desktop.shown.size() > before;
                                                                    }) && m_desktop.shown.last().replaces >= 43u));
}

void TestDesktopNotifier::whatIsNoLongerOfInterestIsClosed()
{
    m_notifier->close(2);
    QTRY_COMPARE(m_desktop.closed, QList<uint>{42});
    m_notifier->close(2);
    m_notifier->close(99); // nobody has shown it
}

void TestDesktopNotifier::whatIsClosedAtOnceIsClosed()
{
    const uint number = 42 + uint(m_desktop.shown.size());
    m_notifier->show(4, u"Somebody asks"_s, u"eve"_s);
    m_notifier->close(4);
    QTRY_COMPARE(m_desktop.closed, (QList<uint>{42, number}));
}

void TestDesktopNotifier::theEndClosesAll()
{
    m_notifier->show(5, u"Somebody asks"_s, u"fay"_s);
    const uint number = 42 + uint(m_desktop.shown.size());
    QTRY_COMPARE(m_desktop.shown.size(), int(number) - 41);
    // A second word on it goes out when the answer to the first is here.
    QTRY_VERIFY((m_notifier->show(5, u"Somebody asks"_s, u"fay"_s), QTest::qWaitFor([&, before = m_desktop.shown.size()] {
                                                                        return m_desktop.shown.size() > before;
                                                                    }) && m_desktop.shown.last().replaces >= number));
    m_notifier.reset();
    QTRY_VERIFY(m_desktop.closed.size() >= 4); // that, and bob's
}

VIGIE_TEST(TestDesktopNotifier)
#include "tst_desktopnotifier.moc"
