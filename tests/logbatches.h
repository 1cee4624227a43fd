// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/logbatch.h"

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

/// A batch from ann with one entry for each id, at a level that is no error. `idsAreProducers` as in LogBatch.
inline vigie::LogBatch batchOf(const std::string& appId, const std::vector<std::string>& ids,
                               bool idsAreProducers = false, const std::string& level = "info")
{
    vigie::LogBatch batch(appId);
    const vigie::LogOrigin origin(appId, "ann");
    for (const std::string& id : ids)
        batch.append({id, 1000, level, "message of " + id, "", idsAreProducers}, origin);
    return batch;
}

/// 4 MiB of "shop", in 64 entries of as many KiB.
inline vigie::LogBatch largeBatch()
{
    vigie::LogBatch batch("shop");
    const vigie::LogOrigin origin("shop", "ann");
    const std::string message(64 * 1024, 'x');
    for (int i = 0; i < 64; ++i)
        batch.append({std::to_string(i), 1, "info", message, {}, true}, origin);
    return batch;
}

/// A batch of "shop" with one entry of about this many MiB, without spare capacity.
inline vigie::LogBatch batchOfMebibytes(const QString& id, int mebibytes, bool idIsProducers = true)
{
    vigie::LogBatch batch("shop");
    batch.reserve(1, (std::size_t(mebibytes) << 20) + 1'000);
    batch.append({id.toStdString(), 1, "info", std::string(std::size_t(mebibytes) << 20, 'x'), {}, idIsProducers},
                 vigie::LogOrigin("shop", "ann"));
    return batch;
}

/// "first … last" as ids.
inline std::vector<std::string> numbers(int first, int last)
{
    std::vector<std::string> ids;
    for (int i = first; i <= last; ++i)
        ids.push_back(std::to_string(i));
    return ids;
}

inline QStringList idsOf(const std::vector<vigie::LogEntryRef>& entries)
{
    QStringList ids;
    for (const vigie::LogEntryRef& entry : entries)
        ids.append(QString::fromStdString(std::string(entry.id())));
    return ids;
}

inline QStringList idsOf(const vigie::LogBatch& batch)
{
    QStringList ids;
    for (std::size_t i = 0; i < batch.size(); ++i)
        ids.append(QString::fromStdString(std::string(batch.id(i))));
    return ids;
}

inline QStringList idsOf(const std::vector<std::string>& ids)
{
    QStringList texts;
    for (const std::string& id : ids)
        texts.append(QString::fromStdString(id));
    return texts;
}
