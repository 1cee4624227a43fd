// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shownjson.h"

#include "core/utf8.h"

#include <cstdint>
#include <optional>

namespace vigie {

namespace {

std::optional<std::uint32_t> unitAt(std::string_view json, std::size_t at)
{
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u')
        return std::nullopt;
    std::uint32_t unit = 0;
    for (const char c : json.substr(at + 2, 4)) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0)
            return std::nullopt;
        unit = unit << 4 | static_cast<std::uint32_t>(digit);
    }
    return unit;
}

} // namespace

std::string_view shownJson(std::string_view json, std::string& room)
{
    std::size_t at = json.find('\\');
    if (at == std::string_view::npos)
        return json;
    room.assign(json.substr(0, at));
    while (at < json.size()) {
        if (json[at] != '\\' || at + 1 == json.size()) {
            room += json[at++];
            continue;
        }
        if (const auto unit = unitAt(json, at)) {
            std::uint32_t c = *unit;
            at += 6;
            const auto low = c >= 0xD800 && c < 0xDC00 ? unitAt(json, at) : std::nullopt;
            if (low && *low >= 0xDC00 && *low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (*low - 0xDC00);
                at += 6;
            } else if (c >= 0xD800 && c < 0xE000) {
                c = 0xFFFD;
            }
            appendUtf8(room, c);
            continue;
        }
        const char escaped = json[at + 1];
        room += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == 'r' ? '\r' : escaped == 'b' ? '\b' : escaped == 'f' ? '\f' : escaped;
        at += 2;
    }
    return room;
}

} // namespace vigie
