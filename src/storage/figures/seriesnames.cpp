// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/seriesnames.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace vigie {

DatabaseOutcome SeriesNames::read(Database& database, std::int64_t source)
{
    auto all = database.prepare("SELECT number, name, last_day FROM series WHERE source = ?");
    if (!all)
        return all.error();
    all->bind(1, source);
    DatabaseResult<bool> row = all->step();
    for (; row && *row; row = all->step()) {
        const auto number = static_cast<std::uint32_t>(all->integer(0));
        m_series.emplace(all->bytes(1), Series{number, all->integer(2), false});
        m_last = std::max(m_last, number);
    }
    if (!row)
        return row.error();
    return std::monostate{};
}

std::uint32_t SeriesNames::number(const std::string& name, std::int64_t timeMs)
{
    const std::int64_t day = dayOf(timeMs);
    if (const auto known = m_series.find(name); known != m_series.end()) {
        Series& series = known->second;
        if (day > series.lastDay) {
            series.lastDay = day;
            series.isChanged = m_isChanged = true;
        }
        return series.number;
    }
    if (m_series.size() >= m_max && !makeRoom(day))
        return 0;
    m_series.emplace(name, Series{++m_last, day, true});
    m_isChanged = true;
    return m_last;
}

bool SeriesNames::makeRoom(std::int64_t day)
{
    const auto oldest = std::ranges::min_element(m_series, {}, [this](const auto& entry) {
        // The highest number stays: it says on disk which ones were given.
        return entry.second.number == m_last ? std::numeric_limits<std::int64_t>::max() : entry.second.lastDay;
    });
    if (oldest == m_series.end() || oldest->second.lastDay >= day || oldest->second.number == m_last)
        return false;
    m_gone.push_back(oldest->second.number);
    m_series.erase(oldest);
    return true;
}

DatabaseOutcome SeriesNames::write(Database& database, std::int64_t source) const
{
    if (!m_isChanged)
        return std::monostate{};
    auto remove = database.prepare("DELETE FROM series WHERE source = ? AND number = ?");
    auto put = database.prepare("INSERT OR REPLACE INTO series(source, number, name, last_day) VALUES(?, ?, ?, ?)");
    if (!remove || !put)
        return !remove ? remove.error() : put.error();
    for (const std::uint32_t number : m_gone) {
        remove->bind(1, source);
        remove->bind(2, std::int64_t(number));
        if (DatabaseOutcome done = remove->run(); !done)
            return done;
    }
    for (const auto& [name, series] : m_series) {
        if (!series.isChanged)
            continue;
        put->bind(1, source);
        put->bind(2, std::int64_t(series.number));
        put->bind(3, std::string_view(name));
        put->bind(4, series.lastDay);
        if (DatabaseOutcome done = put->run(); !done)
            return done;
    }
    return std::monostate{};
}

void SeriesNames::markWritten()
{
    m_gone.clear();
    if (std::exchange(m_isChanged, false)) {
        for (auto& [name, series] : m_series)
            series.isChanged = false;
    }
}

} // namespace vigie
