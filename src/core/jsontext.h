// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigie {

/// Whether UTF-8 text can stand inside a JSON string as it is (no quote, backslash or control character).
bool isPlainJsonText(std::string_view text);

/// Appends `text` (UTF-8) to `out`, escaped to stand inside a JSON string, without the quotes (RFC 8259 §7).
void appendJsonEscaped(std::string& out, std::string_view text);

/// Appends `text` (UTF-8) to `out` as a JSON string, quotes included.
void appendJsonString(std::string& out, std::string_view text);

/// Valid JSON, one value a line and indented by four blanks a level, twenty levels at most. Numbers, texts, keys and their order
/// stay to the letter: only the blanks between them are others.
std::string indentedJson(std::string_view json);

} // namespace vigie
