// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "protocol/otlpreasons.h"
#include "protocol/otlpvalue.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigie {

/// The fields of a log record, or those that a span has in common with it. Ids are hexadecimal; empty: absent.
struct OtlpRecord
{
    std::uint64_t timeNs = 0; ///< 0: not given; of a span its start
    std::uint64_t observedNs = 0;
    int severityNumber = 0; ///< 0: not given
    std::string_view severityText;
    OtlpValue body; ///< of a span its name
    std::string_view traceId;
    std::string_view spanId;
    std::string_view eventName;
};

/// What a span has besides.
struct OtlpSpan
{
    std::uint64_t endNs = 0;
    std::string_view parentId; ///< empty: it is a root
    int kind = 0; ///< SpanKind
    int status = 0; ///< 2: an error
    std::string_view statusMessage;
    std::string_view eventsJson; ///< an array; empty: none
    std::string_view linksJson;
};

/// What was not taken, by its reason.
struct OtlpRefused
{
    std::string reason; ///< of otlpreason
    std::size_t count = 0;
    std::string example;
};

/// What is said of a resource in one request.
struct OtlpResource
{
    std::string appId;
    bool isUnnamed = false; ///< the program gave no service.name
    std::string detail; ///< how it was started and by whom, for the owner only
};

/// The application of a service.name; one that the SDK made up ("unknown_service:/usr/bin/node") is folded: "node (unnamed)".
OtlpResource otlpResourceOf(std::string_view serviceName);

/// Makes log entries of the records and spans of one request, in their order. A reader calls its functions in the order of the
/// data: resource, scope, then each record's attributes and its end. Views need not outlive a call.
class OtlpEntries
{
public:
    static constexpr std::size_t maxEntryBytes = 1024 * 1024; ///< of JSON, as for a WebSocket message
    static constexpr std::size_t maxBytes = 64 * 1024 * 1024; ///< of all entries of a request: a resource stands in each of its records
    static constexpr std::size_t maxResourceBytes = 8 * 1024; ///< what is longer is left out of the entries
    static constexpr std::size_t maxRecords = 200'000; ///< of a request; the rest is refused, and nothing made of it
    static constexpr std::size_t maxApps = 1'000; ///< in one request

    /// All that one request has for one application.
    struct App
    {
        OtlpResource resource; ///< of the last that spoke for it
        LogBatch batch;
        std::int64_t lastTimeMs = 0;
    };

    /// `seed`: a hash of the body, so that what is sent again has the same ids again. `userId`: of the sender's token; empty: the
    /// host's name in the resource stands for it, or else `address`, which is never empty.
    OtlpEntries(std::uint64_t seed, std::int64_t nowMs, std::string userId, std::string address);
    /// Another seed for records without any time: two senders may well send the same of those. Before the first record.
    void setUntimedSeed(std::uint64_t seed) { m_untimedSeed = seed; }

    void beginResource();
    void addToResource(std::string_view key, const OtlpValue& value);
    void beginScope(std::string_view name, std::string_view version);
    void beginRecord();
    void addAttribute(std::string_view key, const OtlpValue& value);
    void endLog(const OtlpRecord& record);
    void endSpan(const OtlpRecord& record, const OtlpSpan& span);
    /// A record that nobody can read.
    void refuseRecord() { refuse(otlpreason::malformed, {}); }

    std::vector<App>& apps() { return m_apps; }
    const std::vector<OtlpRefused>& refused() const { return m_refused; }
    std::size_t refusedCount() const;

private:
    App* app();
    void refuse(std::string_view reason, std::string_view example);
    void addText(std::string_view key, std::string_view text);
    void addKey(std::string_view key);
    void addTraceIds(const OtlpRecord& record);
    void finish(const OtlpRecord& record, std::string_view level, std::string_view message);
    std::string_view nextId(std::int64_t timeMs);

    std::uint64_t m_seed;
    std::uint64_t m_untimedSeed;
    std::int64_t m_nowMs;
    std::string m_userId;
    std::string m_address;

    OtlpResource m_resource;
    LogOrigin m_origin;
    App* m_app = nullptr; // of the resource, once a record was read
    std::string m_hostName;
    std::string m_serviceName;
    std::string m_resourceJson; // members
    std::string m_scopeJson; // members
    std::string m_metadata; // members of the record
    std::string m_exceptionMessage;
    std::string m_exceptionStack;
    std::string m_message;
    std::string m_ownTraceId; // attributes of these names, as JSON, which the record's own go before
    std::string m_ownSpanId;
    std::string m_room;
    std::uint64_t m_index = 0; // of the record in the request
    std::size_t m_bytes = 0;
    char m_id[26];
    std::vector<App> m_apps;
    std::unordered_map<std::string, std::size_t> m_places; // in m_apps
    std::vector<OtlpRefused> m_refused;
};

} // namespace vigie
