// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/lograte.h"

namespace vigie {

void LogRate::add(Time now, std::size_t entries, std::size_t errors)
{
    const std::int64_t number = now / step;
    Step& current = m_steps[static_cast<std::size_t>(number % stepCount)];
    if (current.number != number)
        current = {number, 0, 0};
    current.entries += entries;
    current.errors += errors;
}

LogRate::Step LogRate::sum(Time now) const
{
    const std::int64_t newest = now / step;
    Step total;
    for (const Step& one : m_steps) {
        if (one.number > newest - stepCount && one.number <= newest) {
            total.entries += one.entries;
            total.errors += one.errors;
        }
    }
    return total;
}

double LogRate::perSecond(Time now) const
{
    constexpr double seconds = 5;
    return static_cast<double>(sum(now).entries) / seconds;
}

double LogRate::errorShare(Time now) const
{
    const Step total = sum(now);
    return total.entries == 0 ? 0.0 : static_cast<double>(total.errors) / static_cast<double>(total.entries);
}

} // namespace vigie
