// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vigie {

/// Whether all characters are of ASCII.
bool isAscii(std::string_view text);

/// The length of the UTF-8 character that `text` begins with; 0: its first byte begins none, or not all of it is there.
std::size_t utf8Length(std::string_view text);

/// `bytes` as UTF-8: themselves where they are, else made in `room`, with U+FFFD for each byte that belongs to no character.
std::string_view mendedUtf8(std::string_view bytes, std::string& room);

/// The longest beginning of at most so many bytes that ends between characters. Where that would be nothing, it is cut all the same.
std::size_t utf8CutAt(std::string_view text, std::size_t maxBytes);

/// Appends a character; it is no surrogate.
void appendUtf8(std::string& to, char32_t c);

} // namespace vigie
