// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/figuresource.h"
#include "sampling/procfile.h"

#include <chrono>
#include <optional>

namespace vigie {

/// How hot each processor package is, from the hwmon driver of its sensor (kernel: hwmon/sysfs-interface.rst), or, where there
/// is none, from a thermal zone of it (driver-api/thermal/sysfs-api.rst). Both tell thousandths of a degree.
class TemperatureSource : public FigureSource
{
public:
    /// So long it waits before it looks for sensors again while it has none: drivers may be loaded late.
    static constexpr std::chrono::minutes searchPeriod{10};

    explicit TemperatureSource(const std::string& root);

    void look(const Look& look, FrameBuilder& out) override;

private:
    struct Sensor
    {
        QString package; ///< its number
        std::unique_ptr<ProcFile> file;
    };

    void findSensors();
    void findInHwmon();
    void findInThermalZones();
    void add(std::string path);

    std::string m_root;
    std::vector<Sensor> m_sensors;
    std::optional<std::chrono::nanoseconds> m_nextSearch;
};

} // namespace vigie
