// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/accesswords.h"
#include "core/limits.h"

#include <QString>
#include <cstdint>
#include <optional>

namespace vigie {

// Translated texts about access that the window uses in several places.

QString limitHitText(LimitHit hit);
/// The rule for names of applications and users.
QString nameRuleText();
/// Date and time as in localMinuteText(); empty for nothing.
QString whenText(std::optional<std::int64_t> ms);

} // namespace vigie
