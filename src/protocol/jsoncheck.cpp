// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsoncheck.h"

namespace vigie {

namespace {

using namespace simdjson;

constexpr error_code tooDeep = DEPTH_ERROR;

/// Whether a number that was read as 0 was written as one. Nearer to 0 than a double can be is refused like what is too
/// large for one: some readers of JSON, Qt's among them, refuse the whole message for it.
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
        // As a double: JavaScript writes whole numbers of up to 21 digits, more than 64 bits hold.
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
error_code checkValue(Value& value, int depthLeft)
{
    ondemand::json_type type;
    if (const error_code error = value.type().get(type))
        return error;
    if (type == ondemand::json_type::object) {
        if (depthLeft == 0)
            return tooDeep;
        ondemand::object object;
        if (const error_code error = value.get_object().get(object))
            return error;
        for (auto fieldResult : object) {
            ondemand::field field;
            if (const error_code error = std::move(fieldResult).get(field))
                return error;
            std::string_view key;
            if (const error_code error = field.unescaped_key().get(key))
                return error;
            if (const error_code error = checkValue(field.value(), depthLeft - 1))
                return error;
        }
        return SUCCESS;
    }
    if (type == ondemand::json_type::array) {
        if (depthLeft == 0)
            return tooDeep;
        ondemand::array array;
        if (const error_code error = value.get_array().get(array))
            return error;
        for (auto elementResult : array) {
            ondemand::value element;
            if (const error_code error = std::move(elementResult).get(element))
                return error;
            if (const error_code error = checkValue(element, depthLeft - 1))
                return error;
        }
        return SUCCESS;
    }
    return checkScalar(value, type);
}

std::string describe(error_code error, int maxDepth)
{
    switch (error) {
    case DEPTH_ERROR:
        return tooDeepText(maxDepth);
    case STRING_ERROR:
        return "a string holds an invalid escape or a lone surrogate";
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

} // namespace

std::string tooDeepText(int maxDepth)
{
    return "nested deeper than " + std::to_string(maxDepth) + " levels";
}

std::string openJson(ondemand::parser& parser, padded_string_view json, int maxDepth, ondemand::document& document)
{
    if (const error_code error = parser.iterate(json).get(document))
        return describe(error, maxDepth);
    if (const error_code error = checkValue(document, maxDepth))
        return describe(error, maxDepth);
    const char* behind = nullptr;
    if (document.current_location().get(behind) != OUT_OF_BOUNDS)
        return "not valid JSON: text behind the end of the message";
    document.rewind();
    return {};
}

} // namespace vigie
