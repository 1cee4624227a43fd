// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/linetime.h"

#include <QTimeZone>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// What a line of a known format says. Views live until the next line is read.
struct FormattedLine
{
    std::string_view format; ///< "access", "apache", "syslog", "logfmt"
    std::string_view message; ///< empty: the line as it was printed
    std::string_view level; ///< empty: it names none
    std::optional<LineTime> time;
    std::string_view metadataJson; ///< its fields; empty: none
};

/// Reads lines whose parts have fixed places: access logs of nginx and Apache, Apache's error log, files of syslog, and logfmt, as
/// Go's slog writes it. One thread; keeps its buffers.
class FormattedLineReader
{
public:
    /// Nothing: it is of none of these. `only`: that format alone is tried; empty: all. `nowMs`: to know a year by, where the line
    /// has none.
    std::optional<FormattedLine> read(std::string_view line, const QTimeZone& zone, std::int64_t nowMs, std::string_view only = {});

private:
    std::optional<FormattedLine> readAccess(std::string_view line);
    std::optional<FormattedLine> readApacheError(std::string_view line, const QTimeZone& zone);
    std::optional<FormattedLine> readSyslog(std::string_view line, const QTimeZone& zone, std::int64_t nowMs);
    std::optional<FormattedLine> readLogfmt(std::string_view line, const QTimeZone& zone);
    void addText(std::string_view key, std::string_view value);
    std::string_view metadata();

    std::string m_metadata;
    std::string m_message;
    std::string m_level;
    std::string m_value;
};

} // namespace vigie
