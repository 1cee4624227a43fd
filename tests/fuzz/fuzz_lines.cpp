// SPDX-License-Identifier: GPL-3.0-or-later
// What programs print and files hold, as entries: whatever the pieces it is read in, the same comes out, in order.
#include "intake/streamreader.h"

#include <cstdlib>

using namespace vigie;

namespace {

/// The messages, and where they end; ends must not go back, nor beyond what there is.
std::string readIn(std::string_view bytes, std::size_t piece, std::string_view format)
{
    std::string all;
    std::uint64_t last = 0;
    StreamReader reader(LineReader(QTimeZone::utc(), std::string(format)));
    const auto give = [&](const StreamEntry& read) {
        if (read.end < last || read.end > bytes.size())
            std::abort();
        last = read.end;
        all.append(read.entry.message).append(1, '\0').append(read.entry.level).append(1, '\0').append(read.entry.metadataJson).append(1, '\n');
        if (!read.entry.metadataJson.empty() && (read.entry.metadataJson.front() == ' ' || read.entry.metadataJson.back() == ','))
            std::abort();
    };
    for (std::string_view left = bytes; !left.empty(); left.remove_prefix(std::min(piece, left.size())))
        reader.add(left.substr(0, piece), {}, give);
    reader.finish({}, give);
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (readIn(bytes, 1 << 20, {}) != readIn(bytes, 7, {}))
        std::abort();
    for (const std::string_view format : {"json", "docker", "cri", "logfmt", "access", "apache", "syslog", "text", "plain"})
        (void)readIn(bytes, 64, format);
    return 0;
}
