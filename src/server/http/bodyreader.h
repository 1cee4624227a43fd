// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/httpparser.h"

#include <QByteArray>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace vigie {

/// Takes the body of one request as it comes, decoded. The server's thread.
class BodyTaker
{
public:
    virtual ~BodyTaker() = default;
    /// The next bytes, never none. HttpRequest::setBodyPaused() holds back those that follow.
    virtual void take(std::span<const char> bytes) = 0;
    /// The body has come whole. The taker is destroyed next: what answers later keeps the HttpRequest.
    virtual void finish() = 0;
    /// No more comes, and what came is not whole: the peer has gone, or the body was refused, which is answered already. Not
    /// called when the taker itself has answered before the end. The taker is destroyed next.
    virtual void abandon() = 0;
};

class BodyDecoder;

/// How the bytes of a body are coded (RFC 9110 §8.4.1, RFC 8878).
enum class BodyCoding {
    Identity,
    Gzip,
    Deflate,
    Zstd
};
/// By the Content-Encoding field, null where it is absent; nothing: one that Vigie cannot undo.
std::optional<BodyCoding> bodyCodingOf(const QByteArray& contentEncoding);

/// Undoes a body's coding in small steps and hands the bytes on, so that neither a large body nor one that unpacks to a thousand
/// times its size is ever in memory.
class BodyReader final : public BodyBytes
{
public:
    enum class Problem {
        None,
        TooLarge, ///< more than `maxBytes`, or far more than any text unpacks to
        Broken ///< not in that coding, or it ended too early
    };

    static constexpr std::size_t stepBytes = 32 * 1024; ///< that are handed on at once, at most, of a coded body
    /// Of what was unpacked to what came, once `ratioFrom` bytes were unpacked: text does not get there, by far.
    static constexpr std::uint64_t maxRatio = 256;
    static constexpr std::uint64_t ratioFrom = 1024 * 1024;

    /// `maxBytes`: of the body, as it comes and unpacked.
    BodyReader(BodyCoding coding, std::uint64_t maxBytes, BodyTaker& taker);
    ~BodyReader();
    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;

    /// Takes none while paused. After a problem nothing is handed on.
    std::size_t takeBody(std::span<const char> bytes) override;
    /// Hands on what was taken and waits since a pause. False: paused again, and more waits.
    bool drain();
    /// The body has come whole. False: see drain(); call it again when it is no longer paused.
    bool finish();

    void setPaused(bool isPaused) { m_isPaused = isPaused; }
    bool isPaused() const { return m_isPaused; }
    Problem problem() const { return m_problem; }
    /// Of memory, that it keeps between calls.
    qint64 heldBytes() const;

private:
    /// How many of `bytes` were unpacked. Hands on all that these make, unless it is paused meanwhile.
    std::size_t decode(std::span<const char> bytes);
    void handOn(std::span<const char> bytes);

    std::uint64_t m_maxBytes;
    BodyTaker& m_taker;
    std::unique_ptr<BodyDecoder> m_decoder; // null: as it is
    bool m_isAtEnd = false; // of a member or frame
    bool m_hasMore = false; // to hand on, of bytes that came already
    std::uint64_t m_cameBytes = 0;
    std::uint64_t m_givenBytes = 0;
    bool m_isPaused = false;
    Problem m_problem = Problem::None;
};

} // namespace vigie
