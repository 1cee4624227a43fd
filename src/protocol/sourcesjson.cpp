// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/sourcesjson.h"

#include "core/jsontext.h"

#include <concepts>
#include <string_view>

namespace vigie {

namespace {

/// Adds `,"name":` where it must, and the value.
void addName(std::string& json, std::string_view name)
{
    if (json.back() != '{')
        json += ',';
    json += '"';
    json += name;
    json += "\":";
}

void add(std::string& json, std::string_view name, std::string_view text)
{
    addName(json, name);
    appendJsonString(json, text);
}

void addNumber(std::string& json, std::string_view name, std::integral auto number)
{
    addName(json, name);
    json += std::to_string(number);
}

void addNote(std::string& json, const SourceNote& note, bool withExample)
{
    json += '{';
    add(json, "kind", nameOf(note.kind));
    add(json, "reason", note.reason);
    addNumber(json, "count", note.count);
    addNumber(json, "last", note.lastMs);
    if (withExample && !note.example.empty())
        add(json, "example", note.example);
    json += '}';
}

void addSource(std::string& json, const SourceState& source, const SourcesReader& reader)
{
    json += '{';
    add(json, "id", source.id);
    add(json, "kind", nameOf(source.kind));
    add(json, "name", source.name);
    add(json, "app", source.appId);
    add(json, "status", nameOf(source.status));
    add(json, "problem", source.problem);
    add(json, "format", source.format);
    addNumber(json, "entries", source.entries);
    addNumber(json, "lastEntry", source.lastEntryMs);
    addNumber(json, "lagBytes", source.lagBytes);
    addNumber(json, "lagMs", source.lagMs);
    addName(json, "notes");
    json += '[';
    for (const SourceNote& note : source.notes) {
        if (json.back() != '[')
            json += ',';
        // It holds what was sent, perhaps by somebody else.
        addNote(json, note, reader.isOwner);
    }
    json += ']';
    if (reader.isOwner && !source.detail.empty())
        add(json, "detail", source.detail);
    json += '}';
}

} // namespace

QByteArray encodeSources(const std::vector<SourceState>& sources, const SourcesReader& reader, std::int64_t nowMs)
{
    std::string json = "{\"now\":" + std::to_string(nowMs) + ",\"sources\":[";
    for (const SourceState& source : sources) {
        if (!reader.onlyApp.empty() && source.appId != reader.onlyApp)
            continue;
        if (json.back() != '[')
            json += ',';
        addSource(json, source, reader);
    }
    return QByteArray::fromStdString(json + "]}");
}

QByteArray encodeSetup(const std::vector<SetupLine>& lines)
{
    std::string json = "{\"lines\":[";
    for (const SetupLine& line : lines) {
        if (json.back() != '[')
            json += ',';
        json += '{';
        add(json, "id", line.id);
        add(json, "code", line.code.toStdString());
        json += '}';
    }
    return QByteArray::fromStdString(json + "]}");
}

} // namespace vigie
