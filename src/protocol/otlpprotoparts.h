// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/otlpvalue.h"
#include "protocol/otlpwire.h"

#include <string>
#include <string_view>

// What all requests of OTLP in protobuf are made of, by the field numbers of opentelemetry/proto/{common,resource}/v1.

namespace vigie {

/// A text that may be of any bytes: U+FFFD stands for those that are not UTF-8.
std::string_view otlpTextIn(std::string_view bytes, std::string& room);

/// KeyValue: key = 1, value = 2. Views of the message.
struct OtlpKeyValue
{
    explicit OtlpKeyValue(std::string_view bytes);
    std::string_view key;
    std::string_view value;
};

/// AnyValue: string = 1, bool = 2, int = 3, double = 4, array = 5, kvlist = 6, bytes = 7. `room` holds what has to be made.
OtlpValue otlpValueIn(std::string_view bytes, std::string& room, int depth = otlpDepth);

/// Gives `to` an attribute. The rooms are kept between calls.
template <typename To>
void addOtlpAttribute(std::string_view bytes, std::string& keyRoom, std::string& valueRoom, To& to)
{
    const OtlpKeyValue attribute(bytes);
    to.addAttribute(otlpTextIn(attribute.key, keyRoom), otlpValueIn(attribute.value, valueRoom));
}

/// The message's field of that number: it mostly stands before the lists, but need not.
std::string_view otlpMemberOf(std::string_view bytes, std::uint32_t field);

/// A request, and what it is made of in all three signals: resources = 1; of each its resource = 1 and its scopes = 2; of each its
/// scope = 1 and its records = 2.
template <typename BeginResource, typename BeginScope, typename Record>
bool walkOtlp(std::string_view body, BeginResource beginResource, BeginScope beginScope, Record record)
{
    OtlpWire request(body);
    while (request.next()) {
        if (request.field() != 1)
            continue;
        beginResource(otlpMemberOf(request.bytes(), 1));
        OtlpWire resource(request.bytes());
        while (resource.next()) {
            if (resource.field() != 2)
                continue;
            beginScope(otlpMemberOf(resource.bytes(), 1));
            OtlpWire scope(resource.bytes());
            while (scope.next()) {
                if (scope.field() == 2)
                    record(scope.bytes());
            }
            if (scope.isBroken())
                return false;
        }
        if (resource.isBroken())
            return false;
    }
    return !request.isBroken();
}

} // namespace vigie
