// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

namespace vigie {

/// Gives the memory of connections that have ended back to the system. malloc(3) by itself gives back only what lies at the end
/// of its heaps, where hardly ever nothing is in use: of 10,000 connections at once it kept 220 MB for good. The server's thread.
class HeapTrim : public QObject
{
    Q_OBJECT

public:
    /// At most once in so long: it takes 0.1 ms when there is little to give, 30 to 90 ms after those 10,000.
    static constexpr std::chrono::seconds period{10};

    explicit HeapTrim(QObject* parent);

    /// A connection has ended, with all that was made for it.
    void noteEnd();

private:
    QTimer m_timer;
};

} // namespace vigie
