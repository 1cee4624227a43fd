// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/instancemessage.h"
#include "core/result.h"

#include <QLocalServer>
#include <QObject>
#include <memory>

class QLocalSocket;

namespace vigie {

/// The socket in the data folder by which a second start reaches the program that holds it. Only the owner may connect (mode
/// 0600). Each connection asks once; one that says nothing sensible, too much or nothing at all is closed, and of more than
/// `maxVisitors` at once the rest are. Main thread.
class InstanceDoor : public QObject
{
    Q_OBJECT

public:
    static constexpr int maxVisitors = 16;

    explicit InstanceDoor(QObject* parent = nullptr);
    ~InstanceDoor() override;

    /// Listens at `path`. The caller holds the folder's lock, so that a socket that lies there belongs to nobody.
    Outcome open(const QString& path);
    /// What visitors are told.
    void setAnswer(const InstanceAnswer& answer) { m_answer = answer; }

Q_SIGNALS:
    /// The sources' settings were changed by another program.
    void sourcesChanged();
    /// Somebody wants the window.
    void asked(vigie::InstanceRequest request);

private:
    void receive();
    void read(QLocalSocket* visitor);

    class Path;

    std::unique_ptr<Path> m_path; // the server removes the socket by it
    QLocalServer m_server;
    InstanceAnswer m_answer;
    int m_visitors = 0;
};

/// Asks the program behind the socket at `path`. Waits until then, some seconds at most. Nothing: nobody answers there.
std::optional<InstanceAnswer> askInstance(const QString& path, const InstanceRequest& request);

} // namespace vigie
