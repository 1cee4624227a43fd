// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "messagebus.h"

#include <QList>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace vigie::test {

/// A desktop on a message bus of its own, which becomes this program's session bus. Records the notifications it gets (the
/// freedesktop.org specification).
class FakeDesktop : public QObject
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
    QList<Notification> shown; ///< the first has number 42
    QList<uint> closed;

    /// Call before anything uses the session bus.
    bool startBus() { return m_bus.start(); }

    bool appear()
    {
        using namespace Qt::StringLiterals;
        QDBusConnection bus = m_bus.connect(u"desktop"_s);
        return bus.registerObject(u"/org/freedesktop/Notifications"_s, this, QDBusConnection::ExportAllSlots)
               && bus.registerService(u"org.freedesktop.Notifications"_s);
    }

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
    void CloseNotification(uint number) { closed.append(number); }

private:
    MessageBus m_bus;
};

} // namespace vigie::test
