// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/sharing/sharing.h"
#include "core/logbatch.h"
#include "machinelook.h"

#include <QDateTime>
#include <algorithm>
#include <cmath>
#include <random>

namespace vigie::test {

/// A made-up sample of a busy machine; `second` counts from the start.
inline std::shared_ptr<const Sample> madeUpSample(int second, int cores = 8, qint64 startMs = 1'780'000'000'000)
{
    std::mt19937 random(static_cast<unsigned>(second));
    const auto noise = [&](double size) {
        return size * (std::generate_canonical<double, 32>(random) - 0.5);
    };
    auto sample = std::make_shared<Sample>();
    sample->timestampMs = startMs + second * 1000LL;
    sample->intervalMs = second == 0 ? 0 : 1000;
    sample->uptimeSeconds = 3 * 86400 + 4 * 3600 + second;

    const bool building = second % 220 > 150;
    CpuSample cpu;
    const double usage =
        std::clamp(14 + 6 * std::sin(second / 37.0) + (building ? 52 : 0) + noise(11), 1.0, 100.0);
    cpu.total = {usage, usage * 0.7, usage * 0.25, usage * 0.05, 0};
    for (int i = 0; i < cores; ++i) {
        CoreSample core;
        core.index = i;
        core.usage.usagePercent =
            std::clamp(usage + 12 * std::sin(second / 11.0 + i * 2) + noise(24), 0.0, 100.0);
        cpu.cores.push_back(core);
    }
    cpu.loadAverage = {{0.8 + usage / 20, 0.9 + usage / 30, 1.04}};
    sample->cpu = cpu;

    MemorySample memory;
    memory.totalBytes = 16'544'309'248;
    memory.usedBytes =
        static_cast<quint64>((5.9 + 0.8 * std::sin(second / 190.0) + (building ? 1.6 : 0)) * 1073741824.0);
    memory.availableBytes = memory.totalBytes - memory.usedBytes;
    memory.swapTotalBytes = 2'147'479'552;
    memory.swapUsedBytes = 188'743'680;
    sample->memory = memory;

    DiskSample disk;
    disk.totalBytes = 511'101'108'224;
    disk.usedBytes = 227'633'266'688;
    disk.freeBytes = disk.totalBytes - disk.usedBytes;
    disk.readBytesPerSecond = building ? 9.4e6 + noise(7e6) : std::max(0.0, 2e5 + noise(6e5));
    disk.writeBytesPerSecond = (second % 30 < 2 ? 2.1e7 : 6e5) + std::abs(noise(9e5));
    sample->disk = disk;

    NetworkSample network;
    network.receiveBytesPerSecond = std::max(0.0, 1.3e6 + 9e5 * std::sin(second / 23.0) + noise(8e5));
    network.sendBytesPerSecond = std::max(0.0, 2.4e5 + noise(2.2e5));
    network.connections = 42 + second % 7;
    sample->network = network;
    return sample;
}

inline FramePtr madeUpFrame(int second, int cores = 8, qint64 startMs = 1'780'000'000'000)
{
    return frameOf(*madeUpSample(second, cores, startMs));
}

/// A batch of one application with one made-up entry for each number in [from, to).
inline LogBatchPtr madeUpBatch(const std::string& appId, int from, int to,
                               std::int64_t startMs = 1'780'000'000'000)
{
    static constexpr std::string_view levels[] = {"info", "debug", "info",  "warn",
                                                  "info", "trace", "error", "info"};
    static constexpr std::string_view messages[] = {
        "GET /api/orders 200 in 18 ms",
        "cache hit for session 7f3a91",
        "order 48213 confirmed, 3 items, 84.90 EUR",
        "upstream answered in 1840 ms, above the limit of 1000 ms",
        "worker 4 finished batch 1182 (512 rows)",
        "poll: nothing to do",
        "payment gateway refused the connection: timeout after 5 s\n  at Gateway.connect (gateway.ts:118)",
        "user ann signed in from 10.0.4.17",
    };
    auto batch = std::make_shared<LogBatch>(appId);
    const LogOrigin origin(appId, "deploy");
    for (int i = from; i < to; ++i) {
        const std::size_t kind = static_cast<std::size_t>(i * 2654435761U >> 13) % std::size(levels);
        const std::string id = "01J" + std::to_string(1'000'000 + i);
        batch->append(
            {id, startMs + i * 370LL, levels[kind], messages[kind],
             kind == 6 ? R"({"attempt":3,"host":"pay.example.org","retryInMs":2000,"tags":["payment","eu"]})"
             : kind == 0 ? R"({"status":200,"ms":18})"
                         : ""},
            origin);
    }
    return batch;
}

/// Kinds of log entries beyond plain text, from three days.
inline LogBatchPtr batchOfAllKinds()
{
    const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
    constexpr qint64 dayMs = 86'400'000;
    auto batch = std::make_shared<LogBatch>("shop");
    const LogOrigin origin("shop", "deploy");
    const std::pair<qint64, std::string> messages[] = {
        {nowMs - 400 * dayMs, "a year ago and more"},
        {nowMs - dayMs - 5, "yesterday"},
        {nowMs - dayMs, "yesterday, too"},
        {nowMs - 9, "open \u202egnp.exe and pass\u200bword"},
        {nowMs - 8, "10%\r50%\r100% done\nand more"},
        {nowMs - 7,
         "\x1b[30mblack \x1b[31mred \x1b[32mgreen \x1b[33myellow \x1b[34mblue \x1b[35mmagenta \x1b[36mcyan \x1b[37mwhite"},
        {nowMs - 6,
         "\x1b[90mgrey \x1b[91mred \x1b[92mgreen \x1b[93myellow \x1b[94mblue \x1b[95mmagenta \x1b[96mcyan \x1b[97mwhite"},
        {nowMs - 5, "\x1b[41mon red\x1b[0m \x1b[42;30mon green\x1b[0m \x1b[7minverse\x1b[0m \x1b[1mbold \x1b[0;3mitalic "
                    "\x1b[0;4munderlined\x1b[0m \x1b[9mstruck\x1b[0m \x1b[2mfaint\x1b[0m \x1b[38;5;208morange\x1b[0m usual"},
        {nowMs - 4, "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd 123"},
        {nowMs - 3, "\x1b[2K\x1b]0;title\x07 not a colour"},
        {nowMs - 2, "caf\u00e9 \u63a5\u7d9a \U0001f469\u200d\U0001f4bb"},
    };
    int number = 0;
    for (const auto& [timeMs, message] : messages)
        batch->append({"01J" + std::to_string(++number), timeMs, number % 3 == 0 ? "error" : "info", message,
                       R"({"id":12345678901234567890,"price":1.10,"host":"pay.example.org"})"},
                      origin);
    return batch;
}

/// Shared on the network.
inline ListenState sharedState()
{
    ListenState state{true, 3001, QStringLiteral("http://127.0.0.1:3001/"), {}};
    state.isShared = state.isSharedByChoice = true;
    state.sharedUrls = {QStringLiteral("https://192.168.1.5:3001/"), QStringLiteral("https://[2001:db8::5]:3001/")};
    state.fingerprint =
        QStringLiteral("7A:13:5C:E0:42:9B:D8:61:0F:AA:37:C4:58:1E:90:B2:6D:F3:05:8C:29:E7:4B:D0:13:96:AF:52:C8:7E:04:1B");
    return state;
}

/// Examples of everything that the access dialog shows.
inline void fillAccess(Sharing& sharing)
{
    constexpr std::int64_t now = 1'795'000'000'000;
    constexpr std::int64_t day = 86'400'000;
    auto table = std::make_shared<AccessTable>();
    table->apps = {"billing-worker", "shop"};
    table->grants = {{1, {}, "shop-backend", "shop", Role::Producer, now - 40 * day, {}, {}, now, GrantOrigin::Owner},
                     {2, {}, "ann", "", Role::Operator, now - 12 * day, {}, {}, now - day, GrantOrigin::Owner},
                     {3, {}, "guest", "shop", Role::Viewer, now, now + 4'000 * day, {}, {}, GrantOrigin::Invitation},
                     {4, {}, "bob", "billing-worker", Role::Viewer, now, now + 4'001 * day, {}, now, GrantOrigin::Request}};
    table->blocks = {{"192.168.1.66", "eve", now}};
    sharing.showAccess({table, {}});
    std::vector<ClientInfo> clients(4);
    clients[0] = {1, true, "shop-backend", "shop", Role::Producer, 1, true, "127.0.0.1", {}, now, 84'000, 310, 0, 0};
    clients[1] = {2,  true,   "ann", "shop", Role::Operator, 2, false, "192.168.1.20", "192.168.1.20", now + 60'000,
                  12, 91'300, 0,     0};
    clients[2] = {3, true,   "guest",   "shop", Role::Viewer, 3, false, "192.168.1.31", "192.168.1.31", now + 120'000,
                  0, 40'100, 5'400'000, 12'480};
    clients[3].id = 4;
    clients[3].address = clients[3].network = "192.168.1.66";
    clients[3].sinceMs = now + 130'000;
    sharing.showClients(std::make_shared<const std::vector<ClientInfo>>(clients));
    using Kind = AuditEvent::Kind;
    sharing.showAudit({{Kind::Shared, now, {}, {}, {}, {}},
                       {Kind::TokenAdded, now + 1'000, "guest", "shop", {}, "token 3, viewer, invitation"},
                       {Kind::SignedIn, now + 60'000, "ann", "shop", "192.168.1.20", "operator"},
                       {Kind::Refused, now + 70'000, "eve", "shop", "192.168.1.66", "the token is not known"},
                       {Kind::Blocked, now + 80'000, "eve", {}, "192.168.1.66", {}}},
                      100'000);
    LimitHits counts;
    counts.times[std::size_t(LimitHit::FailedSignIns)] = 14;
    counts.times[std::size_t(LimitHit::Origin)] = 2;
    sharing.showLimitHits(counts);
}

} // namespace vigie::test
