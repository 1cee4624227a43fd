// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <zlib.h>
#include <zstd.h>

namespace vigie::test {

inline constexpr int gzipBits = 31; ///< zlib's window bits for gzip
inline constexpr int deflateBits = 15; ///< and for what HTTP calls deflate

/// `text` compressed by zlib.
inline QByteArray deflated(const QByteArray& text, int windowBits, int level = 9)
{
    z_stream stream{};
    deflateInit2(&stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(text.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.constData()));
    stream.avail_in = uInt(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = uInt(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

/// `text` compressed by Zstandard, with a window of so many bits; 0: the usual.
inline QByteArray zstd(const QByteArray& text, int windowLog = 0)
{
    ZSTD_CCtx* const context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog);
    QByteArray packed(qsizetype(ZSTD_compressBound(std::size_t(text.size()))), '\0');
    packed.resize(qsizetype(ZSTD_compress2(context, packed.data(), std::size_t(packed.size()), text.constData(), std::size_t(text.size()))));
    ZSTD_freeCCtx(context);
    return packed;
}

} // namespace vigie::test
