// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/otlpentries.h"

#include "core/jsontext.h"
#include "core/names.h"
#include "core/severity.h"
#include "core/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace vigie {

namespace {

constexpr std::uint64_t nsPerMs = 1'000'000;
constexpr std::size_t maxScopeBytes = 512;
constexpr std::string_view noLevel = "none";

/// Of SeverityNumber: 1–4 trace, 5–8 debug, 9–12 info, 13–16 warn, 17–20 error, 21–24 fatal.
std::string_view levelOf(const OtlpRecord& record)
{
    static constexpr std::array<std::string_view, 6> levels{"trace", "debug", "info", "warn", "error", "fatal"};
    if (record.severityNumber >= 1 && record.severityNumber <= 24)
        return levels[std::size_t(record.severityNumber - 1) / 4];
    constexpr std::size_t maxLevelBytes = 64;
    const std::string_view text = trimmedLevel(record.severityText);
    if (text.empty() || text.size() > maxLevelBytes)
        return noLevel;
    const Severity severity = severityOf(text);
    return severity == Severity::Other ? text : severityName(severity);
}

/// How a program was started, and by whom: not for everybody who reads its entries.
bool isPrivate(std::string_view key)
{
    return key == "process.command_args" || key == "process.command_line" || key == "process.owner";
}

/// Keys that we give ourselves.
bool isOurs(std::string_view key)
{
    return key == "resource" || key == "scope" || key == "scope_version";
}

bool isSpans(std::string_view key)
{
    return key == "span" || key == "parent_span_id" || key == "duration_ms" || key == "events" || key == "links";
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

} // namespace

OtlpResource otlpResourceOf(std::string_view serviceName)
{
    constexpr std::string_view unknown = "unknown_service";
    if (!serviceName.empty() && serviceName != unknown && !serviceName.starts_with("unknown_service:"))
        return {appIdFrom(serviceName), false, {}};
    const std::string_view program = serviceName.size() > unknown.size() ? serviceName.substr(unknown.size() + 1) : "";
    const std::size_t slash = program.find_last_of("/\\");
    const std::string_view base = slash == std::string_view::npos ? program : program.substr(slash + 1);
    return {base.empty() ? "(unnamed)" : appIdFrom(std::string(base.substr(0, utf8CutAt(base, 100))) + " (unnamed)"), true, {}};
}

OtlpEntries::OtlpEntries(std::uint64_t seed, std::int64_t nowMs, std::string userId, std::string address)
    : m_seed(seed), m_untimedSeed(seed), m_nowMs(nowMs), m_userId(std::move(userId)), m_address(std::move(address))
{
}

void OtlpEntries::beginResource()
{
    m_resource = {};
    m_serviceName.clear();
    m_hostName.clear();
    m_resourceJson.clear();
    m_scopeJson.clear();
    m_app = nullptr;
}

void OtlpEntries::addToResource(std::string_view key, const OtlpValue& value)
{
    if (key == "service.name") {
        m_serviceName = otlpText(value);
        return;
    }
    if (isPrivate(key) || key.starts_with("telemetry.sdk.")) {
        // What stands in every program alike tells nothing of an entry.
        m_resource.detail.append(m_resource.detail.empty() ? "" : "\n").append(key).append(": ").append(otlpText(value));
        return;
    }
    if (key == "host.name")
        m_hostName = otlpText(value);
    if (m_resourceJson.size() > maxResourceBytes)
        return;
    const std::size_t before = m_resourceJson.size();
    m_resourceJson += m_resourceJson.empty() ? "" : ",";
    appendJsonString(m_resourceJson, key);
    m_resourceJson += ':';
    appendOtlpJson(m_resourceJson, value);
    if (m_resourceJson.size() > maxResourceBytes)
        m_resourceJson.resize(before);
}

void OtlpEntries::beginScope(std::string_view name, std::string_view version)
{
    m_scopeJson.clear();
    if (name.empty() || name.size() + version.size() > maxScopeBytes)
        return;
    m_scopeJson += ",\"scope\":";
    appendJsonString(m_scopeJson, name);
    if (version.empty())
        return;
    m_scopeJson += ",\"scope_version\":";
    appendJsonString(m_scopeJson, version);
}

void OtlpEntries::beginRecord()
{
    m_metadata.clear();
    m_exceptionMessage.clear();
    m_exceptionStack.clear();
    m_ownTraceId.clear();
    m_ownSpanId.clear();
}

void OtlpEntries::addKey(std::string_view key)
{
    m_metadata += ',';
    appendJsonString(m_metadata, key);
    m_metadata += ':';
}

void OtlpEntries::addText(std::string_view key, std::string_view text)
{
    if (text.empty())
        return;
    addKey(key);
    appendJsonString(m_metadata, text);
}

void OtlpEntries::addAttribute(std::string_view key, const OtlpValue& value)
{
    if (m_metadata.size() > maxEntryBytes || m_index >= maxRecords)
        return;
    if (key == "exception.stacktrace" && value.kind == OtlpValue::Kind::Text) {
        m_exceptionStack = value.text; // it folds under the message, as those of printed lines do
        return;
    }
    if (key == "exception.message")
        m_exceptionMessage = otlpText(value);
    if (key == "trace_id" || key == "span_id") {
        std::string& own = key == "trace_id" ? m_ownTraceId : m_ownSpanId;
        own.clear();
        return appendOtlpJson(own, value);
    }
    if (isOurs(key) || isSpans(key)) {
        m_room.assign("attributes.").append(key);
        key = m_room;
    }
    addKey(key);
    appendOtlpJson(m_metadata, value);
}

void OtlpEntries::addTraceIds(const OtlpRecord& record)
{
    const auto add = [this](std::string_view key, std::string_view id, const std::string& own) {
        if (!id.empty()) {
            addText(key, id);
        } else if (!own.empty()) {
            addKey(key);
            m_metadata += own;
        }
    };
    add("trace_id", record.traceId, m_ownTraceId);
    add("span_id", record.spanId, m_ownSpanId);
}

void OtlpEntries::endLog(const OtlpRecord& record)
{
    if (m_index >= maxRecords)
        return refuse(otlpreason::tooLarge, {});
    const std::string_view level = levelOf(record);
    if (record.severityNumber != 0 && !equalsIgnoringCase(record.severityText, level))
        addText("severity_text", record.severityText);
    addText("event_name", record.eventName);
    addTraceIds(record);

    std::string_view message = record.body.text;
    if (record.body.kind != OtlpValue::Kind::Text && record.body.kind != OtlpValue::Kind::Json) {
        m_message = otlpText(record.body);
        message = m_message;
    }
    finish(record, level, message.empty() ? std::string_view(m_exceptionMessage) : message);
}

void OtlpEntries::endSpan(const OtlpRecord& record, const OtlpSpan& span)
{
    if (m_index >= maxRecords)
        return refuse(otlpreason::tooLarge, {});
    addTraceIds(record);
    addText("parent_span_id", span.parentId);
    m_metadata += span.parentId.empty() ? ",\"span\":\"root\"" : ",\"span\":\"child\"";
    if (span.endNs > 0) {
        const std::uint64_t us = span.endNs > record.timeNs ? (span.endNs - record.timeNs) / 1'000 : 0;
        addKey("duration_ms");
        appendOtlpDouble(m_metadata, double(us) / 1'000);
    }
    static constexpr std::array<std::string_view, 6> kinds{"", "", "server", "client", "producer", "consumer"}; // 1: internal
    if (span.kind > 1 && span.kind < int(kinds.size()))
        addText("span_kind", kinds[std::size_t(span.kind)]);
    const bool isError = span.status == 2;
    if (span.status > 0)
        addText("status", isError ? "error" : "ok");
    addText("status_message", span.statusMessage);
    for (const auto& [key, json] : {std::pair("events", span.eventsJson), std::pair("links", span.linksJson)}) {
        if (json.empty())
            continue;
        addKey(key);
        m_metadata += json;
    }
    finish(record, isError ? "error" : "trace", record.body.text);
}

OtlpEntries::App* OtlpEntries::app()
{
    if (m_app)
        return m_app;
    OtlpResource named = otlpResourceOf(m_serviceName);
    named.detail = m_resource.detail;
    const auto [place, isNew] = m_places.try_emplace(named.appId, m_apps.size());
    if (isNew && m_apps.size() == maxApps) {
        m_places.erase(place);
        return nullptr;
    }
    if (isNew)
        m_apps.push_back({named, LogBatch(named.appId), 0});
    m_app = &m_apps[place->second];
    m_app->resource = named;
    m_origin = LogOrigin(named.appId, !m_userId.empty() ? m_userId : m_hostName.empty() ? m_address : appIdFrom(m_hostName));
    return m_app;
}

std::string_view OtlpEntries::nextId(std::int64_t timeMs)
{
    // As EntryIdSource's: 10 characters of time; then 11 of the body's hash and 5 of the place in it.
    static constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const auto put = [this](int end, int characters, std::uint64_t value) {
        for (int i = end - 1; i >= end - characters; --i) {
            m_id[i] = alphabet[value & 31];
            value >>= 5;
        }
    };
    put(10, 10, std::uint64_t(timeMs) & ((std::uint64_t(1) << 48) - 1));
    put(21, 11, timeMs > 0 ? m_seed : m_untimedSeed);
    put(26, 5, m_index);
    return {m_id, sizeof m_id};
}

void OtlpEntries::finish(const OtlpRecord& record, std::string_view level, std::string_view message)
{
    ++m_index;
    App* const to = app();
    if (!to)
        return refuse(otlpreason::tooManyApplications, m_serviceName);
    if (!m_exceptionStack.empty()) {
        std::string joined(message);
        joined.append(joined.empty() ? "" : "\n").append(m_exceptionStack);
        m_message = std::move(joined);
        message = m_message;
    }
    if (!m_resourceJson.empty())
        m_metadata.append(",\"resource\":{").append(m_resourceJson).append("}");
    m_metadata += m_scopeJson;
    const std::size_t bytes = m_metadata.size() + message.size();
    if (bytes > maxEntryBytes || m_bytes + bytes > maxBytes)
        return refuse(otlpreason::tooLarge, message);

    NewLogEntry entry;
    const std::uint64_t ns = record.timeNs > 0 ? record.timeNs : record.observedNs;
    entry.timeIsOurs = ns == 0;
    entry.timestampMs = ns > 0 ? std::int64_t(ns / nsPerMs) : m_nowMs;
    entry.id = nextId(std::int64_t(ns / nsPerMs));
    entry.idIsProducers = true;
    entry.level = level;
    entry.message = message;
    if (!m_metadata.empty()) {
        m_metadata.front() = '{';
        m_metadata += '}';
        entry.metadataJson = m_metadata;
    }
    constexpr std::size_t around = 256; // an entry's own fields, and what it takes in memory
    m_bytes += bytes + around;
    to->batch.append(entry, m_origin);
    to->lastTimeMs = entry.timestampMs;
}

void OtlpEntries::refuse(std::string_view reason, std::string_view example)
{
    auto found = std::ranges::find(m_refused, reason, &OtlpRefused::reason);
    if (found == m_refused.end())
        found = m_refused.insert(found, {std::string(reason), 0, {}});
    ++found->count;
    found->example = example.substr(0, utf8CutAt(example, 200));
}

std::size_t OtlpEntries::refusedCount() const
{
    std::size_t count = 0;
    for (const OtlpRefused& one : m_refused)
        count += one.count;
    return count;
}

} // namespace vigie
