// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QProcess>

namespace vigie::test {

/// A message bus that is this program's session bus from start() on.
class MessageBus
{
public:
    ~MessageBus()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }

    /// Before anything uses the session bus.
    bool start()
    {
        using namespace Qt::StringLiterals;
        m_process.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address"_s});
        return m_process.waitForReadyRead() && qputenv("DBUS_SESSION_BUS_ADDRESS", m_process.readLine().trimmed());
    }

    /// A connection besides the program's own, for what is to stand on the other side.
    QDBusConnection connect(const QString& name) const
    {
        return QDBusConnection::connectToBus(QString::fromLatin1(qgetenv("DBUS_SESSION_BUS_ADDRESS")), name);
    }

private:
    QProcess m_process;
};

} // namespace vigie::test
