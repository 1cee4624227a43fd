// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/messages.h"
#include "server/session/sessionpeer.h"

#include <chrono>
#include <string>

namespace vigie {

/// A client that is not signed in yet: how long it may take for that, how often it may fail, and whether it waits for the owner's
/// answer. It has no rights. The server's thread.
class SigningIn
{
public:
    using Time = std::chrono::milliseconds; ///< of a monotonic clock

    /// `identity`: the names in the connection's URL, for what it leaves out when it signs in.
    SigningIn(const SessionPeer& peer, const AuthRequest& identity, Time now)
        : m_peer(peer), m_appId(identity.appId), m_userId(identity.userId), m_began(now), m_now(now)
    {
    }

    const std::string& appId() const { return m_appId; }
    const std::string& userId() const { return m_userId; }

    /// Counts a refused message. True: it was one too many, and the connection must be closed.
    bool isFailureTooMany();
    /// Looks at the deadline. True: it has passed, and the connection must be closed.
    bool isTooLate(Time now);

    /// The owner is asked to let it in: it may take until the answer comes, and then has the time to sign in anew.
    void noteAsking() { m_isAsking = true; }
    void noteAnswer();
    bool isAsking() const { return m_isAsking; }

private:
    const SessionPeer& m_peer;
    std::string m_appId;
    std::string m_userId;
    Time m_began; // of the time to sign in
    Time m_now;   // of the last isTooLate()
    int m_failures = 0;
    bool m_isAsking = false;
};

} // namespace vigie
