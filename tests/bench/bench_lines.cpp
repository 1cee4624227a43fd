// SPDX-License-Identifier: GPL-3.0-or-later
// How many lines a second of each format become entries of a batch, on one core.
#include "core/entryid.h"
#include "core/logbatch.h"
#include "intake/streamreader.h"

#include <chrono>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

using namespace vigie;

int main()
{
    const std::vector<std::pair<const char*, std::string>> lines{
        {"plain", "listening on port 3000, as it has done since the machine was started this morning\n"},
        {"text", "2026-11-30 15:48:45,593 ERROR shop.cart: could not reach the warehouse, trying again in a while\n"},
        {"json (pino)", "{\"level\":30,\"time\":1796033104687,\"pid\":4711,\"hostname\":\"vm\",\"req\":{\"id\":7,\"url\":\"/cart\"},\"msg\":\"request completed\"}\n"},
        {"logfmt", "time=2026-11-30T12:00:00Z level=info msg=\"request completed\" id=7 url=/cart duration=12.5ms\n"},
        {"access", "10.0.0.7 - - [30/Nov/2026:12:00:00 +0100] \"GET /cart HTTP/1.1\" 200 1234 \"-\" \"curl/7.88\"\n"},
        {"docker", "{\"log\":\"listening on port 3000, as it has done since this morning\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-30T10:00:00.123456789Z\"}\n"},
    };
    constexpr std::size_t pieceBytes = 256 * 1024;
    constexpr int rounds = 60;
    for (const auto& [name, line] : lines) {
        std::string piece;
        while (piece.size() < pieceBytes)
            piece += line;
        StreamReader reader;
        EntryIdSource ids;
        const LogOrigin origin("shop", {});
        std::size_t entries = 0;
        std::size_t bytes = 0;
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < rounds; ++i) {
            LogBatch batch("shop");
            reader.add(piece, {}, [&](const StreamEntry& read) {
                NewLogEntry entry = read.entry;
                entry.id = ids.next(entry.timestampMs);
                batch.append(entry, origin);
            });
            entries += batch.size();
            bytes += batch.json().size();
        }
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::printf("%-12s %8.0f lines/s  (%zu entries, %zu bytes)\n", name, double(entries) / seconds, entries, bytes);
    }
}
