// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/otlpjsonparts.h"

#include "core/jsontext.h"
#include "core/utf8.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vigie {

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

namespace {

void appendAnyValue(std::string& out, element value, int depth)
{
    std::string room;
    appendOtlpJson(out, otlpValueOf(value, room, depth));
}

void appendList(std::string& out, element list, bool isMap, int depth)
{
    out += isMap ? '{' : '[';
    bool isFirst = true;
    forEachOtlp(otlpMemberOf(list, "values"), [&](element one) {
        if (!std::exchange(isFirst, false))
            out += ',';
        if (isMap) {
            appendJsonString(out, otlpTextOf(otlpMemberOf(one, "key")));
            out += ':';
            one = otlpMemberOf(one, "value");
        }
        appendAnyValue(out, one, depth);
    });
    out += isMap ? '}' : ']';
}

/// As the SDKs write it: whole and within int64 it is an integer, else a double.
OtlpValue integerOf(element value)
{
    OtlpValue result;
    result.kind = OtlpValue::Kind::Integer;
    const std::string_view text = otlpTextOf(value);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.integer);
    if (!text.empty() && error == std::errc() && end == text.data() + text.size())
        return result;
    if (text.empty() && !value.get(result.integer))
        return result;
    result.number = otlpDoubleOf(value);
    constexpr double beyond = 9223372036854775808.0;
    const bool isWhole = std::abs(result.number) < beyond && std::floor(result.number) == result.number;
    result.kind = isWhole ? OtlpValue::Kind::Integer : OtlpValue::Kind::Double;
    result.integer = isWhole ? std::int64_t(result.number) : 0;
    return result;
}

/// A null, which an element without a document is not.
element absent()
{
    static simdjson::dom::parser parser;
    static const element null = parser.parse(std::string_view("null"));
    return null;
}

} // namespace

std::string_view otlpTextOf(element value)
{
    return value.is_string() ? std::string_view(value.get_string().value_unsafe()) : std::string_view();
}

element otlpMemberOf(element value, std::string_view key)
{
    object members;
    element member;
    return value.get(members) || members.at_key(key).get(member) ? absent() : member;
}

double otlpDoubleOf(element value)
{
    double number = std::numeric_limits<double>::quiet_NaN();
    if (const std::string_view text = otlpTextOf(value); !text.empty()) {
        if (text == "Infinity" || text == "-Infinity")
            return text.front() == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }
    return value.get(number) ? std::numeric_limits<double>::quiet_NaN() : number;
}

OtlpValue otlpValueOf(element any, std::string& room, int depth)
{
    OtlpValue value;
    object members;
    if (any.get(members))
        return value;
    for (const auto& [key, member] : members) {
        if (key == "stringValue" && member.is_string()) {
            value = {OtlpValue::Kind::Text, otlpTextOf(member)};
        } else if (key == "boolValue") {
            value = {OtlpValue::Kind::Bool, {}, member.type() == element_type::BOOL && member.get_bool().value_unsafe()};
        } else if (key == "intValue") {
            value = integerOf(member);
        } else if (key == "doubleValue") {
            value = {OtlpValue::Kind::Double, {}, 0, otlpDoubleOf(member)};
        } else if (key == "bytesValue" && member.is_string()) {
            room.clear();
            appendJsonString(room, otlpTextOf(member)); // it is base64 as it comes
            value = {OtlpValue::Kind::Json, room};
        } else if ((key == "arrayValue" || key == "kvlistValue") && depth > 0) {
            room.clear();
            appendList(room, member, key == "kvlistValue", depth - 1);
            value = {OtlpValue::Kind::Json, room};
        }
    }
    return value;
}

std::string otlpIdOf(element value)
{
    constexpr std::size_t maxIdBytes = 64;
    const std::string_view text = otlpTextOf(value);
    std::string id(text.substr(0, utf8CutAt(text, maxIdBytes)));
    if (id.find_first_not_of('0') == std::string::npos)
        return {};
    if (id.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos)
        std::ranges::transform(id, id.begin(), [](char c) { return char(c >= 'A' && c <= 'F' ? c | 0x20 : c); });
    return id;
}

} // namespace vigie
