// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <map>
#include <poll.h>
#include <vector>

namespace vigie::e2e {

/// Thousands of simultaneous connections from one loopback address, each with one request, held open while this object lives.
class Crowd
{
public:
    Crowd(const char* from, quint16 port);
    ~Crowd() { leave(); }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    /// Opens `count` connections, sends `head` on each and waits for the answers; true if all were answered. Raises the soft
    /// limit of descriptors; the hard limit must allow it.
    bool come(int count, const QByteArray& head);
    /// Resets all connections.
    void leave();
    /// Number of answers with this HTTP status.
    int answers(int status) const;

private:
    bool add();
    void read(const QByteArray& head);

    QByteArray m_from;
    quint16 m_port;
    std::vector<pollfd> m_waiting; // not answered yet
    std::vector<int> m_answered;
    std::map<int, int> m_statuses;
};

} // namespace vigie::e2e
