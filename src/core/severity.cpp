// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/severity.h"

#include <utility>

namespace vigie {

namespace {

/// The frequent ones first. web/client/src/severity.ts has the same table; tests/data/levels.json checks both.
constexpr std::pair<std::string_view, Severity> knownLevels[] = {
    {"info", Severity::Info},
    {"error", Severity::Error},
    {"warn", Severity::Warn},
    {"debug", Severity::Debug},
    {"trace", Severity::Trace},
    {"fatal", Severity::Fatal},
    {"warning", Severity::Warn},
    {"log", Severity::Info},
    {"notice", Severity::Info},
    {"information", Severity::Info},
    {"success", Severity::Info},
    {"err", Severity::Error},
    {"critical", Severity::Fatal},
    {"crit", Severity::Fatal},
    {"alert", Severity::Fatal},
    {"emerg", Severity::Fatal},
    {"emergency", Severity::Fatal},
    {"panic", Severity::Fatal},
    {"verbose", Severity::Trace},
    {"silly", Severity::Trace},
    {"http", Severity::Debug},
    {"finest", Severity::Trace},
    {"finer", Severity::Trace},
    {"fine", Severity::Debug},
    {"config", Severity::Debug},
    {"severe", Severity::Error},
    {"dpanic", Severity::Fatal},
    {"fail", Severity::Error},
    {"informational", Severity::Info},
    // Three letters: Serilog, zerolog.
    {"inf", Severity::Info},
    {"wrn", Severity::Warn},
    {"dbg", Severity::Debug},
    {"ftl", Severity::Fatal},
    {"vrb", Severity::Trace},
    {"trc", Severity::Trace},
    {"crt", Severity::Fatal},
    {"ntc", Severity::Info},
    {"pnc", Severity::Fatal},
    // Four: logrus, .NET's console.
    {"trac", Severity::Trace},
    {"debu", Severity::Debug},
    {"erro", Severity::Error},
    {"fata", Severity::Fatal},
    {"pani", Severity::Fatal},
    {"trce", Severity::Trace},
    {"dbug", Severity::Debug},
    // One: glog, Android.
    {"i", Severity::Info},
    {"w", Severity::Warn},
    {"e", Severity::Error},
    {"d", Severity::Debug},
    {"f", Severity::Fatal},
    {"t", Severity::Trace},
    {"v", Severity::Trace},
    // Numbers: pino, bunyan.
    {"10", Severity::Trace},
    {"20", Severity::Debug},
    {"30", Severity::Info},
    {"40", Severity::Warn},
    {"50", Severity::Error},
    {"60", Severity::Fatal},
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

/// The word without its decoration: "[ERROR]", "<error>", "ERROR:".
std::string_view withoutDecoration(std::string_view level)
{
    level = trimmedLevel(level);
    if (!level.empty() && level.back() == ':')
        level = trimmedLevel(level.substr(0, level.size() - 1));
    if (level.size() < 2)
        return level;
    constexpr std::string_view opening = "[<({";
    constexpr std::string_view closing = "]>)}";
    const std::size_t kind = opening.find(level.front());
    if (kind == std::string_view::npos || level.back() != closing[kind])
        return level;
    return trimmedLevel(level.substr(1, level.size() - 2));
}

Severity meaningOf(std::string_view word)
{
    for (const auto& [name, severity] : knownLevels) {
        if (equalsIgnoringCase(word, name))
            return severity;
    }
    return Severity::Other;
}

} // namespace

std::string_view trimmedLevel(std::string_view level)
{
    constexpr auto isBlank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!level.empty() && isBlank(level.front()))
        level.remove_prefix(1);
    while (!level.empty() && isBlank(level.back()))
        level.remove_suffix(1);
    return level;
}

Severity severityOf(std::string_view level)
{
    const Severity meant = meaningOf(level);
    if (meant != Severity::Other)
        return meant;
    const std::string_view word = withoutDecoration(level);
    return word.size() < level.size() ? meaningOf(word) : meant;
}

std::string_view severityName(Severity severity)
{
    static constexpr std::array<std::string_view, severityCount> names{"trace", "debug", "info", "warn",
                                                                       "error", "fatal", "other"};
    return names[static_cast<std::size_t>(severity)];
}

} // namespace vigie
