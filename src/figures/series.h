// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

enum class Unit : std::uint8_t {
    Percent,
    Bytes,
    BytesPerSecond,
    Count,
    Cores, ///< of time: 0.5 is half the time of one core
    Seconds,
    Megahertz,
    Celsius
};

/// As it is written for people and programs: "%", "bytes", "bytes/s", "MHz", "°C". Empty for a plain number.
std::string_view unitText(Unit unit);

/// The step that a series' values are rounded to on disk. The numbers stand in files.
enum class Quantum : std::uint8_t {
    Auto = 0, ///< seven digits of the largest value stored together; whole numbers stay whole
    Kibi = 1, ///< 1024
    Unit = 64, ///< 1; others stand one power of ten away for each step
    Tenth = 63,
    Hundredth = 62
};

inline constexpr double unbounded = std::numeric_limits<double>::infinity();
inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// What several series have in common: `disk.device.*.read` is one kind, with a series for each disk. Kinds are constants of
/// their source: they are told apart by their addresses, and live as long as the program.
struct SeriesKind
{
    std::string_view pattern; ///< the name; `*` stands for the instance
    Unit unit = Unit::Count;
    std::string_view words; ///< for people, in English; `%1` stands for the instance. Translated in the context "Series"
    std::optional<Quantum> stored = std::nullopt; ///< absent: not stored
    double low = 0; ///< no value is less
    double high = unbounded; ///< or more
};

/// The kinds that most sources tell, with the quantum that suits them on disk.
constexpr SeriesKind storedBytes(std::string_view pattern, std::string_view words)
{
    return {pattern, Unit::Bytes, words, Quantum::Kibi};
}
constexpr SeriesKind storedRate(std::string_view pattern, std::string_view words)
{
    return {pattern, Unit::BytesPerSecond, words, Quantum::Unit};
}
constexpr SeriesKind storedPercent(std::string_view pattern, std::string_view words)
{
    return {pattern, Unit::Percent, words, Quantum::Tenth, 0, 100};
}

/// Something else that is known of an instance: {"device", "/dev/sda1"}.
struct SeriesLabel
{
    const char* name = "";
    QString text;
};

/// One column of figures.
struct Series
{
    std::string name; ///< docs/protocol.md, "Series"; no two of a catalogue are the same
    const SeriesKind* kind = nullptr;
    QString instance; ///< "sda", "/home"; empty: there is only one of this kind
    std::vector<SeriesLabel> labels;

    /// Empty when there is no such label.
    QString label(std::string_view key) const;
};

/// The name of the series of a kind that `instance` has.
std::string seriesName(std::string_view pattern, std::string_view instance);

/// What a series is, for people, in English.
std::string wordsOf(const Series& series);

} // namespace vigie
