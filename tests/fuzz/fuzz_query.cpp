// SPDX-License-Identifier: GPL-3.0-or-later
// Queries of HTTP, and words for the full-text index.
#include "core/logcounts.h"
#include "protocol/logsquery.h"
#include "protocol/metricsquery.h"
#include "storage/logs/fulltext.h"

#include <cstdlib>

using namespace vigie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    const QString text = QString::fromUtf8(bytes);
    const QUrlQuery query(text);
    const QString appId = QStringLiteral("shop");
    (void)readLogsQuery(text, query);
    if (const auto logs = readLogsQuery(appId, query); logs && (logs->limit == 0 || logs->limit > 1'000))
        std::abort();
    if (const auto metrics = readMetricsQuery(query, 1'700'000'000'000); metrics && metrics->fromMs > metrics->toMs)
        std::abort();
    if (const auto counts = readCountsQuery(appId, query, 1'700'000'000'000)) {
        LogCounts made(*counts);
        if (made.steps().size() > std::size_t(counts->points) + 2)
            std::abort();
        made.add(counts->fromMs, Severity::Info);
        made.add(counts->toMs, Severity::Info);
        (void)encodeLogCounts(*counts, made);
    }
    (void)fullTextOfWords(bytes.toStdString());
    (void)fullTextOfPhrase(bytes.toStdString());
    (void)fullTextOfRegex(bytes.toStdString());
    return 0;
}
