// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/utf8.h"

#include <algorithm>

namespace vigie {

namespace {

/// In how many bytes of `text`, from the beginning on, there is nothing to mend.
std::size_t soundLength(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const std::size_t length = utf8Length(text.substr(at));
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

} // namespace

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
}

std::size_t utf8Length(std::string_view text)
{
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.empty())
        return 0;
    const unsigned char first = byte(0);
    if (first < 0x80)
        return 1;
    // RFC 3629: the second byte's bounds leave out what could be shorter, surrogates, and what is beyond U+10FFFF.
    const std::size_t length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    if (length == 0 || text.size() < length)
        return 0;
    const unsigned char least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const unsigned char most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (byte(1) < least || byte(1) > most)
        return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if (byte(i) < 0x80 || byte(i) > 0xbf)
            return 0;
    }
    return length;
}

std::string_view mendedUtf8(std::string_view bytes, std::string& room)
{
    std::size_t sound = soundLength(bytes);
    if (sound == bytes.size())
        return bytes;
    room.clear();
    while (!bytes.empty()) {
        room.append(bytes.substr(0, sound));
        bytes.remove_prefix(sound);
        if (bytes.empty())
            break;
        room.append("\xef\xbf\xbd");
        bytes.remove_prefix(1);
        sound = soundLength(bytes);
    }
    return room;
}

std::size_t utf8CutAt(std::string_view text, std::size_t maxBytes)
{
    if (text.size() <= maxBytes)
        return text.size();
    // A character has at most three bytes behind its first.
    std::size_t cut = maxBytes;
    for (int back = 0; back < 3 && cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80; ++back)
        --cut;
    return cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) != 0x80 ? cut : maxBytes;
}

void appendUtf8(std::string& to, char32_t c)
{
    const auto follow = [&to](char32_t bits) { to += static_cast<char>(0x80 | (bits & 0x3F)); };
    if (c < 0x80) {
        to += static_cast<char>(c);
    } else if (c < 0x800) {
        to += static_cast<char>(0xC0 | c >> 6);
        follow(c);
    } else if (c < 0x10000) {
        to += static_cast<char>(0xE0 | c >> 12);
        follow(c >> 6);
        follow(c);
    } else {
        to += static_cast<char>(0xF0 | c >> 18);
        follow(c >> 12);
        follow(c >> 6);
        follow(c);
    }
}

} // namespace vigie
