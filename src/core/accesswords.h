// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"

#include <QString>

namespace vigie {

// The words for who may connect and what they did, the same in the window and on the command line, in the person's language.

QString roleText(Role role);
/// How a token came about.
QString originText(GrantOrigin origin);
QString auditText(AuditEvent::Kind kind);
/// The application, or “every application”.
QString appText(const std::string& appId);

} // namespace vigie
