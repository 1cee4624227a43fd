// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/unpacker.h"

#include <algorithm>
#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace vigie {

namespace {

constexpr std::size_t pieceBytes = 256 * 1024;

/// RFC 1952: members that follow one another are one file.
class GzipUnpacker : public Unpacker
{
public:
    GzipUnpacker() : m_out(pieceBytes)
    {
        constexpr int gzipOnly = 16;
        m_isGood = inflateInit2(&m_stream, MAX_WBITS + gzipOnly) == Z_OK;
    }
    ~GzipUnpacker() override { inflateEnd(&m_stream); }
    GzipUnpacker(const GzipUnpacker&) = delete;
    GzipUnpacker& operator=(const GzipUnpacker&) = delete;

    bool add(std::string_view packed, const Take& take) override
    {
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        m_stream.avail_in = uInt(packed.size());
        while (m_isGood && (m_stream.avail_in > 0 || m_stream.avail_out == 0)) {
            if (m_isAtEnd && !beginMember())
                break;
            m_stream.next_out = m_out.data();
            m_stream.avail_out = uInt(m_out.size());
            const int code = inflate(&m_stream, Z_NO_FLUSH);
            if (const std::size_t size = m_out.size() - m_stream.avail_out; size > 0)
                take({reinterpret_cast<const char*>(m_out.data()), size});
            if (code == Z_STREAM_END) {
                m_isAtEnd = true;
                m_stream.avail_out = 1; // nothing waits inside
            } else if (code != Z_OK && code != Z_BUF_ERROR) {
                m_isGood = false;
            } else if (code == Z_BUF_ERROR) {
                break;
            }
        }
        return m_isGood;
    }

    bool isAtEnd() const override { return m_isAtEnd; }

private:
    /// False: nothing but NULs follows the member before, with which tapes and copies by blocks are filled up.
    bool beginMember()
    {
        while (m_stream.avail_in > 0 && *m_stream.next_in == 0) {
            ++m_stream.next_in;
            --m_stream.avail_in;
        }
        if (m_stream.avail_in == 0)
            return false;
        m_isAtEnd = false;
        m_isGood = inflateReset(&m_stream) == Z_OK;
        return m_isGood;
    }

    z_stream m_stream{};
    bool m_isGood = false;
    bool m_isAtEnd = false; // of a member
    std::vector<Bytef> m_out;
};

class ZstdUnpacker : public Unpacker
{
public:
    ZstdUnpacker() : m_stream(ZSTD_createDStream()), m_out(pieceBytes)
    {
        constexpr int maxWindowLog = 27; // 128 MiB: what zstd itself unpacks without being told otherwise
        ZSTD_DCtx_setParameter(m_stream, ZSTD_d_windowLogMax, maxWindowLog);
    }
    ~ZstdUnpacker() override { ZSTD_freeDStream(m_stream); }
    ZstdUnpacker(const ZstdUnpacker&) = delete;
    ZstdUnpacker& operator=(const ZstdUnpacker&) = delete;

    bool add(std::string_view packed, const Take& take) override
    {
        ZSTD_inBuffer in{packed.data(), packed.size(), 0};
        bool isFull = false; // more may wait inside
        while (in.pos < in.size || isFull) {
            ZSTD_outBuffer out{m_out.data(), m_out.size(), 0};
            const std::size_t left = ZSTD_decompressStream(m_stream, &out, &in);
            if (ZSTD_isError(left))
                return false;
            m_isAtEnd = left == 0;
            if (out.pos > 0)
                take({m_out.data(), out.pos});
            isFull = out.pos == out.size;
        }
        return true;
    }

    bool isAtEnd() const override { return m_isAtEnd; }

private:
    ZSTD_DStream* m_stream;
    bool m_isAtEnd = false; // of a frame
    std::vector<char> m_out;
};

} // namespace

std::unique_ptr<Unpacker> Unpacker::of(std::string_view beginning)
{
    if (beginning.starts_with("\x1f\x8b"))
        return std::make_unique<GzipUnpacker>();
    if (beginning.starts_with("\x28\xb5\x2f\xfd"))
        return std::make_unique<ZstdUnpacker>();
    return nullptr;
}

} // namespace vigie
