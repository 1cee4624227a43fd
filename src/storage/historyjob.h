// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <any>
#include <cstdint>
#include <functional>

namespace vigie {

struct HistoryReaders;

/// A question about what is stored, on its way to a thread that can read it. Its number is the asker's, and no other's.
struct HistoryJob
{
    std::uint64_t number = 0;
    std::function<std::any(HistoryReaders&)> run;
    bool isSearch = false; ///< may take long: not to stand before one that a viewer's catching up waits for
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
