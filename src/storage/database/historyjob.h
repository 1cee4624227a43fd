// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <any>
#include <cstdint>
#include <functional>

namespace vigie {

struct HistoryReaders;

/// A query on its way to the thread that can run it. Its number is unique among those of the requester.
struct HistoryJob
{
    /// Each kind has its own thread, so that none waits for another.
    enum class Kind {
        CatchUp, ///< a viewer needs it to continue
        Search, ///< of log entries; may take seconds
        Figures
    };

    std::uint64_t number = 0;
    std::function<std::any(HistoryReaders&)> run;
    Kind kind = Kind::CatchUp;
};

/// The answer to a HistoryJob.
struct HistoryAnswer
{
    std::uint64_t number = 0;
    std::any value;
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::HistoryAnswer)
Q_DECLARE_METATYPE(vigie::HistoryJob)
