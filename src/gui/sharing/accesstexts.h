// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/limits.h"

#include <QString>

namespace vigie {

// What is said of access in several places of the window, in its language.

QString roleText(Role role);
QString originText(GrantOrigin origin);
QString auditText(AuditEvent::Kind kind);
QString limitHitText(LimitHit hit);
/// The application, or “every application”.
QString appText(const std::string& appId);
/// What can be the name of an application or user.
QString nameRuleText();
/// Date and time, short; empty for nothing.
QString whenText(std::optional<std::int64_t> ms);

} // namespace vigie
