// SPDX-License-Identifier: GPL-3.0-or-later
// A desktop's settings portal (org.freedesktop.portal.Settings) of our own, on a real message bus.
#include "gui/widgets/colorschememonitor.h"
#include "messagebus.h"
#include "testmain.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QPalette>
#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

/// Says of the colour scheme what the test sets.
class FakePortal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint scheme = 0; ///< 0: no preference, 1: dark, 2: light
    int readings = 0;

    void set(const QString& group, const QString& key, uint value)
    {
        scheme = value;
        Q_EMIT SettingChanged(group, key, QDBusVariant(value));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString& group, const QString& key)
    {
        readings += group == "org.freedesktop.appearance"_L1 && key == "color-scheme"_L1 ? 1 : 0;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme))); // wrapped twice, as real portals do
    }

Q_SIGNALS:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

class TestColorSchemeMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void withoutAPortalThePaletteSays();
    void thePortalSays_data();
    void thePortalSays();
    void changesAreFollowed();

private:
    static void setPalette(bool isDark)
    {
        QGuiApplication::setPalette(QPalette(isDark ? QColor(0x20, 0x20, 0x20) : QColor(0xef, 0xef, 0xef)));
    }
    /// What the portal has sent is there: the bus keeps the order of what it brings.
    static void waitForBus()
    {
        QVERIFY(QDBusConnection::sessionBus().interface()->isServiceRegistered(u"org.freedesktop.portal.Desktop"_s));
        QCoreApplication::processEvents();
    }

    test::MessageBus m_bus;
    FakePortal m_portal;
};

void TestColorSchemeMonitor::initTestCase()
{
    QVERIFY(m_bus.start());
}

void TestColorSchemeMonitor::withoutAPortalThePaletteSays()
{
    for (const bool isDark : {true, false}) {
        setPalette(isDark);
        QCOMPARE(ColorSchemeMonitor().isDark(), isDark);
    }
    QDBusConnection bus = m_bus.connect(u"desktop"_s);
    QVERIFY(bus.registerObject(u"/org/freedesktop/portal/desktop"_s, &m_portal,
                               QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(bus.registerService(u"org.freedesktop.portal.Desktop"_s));
}

void TestColorSchemeMonitor::thePortalSays_data()
{
    QTest::addColumn<bool>("isPaletteDark");
    QTest::addColumn<uint>("scheme");
    QTest::addColumn<bool>("isDark");
    QTest::newRow("no preference, dark palette") << true << 0u << true;
    QTest::newRow("no preference, light palette") << false << 0u << false;
    QTest::newRow("dark") << false << 1u << true;
    QTest::newRow("light") << true << 2u << false;
}

void TestColorSchemeMonitor::thePortalSays()
{
    QFETCH(bool, isPaletteDark);
    QFETCH(uint, scheme);
    setPalette(isPaletteDark);
    m_portal.scheme = scheme;
    m_portal.readings = 0;
    ColorSchemeMonitor desktop;
    QTRY_COMPARE(m_portal.readings, 1);
    waitForBus();
    QTEST(desktop.isDark(), "isDark");
}

void TestColorSchemeMonitor::changesAreFollowed()
{
    setPalette(false);
    m_portal.scheme = 2;
    m_portal.readings = 0;
    ColorSchemeMonitor desktop;
    QTRY_COMPARE(m_portal.readings, 1);
    const QString group = u"org.freedesktop.appearance"_s;
    QSignalSpy changes(&desktop, &ColorSchemeMonitor::changed);
    m_portal.set(group, u"contrast"_s, 1); // another setting
    m_portal.set(u"org.gnome.desktop.interface"_s, u"color-scheme"_s, 1); // of another group
    m_portal.set(group, u"color-scheme"_s, 1);
    QTRY_COMPARE(changes.size(), 1);
    QVERIFY(desktop.isDark());
    m_portal.set(group, u"color-scheme"_s, 1); // nothing new
    m_portal.set(group, u"color-scheme"_s, 2);
    QTRY_COMPARE(changes.size(), 2);
    QVERIFY(!desktop.isDark());
    QCOMPARE(changes[0][0].toBool(), true);
    QCOMPARE(changes[1][0].toBool(), false);
}

VIGIE_WINDOW_TEST(TestColorSchemeMonitor)
#include "tst_colorschememonitor.moc"
