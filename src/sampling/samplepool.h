// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sample.h"

#include <array>
#include <cstddef>
#include <memory>

namespace vigie {

/// Hands out samples to fill, again and again the same few, so that their vectors keep their memory.
/// A sample comes back by itself once every listener on every thread has let go of it. Used from one
/// thread.
class SamplePool
{
public:
    /// A sample that nobody else holds. It may contain an old look. Publish it as a SamplePtr and do
    /// not touch it afterwards.
    std::shared_ptr<Sample> take();

private:
    // One being filled, one or two on their way to each of three listeners. A listener that keeps
    // more than that makes the pool allocate, nothing worse.
    std::array<std::shared_ptr<Sample>, 8> m_samples;
    std::size_t m_next = 0;
};

} // namespace vigie
