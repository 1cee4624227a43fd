// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <string>
#include <unordered_set>

namespace vigie {

class Fanout;
class Hub;
struct Viewer;

/// Tells viewers from where they can go on after a kill without missing anything: the newest entry that is on disk and that
/// they were sent (`stored`). At most once a second, and never while nothing is stored. The server's thread.
class ResumePoints : public QObject
{
public:
    /// Both must outlive it.
    ResumePoints(Hub& hub, Fanout& fanout, QObject* parent = nullptr);

    /// Tells one that has just joined.
    void greet(Viewer& viewer);

private:
    void note(const std::string& appId);
    void tell();

    Hub& m_hub;
    Fanout& m_fanout;
    std::unordered_set<std::string> m_changed; // applications
    QTimer m_timer; // runs for a second after something was told
};

} // namespace vigie
