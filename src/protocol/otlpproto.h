// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace vigie {

class OtlpEntries;
class OtlpFigures;

// Read the requests of OTLP in protobuf (opentelemetry-proto 1.x, by its field numbers). False: it can never be read, and what was
// given to the second argument is of no use.

bool readOtlpProtoLogs(std::string_view body, OtlpEntries& entries);
bool readOtlpProtoTraces(std::string_view body, OtlpEntries& entries);
bool readOtlpProtoMetrics(std::string_view body, OtlpFigures& figures);

} // namespace vigie
