// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsoncheck.h"

#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

namespace vigie {

namespace {

using namespace simdjson;

constexpr error_code tooDeep = DEPTH_ERROR;

/// Whether a number that was read as 0 was written as 0. Underflow is refused like overflow: some JSON parsers, Qt's among them,
/// refuse the whole message for it.
bool isWrittenAsZero(std::string_view number)
{
    const std::string_view digits = number.substr(0, number.find_first_of("eE"));
    return digits.find_first_of("123456789") == std::string_view::npos;
}

template <typename Value>
error_code checkScalar(Value& value, ondemand::json_type type)
{
    switch (type) {
    case ondemand::json_type::string: {
        std::string_view text;
        return value.get_string().get(text);
    }
    case ondemand::json_type::number: {
        // As a double: JavaScript writes integers of up to 21 digits, which exceed 64 bits.
        std::string_view token;
        double number = 0;
        if (const error_code error = simdjson_result<std::string_view>(value.raw_json_token()).get(token))
            return error;
        if (const error_code error = value.get_double().get(number))
            return error;
        return number != 0 || isWrittenAsZero(token) ? SUCCESS : NUMBER_OUT_OF_RANGE;
    }
    case ondemand::json_type::boolean: {
        bool truth;
        return value.get_bool().get(truth);
    }
    default: {
        bool isNull = false;
        const error_code error = value.is_null().get(isNull);
        return error ? error : isNull ? SUCCESS : N_ATOM_ERROR;
    }
    }
}

template <typename Value>
error_code checkAnyValue(Value& value, int depthLeft)
{
    ondemand::json_type type;
    if (const error_code error = value.type().get(type))
        return error;
    if (type == ondemand::json_type::object) {
        ondemand::object object;
        const error_code error = value.get_object().get(object);
        return error ? error : checkContent(object, depthLeft);
    }
    if (type == ondemand::json_type::array) {
        ondemand::array array;
        const error_code error = value.get_array().get(array);
        return error ? error : checkContent(array, depthLeft);
    }
    return checkScalar(value, type);
}

std::string describe(error_code error, int maxDepth)
{
    switch (error) {
    case DEPTH_ERROR:
        return tooDeepText(maxDepth);
    case STRING_ERROR:
        return "a string holds an invalid escape";
    case UTF8_ERROR:
        return "not valid UTF-8";
    case EMPTY:
        return "empty message";
    case NUMBER_ERROR:
    case NUMBER_OUT_OF_RANGE:
        return "a number is malformed or out of range";
    case UNESCAPED_CHARS:
        return "a string holds an unescaped control character";
    case UNCLOSED_STRING:
        return "a string is not closed";
    default:
        return "not valid JSON";
    }
}

error_code walk(ondemand::parser& parser, padded_string_view json, int maxDepth, ondemand::document& document)
{
    // simdjson 3.0 takes a byte order mark for a syntax error, 3.12 skips it.
    if (std::string_view(json).starts_with("\xef\xbb\xbf"))
        return TAPE_ERROR;
    if (const error_code error = parser.iterate(json).get(document))
        return error;
    if (const error_code error = checkAnyValue(document, maxDepth))
        return error;
    return isAtEnd(document) ? SUCCESS : TRAILING_CONTENT;
}

/// The code unit of an escape `\uXXXX` at `at`; nothing if there is none.
std::optional<unsigned> escapedUnit(std::span<const char> json, std::size_t at)
{
    constexpr std::size_t length = 6;
    if (json.size() - at < length || json[at] != '\\' || json[at + 1] != 'u')
        return std::nullopt;
    unsigned unit = 0;
    const char* const end = json.data() + at + length;
    const std::from_chars_result read = std::from_chars(end - 4, end, unit, 16);
    return read.ptr == end ? std::optional(unit) : std::nullopt;
}

/// Replaces each escaped lone surrogate with `\ufffd`. Returns whether there was one.
bool mendSurrogates(std::span<char> json)
{
    bool found = false;
    for (std::size_t at = 0; at + 1 < json.size(); ++at) {
        const void* const next = std::memchr(json.data() + at, '\\', json.size() - at);
        if (!next)
            break;
        at = static_cast<std::size_t>(static_cast<const char*>(next) - json.data());
        const std::optional<unsigned> unit = escapedUnit(json, at);
        if (!unit) {
            ++at; // skip the escaped character, which may be a backslash
            continue;
        }
        const bool isHigh = *unit >= 0xd800 && *unit < 0xdc00;
        const bool isLow = *unit >= 0xdc00 && *unit < 0xe000;
        const std::optional<unsigned> second = isHigh ? escapedUnit(json, at + 6) : std::nullopt;
        if (second && *second >= 0xdc00 && *second < 0xe000) {
            at += 11;
            continue;
        }
        if (isHigh || isLow) {
            std::memcpy(json.data() + at, "\\ufffd", 6);
            found = true;
        }
        at += 5;
    }
    return found;
}

} // namespace

error_code checkContent(ondemand::object& object, int depth)
{
    if (depth == 0)
        return tooDeep;
    for (auto fieldResult : object) {
        ondemand::field field;
        if (const error_code error = std::move(fieldResult).get(field))
            return error;
        std::string_view key;
        if (const error_code error = field.unescaped_key().get(key))
            return error;
        if (const error_code error = checkValue(field.value(), depth - 1))
            return error;
    }
    return SUCCESS;
}

error_code checkContent(ondemand::array& array, int depth)
{
    if (depth == 0)
        return tooDeep;
    for (auto elementResult : array) {
        ondemand::value element;
        if (const error_code error = std::move(elementResult).get(element))
            return error;
        if (const error_code error = checkValue(element, depth - 1))
            return error;
    }
    return SUCCESS;
}

error_code checkValue(ondemand::value& value, int depth)
{
    return checkAnyValue(value, depth);
}

bool isAtEnd(ondemand::document& document)
{
    const char* behind = nullptr;
    return document.current_location().get(behind) == OUT_OF_BOUNDS;
}

std::string tooDeepText(int maxDepth)
{
    return "nested deeper than " + std::to_string(maxDepth) + " levels";
}

std::string openJson(ondemand::parser& parser, std::span<char> json, int maxDepth, ondemand::document& document)
{
    const padded_string_view text(json.data(), json.size(), json.size() + SIMDJSON_PADDING);
    error_code error = walk(parser, text, maxDepth, document);
    if (error && mendSurrogates(json))
        error = walk(parser, text, maxDepth, document);
    if (error == TRAILING_CONTENT)
        return "not valid JSON: text behind the end of the message";
    if (error)
        return describe(error, maxDepth);
    document.rewind();
    return {};
}

} // namespace vigie
