// SPDX-License-Identifier: GPL-3.0-or-later
// Notifications to a desktop of our own: a real message bus, and on it what the freedesktop.org specification asks for.
#include "gui/desktopnotifier.h"

#include <QDBusConnection>
#include <QProcess>
#include <QTest>
#include <QVariantMap>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// Keeps what it is asked to show.
class Desktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Notification
    {
        QString program;
        uint replaces = 0;
        QString title;
        QString text;
    };
    QList<Notification> shown;

public Q_SLOTS:
    uint Notify(const QString& program, uint replaces, const QString& icon, const QString& title, const QString& text,
                const QStringList& actions, const QVariantMap& hints, int timeoutMs)
    {
        Q_UNUSED(icon);
        Q_UNUSED(actions);
        Q_UNUSED(hints);
        Q_UNUSED(timeoutMs);
        shown.append({program, replaces, title, text});
        return 41 + uint(shown.size());
    }
};

} // namespace

class TestDesktopNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void withoutADesktopNothingHappens();
    void theDesktopShowsIt();
    void thenItReplacesIt();

private:
    QProcess m_bus;
    Desktop m_desktop;
    DesktopNotifier m_notifier;
};

void TestDesktopNotifier::initTestCase()
{
    m_bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address"_s});
    QVERIFY2(m_bus.waitForReadyRead(), qPrintable(m_bus.errorString()));
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
}

void TestDesktopNotifier::cleanupTestCase()
{
    m_bus.terminate();
    QVERIFY(m_bus.waitForFinished());
}

void TestDesktopNotifier::withoutADesktopNothingHappens()
{
    m_notifier.show(u"title"_s, u"text"_s);
    QTest::qWait(100);
    QVERIFY(m_desktop.shown.isEmpty());
}

void TestDesktopNotifier::theDesktopShowsIt()
{
    QDBusConnection bus = QDBusConnection::connectToBus(QString::fromLatin1(qgetenv("DBUS_SESSION_BUS_ADDRESS")), u"desktop"_s);
    QVERIFY(bus.registerObject(u"/org/freedesktop/Notifications"_s, &m_desktop, QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(u"org.freedesktop.Notifications"_s));
    m_notifier.show(u"Somebody asks"_s, u"<b>ann</b> & co"_s);
    QTRY_COMPARE(m_desktop.shown.size(), 1);
    QCOMPARE(m_desktop.shown[0].program, u"Vigie"_s);
    QCOMPARE(m_desktop.shown[0].replaces, 0u);
    QCOMPARE(m_desktop.shown[0].title, u"Somebody asks"_s);
    QCOMPARE(m_desktop.shown[0].text, u"&lt;b&gt;ann&lt;/b&gt; &amp; co"_s); // no markup of a stranger's
}

void TestDesktopNotifier::thenItReplacesIt()
{
    QTest::qWait(100); // for the answer to the first
    m_notifier.show(u"Somebody asks"_s, u"bob"_s);
    QTRY_COMPARE(m_desktop.shown.size(), 2);
    QCOMPARE(m_desktop.shown[1].replaces, 42u);
}

QTEST_GUILESS_MAIN(TestDesktopNotifier)
#include "tst_desktopnotifier.moc"
