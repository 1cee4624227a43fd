// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

class QSocketNotifier;

namespace vigie {

/// Turns SIGINT and SIGTERM, and for a service SIGHUP, into Qt's signals on the thread it lives on (signalfd(2)).
class ProgramSignals : public QObject
{
    Q_OBJECT

public:
    /// Keeps the signals from ending the process. Call before any thread is started, Qt's included: a thread inherits what is
    /// blocked, and one that does not would be ended by them. `reloads`: SIGHUP is among them, if the process has no terminal
    /// that could hang up and was not started to ignore it (nohup(1)).
    static void block(bool reloads);

    /// block() must have been called.
    explicit ProgramSignals(QObject* parent = nullptr);
    ~ProgramSignals() override;

Q_SIGNALS:
    void endAsked();
    void reloadAsked();

private:
    void read();

    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace vigie
