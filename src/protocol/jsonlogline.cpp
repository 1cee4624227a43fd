// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonlogline.h"

#include "core/jsontext.h"
#include "core/severity.h"
#include "core/timestamp.h"
#include "protocol/exactjson.h"
#include "protocol/jsoncheck.h"

#include <algorithm>
#include <array>
#include <simdjson.h>

namespace vigie {

using namespace simdjson;

namespace {

constexpr int maxDepth = 32;

constexpr std::array<std::string_view, 2> messageKeys{"message", "msg"};
constexpr std::array<std::string_view, 3> levelKeys{"level", "severity", "lvl"};
constexpr std::array<std::string_view, 4> timeKeys{"timestamp", "time", "ts", "@timestamp"};

bool isOneOf(std::string_view key, const auto& keys)
{
    return std::ranges::find(keys, key) != keys.end();
}

} // namespace

struct JsonLogLineReader::Parts
{
    ondemand::parser parser;
    std::string text; // the line, with padding
    std::string scratch;
    std::string level;
    std::string message;
    std::string userId;
    std::string id;
    std::string metadata; // of an exported entry
    std::string others; // ,"key":value …

    bool readField(std::string_view key, ondemand::value& value, JsonLogLine& line);
};

JsonLogLineReader::JsonLogLineReader() : m_parts(std::make_unique<Parts>()) {}

JsonLogLineReader::~JsonLogLineReader() = default;
JsonLogLineReader::JsonLogLineReader(JsonLogLineReader&&) noexcept = default;
JsonLogLineReader& JsonLogLineReader::operator=(JsonLogLineReader&&) noexcept = default;

/// False: the line cannot be read.
bool JsonLogLineReader::Parts::readField(std::string_view key, ondemand::value& value, JsonLogLine& line)
{
    const ondemand::json_type type = value.type().value_unsafe();
    const bool isText = type == ondemand::json_type::string;
    std::string* const target = isOneOf(key, messageKeys) ? &message
        : isOneOf(key, levelKeys)                         ? &level
        : key == "userId"                                 ? &userId
        : key == "id"                                     ? &id
                                                          : nullptr;
    if (target && target->empty() && (isText || (target == &level && type == ondemand::json_type::number))) {
        if (!isText) {
            *target = exactToken(value);
            return true;
        }
        std::string_view read;
        if (value.get_string().get(read))
            return false;
        *target = read;
        return true;
    }
    if (isOneOf(key, timeKeys) && !line.timestampMs && (isText || type == ondemand::json_type::number)) {
        std::string_view read;
        if (isText && value.get_string().get(read))
            return false;
        const Result<std::int64_t> time =
            isText ? timestampFromText(read, TimeRule::Event) : timestampFromNumber(exactToken(value), TimeRule::Event);
        if (time)
            line.timestampMs = *time;
        return true;
    }
    const std::optional<std::string_view> exact = exactJson(value, scratch);
    if (!exact)
        return false;
    if (key == "metadata") {
        metadata = *exact;
        return true;
    }
    if (key == "id" || key == "appId") // as the export has them: the file is the application here
        return true;
    others += ',';
    appendJsonString(others, std::string(key));
    others.append(":").append(*exact);
    return true;
}

std::optional<JsonLogLine> JsonLogLineReader::read(std::string_view line)
{
    Parts& parts = *m_parts;
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] != '{')
        return std::nullopt;
    parts.text.assign(line);
    parts.text.resize(line.size() + SIMDJSON_PADDING);
    for (std::string* const text : {&parts.level, &parts.message, &parts.userId, &parts.id, &parts.metadata, &parts.others})
        text->clear();
    ondemand::document document;
    ondemand::object object;
    if (!openJson(parts.parser, {parts.text.data(), line.size()}, maxDepth, document).empty()
        || document.get_object().get(object))
        return std::nullopt;
    JsonLogLine read;
    for (auto field : object) {
        std::string_view key;
        ondemand::value value;
        if (field.unescaped_key().get(key) || field.value().get(value))
            return std::nullopt;
        if (!parts.readField(std::string(key), value, read))
            return std::nullopt;
    }
    if (parts.message.empty() && parts.level.empty())
        return std::nullopt;
    if (!parts.others.empty()) {
        if (!parts.id.empty()) {
            parts.others.append(",\"id\":");
            appendJsonString(parts.others, parts.id);
            parts.id.clear();
        }
        if (!parts.metadata.empty())
            parts.others.append(",\"metadata\":").append(parts.metadata);
        parts.others.front() = '{';
        parts.others += '}';
    }
    read.level = trimmedLevel(parts.level);
    read.message = parts.message;
    read.userId = parts.userId;
    read.id = parts.id;
    read.metadataJson = parts.others.empty() ? parts.metadata : parts.others;
    return read;
}

} // namespace vigie
