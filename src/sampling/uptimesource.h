// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/figuresource.h"
#include "sampling/uptimereader.h"

namespace vigie {

/// Since when the machine runs.
class UptimeSource : public FigureSource
{
public:
    explicit UptimeSource(const std::string& root) : m_reader(root) {}

    void look(const Look& look, FrameBuilder& out) override;

    static void tell(std::optional<qint64> seconds, FrameBuilder& out);

private:
    UptimeReader m_reader;
};

} // namespace vigie
