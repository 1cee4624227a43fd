// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/cgroupreader.h"
#include "sampling/figuresource.h"
#include "sampling/memoryreader.h"

namespace vigie {

/// Memory and swap, and how much of the memory Vigie is allowed.
class MemorySource : public FigureSource
{
public:
    explicit MemorySource(const std::string& root) : m_reader(root), m_cgroup(root) {}

    void look(const Look& look, FrameBuilder& out) override;

    /// `allowedBytes`: absent where all may be used.
    static void tell(const MemorySample& memory, std::optional<quint64> allowedBytes, FrameBuilder& out);

private:
    MemoryReader m_reader;
    CgroupReader m_cgroup;
};

} // namespace vigie
