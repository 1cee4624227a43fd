// SPDX-License-Identifier: GPL-3.0-or-later
// The field numbers are those of opentelemetry/proto/{common,metrics}/v1.
#include "protocol/otlpproto.h"

#include "protocol/otlpfigures.h"
#include "protocol/otlpprotoparts.h"

#include <bit>
#include <limits>
#include <vector>

namespace vigie {

namespace {

/// What is reused from point to point.
struct Rooms
{
    std::string key;
    std::string value;
    std::string text;
};

/// NumberDataPoint: as_double = 4, as_int = 6, attributes = 7.
void readNumberPoint(std::string_view bytes, Rooms& rooms, OtlpFigures& figures)
{
    double value = std::numeric_limits<double>::quiet_NaN();
    figures.beginPoint();
    OtlpWire in(bytes);
    while (in.next()) {
        if (in.field() == 4)
            value = in.asDouble();
        else if (in.field() == 6)
            value = double(in.signedNumber());
        else if (in.field() == 7)
            addOtlpAttribute(in.bytes(), rooms.key, rooms.value, figures);
    }
    in.isBroken() ? figures.refusePoint() : figures.add(value);
}

/// HistogramDataPoint: count = 4, sum = 5, bucket_counts = 6, explicit_bounds = 7, attributes = 9. Of an exponential one: attributes =
/// 1, count = 4, sum = 5; of a summary: count = 4, sum = 5, attributes = 7.
void readHistogramPoint(std::string_view bytes, std::uint32_t attributes, Rooms& rooms, OtlpFigures& figures)
{
    std::uint64_t count = 0;
    double sum = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> bounds;
    std::vector<std::uint64_t> counts;
    figures.beginPoint();
    OtlpWire in(bytes);
    while (in.next()) {
        std::string_view packed = in.bytes();
        if (in.field() == 4) {
            count = in.number();
        } else if (in.field() == 5) {
            sum = in.asDouble();
        } else if (in.field() == attributes) {
            addOtlpAttribute(in.bytes(), rooms.key, rooms.value, figures);
        } else if (in.field() == 6 && attributes == 9) {
            while (packed.size() >= sizeof(std::uint64_t))
                counts.push_back(OtlpWire::takeFixed64(packed));
            if (!in.isBytes())
                counts.push_back(in.number());
        } else if (in.field() == 7 && attributes == 9) {
            while (packed.size() >= sizeof(std::uint64_t))
                bounds.push_back(std::bit_cast<double>(OtlpWire::takeFixed64(packed)));
            if (!in.isBytes())
                bounds.push_back(in.asDouble());
        }
    }
    in.isBroken() ? figures.refusePoint() : figures.addHistogram(count, sum, bounds, counts);
}

/// Metric: name = 1, gauge = 5, sum = 7, histogram = 9, exponential_histogram = 10, summary = 11; of each data_points = 1.
void readMetric(std::string_view bytes, Rooms& rooms, OtlpFigures& figures)
{
    figures.beginMetric(otlpTextIn(otlpMemberOf(bytes, 1), rooms.text));
    OtlpWire in(bytes);
    while (in.next()) {
        if (!in.isBytes() || in.field() < 5 || in.field() > 11)
            continue;
        const std::uint32_t attributes = in.field() == 9 ? 9 : in.field() == 10 ? 1 : 7;
        OtlpWire points(in.bytes());
        while (points.next()) {
            if (points.field() != 1)
                continue;
            if (in.field() >= 9)
                readHistogramPoint(points.bytes(), attributes, rooms, figures);
            else
                readNumberPoint(points.bytes(), rooms, figures);
        }
    }
    if (in.isBroken())
        figures.refusePoint();
}

} // namespace

bool readOtlpProtoMetrics(std::string_view body, OtlpFigures& figures)
{
    Rooms rooms;
    return walkOtlp(
        body,
        [&](std::string_view resource) {
            std::string serviceName;
            OtlpWire in(resource);
            while (in.next()) {
                const OtlpKeyValue attribute(in.bytes());
                if (in.field() == 1 && attribute.key == "service.name")
                    serviceName = otlpText(otlpValueIn(attribute.value, rooms.value));
            }
            figures.beginResource(serviceName);
        },
        [](std::string_view) {}, [&](std::string_view bytes) { readMetric(bytes, rooms, figures); });
}

} // namespace vigie
