// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/sessionpeer.h"

#include "protocol/encoder.h"
#include "server/access/authenticator.h"

#include <QDateTime>
#include <utility>

namespace vigie {

void SessionPeer::refuseApplication(const char* requestType) const
{
    context.limitHits.add(LimitHit::Applications);
    send(encode(
        ErrorMessage{"too_many_applications", "no more new applications may send until Vigie is started again", requestType}));
}

void SessionPeer::note(AuditEvent::Kind kind, const std::string& userId, const std::string& appId, std::string detail) const
{
    context.door.note(kind, userId, appId, address(), std::move(detail), QDateTime::currentMSecsSinceEpoch());
}

} // namespace vigie
