// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/bodydecoder.h"

#include "server/http/bodyreader.h"

#include <zlib.h>
#include <zstd.h>

namespace vigie {

namespace {

/// gzip (RFC 1952) and deflate, which is zlib's (RFC 1950).
class Inflater final : public BodyDecoder
{
public:
    explicit Inflater(bool isGzip) : m_isGzip(isGzip)
    {
        constexpr int gzipOnly = 16;
        m_isGood = inflateInit2(&m_stream, MAX_WBITS + (isGzip ? gzipOnly : 0)) == Z_OK;
    }
    ~Inflater() override { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Inflater)

    bool isGood() const { return m_isGood; }

    Step step(std::span<const char> coded, std::span<char> out) override
    {
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.data()));
        m_stream.avail_in = static_cast<uInt>(coded.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data());
        m_stream.avail_out = static_cast<uInt>(out.size());
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        // Z_BUF_ERROR says no more than that there was nothing to do.
        const bool isBroken = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;
        return {coded.size() - m_stream.avail_in, out.size() - m_stream.avail_out, result == Z_STREAM_END, isBroken};
    }

    // A file of gzip may be several, one behind the other.
    bool beginNext() override { return m_isGzip && inflateReset(&m_stream) == Z_OK; }
    qint64 heldBytes() const override { return 40 * 1024; } // zlib's window and its state

private:
    z_stream m_stream{};
    const bool m_isGzip;
    bool m_isGood = false;
};

/// Zstandard (RFC 8878), with the window that RFC 9659 allows to a content coding.
class ZstdDecoder final : public BodyDecoder
{
public:
    ZstdDecoder() : m_stream(ZSTD_createDStream())
    {
        constexpr int maxWindowLog = 23; // 8 MiB
        ZSTD_DCtx_setParameter(m_stream, ZSTD_d_windowLogMax, maxWindowLog);
    }
    ~ZstdDecoder() override { ZSTD_freeDStream(m_stream); }
    Q_DISABLE_COPY_MOVE(ZstdDecoder)

    Step step(std::span<const char> coded, std::span<char> out) override
    {
        ZSTD_inBuffer in{coded.data(), coded.size(), 0};
        ZSTD_outBuffer made{out.data(), out.size(), 0};
        const std::size_t result = ZSTD_decompressStream(m_stream, &made, &in);
        return {in.pos, made.pos, result == 0, ZSTD_isError(result) != 0};
    }

    bool beginNext() override { return true; } // the next frame begins by itself
    qint64 heldBytes() const override { return qint64(ZSTD_sizeof_DStream(m_stream)); }

private:
    ZSTD_DStream* m_stream;
};

} // namespace

std::unique_ptr<BodyDecoder> BodyDecoder::create(BodyCoding coding)
{
    if (coding == BodyCoding::Zstd)
        return std::make_unique<ZstdDecoder>();
    if (coding == BodyCoding::Identity)
        return nullptr;
    auto inflater = std::make_unique<Inflater>(coding == BodyCoding::Gzip);
    return inflater->isGood() ? std::move(inflater) : nullptr;
}

} // namespace vigie
