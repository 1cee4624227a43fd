// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>
#include <vector>

namespace vigie {

struct ProcessSample
{
    int pid = 0;
    QString name;
    double cpuPercent = 0; ///< of one core: 200 is two cores busy
    quint64 residentBytes = 0;
};

/// The processes that use most, at the moment of their own, slower clock.
struct ProcessesSample
{
    std::vector<ProcessSample> topByCpu; ///< at most 10, highest first
    std::vector<ProcessSample> topByMemory;
    bool isNew = false; ///< looked at for this frame; otherwise the last look's answer, repeated
};

} // namespace vigie
