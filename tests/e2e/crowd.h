// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <map>
#include <poll.h>
#include <vector>

namespace vigie::e2e {

/// Thousands of connections from one address of loopback at once, each with one request, held open until this object's end.
class Crowd
{
public:
    Crowd(const char* from, quint16 port);
    ~Crowd() { leave(); }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    /// Has so many connect, send `head` and wait for an answer; true when all have one. The process must be allowed to have so
    /// many descriptors: this lifts its soft limit.
    bool come(int count, const QByteArray& head);
    /// Resets all of them.
    void leave();
    /// How many were answered with this status of HTTP.
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
