// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonlogline.h"

#include "core/jsontext.h"
#include "core/severity.h"
#include "core/sysloglevel.h"
#include "core/timestamp.h"
#include "core/utf8.h"
#include "protocol/exactjson.h"
#include "protocol/jsoncheck.h"

#include <algorithm>
#include <array>
#include <simdjson.h>

namespace vigie {

using namespace simdjson;

namespace {

constexpr int maxDepth = 32;

/// Worse ones first: what a better one says is the message.
constexpr std::array<std::string_view, 5> messageKeys{"log", "event", "short_message", "message", "msg"};
constexpr std::array<std::string_view, 3> levelKeys{"level", "severity", "lvl"};
constexpr std::array<std::string_view, 5> timeKeys{"timestamp", "time", "ts", "@timestamp", "asctime"};
constexpr int noMessage = -1;

bool isOneOf(std::string_view key, const auto& keys)
{
    return std::ranges::find(keys, key) != keys.end();
}

int rankOfMessage(std::string_view key)
{
    const auto* const found = std::ranges::find(messageKeys, key);
    if (found == messageKeys.end())
        return noMessage;
    // "message" and "msg" are as good: the last of them is the program's own.
    return std::min(int(found - messageKeys.begin()), int(messageKeys.size()) - 2);
}

/// Whether a time's text names its zone; a number needs none.
bool namesZone(std::string_view text)
{
    constexpr std::size_t dateLength = 10;
    const bool isNumber = text.find_first_not_of("0123456789.") == std::string_view::npos;
    return isNumber || text.size() <= dateLength || text.find_first_of("Zz+-", dateLength) != std::string_view::npos
        || text.ends_with("UTC") || text.ends_with("GMT");
}

/// Python writes NaN, Infinity and -Infinity as they are: JSON has no such numbers.
std::string withoutBareNumbers(std::string_view line)
{
    std::string mended;
    bool isInText = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (isInText && c == '\\' && i + 1 < line.size()) {
            mended += c;
            mended += line[++i];
            continue;
        }
        isInText = isInText != (c == '"');
        const std::string_view rest = line.substr(i);
        const std::string_view bare = isInText      ? std::string_view()
            : rest.starts_with("NaN")               ? "NaN"
            : rest.starts_with("-Infinity")         ? "-Infinity"
            : rest.starts_with("Infinity")          ? "Infinity"
                                                    : std::string_view();
        if (bare.empty()) {
            mended += c;
        } else {
            mended += "null";
            i += bare.size() - 1;
        }
    }
    return mended;
}

/// The number of a member deep within an object, such as roarr's "context":{"logLevel":30}.
std::string_view numberWithin(std::string_view json, std::string_view member)
{
    const std::size_t at = json.find(member);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = json.substr(at + member.size());
    return rest.substr(0, std::min(rest.find_first_not_of("0123456789"), rest.size()));
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
    std::string appId;
    std::string metadata; // of an exported entry
    std::string others; // ,"key":value …
    std::string mended;
    std::string localTime;
    std::string stream;
    std::string priority;
    int messageRank = noMessage;
    std::string messageKey;
    bool isGelf = false;

    std::optional<JsonLogLine> read(std::string_view line);
    void keepText(std::string_view key, std::string_view value);
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
    const bool isNumber = type == ondemand::json_type::number;
    const int rank = isText ? rankOfMessage(key) : noMessage;
    std::string_view read;
    if (rank != noMessage) {
        if (value.get_string().get(read))
            return false;
        if (rank < messageRank) {
            keepText(key, read);
            return true;
        }
        if (messageRank != noMessage)
            keepText(messageKey, message);
        message = read;
        messageKey = key;
        messageRank = rank;
        return true;
    }
    std::string* const target = isOneOf(key, levelKeys) ? &level
        : key == "PRIORITY"                             ? &priority
        : key == "userId"                               ? &userId
        : key == "id"                                   ? &id
        : key == "appId"                                ? &appId // the file is the application here
                                                        : nullptr;
    if (target && target->empty() && (isText || ((target == &level || target == &priority) && isNumber))) {
        if (!isText) {
            *target = exactToken(value);
            return true;
        }
        if (value.get_string().get(read))
            return false;
        *target = read;
        return true;
    }
    if (isOneOf(key, timeKeys) && !line.timestampMs && (isText || isNumber)) {
        if (isText && value.get_string().get(read))
            return false;
        localTime = isText && !namesZone(read) ? read : std::string_view();
        if (!localTime.empty())
            std::ranges::replace(localTime, ',', '.');
        const Result<std::int64_t> time = isText ? timestampFromText(localTime.empty() ? read : std::string_view(localTime), TimeRule::Event)
                                                 : timestampFromNumber(exactToken(value), TimeRule::Event);
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
    isGelf = isGelf || (key == "version" && *exact == "\"1.1\"");
    if (key == "stream" && isText)
        stream = exact->substr(1, exact->size() - 2);
    if (key == "context" && level.empty())
        level = numberWithin(*exact, "\"logLevel\":");
    others += ',';
    appendJsonString(others, std::string(key));
    others.append(":").append(*exact);
    return true;
}

void JsonLogLineReader::Parts::keepText(std::string_view key, std::string_view value)
{
    others += ',';
    appendJsonString(others, key);
    others += ':';
    appendJsonString(others, value);
}

std::optional<JsonLogLine> JsonLogLineReader::read(std::string_view line)
{
    const std::size_t begin = line.find_first_not_of(" \t\x1e"); // RS: JSON text sequences
    if (begin == std::string_view::npos || line[begin] != '{')
        return std::nullopt;
    line.remove_prefix(begin);
    if (const std::optional<JsonLogLine> read = m_parts->read(line))
        return read;
    // Most such lines are no JSON at all, some are nearly: they are worth a second look.
    if (line.find_last_of('}') == std::string_view::npos)
        return std::nullopt;
    std::string room;
    const std::string_view mended = mendedUtf8(line, room);
    const bool hasBareNumber = mended.find("NaN") != std::string_view::npos || mended.find("Infinity") != std::string_view::npos;
    if (mended.data() == line.data() && !hasBareNumber)
        return std::nullopt;
    m_parts->mended = hasBareNumber ? withoutBareNumbers(mended) : std::string(mended);
    return m_parts->read(m_parts->mended);
}

std::optional<JsonLogLine> JsonLogLineReader::Parts::read(std::string_view line)
{
    text.assign(line);
    text.resize(line.size() + SIMDJSON_PADDING);
    for (std::string* const one : {&level, &message, &userId, &id, &appId, &metadata, &others, &localTime, &stream, &priority, &messageKey})
        one->clear();
    messageRank = noMessage;
    isGelf = false;
    ondemand::document document;
    ondemand::object object;
    if (!openJson(parser, {text.data(), line.size()}, maxDepth, document).empty() || document.get_object().get(object))
        return std::nullopt;
    JsonLogLine read;
    for (auto field : object) {
        std::string_view key;
        ondemand::value value;
        if (field.unescaped_key().get(key) || field.value().get(value))
            return std::nullopt;
        if (!readField(std::string(key), value, read))
            return std::nullopt;
    }
    if (level.empty() && !priority.empty())
        level = syslogLevel(priority);
    else if (!priority.empty())
        keepText("PRIORITY", priority);
    if (isGelf)
        level = syslogLevel(level);
    read.isContainers = messageKey == "log" && !stream.empty() && read.timestampMs;
    if (level.empty() && (messageRank == noMessage || (message.empty() && !read.isContainers)))
        return std::nullopt;
    if (!others.empty()) {
        // They are Vigie's own only in a line that has nothing but what an export has.
        if (!id.empty())
            keepText("id", id);
        if (!appId.empty())
            keepText("appId", appId);
        id.clear();
        if (!metadata.empty())
            others.append(",\"metadata\":").append(metadata);
        others.front() = '{';
        others += '}';
    }
    read.level = trimmedLevel(level);
    // An empty line would say nothing.
    read.message = message.empty() && messageRank == noMessage ? std::string_view(text).substr(0, line.size()) : std::string_view(message);
    read.userId = userId;
    read.id = id;
    read.localTime = localTime;
    read.stream = stream;
    read.metadataJson = others.empty() ? metadata : others;
    return read;
}

} // namespace vigie
