// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entryfingerprint.h"

#include "core/logbatch.h"

#include <QHashFunctions>

namespace vigie {

EntryFingerprint EntryFingerprint::of(const NewLogEntry& entry, std::string_view userId)
{
    static_assert(sizeof(size_t) == sizeof(std::uint64_t));
    // Chained hashes and lengths, so that moving text from one part to the next changes the result.
    size_t hash = QHashSeed::globalSeed();
    for (const std::string_view part : {userId, entry.level, entry.message, entry.metadataJson})
        hash = qHashBits(part.data(), part.size(), hash) + part.size();
    return {hash, entry.timeIsOurs ? noTime : entry.timestampMs};
}

} // namespace vigie
