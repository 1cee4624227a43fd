// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/frame.h"

#include <array>
#include <cstddef>
#include <memory>

namespace vigie {

/// Hands out frames to fill, again and again the same few, so that their vectors keep their memory.
/// A frame comes back by itself once every listener on every thread has let go of it. Used from one
/// thread.
class FramePool
{
public:
    /// A frame that nobody else holds. It may contain an old look. Publish it as a FramePtr and do
    /// not touch it afterwards.
    std::shared_ptr<Frame> take();

private:
    // One being filled, one or two on their way to each of three listeners. A listener that keeps
    // more than that makes the pool allocate, nothing worse.
    std::array<std::shared_ptr<Frame>, 8> m_frames;
    std::size_t m_next = 0;
};

} // namespace vigie
