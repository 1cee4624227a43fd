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

/// Sends viewers the point from which they can resume after a crash without loss (`stored`): the newest entry that is both on
/// disk and sent to them. At most once a second, and never while nothing is stored. The server's thread.
class ResumePoints : public QObject
{
public:
    /// Both must outlive it.
    ResumePoints(Hub& hub, Fanout& fanout, QObject* parent = nullptr);

    /// Sends the point to a viewer that has just joined.
    void greet(Viewer& viewer);

private:
    void note(const std::string& appId);
    void tell();

    Hub& m_hub;
    Fanout& m_fanout;
    std::unordered_set<std::string> m_changed; // applications
    QTimer m_timer; // runs for a second after each report
};

} // namespace vigie
