// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the files of one schema version for tests/data/storage. Run it once, before the schema changes:
//   make_storage_fixture tests/data/storage/v2
// and never again for that folder, as later versions must read what this one wrote. tests/e2e/tst_storagefaults.cpp describes the
// content.
#include "storage/logs/logstore.h"
#include "storage/figures/metricstore.h"

#include <QCoreApplication>
#include <QDir>
#include <cstdio>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t hourStartMs = 1'795'420'800'000; // 2026-11-23T08:00:00Z
constexpr int entryCount = 30;

bool writeLogs(const QString& folder)
{
    auto store = LogStore::open(folder + u"/logs"_s, {});
    LogBatch batch("shop");
    batch.setFirstSequence(1);
    for (int i = 1; i <= entryCount; ++i) {
        const std::string n = std::to_string(i);
        batch.append(
            {n, hourStartMs + i * 1'000, i % 10 == 0 ? "error" : "info", "entry " + n + ": très bien", "{\"n\":" + n + "}", true},
            LogOrigin("shop", "till"));
    }
    return store && store->write({std::make_shared<const LogBatch>(std::move(batch))}, true, {{"file:/var/log/x", "place 30"}});
}

bool writeFigures(const QString& folder)
{
    auto store = MetricStore::open(folder + u"/metrics.db"_s, {});
    if (!store)
        return false;
    for (int second = 0; second <= 3'600; ++second) {
        const std::int64_t time = hourStartMs + second * 1'000;
        store->addTo({}, time, {{"cpu.usage", double(second % 60), Quantum::Tenth}, {"memory.used", 1e9, Quantum::Kibi}});
        if (second % 60 == 0 && second < 600)
            store->addTo("shop", time, {{"queue", second / 60.0}});
        if (second % 5 == 0)
            store->addProcesses(time, {{{42, u"make"_s, 180, 1'048'576}}, {{1, u"init"_s, 0, 4'194'304}}});
    }
    return bool(store->write());
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QString folder = argc == 2 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (folder.isEmpty() || QDir(folder).exists() || !QDir().mkpath(folder)) {
        std::fprintf(stderr, "make_storage_fixture NEW_FOLDER\n");
        return 2;
    }
    return writeLogs(folder) && writeFigures(folder) ? 0 : 1;
}
