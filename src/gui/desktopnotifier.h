// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace vigie {

/// Says something by the desktop's own notifications (the freedesktop.org specification), where there are any. GUI thread.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifier(QObject* parent = nullptr) : QObject(parent) {}

    /// Replaces what it said before, if that still shows. Does not wait for the desktop.
    void show(const QString& title, const QString& text);

private:
    uint m_shown = 0; // the desktop's number of the last one; 0: none
};

} // namespace vigie
