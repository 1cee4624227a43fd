// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/messages.h"
#include "server/access/authenticator.h"

#include <optional>
#include <string>

namespace vigie {

/// The permission that a request requires.
struct RequiredPermission
{
    std::optional<Permission> permission; ///< absent: every signed-in client may send it
    const char* requestType = "";         ///< as in the protocol; empty if `permission` is absent
};

RequiredPermission requiredPermission(const ClientMessage& message);

/// Why the request is refused, for people.
std::string forbiddenText(const Admission& admission, Permission required);

} // namespace vigie
