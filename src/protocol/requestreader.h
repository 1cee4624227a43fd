// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/decoder.h"

#include <QByteArray>
#include <string>

namespace vigie {

/// Reads any message but `logs` from valid JSON. These messages are rare, so this uses QJsonDocument and favours simplicity over
/// speed.
Decoded readRequest(const std::string& type, const QByteArray& json, std::int64_t nowMs,
                    const DecodeLimits& limits);

} // namespace vigie
