// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/otlpprotoparts.h"

#include "core/jsontext.h"
#include "core/utf8.h"

#include <utility>

namespace vigie {

namespace {

void appendAnyValue(std::string& out, std::string_view bytes, int depth)
{
    std::string room;
    appendOtlpJson(out, otlpValueIn(bytes, room, depth));
}

/// ArrayValue and KeyValueList: values = 1.
void appendList(std::string& out, std::string_view bytes, bool isMap, int depth)
{
    out += isMap ? '{' : '[';
    bool isFirst = true;
    std::string room;
    OtlpWire in(bytes);
    while (in.next()) {
        if (in.field() != 1)
            continue;
        if (!std::exchange(isFirst, false))
            out += ',';
        if (!isMap) {
            appendAnyValue(out, in.bytes(), depth);
            continue;
        }
        const OtlpKeyValue member(in.bytes());
        appendJsonString(out, otlpTextIn(member.key, room));
        out += ':';
        appendAnyValue(out, member.value, depth);
    }
    out += isMap ? '}' : ']';
}

} // namespace

std::string_view otlpTextIn(std::string_view bytes, std::string& room)
{
    return mendedUtf8(bytes, room);
}

OtlpKeyValue::OtlpKeyValue(std::string_view bytes)
{
    OtlpWire in(bytes);
    while (in.next()) {
        if (in.field() == 1)
            key = in.bytes();
        else if (in.field() == 2)
            value = in.bytes();
    }
}

OtlpValue otlpValueIn(std::string_view bytes, std::string& room, int depth)
{
    OtlpValue value;
    OtlpWire in(bytes);
    while (in.next()) {
        switch (in.field()) {
        case 1:
            value.kind = OtlpValue::Kind::Text;
            value.text = otlpTextIn(in.bytes(), room);
            break;
        case 2:
            value.kind = OtlpValue::Kind::Bool;
            value.integer = in.number() != 0;
            break;
        case 3:
            value.kind = OtlpValue::Kind::Integer;
            value.integer = in.signedNumber();
            break;
        case 4:
            value.kind = OtlpValue::Kind::Double;
            value.number = in.asDouble();
            break;
        case 5:
        case 6:
            if (depth == 0)
                break;
            room.clear();
            appendList(room, in.bytes(), in.field() == 6, depth - 1);
            value.kind = OtlpValue::Kind::Json;
            value.text = room;
            break;
        case 7:
            room.clear();
            appendOtlpBytes(room, in.bytes());
            value.kind = OtlpValue::Kind::Json;
            value.text = room;
            break;
        default: break;
        }
    }
    return value;
}

/// The message's last field of that number: what is said of a list mostly stands before it, but need not.
std::string_view otlpMemberOf(std::string_view bytes, std::uint32_t field)
{
    std::string_view found;
    OtlpWire in(bytes);
    while (in.next()) {
        if (in.field() == field)
            found = in.bytes();
        else if (!found.empty())
            break;
    }
    return found;
}

} // namespace vigie
