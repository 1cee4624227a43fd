// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metricfigures.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

namespace vigie {

namespace {

constexpr std::size_t maxAppFigures = 100;
constexpr std::size_t maxNameBytes = 100;
constexpr double largestValue = 1e100; // so that no sum of them can be infinite

void addMembers(const QJsonObject& object, const std::string& prefix, std::vector<MetricFigure>& out)
{
    for (auto member = object.begin(); member != object.end() && out.size() < maxAppFigures; ++member) {
        const std::string name = prefix + member.key().toStdString();
        if (name.size() > maxNameBytes)
            continue;
        const QJsonValue value = member.value();
        if (value.isObject())
            addMembers(value.toObject(), name + '.', out);
        else if (value.isBool())
            out.push_back({name, value.toBool() ? 1.0 : 0.0, Quantum::Auto});
        else if (value.isDouble() && std::abs(value.toDouble()) <= largestValue)
            out.push_back({name, value.toDouble(), Quantum::Auto});
    }
}

} // namespace

std::vector<MetricFigure> figuresOf(const QByteArray& metricsJson)
{
    std::vector<MetricFigure> figures;
    addMembers(QJsonDocument::fromJson(metricsJson).object(), {}, figures);
    return figures;
}

} // namespace vigie
