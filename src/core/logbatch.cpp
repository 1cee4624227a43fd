// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logbatch.h"

#include "core/jsontext.h"

#include <charconv>

namespace vigie {

LogOrigin::LogOrigin(std::string appId, std::string userId)
    : m_appId(std::move(appId)), m_userId(std::move(userId))
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

LogBatch::Span LogBatch::appendText(std::string_view text)
{
    m_json += '"';
    Span span;
    span.length = static_cast<std::uint32_t>(text.size());
    if (isPlainJsonText(text)) {
        span.offset = static_cast<std::uint32_t>(m_json.size());
        m_json.append(text);
    } else {
        span.inPlain = true;
        span.offset = static_cast<std::uint32_t>(m_plain.size());
        m_plain.append(text);
        appendJsonEscaped(m_json, text);
    }
    m_json += '"';
    return span;
}

void LogBatch::append(const NewLogEntry& entry, const LogOrigin& origin)
{
    if (!m_entries.empty())
        m_json += ',';
    Entry& written = m_entries.emplace_back();
    written.jsonOffset = static_cast<std::uint32_t>(m_json.size());
    written.timestampMs = entry.timestampMs;
    written.severity = severityOf(entry.level);
    written.idIsProducers = entry.idIsProducers;
    written.timeIsOurs = entry.timeIsOurs;
    m_hasProducerIds |= entry.idIsProducers;
    m_errorCount += isError(written.severity);

    m_json += "{\"id\":";
    written.id = appendText(entry.id);
    m_json += ",\"timestamp\":";
    char digits[24];
    m_json.append(digits, std::to_chars(digits, digits + sizeof digits, entry.timestampMs).ptr);
    m_json += ",\"level\":";
    written.level = appendText(entry.level);
    m_json += ",\"message\":";
    written.message = appendText(entry.message);
    if (!entry.metadataJson.empty()) {
        m_json += ",\"metadata\":";
        written.metadata = {static_cast<std::uint32_t>(m_json.size()),
                            static_cast<std::uint32_t>(entry.metadataJson.size()), false};
        m_json.append(entry.metadataJson);
    }
    const std::size_t tail = m_json.size();
    m_json.append(origin.m_jsonTail);
    // The user id is at the end of the tail, before `"}`. If it had to be escaped, m_plain keeps the plain form.
    if (isPlainJsonText(origin.m_userId)) {
        written.userId = {static_cast<std::uint32_t>(tail + origin.m_jsonTail.size() - 2 - origin.m_userId.size()),
                          static_cast<std::uint32_t>(origin.m_userId.size()), false};
    } else {
        written.userId = {static_cast<std::uint32_t>(m_plain.size()),
                          static_cast<std::uint32_t>(origin.m_userId.size()), true};
        m_plain.append(origin.m_userId);
    }
    written.jsonLength = static_cast<std::uint32_t>(m_json.size() - written.jsonOffset);
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
