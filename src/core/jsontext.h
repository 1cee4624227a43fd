// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigie {

/// Whether UTF-8 text can stand inside a JSON string as it is (no quote, backslash or control character).
bool isPlainJsonText(std::string_view text);

/// The length of `text` (UTF-8) when it is escaped to stand inside a JSON string.
std::size_t escapedJsonBytes(std::string_view text);

/// Writes `text`, escaped, to `to`, which has room for escapedJsonBytes(). Returns the end of what was written.
char* writeJsonEscaped(char* to, std::string_view text);

/// Appends `text` (UTF-8) to `out`, escaped to stand inside a JSON string, without the quotes (RFC 8259 §7).
void appendJsonEscaped(std::string& out, std::string_view text);

/// Appends `text` (UTF-8) to `out` as a JSON string, quotes included.
void appendJsonString(std::string& out, std::string_view text);

/// Formats valid JSON: one value a line, indented by four spaces a level, to at most twenty levels. Changes only white space:
/// numbers, strings, keys and their order are kept to the letter.
std::string indentedJson(std::string_view json);

} // namespace vigie
