// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/postedentries.h"

#include "core/clock.h"
#include "core/names.h"
#include "core/sourcestate.h"
#include "core/utf8.h"
#include "intake/streamreader.h"

namespace vigie {

namespace {

/// What a logger nests as deeply as it may is nested once more as metadata.
DecodeLimits limitsOfStored()
{
    DecodeLimits limits;
    limits.depth += 2;
    return limits;
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string beginningOf(std::string_view text)
{
    std::string room;
    const std::string_view mended = mendedUtf8(text.substr(0, 2 * SourceNote::maxExample), room);
    return std::string(mended.substr(0, utf8CutAt(mended, SourceNote::maxExample)));
}

} // namespace

std::optional<PostedForm> postedFormOf(const QByteArray& contentType)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    if (type == "application/json" || type.endsWith("+json"))
        return PostedForm::Json;
    for (const char* const lines : {"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
                                    "application/json-lines", "application/json-seq"}) {
        if (type == lines)
            return PostedForm::JsonLines;
    }
    // curl says that what it posts is a form, unless it is told otherwise.
    if (type.isEmpty() || type.startsWith("text/") || type == "application/x-www-form-urlencoded"
        || type == "application/octet-stream")
        return PostedForm::Text;
    return std::nullopt;
}

PostedEntries::PostedEntries(PostedForm form, std::string appId, std::string userId, bool mayNameUsers)
    : m_form(form), m_appId(std::move(appId)), m_origin(m_appId, std::move(userId)), m_mayNameUsers(mayNameUsers), m_batch(m_appId),
      m_give([this](const StreamEntry& read) {
          m_guessedZones += read.isZoneGuessed ? 1 : 0;
          append(read.entry, read.userId);
      }),
      m_lines(maxStoredBytes), m_elements(maxStoredBytes), m_stored(m_appId, limitsOfStored())
{
}

void PostedEntries::add(std::string_view bytes, std::int64_t nowMs)
{
    m_nowMs = nowMs;
    switch (m_form) {
    case PostedForm::Text:
        return m_stream.add(bytes, steadyNow(), m_give);
    case PostedForm::JsonLines:
        return m_lines.add(bytes, [this](std::string_view line, std::uint64_t, bool goesOn) { takeLine(line, goesOn); });
    case PostedForm::Json:
        return m_elements.add(bytes, [this](std::string_view text, JsonElements::State state) { takeElement(text, state); });
    }
}

void PostedEntries::finish(std::int64_t nowMs)
{
    m_nowMs = nowMs;
    m_stream.finish(steadyNow(), m_give);
    m_lines.finish([this](std::string_view line, std::uint64_t, bool goesOn) { takeLine(line, goesOn); });
    m_elements.finish([this](std::string_view text, JsonElements::State state) { takeElement(text, state); });
}

void PostedEntries::finishSilent(std::int64_t nowMs)
{
    m_nowMs = nowMs;
    m_stream.finishSilent(steadyNow(), m_give);
}

void PostedEntries::abandon(std::int64_t nowMs)
{
    m_nowMs = nowMs;
    m_stream.finishEntry(m_give);
}

void PostedEntries::takeLine(std::string_view line, bool goesOn)
{
    const bool isRest = std::exchange(m_isRest, goesOn);
    if (isRest)
        return;
    ++m_line;
    if (goesOn)
        return refuse(tooLarge, line);
    if (line.starts_with('\x1e')) // which each begins with in a sequence (RFC 7464)
        line.remove_prefix(1);
    if (!isBlank(line))
        takeJson(line);
}

void PostedEntries::takeElement(std::string_view text, JsonElements::State state)
{
    ++m_line;
    if (state == JsonElements::State::TooLong)
        refuse(tooLarge, text);
    else if (state == JsonElements::State::Broken)
        refuse(malformed, text);
    else if (!text.starts_with('{'))
        refuse(noObject, text);
    else
        takeJson(text);
}

void PostedEntries::takeJson(std::string_view text)
{
    text = mendedUtf8(text, m_mended);
    if (takeStored(text))
        return;
    if (text.size() > maxEntryBytes)
        return refuse(tooLarge, text);
    const std::optional<JsonLogLine> read = m_json.read(text);
    if (!read)
        return takeText(text); // what nobody understands is shown as it is, and not lost
    NewLogEntry entry;
    entry.id = read->id;
    entry.idIsProducers = !read->id.empty();
    entry.timestampMs = read->timestampMs.value_or(0);
    entry.timeIsOurs = !read->timestampMs;
    entry.level = read->level;
    entry.message = read->message;
    entry.metadataJson = read->metadataJson;
    append(entry, read->userId);
}

/// Takes an entry as `vigie export` and `vigie log` write it, to the letter.
bool PostedEntries::takeStored(std::string_view text)
{
    if (!text.starts_with("{\"id\":\""))
        return false;
    const Result<LogBatch> stored = m_stored.read(text);
    if (stored)
        append(stored->entry(0), stored->userId(0));
    return bool(stored);
}

void PostedEntries::takeText(std::string_view text)
{
    const LineMeaning meaning = m_lineReader.read(text);
    NewLogEntry entry;
    entry.timestampMs = meaning.time ? meaning.time->ms : 0;
    entry.timeIsOurs = !meaning.time;
    entry.level = meaning.level;
    entry.message = meaning.text;
    m_guessedZones += meaning.time && meaning.time->isZoneGuessed ? 1 : 0;
    append(entry, {});
}

void PostedEntries::append(NewLogEntry entry, std::string_view userId)
{
    if (entry.timeIsOurs)
        entry.timestampMs = m_nowMs;
    entry.level = keptLevel(entry.level);
    if (!entry.idIsProducers || !idProblem(entry.id).empty()) {
        entry.id = m_ids.next(m_nowMs);
        entry.idIsProducers = false;
    }
    entry.isPlain = false;
    const bool isNamed = m_mayNameUsers && !userId.empty() && userId != m_origin.userId() && nameProblem(userId).empty();
    m_batch.append(entry, isNamed ? LogOrigin(m_appId, std::string(userId)) : m_origin);
}

void PostedEntries::refuse(std::string_view reason, std::string_view text)
{
    ++m_refusedCount;
    if (m_refused.size() < maxRefusalsTold)
        m_refused.push_back({m_line, reason, beginningOf(text)});
}

} // namespace vigie
