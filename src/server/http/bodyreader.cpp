// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/bodyreader.h"

#include <array>
#include <zlib.h>

namespace vigie {

std::optional<BodyCoding> bodyCodingOf(const QByteArray& contentEncoding)
{
    const QByteArray coding = contentEncoding.trimmed().toLower();
    if (coding.isEmpty() || coding == "identity")
        return BodyCoding::Identity;
    if (coding == "gzip" || coding == "x-gzip")
        return BodyCoding::Gzip;
    if (coding == "deflate")
        return BodyCoding::Deflate;
    return std::nullopt;
}

struct BodyReader::Inflater
{
    z_stream stream{};
    bool takesMembers = false; // a file of gzip may be several, one behind the other
    bool isAtEnd = false; // of a member
    bool hasMore = false; // to hand on, of bytes that came already
};

BodyReader::BodyReader(BodyCoding coding, std::uint64_t maxBytes, BodyTaker& taker) : m_maxBytes(maxBytes), m_taker(taker)
{
    if (coding == BodyCoding::Identity)
        return;
    m_inflater = std::make_unique<Inflater>();
    m_inflater->takesMembers = coding == BodyCoding::Gzip;
    constexpr int gzipOnly = 16;
    if (inflateInit2(&m_inflater->stream, MAX_WBITS + (coding == BodyCoding::Gzip ? gzipOnly : 0)) != Z_OK)
        m_problem = Problem::Broken;
}

BodyReader::~BodyReader()
{
    if (m_inflater)
        inflateEnd(&m_inflater->stream);
}

std::size_t BodyReader::takeBody(std::span<const char> bytes)
{
    if (m_problem != Problem::None)
        return bytes.size();
    if (m_isPaused)
        return 0;
    const std::size_t taken = m_inflater ? inflate(bytes) : bytes.size();
    if (!m_inflater)
        handOn(bytes);
    m_cameBytes += taken;
    if (m_cameBytes > m_maxBytes)
        m_problem = Problem::TooLarge;
    return m_problem == Problem::None ? taken : bytes.size();
}

std::size_t BodyReader::inflate(std::span<const char> bytes)
{
    z_stream& stream = m_inflater->stream;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, stepBytes> step;
    const auto used = [&] { return bytes.size() - stream.avail_in; };
    while (m_problem == Problem::None && !m_isPaused && (stream.avail_in > 0 || m_inflater->hasMore)) {
        if (m_inflater->isAtEnd) {
            if (!m_inflater->takesMembers || inflateReset(&stream) != Z_OK) {
                m_problem = Problem::Broken;
                break;
            }
            m_inflater->isAtEnd = false;
        }
        stream.next_out = reinterpret_cast<Bytef*>(step.data());
        stream.avail_out = static_cast<uInt>(step.size());
        const int result = ::inflate(&stream, Z_NO_FLUSH);
        m_inflater->isAtEnd = result == Z_STREAM_END;
        // Z_BUF_ERROR says no more than that there was nothing to do.
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            m_problem = Problem::Broken;
        m_inflater->hasMore = stream.avail_out == 0 && !m_inflater->isAtEnd;
        const std::size_t made = step.size() - stream.avail_out;
        const bool isBomb = m_givenBytes + made > ratioFrom && m_givenBytes + made > maxRatio * (m_cameBytes + used());
        if (m_problem == Problem::None && isBomb)
            m_problem = Problem::TooLarge;
        handOn({step.data(), made});
    }
    return used();
}

void BodyReader::handOn(std::span<const char> bytes)
{
    if (m_problem == Problem::None && m_maxBytes - m_givenBytes < bytes.size())
        m_problem = Problem::TooLarge;
    if (m_problem != Problem::None || bytes.empty())
        return;
    m_givenBytes += bytes.size();
    m_taker.take(bytes);
}

bool BodyReader::drain()
{
    if (m_inflater && m_inflater->hasMore && m_problem == Problem::None)
        inflate({});
    return !m_inflater || !m_inflater->hasMore || m_problem != Problem::None;
}

bool BodyReader::finish()
{
    if (!drain())
        return false;
    if (m_inflater && m_problem == Problem::None && !m_inflater->isAtEnd)
        m_problem = Problem::Broken;
    return true;
}

} // namespace vigie
