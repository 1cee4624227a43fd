// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/uptimereader.h"

#include "sampling/textscan.h"

namespace vigie {

UptimeReader::UptimeReader(const std::string& root) : m_file(root + "/proc/uptime") {}

std::optional<qint64> UptimeReader::read()
{
    const auto text = m_file.read();
    return text ? parse(*text) : std::nullopt;
}

std::optional<qint64> UptimeReader::parse(std::string_view text)
{
    std::string_view line;
    double seconds = 0;
    // The bound (thirty thousand years) keeps the conversion below defined for any text.
    if (!takeLine(text, line) || !takeNumber(line, seconds) || !(seconds >= 0 && seconds < 1e12))
        return std::nullopt;
    return static_cast<qint64>(seconds);
}

} // namespace vigie
