// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/uptimesource.h"

namespace vigie {

namespace {

constexpr SeriesKind uptime{"uptime", Unit::Seconds, "Time since the machine started"};

} // namespace

void UptimeSource::look(const Look&, FrameBuilder& out)
{
    tell(m_reader.read(), out);
}

void UptimeSource::tell(std::optional<qint64> seconds, FrameBuilder& out)
{
    if (seconds)
        out.add(uptime, static_cast<double>(*seconds));
}

} // namespace vigie
