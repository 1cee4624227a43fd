// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/frame.h"

#include <stdexcept>
#include <zstd.h>

namespace vigie {

namespace {

constexpr int level = 1;

} // namespace

struct FramePacker::Context
{
    ZSTD_CCtx* zstd = ZSTD_createCCtx();
    Context()
    {
        if (!zstd)
            throw std::bad_alloc();
        ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, level);
        ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
    }
    ~Context() { ZSTD_freeCCtx(zstd); }
};

FramePacker::FramePacker() : m_context(std::make_unique<Context>()) {}
FramePacker::~FramePacker() = default;
FramePacker::FramePacker(FramePacker&&) noexcept = default;
FramePacker& FramePacker::operator=(FramePacker&&) noexcept = default;

std::size_t FramePacker::pack(std::string_view bytes, std::string& to)
{
    const std::size_t before = to.size();
    to.resize(before + ZSTD_compressBound(bytes.size()));
    const std::size_t packed =
        ZSTD_compress2(m_context->zstd, to.data() + before, to.size() - before, bytes.data(), bytes.size());
    if (ZSTD_isError(packed))
        throw std::bad_alloc(); // there is room for any, so memory is all that it can lack
    to.resize(before + packed);
    return packed;
}

struct FrameUnpacker::Context
{
    ZSTD_DCtx* zstd = ZSTD_createDCtx();
    Context()
    {
        if (!zstd)
            throw std::bad_alloc();
    }
    ~Context() { ZSTD_freeDCtx(zstd); }
};

FrameUnpacker::FrameUnpacker() : m_context(std::make_unique<Context>()) {}
FrameUnpacker::~FrameUnpacker() = default;
FrameUnpacker::FrameUnpacker(FrameUnpacker&&) noexcept = default;
FrameUnpacker& FrameUnpacker::operator=(FrameUnpacker&&) noexcept = default;

bool FrameUnpacker::unpack(std::string_view frame, std::size_t maxBytes, std::string& to)
{
    const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > maxBytes)
        return false;
    to.resize(std::size_t(size));
    const std::size_t read = ZSTD_decompressDCtx(m_context->zstd, to.data(), to.size(), frame.data(), frame.size());
    return !ZSTD_isError(read) && read == size;
}

} // namespace vigie
