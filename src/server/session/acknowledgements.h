// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <cstdint>
#include <deque>
#include <functional>

namespace vigie {

class Hub;

/// Tells who waits for it that what the hub accepted so far is safe on disk. The server's thread.
class Acknowledgements : public QObject
{
    Q_OBJECT

public:
    explicit Acknowledgements(Hub& hub, QObject* parent = nullptr);

    /// Calls `tell` once all that was accepted before this is safe: at once, or later while `waiting` lives.
    void await(QObject* waiting, std::function<void()> tell);

private:
    struct Waiter
    {
        std::uint64_t ticket;
        QPointer<QObject> who;
        std::function<void()> tell;
    };

    void tellAll();

    Hub& m_hub;
    std::deque<Waiter> m_waiters; // by ticket
};

} // namespace vigie
