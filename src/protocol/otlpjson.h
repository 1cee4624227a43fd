// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

namespace vigie {

class OtlpEntries;
class OtlpFigures;

/// Reads the requests of OTLP in JSON. False: it can never be read, and what was given to the second argument is of no use. One
/// thread; keeps its buffers between bodies of ordinary size. A body gets room behind it, and is else left as it is.
class OtlpJsonReader
{
public:
    OtlpJsonReader();
    ~OtlpJsonReader();

    bool readLogs(std::string& body, OtlpEntries& entries);
    bool readTraces(std::string& body, OtlpEntries& entries);
    bool readMetrics(std::string& body, OtlpFigures& figures);

    struct Parts; // hides simdjson's heavy header

private:
    template <typename Read>
    bool read(std::string& body, Read read);

    std::unique_ptr<Parts> m_parts;
};

} // namespace vigie
