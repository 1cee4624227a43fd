// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/series.h"

#include <algorithm>

namespace vigie {

namespace {

std::string replaced(std::string_view text, std::string_view placeholder, std::string_view by)
{
    std::string result(text);
    if (const auto place = text.find(placeholder); place != std::string_view::npos)
        result.replace(place, placeholder.size(), by);
    return result;
}

} // namespace

std::string_view unitText(Unit unit)
{
    switch (unit) {
    case Unit::Percent:
        return "%";
    case Unit::Bytes:
        return "bytes";
    case Unit::BytesPerSecond:
        return "bytes/s";
    case Unit::Count:
        return "";
    case Unit::Cores:
        return "cores";
    case Unit::Seconds:
        return "s";
    case Unit::Megahertz:
        return "MHz";
    case Unit::Celsius:
        return "°C";
    }
    return "";
}

QString Series::label(std::string_view key) const
{
    const auto found = std::ranges::find(labels, key, &SeriesLabel::name);
    return found != labels.end() ? found->text : QString();
}

std::string seriesName(std::string_view pattern, std::string_view instance)
{
    return replaced(pattern, "*", instance);
}

std::string wordsOf(const Series& series)
{
    return replaced(series.kind->words, "%1", series.instance.toStdString());
}

} // namespace vigie
