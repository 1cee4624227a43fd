// SPDX-License-Identifier: GPL-3.0-or-later
// OTLP in protobuf: the same bytes as logs, traces and metrics. What becomes of them is valid.
#include "otlpcheck.h"
#include "protocol/otlpproto.h"

#include <cstring>
#include <memory>

using namespace vigie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // Not a byte more than there is.
    const auto text = std::make_unique<char[]>(size);
    std::memcpy(text.get(), data, size);
    const std::string_view body(text.get(), size);
    for (const auto read : {&readOtlpProtoLogs, &readOtlpProtoTraces}) {
        OtlpEntries entries(7, 1'700'000'000'000, {}, "10.0.0.7");
        read(body, entries);
        fuzz::check(entries);
    }
    OtlpFigures figures;
    readOtlpProtoMetrics(body, figures);
    fuzz::check(figures);
    return 0;
}
