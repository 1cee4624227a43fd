// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fanout/resumepoints.h"

#include "hub/hub.h"
#include "protocol/encoder.h"
#include "server/fanout/fanout.h"
#include "server/net/frame.h"

#include <utility>

namespace vigie {

namespace {

constexpr std::chrono::milliseconds pause{1'000};

} // namespace

ResumePoints::ResumePoints(Hub& hub, Fanout& fanout, QObject* parent)
    : QObject(parent), m_hub(hub), m_fanout(fanout), m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ResumePoints::tell);
    connect(&hub, &Hub::placeStored, this, &ResumePoints::note);
    connect(&fanout, &Fanout::caughtUp, this, &ResumePoints::note);
}

void ResumePoints::greet(Viewer& viewer)
{
    const auto id = m_hub.storedId(viewer.appId);
    // Entries on disk may still be unsent, and `stored` must follow them.
    m_fanout.flush(viewer.appId);
    // A viewer that is catching up gets it when it is live.
    if (id && viewer.state == Viewer::State::Live)
        viewer.out.send(textFrame(encode(Stored{*id})));
}

void ResumePoints::note(const std::string& appId)
{
    if (!m_fanout.hasViewers(appId))
        return;
    m_changed.insert(appId);
    if (!m_timer.isActive())
        tell();
}

void ResumePoints::tell()
{
    if (m_changed.empty())
        return;
    m_timer.start(pause);
    for (const std::string& appId : std::exchange(m_changed, {})) {
        if (const auto id = m_hub.storedId(appId))
            m_fanout.sendToLive(appId, textFrame(encode(Stored{*id})));
    }
}

} // namespace vigie
