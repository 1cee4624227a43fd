// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/bodyreader.h"

#include "server/http/bodydecoder.h"

#include <array>

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
    if (coding == "zstd")
        return BodyCoding::Zstd;
    return std::nullopt;
}

BodyReader::BodyReader(BodyCoding coding, std::uint64_t maxBytes, BodyTaker& taker)
    : m_maxBytes(maxBytes), m_taker(taker), m_decoder(BodyDecoder::create(coding))
{
    if (!m_decoder && coding != BodyCoding::Identity)
        m_problem = Problem::Broken;
}

BodyReader::~BodyReader() = default;

qint64 BodyReader::heldBytes() const
{
    return m_decoder ? m_decoder->heldBytes() : 0;
}

std::size_t BodyReader::takeBody(std::span<const char> bytes)
{
    if (m_problem != Problem::None)
        return bytes.size();
    if (m_isPaused)
        return 0;
    const std::size_t taken = m_decoder ? decode(bytes) : bytes.size();
    if (!m_decoder)
        handOn(bytes);
    m_cameBytes += taken;
    if (m_cameBytes > m_maxBytes)
        m_problem = Problem::TooLarge;
    return m_problem == Problem::None ? taken : bytes.size();
}

std::size_t BodyReader::decode(std::span<const char> bytes)
{
    std::size_t used = 0;
    std::array<char, stepBytes> out;
    while (m_problem == Problem::None && !m_isPaused && (used < bytes.size() || m_hasMore)) {
        if (m_isAtEnd && !m_decoder->beginNext()) {
            m_problem = Problem::Broken;
            break;
        }
        const BodyDecoder::Step step = m_decoder->step(bytes.subspan(used), out);
        used += step.used;
        m_isAtEnd = step.isAtEnd;
        m_hasMore = step.made == out.size() && !m_isAtEnd;
        if (step.isBroken)
            m_problem = Problem::Broken;
        const bool isBomb = m_givenBytes + step.made > ratioFrom && m_givenBytes + step.made > maxRatio * (m_cameBytes + used);
        if (m_problem == Problem::None && isBomb)
            m_problem = Problem::TooLarge;
        handOn({out.data(), step.made});
    }
    return used;
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
    if (m_decoder && m_hasMore && m_problem == Problem::None)
        decode({});
    return !m_decoder || !m_hasMore || m_problem != Problem::None;
}

bool BodyReader::finish()
{
    if (!drain())
        return false;
    if (m_decoder && m_problem == Problem::None && !m_isAtEnd)
        m_problem = Problem::Broken;
    return true;
}

} // namespace vigie
