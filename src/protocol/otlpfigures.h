// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "protocol/otlpentries.h"

#include <QByteArray>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigie {

/// Makes the figures of applications out of one request's metrics: `name`, with a point's attributes behind it as
/// `name{key=value,…}`. Gauges and sums are as they came; of a histogram there are `.count`, `.sum`, and `.le.BOUND`, how many were
/// at most that. A reader calls its functions in the order of the data.
class OtlpFigures
{
public:
    static constexpr std::size_t maxBytes = 1024 * 1024; ///< of JSON, in one request
    static constexpr std::size_t maxNameBytes = 256; ///< with attributes

    /// All that one request has for one application.
    struct App
    {
        OtlpResource resource;
        std::string json; ///< members, without the braces
        std::size_t points = 0; ///< that are in it
    };

    void beginResource(std::string_view serviceName);
    void beginMetric(std::string_view name) { m_name = name; }
    void beginPoint();
    void addAttribute(std::string_view key, const OtlpValue& value);
    /// A value of the point; NaN: it is not known.
    void add(double value);
    /// `bounds` are one fewer than `counts`, or both are empty.
    void addHistogram(std::uint64_t count, double sum, const std::vector<double>& bounds, const std::vector<std::uint64_t>& counts);
    void refusePoint() { ++m_refused; }

    std::vector<App>& apps() { return m_apps; }
    std::size_t refused() const { return m_refused; }

private:
    /// Whether the point has room; it is refused where it has none.
    bool hasRoom();
    void addFigure(std::string_view ending, double value);

    std::string m_serviceName;
    App* m_app = nullptr;
    std::string m_name;
    std::string m_attributes;
    std::size_t m_bytes = 0; // of JSON
    std::size_t m_refused = 0;
    std::vector<App> m_apps;
    std::unordered_map<std::string, std::size_t> m_places;
};

} // namespace vigie
