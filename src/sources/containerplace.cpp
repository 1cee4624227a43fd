// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/containerplace.h"

#include "sources/containerpieces.h"

#include <array>
#include <charconv>

namespace vigie {

namespace {

/// FNV-1a.
std::uint64_t mix(std::uint64_t hash, std::string_view bytes)
{
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    return hash;
}

} // namespace

std::uint64_t hashOf(const EnginePiece& piece)
{
    const std::uint64_t hash = mix(0xcbf29ce484222325U, piece.isError ? "e" : "o");
    return mix(mix(hash + piece.part, piece.time), piece.text);
}

void StreamPlace::add(std::int64_t pieceSecond, std::uint64_t pieceHash, bool advances)
{
    if (advances && pieceSecond > second)
        *this = {pieceSecond, 0, 0};
    ++count;
    hash = mix(hash, {reinterpret_cast<const char*>(&pieceHash), sizeof pieceHash});
}

std::string ContainerPlace::toText() const
{
    std::string text;
    for (const StreamPlace* const place : {&out, &err}) {
        for (const std::uint64_t number : {static_cast<std::uint64_t>(place->second), place->count, place->hash})
            text += (text.empty() ? "" : " ") + std::to_string(number);
    }
    return text;
}

std::optional<ContainerPlace> ContainerPlace::fromText(std::string_view text)
{
    std::array<std::uint64_t, 6> numbers{};
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0 && (at == end || *at++ != ' '))
            return std::nullopt;
        const auto [stop, failure] = std::from_chars(at, end, numbers[i]);
        if (failure != std::errc())
            return std::nullopt;
        at = stop;
    }
    if (at != end)
        return std::nullopt;
    return ContainerPlace{{static_cast<std::int64_t>(numbers[0]), numbers[1], numbers[2]},
                          {static_cast<std::int64_t>(numbers[3]), numbers[4], numbers[5]}};
}

} // namespace vigie
