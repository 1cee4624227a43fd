// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/figuresource.h"

#include "sampling/cpusource.h"
#include "sampling/disksource.h"
#include "sampling/memorysource.h"
#include "sampling/networksource.h"
#include "sampling/pressuresource.h"
#include "sampling/temperaturesource.h"
#include "sampling/uptimesource.h"

namespace vigie {

namespace {

template <typename... Source> FigureSources make(const std::string& root)
{
    FigureSources sources;
    (sources.push_back(std::make_unique<Source>(root)), ...);
    return sources;
}

} // namespace

FigureSources allSources(const std::string& root)
{
    return make<UptimeSource,
                CpuSource,
                MemorySource,
                DiskSource,
                NetworkSource,
                PressureSource,
                TemperatureSource>(root);
}

} // namespace vigie
