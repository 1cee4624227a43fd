// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storedcatalog.h"
#include "storage/logs/logsegmentreader.h"

#include <QStringList>
#include <cstddef>
#include <memory>
#include <vector>

namespace vigie {

/// Reads the ids that producers gave to what a store held when it was opened, in steps, so that nobody waits for all of them.
/// It passes over files that cannot be read, or are gone by then. One thread.
class StoredIdReader
{
public:
    /// `segments`: newest first. Of each application the newest `rows` entries are looked at.
    StoredIdReader(QStringList segments, const std::vector<StoredCatalog::App>& apps, std::size_t rows);

    /// The next ids, of one application: about `rows` entries are looked at.
    StoredIds next(std::size_t rows);

private:
    struct App
    {
        std::string appId;
        std::uint64_t from = 0; ///< the newest entry that was not looked at
        std::size_t rowsLeft = 0;
    };

    void advance();

    QStringList m_segments; // left, newest first
    std::vector<App> m_apps;
    std::size_t m_app = 0; // whose turn it is
    std::unique_ptr<LogSegmentReader> m_segment; // that is open
};

} // namespace vigie
