// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/otlpjson.h"

#include "core/jsontext.h"
#include "protocol/jsonmend.h"
#include "protocol/otlpentries.h"
#include "protocol/otlpfigures.h"
#include "protocol/otlpjsonparts.h"

#include <vector>

namespace vigie {

using simdjson::dom::element;
using simdjson::dom::object;

/// The parser, and what is reused from record to record.
struct OtlpJsonReader::Parts
{
    simdjson::dom::parser parser;
    std::string mended;
    std::string value;
    std::string body;
    std::string events;
    std::string links;
};

namespace {

constexpr std::size_t usualBytes = 1024 * 1024; // of a body; a larger one's buffers are given back

using Parts = OtlpJsonReader::Parts;

/// Of an enumeration; 0: none of it.
int smallNumberOf(element value)
{
    const auto number = otlpNumberOf<std::int64_t>(value);
    return number > 0 && number < 100 ? int(number) : 0;
}

void readLogRecord(element json, Parts& parts, OtlpEntries& entries)
{
    object members;
    if (json.get(members))
        return entries.refuseRecord();
    OtlpRecord record;
    std::string traceId;
    std::string spanId;
    entries.beginRecord();
    for (const auto& [key, member] : members) {
        if (key == "timeUnixNano")
            record.timeNs = otlpNumberOf<std::uint64_t>(member);
        else if (key == "observedTimeUnixNano")
            record.observedNs = otlpNumberOf<std::uint64_t>(member);
        else if (key == "severityNumber")
            record.severityNumber = smallNumberOf(member);
        else if (key == "severityText")
            record.severityText = otlpTextOf(member);
        else if (key == "body")
            record.body = otlpValueOf(member, parts.body);
        else if (key == "attributes")
            forEachOtlpAttribute(member, parts.value,
                                 [&](std::string_view name, const OtlpValue& value) { entries.addAttribute(name, value); });
        else if (key == "traceId")
            traceId = otlpIdOf(member);
        else if (key == "spanId")
            spanId = otlpIdOf(member);
        else if (key == "eventName")
            record.eventName = otlpTextOf(member);
    }
    record.traceId = traceId;
    record.spanId = spanId;
    entries.endLog(record);
}

/// Events and links as a JSON array, each as an object of its own members and its attributes.
void listInto(std::string& out, element list, Parts& parts)
{
    out.clear();
    forEachOtlp(list, [&](element one) {
        out += out.empty() ? "[{" : ",{";
        bool isFirst = true;
        const auto add = [&](std::string_view key, const OtlpValue& value) {
            out += std::exchange(isFirst, false) ? "" : ",";
            appendJsonString(out, key);
            out += ':';
            appendOtlpJson(out, value);
        };
        constexpr std::uint64_t nsPerMs = 1'000'000;
        if (const auto ns = otlpNumberOf<std::uint64_t>(otlpMemberOf(one, "timeUnixNano")))
            add("timestamp", {OtlpValue::Kind::Integer, {}, std::int64_t(ns / nsPerMs)});
        if (const std::string_view name = otlpTextOf(otlpMemberOf(one, "name")); !name.empty())
            add("name", {OtlpValue::Kind::Text, name});
        for (const auto& [key, member] : {std::pair("trace_id", "traceId"), std::pair("span_id", "spanId")}) {
            if (const std::string id = otlpIdOf(otlpMemberOf(one, member)); !id.empty())
                add(key, {OtlpValue::Kind::Text, id});
        }
        forEachOtlpAttribute(otlpMemberOf(one, "attributes"), parts.value, add);
        out += '}';
    });
    out += out.empty() ? "" : "]";
}

void readSpan(element json, Parts& parts, OtlpEntries& entries)
{
    if (!json.is_object())
        return entries.refuseRecord();
    OtlpRecord record;
    OtlpSpan span;
    const auto member = [json](std::string_view key) { return otlpMemberOf(json, key); };
    const std::string traceId = otlpIdOf(member("traceId"));
    const std::string spanId = otlpIdOf(member("spanId"));
    const std::string parentId = otlpIdOf(member("parentSpanId"));
    record.traceId = traceId;
    record.spanId = spanId;
    record.body = {OtlpValue::Kind::Text, otlpTextOf(member("name"))};
    record.timeNs = otlpNumberOf<std::uint64_t>(member("startTimeUnixNano"));
    span.endNs = otlpNumberOf<std::uint64_t>(member("endTimeUnixNano"));
    span.parentId = parentId;
    span.kind = smallNumberOf(member("kind"));
    span.status = smallNumberOf(otlpMemberOf(member("status"), "code"));
    span.statusMessage = otlpTextOf(otlpMemberOf(member("status"), "message"));
    listInto(parts.events, member("events"), parts);
    listInto(parts.links, member("links"), parts);
    span.eventsJson = parts.events;
    span.linksJson = parts.links;
    entries.beginRecord();
    forEachOtlpAttribute(member("attributes"), parts.value,
                         [&](std::string_view name, const OtlpValue& value) { entries.addAttribute(name, value); });
    entries.endSpan(record, span);
}

void readPoint(element point, Parts& parts, OtlpFigures& figures)
{
    if (!point.is_object())
        return figures.refusePoint();
    figures.beginPoint();
    forEachOtlpAttribute(otlpMemberOf(point, "attributes"), parts.value,
                         [&](std::string_view name, const OtlpValue& value) { figures.addAttribute(name, value); });
    const element whole = otlpMemberOf(point, "asInt");
    const element count = otlpMemberOf(point, "count");
    if (!whole.is_null())
        return figures.add(otlpDoubleOf(whole));
    if (count.is_null())
        return figures.add(otlpDoubleOf(otlpMemberOf(point, "asDouble")));
    std::vector<double> bounds;
    std::vector<std::uint64_t> counts;
    forEachOtlp(otlpMemberOf(point, "explicitBounds"), [&](element one) { bounds.push_back(otlpDoubleOf(one)); });
    forEachOtlp(otlpMemberOf(point, "bucketCounts"), [&](element one) { counts.push_back(otlpNumberOf<std::uint64_t>(one)); });
    figures.addHistogram(otlpNumberOf<std::uint64_t>(count), otlpDoubleOf(otlpMemberOf(point, "sum")), bounds, counts);
}

void readMetric(element metric, Parts& parts, OtlpFigures& figures)
{
    figures.beginMetric(otlpTextOf(otlpMemberOf(metric, "name")));
    for (const std::string_view kind : {"gauge", "sum", "histogram", "exponentialHistogram", "summary"}) {
        forEachOtlp(otlpMemberOf(otlpMemberOf(metric, kind), "dataPoints"),
                    [&](element point) { readPoint(point, parts, figures); });
    }
}

/// The document; nothing that is an object: it cannot be read.
bool parse(std::string& body, Parts& parts, element& document)
{
    const auto parseText = [&](std::string& text) {
        text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
        return !parts.parser.parse(text.data(), text.size(), false).get(document) && document.is_object();
    };
    if (parseText(body))
        return true;
    parts.mended = mendedJson(body);
    return parseText(parts.mended);
}

/// What requests are made of in all three signals: resources, their scopes, and the records of these.
struct Names
{
    const char* resources;
    const char* scopes;
    const char* records;
};

template <typename Record>
bool readEntries(element request, Parts& parts, OtlpEntries& entries, const Names& names, Record record)
{
    forEachOtlp(otlpMemberOf(request, names.resources), [&](element resource) {
        entries.beginResource();
        forEachOtlpAttribute(otlpMemberOf(otlpMemberOf(resource, "resource"), "attributes"), parts.value,
                             [&](std::string_view key, const OtlpValue& value) { entries.addToResource(key, value); });
        forEachOtlp(otlpMemberOf(resource, names.scopes), [&](element scope) {
            const element described = otlpMemberOf(scope, "scope");
            entries.beginScope(otlpTextOf(otlpMemberOf(described, "name")), otlpTextOf(otlpMemberOf(described, "version")));
            forEachOtlp(otlpMemberOf(scope, names.records), [&](element one) { record(one, parts, entries); });
        });
    });
    return true;
}

} // namespace

OtlpJsonReader::OtlpJsonReader() : m_parts(std::make_unique<Parts>()) {}
OtlpJsonReader::~OtlpJsonReader() = default;

template <typename Read>
bool OtlpJsonReader::read(std::string& body, Read read)
{
    const bool isLarge = body.size() > usualBytes;
    element document;
    const bool isRead = parse(body, *m_parts, document) && read(document);
    if (isLarge)
        m_parts = std::make_unique<Parts>();
    return isRead;
}

bool OtlpJsonReader::readLogs(std::string& body, OtlpEntries& entries)
{
    return read(body, [&](element document) {
        return readEntries(document, *m_parts, entries, {"resourceLogs", "scopeLogs", "logRecords"}, readLogRecord);
    });
}

bool OtlpJsonReader::readTraces(std::string& body, OtlpEntries& entries)
{
    return read(body, [&](element document) {
        return readEntries(document, *m_parts, entries, {"resourceSpans", "scopeSpans", "spans"}, readSpan);
    });
}

bool OtlpJsonReader::readMetrics(std::string& body, OtlpFigures& figures)
{
    return read(body, [&](element document) {
        forEachOtlp(otlpMemberOf(document, "resourceMetrics"), [&](element resource) {
            std::string serviceName;
            forEachOtlpAttribute(otlpMemberOf(otlpMemberOf(resource, "resource"), "attributes"), m_parts->value,
                                 [&](std::string_view key, const OtlpValue& value) {
                                     if (key == "service.name")
                                         serviceName = otlpText(value);
                                 });
            figures.beginResource(serviceName);
            forEachOtlp(otlpMemberOf(resource, "scopeMetrics"), [&](element scope) {
                forEachOtlp(otlpMemberOf(scope, "metrics"), [&](element metric) { readMetric(metric, *m_parts, figures); });
            });
        });
        return true;
    });
}

} // namespace vigie
