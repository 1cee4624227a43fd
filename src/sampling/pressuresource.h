// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/figuresource.h"
#include "sampling/pressurereader.h"

namespace vigie {

/// How much of their time tasks waited for processors, memory and disks.
class PressureSource : public FigureSource
{
public:
    explicit PressureSource(const std::string& root) : m_reader(root) {}

    void look(const Look& look, FrameBuilder& out) override;

    static void tell(const PressureSample& pressure, FrameBuilder& out);

private:
    PressureReader m_reader;
};

} // namespace vigie
