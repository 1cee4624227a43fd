// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <string>
#include <vector>

namespace vigie {

/// What the store held when it was opened.
struct StoredCatalog
{
    struct App
    {
        std::string appId;
        std::uint64_t lastSequence = 0; ///< of its newest entry
        std::vector<std::string> producerIds; ///< that its producers gave of late, oldest first
        std::uint64_t clearedSequence = 0; ///< its entries up to here were cleared
    };

    std::vector<App> apps;
};

/// How it goes with the store.
struct StoreState
{
    bool works = true;
    QString problem; ///< why it does not, in words a person can read
    QStringList movedAside; ///< files that were no good, under their new names

    bool operator==(const StoreState&) const = default;
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::StoredCatalog)
Q_DECLARE_METATYPE(vigie::StoreState)
