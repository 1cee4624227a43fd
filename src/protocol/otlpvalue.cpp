// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/otlpvalue.h"

#include "core/jsontext.h"

#include <QByteArray>
#include <algorithm>
#include <charconv>
#include <cmath>

namespace vigie {

void appendOtlpDouble(std::string& out, double number)
{
    if (std::isnan(number)) {
        out += "\"NaN\"";
    } else if (std::isinf(number)) {
        out += number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    } else {
        char digits[32];
        out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    }
}

void appendOtlpBytes(std::string& out, std::string_view bytes)
{
    out += '"';
    out += QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size())).toBase64().toStdString();
    out += '"';
}

void appendOtlpJson(std::string& out, const OtlpValue& value)
{
    switch (value.kind) {
    case OtlpValue::Kind::Empty: out += "null"; break;
    case OtlpValue::Kind::Text: appendJsonString(out, value.text); break;
    case OtlpValue::Kind::Bool: out += value.integer ? "true" : "false"; break;
    case OtlpValue::Kind::Double: appendOtlpDouble(out, value.number); break;
    case OtlpValue::Kind::Json: out += value.text; break;
    case OtlpValue::Kind::Integer: {
        char digits[24];
        out.append(digits, std::to_chars(digits, digits + sizeof digits, value.integer).ptr);
        break;
    }
    }
}

std::string otlpText(const OtlpValue& value)
{
    std::string text;
    if (value.kind == OtlpValue::Kind::Text)
        text = value.text;
    else if (value.kind != OtlpValue::Kind::Empty)
        appendOtlpJson(text, value);
    return text;
}

std::string_view otlpHexOf(std::string_view bytes, char* room)
{
    if (std::ranges::all_of(bytes, [](char c) { return c == 0; }))
        return {};
    static constexpr char digits[] = "0123456789abcdef";
    char* to = room;
    for (const char c : bytes) {
        *to++ = digits[static_cast<unsigned char>(c) >> 4];
        *to++ = digits[c & 15];
    }
    return {room, 2 * bytes.size()};
}

} // namespace vigie
