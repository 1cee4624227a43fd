// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/procfile.h"

#include <QtGlobal>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// Seconds since boot, time asleep included, from `/proc/uptime` (proc(5)).
class UptimeReader
{
public:
    explicit UptimeReader(const std::string& root);

    std::optional<qint64> read();

    static std::optional<qint64> parse(std::string_view text);

private:
    ProcFile m_file;
};

} // namespace vigie
