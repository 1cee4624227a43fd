// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/desktopnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

QDBusMessage callOf(const QString& method)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
                                          u"org.freedesktop.Notifications"_s, method);
}

void closeOnDesktop(uint number)
{
    QDBusMessage call = callOf(u"CloseNotification"_s);
    call << number;
    QDBusConnection::sessionBus().send(call);
}

} // namespace

DesktopNotifier::~DesktopNotifier()
{
    for (const std::optional<uint>& number : std::as_const(m_shown)) {
        if (number)
            closeOnDesktop(*number);
    }
}

void DesktopNotifier::show(quint64 id, const QString& title, const QString& text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = callOf(u"Notify"_s);
    // Desktops may read the text as markup, and it contains untrusted parts.
    call << u"Vigie"_s << m_shown.value(id).value_or(0) << u"vigie"_s << title << text.toHtmlEscaped() << QStringList()
         << QVariantMap() << -1;
    m_shown.insert(id, m_shown.value(id));
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, id] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError())
            m_shown.remove(id);
        else if (const auto known = m_shown.find(id); known != m_shown.end())
            *known = reply.value();
        else
            closeOnDesktop(reply.value()); // it was closed before the desktop assigned its number
    });
}

void DesktopNotifier::close(quint64 id)
{
    if (const std::optional<uint> number = m_shown.take(id))
        closeOnDesktop(*number);
}

} // namespace vigie
