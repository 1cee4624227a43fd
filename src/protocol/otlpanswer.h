// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <cstddef>
#include <string_view>

namespace vigie {

/// How a request of OTLP is written, and so its answer.
enum class OtlpEncoding { Json, Protobuf };

/// The body of a whole or partial success. `rejected`: records, spans or points that were not taken.
QByteArray otlpAnswer(OtlpEncoding encoding, std::string_view signal, std::size_t rejected, std::string_view why);

/// The body of a refusal by an HTTP status: a google.rpc.Status.
QByteArray otlpRefusal(OtlpEncoding encoding, int httpStatus, std::string_view why);

} // namespace vigie
