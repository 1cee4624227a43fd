// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/temperaturesource.h"

#include "sampling/textscan.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace vigie {

namespace {

constexpr double coldest = -100;
constexpr double hottest = 200;
constexpr SeriesKind temperature{"temperature.cpu.*", Unit::Celsius, "Temperature of processor %1", Quantum::Tenth, coldest, hottest};

// Of Intel, AMD and boards with ARM.
constexpr std::array<std::string_view, 4> drivers = {"coretemp", "k10temp", "zenpower", "cpu_thermal"};
constexpr std::array<std::string_view, 4> zones = {"x86_pkg_temp", "cpu-thermal", "cpu_thermal", "soc-thermal"};

template <std::size_t N> bool isOneOf(std::string_view name, const std::array<std::string_view, N>& names)
{
    return std::ranges::find(names, name) != names.end();
}

/// The first line of a small file; empty when there is none.
std::string lineIn(const std::string& path)
{
    ProcFile file(path);
    std::string_view text = file.read().value_or(std::string_view());
    std::string_view line;
    return takeLine(text, line) ? std::string(line) : std::string();
}

/// The folders in `path` whose names begin with `head`, in a steady order.
std::vector<std::string> foldersIn(const std::string& path, std::string_view head)
{
    std::vector<std::string> folders;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().filename().string().starts_with(head))
            folders.push_back(entry->path());
    }
    // hwmon10 comes after hwmon9.
    std::ranges::sort(folders, {}, [](const std::string& folder) { return std::pair(folder.size(), folder); });
    return folders;
}

/// The temperature that a driver gives the whole package: the one labelled so, or its only one.
std::string packageInputIn(const std::string& folder)
{
    for (const std::string_view label : {"Package id", "Tdie", "Tctl"}) {
        for (int i = 1; i <= 8; ++i) {
            const std::string input = folder + "/temp" + std::to_string(i);
            if (lineIn(input + "_label").starts_with(label))
                return input + "_input";
        }
    }
    const std::string input = folder + "/temp1_input";
    return lineIn(folder + "/temp1_label").empty() && !lineIn(input).empty() ? input : std::string();
}

double readDegrees(ProcFile& file)
{
    std::string_view text = file.read().value_or(std::string_view());
    std::string_view line;
    double thousandths = 0;
    if (!takeLine(text, line) || !takeNumber(line, thousandths))
        return unknown;
    const double degrees = thousandths / 1000;
    return degrees >= coldest && degrees <= hottest ? degrees : unknown;
}

} // namespace

TemperatureSource::TemperatureSource(const std::string& root) : m_root(root) {}

void TemperatureSource::look(const Look& look, FrameBuilder& out)
{
    if (m_sensors.empty() && (!m_nextSearch || look.at >= *m_nextSearch)) {
        m_nextSearch = look.at + searchPeriod;
        findSensors();
    }
    for (const Sensor& sensor : m_sensors)
        out.add(temperature, sensor.package, readDegrees(*sensor.file));
}

void TemperatureSource::findSensors()
{
    findInHwmon();
    if (m_sensors.empty())
        findInThermalZones();
}

void TemperatureSource::findInHwmon()
{
    for (const std::string& folder : foldersIn(m_root + "/sys/class/hwmon", "hwmon")) {
        if (!isOneOf(lineIn(folder + "/name"), drivers))
            continue;
        if (std::string input = packageInputIn(folder); !input.empty())
            add(std::move(input));
    }
}

void TemperatureSource::findInThermalZones()
{
    for (const std::string& folder : foldersIn(m_root + "/sys/class/thermal", "thermal_zone")) {
        if (isOneOf(lineIn(folder + "/type"), zones))
            add(folder + "/temp");
    }
}

void TemperatureSource::add(std::string path)
{
    m_sensors.push_back({QString::number(m_sensors.size()), std::make_unique<ProcFile>(std::move(path))});
}

} // namespace vigie
