// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/cgroupreader.h"
#include "sampling/cpureader.h"
#include "sampling/figuresource.h"

namespace vigie {

/// What the processors are busy with, all together and each, their clocks, the load, and how many of them Vigie is allowed.
class CpuSource : public FigureSource
{
public:
    explicit CpuSource(const std::string& root) : m_reader(root), m_cgroup(root) {}

    void look(const Look& look, FrameBuilder& out) override;

    /// The texts of the cores' numbers, made once.
    class CoreNames
    {
    public:
        const QString& of(int core);

    private:
        std::vector<QString> m_names;
    };

    /// `allowedCores`: absent where all may be used.
    static void tell(const CpuSample& cpu, std::optional<double> allowedCores, CoreNames& names, FrameBuilder& out);

private:
    CpuReader m_reader;
    CgroupReader m_cgroup;
    std::optional<CpuSample> m_cpu; ///< its memory is used again
    CoreNames m_names;
};

} // namespace vigie
