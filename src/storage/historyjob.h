// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <functional>

namespace vigie {

class LogReader;

/// What brings an answer back to where the question came from.
using HistoryAnswer = std::function<void()>;

/// A question about stored entries, on its way to a thread that has a reader.
struct HistoryJob
{
    std::function<HistoryAnswer(LogReader&)> run;
    bool isSearch = false; ///< may take long: not to stand before one that a viewer's catching up waits for
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::HistoryAnswer)
Q_DECLARE_METATYPE(vigie::HistoryJob)
