// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <csignal>
#include <initializer_list>
#include <memory>

class QSocketNotifier;

namespace vigie {

/// Turns signals into Qt's, on the thread it lives on (signalfd(2)).
class SignalReader : public QObject
{
    Q_OBJECT

public:
    /// Blocks these signals from now on, before any other thread is started.
    explicit SignalReader(std::initializer_list<int> signals_);
    ~SignalReader() override;

    /// What was blocked before.
    const sigset_t& maskBefore() const { return m_before; }

Q_SIGNALS:
    /// `isTerminals`: a terminal sent it, and so to the whole process group.
    void received(int signal, bool isTerminals);

private:
    void read();

    sigset_t m_before;
    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace vigie
