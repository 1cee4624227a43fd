// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <any>
#include <cstdint>
#include <functional>

namespace vigie {

struct HistoryReaders;

/// A question about what is stored, on its way to a thread that can read it. Its number is the request's, and no other's.
struct HistoryJob
{
    /// Each on a thread of its own, so that none waits for another's.
    enum class Kind {
        CatchUp, ///< a viewer waits for it to go on
        Search, ///< of entries; may take seconds
        Figures
    };

    std::uint64_t number = 0;
    std::function<std::any(HistoryReaders&)> run;
    Kind kind = Kind::CatchUp;
};

/// What a question gave.
struct HistoryAnswer
{
    std::uint64_t number = 0;
    std::any value;
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::HistoryAnswer)
Q_DECLARE_METATYPE(vigie::HistoryJob)
