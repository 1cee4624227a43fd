// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/colorschememonitor.h"

#include "gui/widgets/theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

const QString service = u"org.freedesktop.portal.Desktop"_s;
const QString path = u"/org/freedesktop/portal/desktop"_s;
const QString interface = u"org.freedesktop.portal.Settings"_s;
const QString appearance = u"org.freedesktop.appearance"_s;
const QString colorScheme = u"color-scheme"_s;

} // namespace

ColorSchemeMonitor::ColorSchemeMonitor(QObject* parent) : QObject(parent)
{
    m_dark = Theme::of(QGuiApplication::palette()).dark;
    // Without an address, the D-Bus library would start a bus of its own.
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        ask();
}

void ColorSchemeMonitor::ask()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, u"SettingChanged"_s, this,
                SLOT(readSetting(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
    read << appearance << colorScheme;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError())
            take(reply.value().variant());
        done->deleteLater();
    });
}

void ColorSchemeMonitor::readSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group == appearance && key == colorScheme)
        take(value.variant());
}

void ColorSchemeMonitor::take(QVariant value)
{
    // Read() wraps the value in one more variant than the signal does.
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    // 0: no preference, 1: dark, 2: light.
    const uint preference = value.toUInt();
    const bool dark = preference == 1;
    if (preference == 0 || dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed(dark);
}

} // namespace vigie
