// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <optional>

namespace vigie {

/// Shows desktop notifications (the freedesktop.org specification) where these are available. Never waits for the desktop. GUI
/// thread.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifier(QObject* parent = nullptr) : QObject(parent) {}
    ~DesktopNotifier() override;

    /// `id`: chosen by the caller, in use until close(). `text` is shown literally, with its line breaks.
    void show(quint64 id, const QString& title, const QString& text);
    /// Withdraws the notification.
    void close(quint64 id);

private:
    QHash<quint64, std::optional<uint>> m_shown; // the desktop's number for each id; none: not assigned yet
};

} // namespace vigie
