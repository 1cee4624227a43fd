// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace vigie {

/// Compresses bytes with Zstandard, level 1, each frame with a checksum: without one a flipped bit goes unnoticed, and level 3 makes
/// log lines larger (see docs/performance.md). Keeps its buffers. One thread.
class FramePacker
{
public:
    FramePacker();
    ~FramePacker();
    FramePacker(FramePacker&&) noexcept;
    FramePacker& operator=(FramePacker&&) noexcept;

    /// Appends one frame. The size of how many bytes it took.
    std::size_t pack(std::string_view bytes, std::string& to);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

/// Undoes that. Keeps its buffers. One thread.
class FrameUnpacker
{
public:
    FrameUnpacker();
    ~FrameUnpacker();
    FrameUnpacker(FrameUnpacker&&) noexcept;
    FrameUnpacker& operator=(FrameUnpacker&&) noexcept;

    /// Replaces `to` by what the frame holds. False: it is damaged, or says that it holds more than `maxBytes`.
    bool unpack(std::string_view frame, std::size_t maxBytes, std::string& to);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace vigie
