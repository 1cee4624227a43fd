// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/severity.h"

#include <utility>

namespace vigie {

namespace {

constexpr std::pair<std::string_view, Severity> knownLevels[] = {
    {"info", Severity::Info},        {"error", Severity::Error},   {"warn", Severity::Warn},
    {"debug", Severity::Debug},      {"trace", Severity::Trace},   {"fatal", Severity::Fatal},
    {"warning", Severity::Warn},     {"log", Severity::Info},      {"notice", Severity::Info},
    {"information", Severity::Info}, {"success", Severity::Info},  {"err", Severity::Error},
    {"critical", Severity::Fatal},   {"crit", Severity::Fatal},    {"alert", Severity::Fatal},
    {"emerg", Severity::Fatal},      {"emergency", Severity::Fatal}, {"panic", Severity::Fatal},
    {"verbose", Severity::Trace},    {"silly", Severity::Trace},   {"finest", Severity::Trace},
    {"fine", Severity::Debug},       {"severe", Severity::Error},
};

bool equalsIgnoringCase(std::string_view text, std::string_view lower)
{
    if (text.size() != lower.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? char(c | 0x20) : c) != lower[i])
            return false;
    }
    return true;
}

} // namespace

Severity severityOf(std::string_view level)
{
    for (const auto& [name, severity] : knownLevels) {
        if (equalsIgnoringCase(level, name))
            return severity;
    }
    return Severity::Other;
}

std::string_view severityName(Severity severity)
{
    static constexpr std::array<std::string_view, severityCount> names{"trace", "debug", "info", "warn",
                                                                       "error", "fatal", "other"};
    return names[static_cast<std::size_t>(severity)];
}

} // namespace vigie
