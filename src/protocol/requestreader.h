// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/decoder.h"

#include <QByteArray>
#include <string>

namespace vigie {

/// Reads every message but `logs` from JSON that is already known to be valid. These are rare, so it uses
/// QJsonDocument and favours plain code over speed.
Decoded readRequest(const std::string& type, const QByteArray& json, std::int64_t nowMs,
                    const DecodeLimits& limits);

} // namespace vigie
