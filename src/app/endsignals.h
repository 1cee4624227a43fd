// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

class QSocketNotifier;

namespace vigie {

/// Turns SIGINT and SIGTERM into a Qt signal on the thread it lives on (signalfd(2)).
class EndSignals : public QObject
{
    Q_OBJECT

public:
    /// Keeps the two signals from ending the process. Call before any thread is started, Qt's included: a
    /// thread inherits what is blocked, and one that does not would be ended by them.
    static void block();

    /// block() must have been called.
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

Q_SIGNALS:
    void received();

private:
    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace vigie
