// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/otlpvalue.h"

#include <charconv>
#include <limits>
#include <simdjson.h>
#include <string>
#include <string_view>

// What all requests of OTLP in JSON are made of. Whatever is not as it should be counts as absent.

namespace vigie {

/// A text; of anything else nothing.
std::string_view otlpTextOf(simdjson::dom::element value);
/// An object's member; a null where it has none, or is no object.
simdjson::dom::element otlpMemberOf(simdjson::dom::element value, std::string_view key);
/// What cannot be a number, such as null, is NaN.
double otlpDoubleOf(simdjson::dom::element value);
/// An AnyValue. `room` holds what has to be made.
OtlpValue otlpValueOf(simdjson::dom::element any, std::string& room, int depth = otlpDepth);
/// An id is hexadecimal, in either case; all zeros: there is none. One in no such form stays as it is.
std::string otlpIdOf(simdjson::dom::element value);

/// Calls `take` with the elements of a list; of what is none, with nothing.
template <typename Take>
void forEachOtlp(simdjson::dom::element list, Take take)
{
    if (simdjson::dom::array array; !list.get(array)) {
        for (const simdjson::dom::element one : array)
            take(one);
    }
}

/// A whole number, which may be a text. Other SDKs send 64 bits as such.
template <typename Number>
Number otlpNumberOf(simdjson::dom::element value)
{
    Number number = 0;
    if (const std::string_view text = otlpTextOf(value); !text.empty()) {
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }
    if (!value.get(number))
        return number;
    double other = 0;
    constexpr double least = double(std::numeric_limits<Number>::min());
    constexpr double most = double(std::numeric_limits<Number>::max());
    return !value.get(other) && other >= least && other < most ? Number(other) : Number(0);
}

/// Gives `add` the key and the value of each attribute.
template <typename Add>
void forEachOtlpAttribute(simdjson::dom::element attributes, std::string& room, Add add)
{
    forEachOtlp(attributes, [&](simdjson::dom::element attribute) {
        add(otlpTextOf(otlpMemberOf(attribute, "key")), otlpValueOf(otlpMemberOf(attribute, "value"), room));
    });
}

} // namespace vigie
