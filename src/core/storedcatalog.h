// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint.h"
#include "core/entryfingerprint.h"

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vigie {

/// What the store contains when it opens, at the start or later.
struct StoredCatalog
{
    struct App
    {
        std::string appId;
        std::uint64_t lastSequence = 0; ///< of its newest entry
        std::string lastId; ///< the id of that entry; empty: none, or deleted
        /// The amount to add to sequence numbers given before this opening, because the store already uses them.
        std::uint64_t sequenceShift = 0;
        std::uint64_t clearedSequence = 0; ///< its entries up to here were cleared
    };

    std::uint32_t epoch = 0; ///< number of openings; sequence numbers given from now on belong to it
    std::vector<App> apps;
    std::vector<Checkpoint> checkpoints; ///< of all sources
    bool idsFollow = false; ///< the ids that producers gave come later, as StoredIds
};

/// Some of the ids that producers gave to one application's stored entries. After each StoredCatalog that says so they come in
/// steps, the newest entries first.
struct StoredIds
{
    struct Named
    {
        std::string id;
        EntryFingerprint print;
    };

    std::string appId;
    std::vector<Named> named; ///< newest first
    bool isLast = false; ///< of all applications; such a step may be empty
};

/// How much of an application is on disk.
struct StoredPlace
{
    std::string appId;
    std::uint64_t sequence = 0; ///< of the newest stored entry
    std::string id;
};

using StoredPlaces = std::shared_ptr<const std::vector<StoredPlace>>;

/// Whether the store works.
struct StoreState
{
    bool works = true;
    QString problem; ///< why it does not, for people
    QStringList movedAside; ///< corrupt files, under their new names

    bool operator==(const StoreState&) const = default;
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::StoredCatalog)
Q_DECLARE_METATYPE(vigie::StoredIds)
Q_DECLARE_METATYPE(vigie::StoredPlaces)
Q_DECLARE_METATYPE(vigie::StoreState)
