// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonmend.h"

#include "core/utf8.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace vigie {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

/// The unit of a "\uXXXX" that `text` begins with.
std::optional<unsigned> escapedUnit(std::string_view text)
{
    unsigned unit = 0;
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u')
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
    return error == std::errc() && end == text.data() + 6 ? std::optional(unit) : std::nullopt;
}

/// Takes an escape off the front of `rest`.
void takeEscape(std::string_view& rest, std::string& out)
{
    const std::optional<unsigned> unit = escapedUnit(rest);
    if (!unit || *unit < 0xd800 || *unit > 0xdfff) {
        out += rest.substr(0, 2);
        return rest.remove_prefix(std::min<std::size_t>(2, rest.size()));
    }
    constexpr std::size_t escape = 6;
    const std::optional<unsigned> second = escapedUnit(rest.substr(escape));
    const bool isPair = *unit < 0xdc00 && second && *second >= 0xdc00 && *second <= 0xdfff;
    out += isPair ? rest.substr(0, 2 * escape) : replacement;
    rest.remove_prefix(isPair ? 2 * escape : escape);
}

/// Takes a text off the front of `rest`, which begins behind its first quote.
void takeText(std::string_view& rest, std::string& out)
{
    while (!rest.empty()) {
        const char c = rest.front();
        if (c == '\\') {
            takeEscape(rest, out);
            continue;
        }
        if (static_cast<unsigned char>(c) < 0x20) {
            static constexpr char digits[] = "0123456789abcdef";
            out += "\\u00";
            out += digits[c >> 4];
            out += digits[c & 15];
            rest.remove_prefix(1);
            continue;
        }
        const std::size_t length = utf8Length(rest);
        out += length > 0 ? rest.substr(0, length) : replacement;
        rest.remove_prefix(std::max<std::size_t>(length, 1));
        if (c == '"')
            return;
    }
}

bool isInToken(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '.';
}

void appendToken(std::string_view token, std::string& out)
{
    if (token == "NaN" || token == "Infinity" || token == "-Infinity") {
        out.append("\"").append(token).append("\"");
        return;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
    if (error == std::errc::result_out_of_range && end == token.data() + token.size()) {
        const std::size_t exponent = token.find_first_of("eE");
        const bool isTiny = exponent != std::string_view::npos && token.substr(exponent + 1).starts_with('-');
        out += isTiny ? "0" : token.front() == '-' ? "\"-Infinity\"" : "\"Infinity\"";
        return;
    }
    out += token;
    constexpr std::size_t sureDigits = 18; // of 64 bits
    if (error == std::errc() && token.size() > sureDigits && token.find_first_not_of("-0123456789") == std::string_view::npos) {
        std::int64_t whole = 0;
        if (std::from_chars(token.data(), token.data() + token.size(), whole).ec != std::errc())
            out += "e0";
    }
}

} // namespace

std::string mendedJson(std::string_view json)
{
    std::string out;
    out.reserve(json.size() + json.size() / 8);
    while (!json.empty()) {
        const char c = json.front();
        if (c == '"') {
            out += c;
            json.remove_prefix(1);
            takeText(json, out);
        } else if (isInToken(c)) {
            std::size_t length = 1;
            while (length < json.size() && isInToken(json[length]))
                ++length;
            appendToken(json.substr(0, length), out);
            json.remove_prefix(length);
        } else {
            out += c;
            json.remove_prefix(1);
        }
    }
    return out;
}

} // namespace vigie
