// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/limits.h"

#include <QString>

namespace vigie {

// Translated texts about access that the window uses in several places.

QString roleText(Role role);
QString originText(GrantOrigin origin);
QString auditText(AuditEvent::Kind kind);
QString limitHitText(LimitHit hit);
/// The application, or “every application”.
QString appText(const std::string& appId);
/// The rule for names of applications and users.
QString nameRuleText();
/// Short date and time; empty for nothing.
QString whenText(std::optional<std::int64_t> ms);

} // namespace vigie
