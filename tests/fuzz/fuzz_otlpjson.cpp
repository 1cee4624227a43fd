// SPDX-License-Identifier: GPL-3.0-or-later
// OTLP in JSON: the same bytes as logs, traces and metrics. What becomes of them is valid, and mending is done after the first time.
#include "otlpcheck.h"
#include "protocol/jsonmend.h"
#include "protocol/otlpjson.h"

using namespace vigie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static OtlpJsonReader reader;
    const std::string body(reinterpret_cast<const char*>(data), size);
    for (const auto read : {&OtlpJsonReader::readLogs, &OtlpJsonReader::readTraces}) {
        std::string text = body;
        OtlpEntries entries(7, 1'700'000'000'000, {}, "10.0.0.7");
        (reader.*read)(text, entries);
        fuzz::check(entries);
        fuzz::require(text == body);
    }
    std::string text = body;
    OtlpFigures figures;
    reader.readMetrics(text, figures);
    fuzz::check(figures);
    const std::string mended = mendedJson(body);
    fuzz::require(mendedJson(mended) == mended);
    return 0;
}
