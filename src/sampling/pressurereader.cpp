// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/pressurereader.h"

#include "sampling/textscan.h"

namespace vigie {

namespace {

std::optional<PressureShare> readShare(ProcFile& file)
{
    const auto text = file.read();
    return text ? PressureReader::parse(*text) : std::nullopt;
}

} // namespace

PressureReader::PressureReader(const std::string& root)
    : m_cpu(root + "/proc/pressure/cpu"), m_memory(root + "/proc/pressure/memory"),
      m_io(root + "/proc/pressure/io")
{
}

void PressureReader::read(PressureSample& out)
{
    out.cpu = readShare(m_cpu);
    out.memory = readShare(m_memory);
    out.io = readShare(m_io);
}

std::optional<PressureShare> PressureReader::parse(std::string_view text)
{
    static constexpr std::string_view key = "avg10=";
    PressureShare share;
    bool found = false;
    std::string_view line;
    while (takeLine(text, line)) {
        const std::string_view kind = takeWord(line);
        const std::string_view average = takeWord(line);
        double percent = 0;
        if (!average.starts_with(key) || !toNumber(average.substr(key.size()), percent) ||
            !(percent >= 0 && percent <= 100))
            continue;
        if (kind == "some") {
            share.somePercent = percent;
            found = true;
        } else if (kind == "full") {
            share.fullPercent = percent;
        }
    }
    return found ? std::optional(share) : std::nullopt;
}

} // namespace vigie
