// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/signingin.h"

#include <utility>

namespace vigie {

bool SigningIn::isFailureTooMany()
{
    if (++m_failures < m_peer.context.limits.failures)
        return false;
    m_peer.context.limitHits.add(LimitHit::RefusedMessages);
    return true;
}

bool SigningIn::isTooLate(Time now)
{
    m_now = now;
    if (m_isAsking || now - m_began < m_peer.context.limits.authDeadline)
        return false;
    m_peer.context.limitHits.add(LimitHit::SignInTime);
    return true;
}

void SigningIn::noteAnswer()
{
    if (std::exchange(m_isAsking, false))
        m_began = m_now;
}

} // namespace vigie
