// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

/// A value of OpenTelemetry's AnyValue, as a reader gives it. Views live until the reader's next value.
struct OtlpValue
{
    enum class Kind {
        Empty, ///< `{}`: there, with nothing in it
        Text,
        Bool,
        Integer,
        Double,
        Json ///< a list, a map, or bytes in base64: `text` is their JSON
    };

    Kind kind = Kind::Empty;
    std::string_view text; ///< valid UTF-8
    std::int64_t integer = 0; ///< of Bool: 0 or 1
    double number = 0;
};

/// Nesting of values; what is deeper is given as null.
inline constexpr int otlpDepth = 32;

/// Appends a value as JSON. What JSON has no number for is text: "NaN", "Infinity", "-Infinity".
void appendOtlpJson(std::string& out, const OtlpValue& value);
void appendOtlpDouble(std::string& out, double number);
/// Appends bytes as a JSON string of base64.
void appendOtlpBytes(std::string& out, std::string_view bytes);
/// A value as text: a text itself, of all else the JSON; nothing for an empty one.
std::string otlpText(const OtlpValue& value);

/// Ids are hexadecimal in lower case; `room` has two characters a byte. Ids that are all zero count as absent: empty.
std::string_view otlpHexOf(std::string_view bytes, char* room);

} // namespace vigie
