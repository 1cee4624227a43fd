// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logbatch.h"

#include "core/jsontext.h"

#include <algorithm>
#include <charconv>

namespace vigie {

LogOrigin::LogOrigin(std::string appId, std::string userId)
    : m_appId(std::move(appId)), m_userId(std::move(userId)), m_isUserPlain(isPlainJsonText(m_userId))
{
    m_jsonTail = ",\"appId\":";
    appendJsonString(m_jsonTail, m_appId);
    m_jsonTail += ",\"userId\":";
    appendJsonString(m_jsonTail, m_userId);
    m_jsonTail += '}';
}

void LogBatch::reserve(std::size_t entries, std::size_t jsonBytes)
{
    m_entries.reserve(entries);
    m_json.reserve(jsonBytes);
}

/// A text, and how long it is inside a JSON string.
struct LogBatch::Text
{
    Text(std::string_view text, bool isKnownPlain)
        : plain(text), isPlain(isKnownPlain || isPlainJsonText(text)), jsonBytes(isPlain ? text.size() : escapedJsonBytes(text))
    {}

    std::string_view plain;
    bool isPlain; // needs no escapes
    std::size_t jsonBytes;
};

/// Writes an entry's JSON into space reserved for it: one check of the capacity for all parts.
class LogBatch::Writer
{
public:
    static constexpr std::size_t fixedBytes = 88; ///< of an entry, at most: keys, punctuation, time

    Writer(LogBatch& batch, std::size_t bytes) : m_batch(batch), m_start(batch.m_json.size())
    {
        batch.m_json.resize(m_start + bytes);
        m_to = batch.m_json.data() + m_start;
    }
    ~Writer() { m_batch.m_json.resize(offset()); }

    std::uint32_t offset() const { return static_cast<std::uint32_t>(m_to - m_batch.m_json.data()); }

    Span put(std::string_view bytes)
    {
        const Span span{offset(), static_cast<std::uint32_t>(bytes.size()) & maxLength, 0};
        m_to = std::copy(bytes.begin(), bytes.end(), m_to); // unlike memcpy(), of no bytes it takes a null pointer
        return span;
    }
    Span put(const Text& text)
    {
        if (text.isPlain)
            return put(text.plain);
        m_to = writeJsonEscaped(m_to, text.plain);
        return m_batch.keepPlain(text.plain);
    }
    void putNumber(std::int64_t number) { m_to = std::to_chars(m_to, m_to + 24, number).ptr; }

private:
    LogBatch& m_batch;
    std::size_t m_start;
    char* m_to;
};

LogBatch::Span LogBatch::keepPlain(std::string_view text)
{
    const Span span{static_cast<std::uint32_t>(m_plain.size()), static_cast<std::uint32_t>(text.size()) & maxLength, 1};
    m_plain.append(text);
    return span;
}

void LogBatch::append(const NewLogEntry& entry, const LogOrigin& origin)
{
    const bool isFirst = m_entries.empty();
    Entry& written = m_entries.emplace_back();
    written.timestampMs = entry.timestampMs;
    written.severity = severityOf(entry.level);
    written.idIsProducers = entry.idIsProducers;
    written.timeIsOurs = entry.timeIsOurs;
    m_hasProducerIds |= entry.idIsProducers;
    m_errorCount += isError(written.severity);

    const Text id(entry.id, entry.isPlain);
    const Text level(entry.level, entry.isPlain);
    const Text message(entry.message, entry.isPlain);
    Writer json(*this, Writer::fixedBytes + id.jsonBytes + level.jsonBytes + message.jsonBytes + entry.metadataJson.size()
                    + origin.m_jsonTail.size());
    if (!isFirst)
        json.put(",");
    written.jsonOffset = json.offset();
    json.put("{\"id\":\"");
    written.id = json.put(id);
    json.put("\",\"timestamp\":");
    json.putNumber(entry.timestampMs);
    json.put(",\"level\":\"");
    written.level = json.put(level);
    json.put("\",\"message\":\"");
    written.message = json.put(message);
    json.put("\"");
    if (!entry.metadataJson.empty()) {
        json.put(",\"metadata\":");
        written.metadata = json.put(entry.metadataJson);
    }
    const Span tail = json.put(origin.m_jsonTail);
    // The user id is at the end of the tail, before `"}`. If it had to be escaped, m_plain keeps the plain form.
    if (origin.m_isUserPlain) {
        const auto length = static_cast<std::uint32_t>(origin.m_userId.size()) & maxLength;
        written.userId = {tail.offset + tail.length - 2 - length, length, 0};
    } else {
        written.userId = keepPlain(origin.m_userId);
    }
    written.jsonLength = json.offset() - written.jsonOffset;
}

void LogBatch::append(const LogBatch& other)
{
    if (other.empty())
        return;
    if (!m_entries.empty())
        m_json += ',';
    const auto json = static_cast<std::uint32_t>(m_json.size());
    const auto plain = static_cast<std::uint32_t>(m_plain.size());
    m_json += other.m_json;
    m_plain += other.m_plain;
    for (Entry entry : other.m_entries) {
        entry.jsonOffset += json;
        for (Span* const span : {&entry.id, &entry.level, &entry.message, &entry.metadata, &entry.userId})
            span->offset += span->inPlain ? plain : json;
        m_entries.push_back(entry);
    }
    m_errorCount += other.m_errorCount;
    m_hasProducerIds |= other.m_hasProducerIds;
}

void LogBatch::shrink()
{
    const auto fit = [](auto& held) {
        if (held.capacity() > held.size() + held.size() / 4)
            held.shrink_to_fit();
    };
    fit(m_json);
    fit(m_plain);
    fit(m_entries);
}

LogBatch LogBatch::movedOn(std::uint64_t by, std::uint32_t epoch) const
{
    LogBatch moved = *this;
    moved.m_firstSequence += by;
    moved.m_epoch = epoch;
    return moved;
}

std::string_view LogBatch::json(std::size_t from, std::size_t to) const
{
    const std::size_t begin = m_entries[from].jsonOffset;
    const std::size_t end = m_entries[to - 1].jsonOffset + m_entries[to - 1].jsonLength;
    return std::string_view(m_json).substr(begin, end - begin);
}

} // namespace vigie
