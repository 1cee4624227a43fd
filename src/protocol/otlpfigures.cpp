// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/otlpfigures.h"

#include "core/jsontext.h"

#include <cmath>

namespace vigie {

void OtlpFigures::beginResource(std::string_view serviceName)
{
    m_serviceName = serviceName;
    OtlpResource resource = otlpResourceOf(serviceName);
    m_app = nullptr;
    const auto [place, isNew] = m_places.try_emplace(resource.appId, m_apps.size());
    if (isNew && m_apps.size() == OtlpEntries::maxApps) {
        m_places.erase(place);
        return;
    }
    if (isNew)
        m_apps.push_back({std::move(resource), {}, 0});
    m_app = &m_apps[place->second];
}

void OtlpFigures::beginPoint()
{
    m_attributes.clear();
}

void OtlpFigures::addAttribute(std::string_view key, const OtlpValue& value)
{
    if (m_attributes.size() > maxNameBytes)
        return; // the point is too large already
    m_attributes.append(m_attributes.empty() ? "{" : ",").append(key).append("=").append(otlpText(value));
}

bool OtlpFigures::hasRoom()
{
    const bool has = m_app && m_name.size() + m_attributes.size() <= maxNameBytes && m_bytes < maxBytes;
    m_refused += has ? 0 : 1;
    if (has)
        ++m_app->points;
    return has;
}

void OtlpFigures::add(double value)
{
    if (hasRoom())
        addFigure({}, value);
}

void OtlpFigures::addFigure(std::string_view ending, double value)
{
    if (m_bytes >= maxBytes)
        return; // the rest of a histogram
    std::string name = m_name;
    name.append(ending);
    if (!m_attributes.empty())
        name.append(m_attributes).append("}");
    std::string& json = m_app->json;
    const std::size_t before = json.size();
    json += json.empty() ? "" : ",";
    appendJsonString(json, name);
    json += ':';
    if (std::isfinite(value))
        appendOtlpDouble(json, value);
    else
        json += "null";
    m_bytes += json.size() - before;
}

void OtlpFigures::addHistogram(std::uint64_t count, double sum, const std::vector<double>& bounds,
                               const std::vector<std::uint64_t>& counts)
{
    if (!hasRoom())
        return;
    addFigure(".count", double(count));
    addFigure(".sum", sum);
    if (counts.size() != bounds.size() + 1)
        return;
    std::uint64_t atMost = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        atMost += counts[i];
        std::string ending = ".le.";
        appendOtlpDouble(ending, bounds[i]);
        addFigure(ending, double(atMost));
    }
}

} // namespace vigie
