// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <optional>

namespace vigie {

/// Says something by the desktop's own notifications (the freedesktop.org specification), where there are any. It never waits
/// for the desktop. GUI thread.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifier(QObject* parent = nullptr) : QObject(parent) {}
    ~DesktopNotifier() override;

    /// `id`: the caller's own, until close(). `text` is shown as it is, in as many lines as it has.
    void show(quint64 id, const QString& title, const QString& text);
    /// It is no longer of interest.
    void close(quint64 id);

private:
    QHash<quint64, std::optional<uint>> m_shown; // the desktop's number of each; none: it has not answered yet
};

} // namespace vigie
