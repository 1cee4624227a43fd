// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>

namespace vigie {

/// Tells whether the desktop is dark, and when that changes. Uses `color-scheme` of the XDG settings portal
/// (org.freedesktop.portal.Settings) if there is one, else the palette that Qt found at the start. Never waits for the bus. GUI
/// thread.
class ColorSchemeMonitor : public QObject
{
    Q_OBJECT

public:
    explicit ColorSchemeMonitor(QObject* parent = nullptr);

    bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed(bool dark);

private Q_SLOTS:
    void readSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask();
    void take(QVariant value);

    bool m_dark = false;
};

} // namespace vigie
