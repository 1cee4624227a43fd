// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/diskreader.h"
#include "sampling/figuresource.h"

namespace vigie {

/// How full the filesystems are and what the disks do. Free space is asked of the running kernel, and so only where that is the
/// machine meant: a tree of files does not tell it.
class DiskSource : public FigureSource
{
public:
    explicit DiskSource(const std::string& root);

    void look(const Look& look, FrameBuilder& out) override;

    static void tell(const DiskSample& disk, FrameBuilder& out);

private:
    DiskReader m_reader;
    std::optional<DiskSample> m_disk; ///< its memory is used again
};

} // namespace vigie
