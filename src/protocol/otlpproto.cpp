// SPDX-License-Identifier: GPL-3.0-or-later
// The field numbers are those of opentelemetry/proto/{common,logs,trace}/v1.
#include "protocol/otlpproto.h"

#include "core/jsontext.h"
#include "protocol/otlpentries.h"
#include "protocol/otlpprotoparts.h"

namespace vigie {

namespace {

/// What is reused from record to record.
struct Rooms
{
    std::string key;
    std::string value;
    std::string body;
    std::string text;
    std::string other;
    std::string events;
    std::string links;
    char traceId[64];
    char spanId[32];
    char parentId[32];
};

std::string_view idIn(std::string_view bytes, std::size_t length, char* room)
{
    return bytes.size() == length ? otlpHexOf(bytes, room) : std::string_view();
}

/// LogRecord: time_unix_nano = 1, severity_number = 2, severity_text = 3, body = 5, attributes = 6, trace_id = 9, span_id = 10,
/// observed_time_unix_nano = 11, event_name = 12.
void readLogRecord(std::string_view bytes, Rooms& rooms, OtlpEntries& entries)
{
    OtlpRecord record;
    entries.beginRecord();
    OtlpWire in(bytes);
    while (in.next()) {
        switch (in.field()) {
        case 1: record.timeNs = in.number(); break;
        case 2: record.severityNumber = int(std::uint32_t(in.number())); break;
        case 3: record.severityText = otlpTextIn(in.bytes(), rooms.text); break;
        case 5: record.body = otlpValueIn(in.bytes(), rooms.body); break;
        case 6: addOtlpAttribute(in.bytes(), rooms.key, rooms.value, entries); break;
        case 9: record.traceId = idIn(in.bytes(), 16, rooms.traceId); break;
        case 10: record.spanId = idIn(in.bytes(), 8, rooms.spanId); break;
        case 11: record.observedNs = in.number(); break;
        case 12: record.eventName = otlpTextIn(in.bytes(), rooms.other); break;
        default: break;
        }
    }
    if (in.isBroken())
        entries.refuseRecord();
    else
        entries.endLog(record);
}

/// An object of a list that grows, made of an event's or a link's attributes and its own members.
struct ListedObject
{
    explicit ListedObject(std::string& list) : json(list)
    {
        json += json.empty() ? '[' : ',';
        json += '{';
        start = json.size();
    }
    ~ListedObject() { json += '}'; }
    Q_DISABLE_COPY_MOVE(ListedObject)

    void addKey(std::string_view key)
    {
        json += json.size() == start ? "" : ",";
        appendJsonString(json, key);
        json += ':';
    }
    void addAttribute(std::string_view key, const OtlpValue& value)
    {
        addKey(key);
        appendOtlpJson(json, value);
    }
    void addText(std::string_view key, std::string_view text) { addAttribute(key, {OtlpValue::Kind::Text, text}); }

    std::string& json;
    std::size_t start;
};

/// Event: time_unix_nano = 1, name = 2, attributes = 3.
void readEvent(std::string_view bytes, Rooms& rooms)
{
    ListedObject event(rooms.events);
    OtlpWire in(bytes);
    while (in.next()) {
        if (in.field() == 1)
            event.addAttribute("timestamp", {OtlpValue::Kind::Integer, {}, std::int64_t(in.number() / 1'000'000)});
        else if (in.field() == 2)
            event.addText("name", otlpTextIn(in.bytes(), rooms.other));
        else if (in.field() == 3)
            addOtlpAttribute(in.bytes(), rooms.key, rooms.value, event);
    }
}

/// Link: trace_id = 1, span_id = 2, attributes = 4.
void readLink(std::string_view bytes, Rooms& rooms)
{
    ListedObject link(rooms.links);
    OtlpWire in(bytes);
    char id[64];
    while (in.next()) {
        if (in.field() == 1)
            link.addText("trace_id", idIn(in.bytes(), 16, id));
        else if (in.field() == 2)
            link.addText("span_id", idIn(in.bytes(), 8, id));
        else if (in.field() == 4)
            addOtlpAttribute(in.bytes(), rooms.key, rooms.value, link);
    }
}

/// Span: trace_id = 1, span_id = 2, parent_span_id = 4, name = 5, kind = 6, start_time_unix_nano = 7, end_time_unix_nano = 8,
/// attributes = 9, events = 11, links = 13, status = 15 (message = 2, code = 3).
void readSpan(std::string_view bytes, Rooms& rooms, OtlpEntries& entries)
{
    OtlpRecord record;
    OtlpSpan span;
    rooms.events.clear();
    rooms.links.clear();
    entries.beginRecord();
    OtlpWire in(bytes);
    while (in.next()) {
        switch (in.field()) {
        case 1: record.traceId = idIn(in.bytes(), 16, rooms.traceId); break;
        case 2: record.spanId = idIn(in.bytes(), 8, rooms.spanId); break;
        case 4: span.parentId = idIn(in.bytes(), 8, rooms.parentId); break;
        case 5: record.body = {OtlpValue::Kind::Text, otlpTextIn(in.bytes(), rooms.body)}; break;
        case 6: span.kind = int(std::uint32_t(in.number())); break;
        case 7: record.timeNs = in.number(); break;
        case 8: span.endNs = in.number(); break;
        case 9: addOtlpAttribute(in.bytes(), rooms.key, rooms.value, entries); break;
        case 11: readEvent(in.bytes(), rooms); break;
        case 13: readLink(in.bytes(), rooms); break;
        case 15: {
            OtlpWire status(in.bytes());
            while (status.next()) {
                if (status.field() == 2)
                    span.statusMessage = otlpTextIn(status.bytes(), rooms.text);
                else if (status.field() == 3)
                    span.status = int(std::uint32_t(status.number()));
            }
            break;
        }
        default: break;
        }
    }
    if (in.isBroken())
        return entries.refuseRecord();
    for (std::string* const list : {&rooms.events, &rooms.links}) {
        if (!list->empty())
            *list += ']';
    }
    span.eventsJson = rooms.events;
    span.linksJson = rooms.links;
    entries.endSpan(record, span);
}

/// InstrumentationScope: name = 1, version = 2.
struct Scope
{
    Scope(std::string_view bytes, Rooms& rooms)
    {
        OtlpWire in(bytes);
        while (in.next()) {
            if (in.field() == 1)
                name = otlpTextIn(in.bytes(), rooms.key);
            else if (in.field() == 2)
                version = otlpTextIn(in.bytes(), rooms.value);
        }
    }
    std::string_view name;
    std::string_view version;
};

template <typename Record>
bool readEntries(std::string_view body, OtlpEntries& entries, Record record)
{
    Rooms rooms;
    return walkOtlp(
        body,
        [&](std::string_view resource) {
            entries.beginResource();
            OtlpWire in(resource); // attributes = 1
            while (in.next()) {
                if (in.field() != 1)
                    continue;
                const OtlpKeyValue attribute(in.bytes());
                entries.addToResource(otlpTextIn(attribute.key, rooms.key), otlpValueIn(attribute.value, rooms.value));
            }
        },
        [&](std::string_view bytes) {
            const Scope scope(bytes, rooms);
            entries.beginScope(scope.name, scope.version);
        },
        [&](std::string_view bytes) { record(bytes, rooms, entries); });
}

} // namespace

bool readOtlpProtoLogs(std::string_view body, OtlpEntries& entries)
{
    return readEntries(body, entries, readLogRecord);
}

bool readOtlpProtoTraces(std::string_view body, OtlpEntries& entries)
{
    return readEntries(body, entries, readSpan);
}

} // namespace vigie
