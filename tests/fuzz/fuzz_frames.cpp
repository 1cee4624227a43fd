// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of a WebSocket client in any cuts: what is read of them in pieces is what is read of them in one. The first two bytes
// say how long the pieces are, by turns.
#include "server/net/framereader.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using namespace vigie;

namespace {

constexpr std::size_t maxMessage = 1 << 16;

struct Heard
{
    FrameReader::What what;
    int code;
    std::string payload;

    bool operator==(const Heard&) const = default;
};

void require(bool isSo, int line = __builtin_LINE())
{
    if (isSo)
        return;
    std::fprintf(stderr, "line %d does not hold\n", line);
    std::abort();
}

std::vector<Heard> read(std::string_view bytes, std::size_t first, std::size_t second)
{
    FrameReader reader;
    reader.setMaxMessage(maxMessage);
    std::vector<Heard> heard;
    std::string kept;
    for (std::size_t at = 0, turn = 0; at < bytes.size(); ++turn) {
        const std::string_view piece = bytes.substr(at, turn % 2 == 0 ? first : second);
        at += piece.size();
        kept += piece;
        const std::size_t size = kept.size();
        // Of its own, so that a look beyond is seen.
        std::vector<char> room(size + FrameReader::padding);
        std::memcpy(room.data(), kept.data(), size);
        std::span<char> left(room.data(), size);
        for (;;) {
            const std::size_t before = left.size();
            const FrameReader::Event event = reader.next(left);
            require(left.size() <= before);
            if (event.what == FrameReader::What::Nothing)
                break;
            require(event.payload.size() <= maxMessage);
            heard.push_back({event.what, event.code, std::string(event.payload.data(), event.payload.size())});
            if (event.what == FrameReader::What::Broken)
                return heard;
        }
        require(reader.keptBytes() <= maxMessage && left.size() <= maxControlBytes + 14);
        kept.assign(left.data(), left.size());
    }
    return heard;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::vector<Heard> whole = read(bytes, bytes.size(), bytes.size());
    require(whole == read(bytes, 1 + data[0], 1 + data[1]));
    return 0;
}
