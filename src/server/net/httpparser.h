// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/httphead.h"

#include <cstddef>
#include <memory>
#include <span>
#include <variant>

namespace vigie {

/// Takes the bytes of a body as they are found between its chunks' lengths.
class BodyBytes
{
public:
    /// `bytes`: never empty. How many of them were taken: the others are offered again.
    virtual std::size_t takeBody(std::span<const char> bytes) = 0;

protected:
    ~BodyBytes() = default;
};

/// Reads one request of HTTP/1.x by Boost.Beast's parser, with Vigie's own strictness on top. No sockets, any thread.
class HttpParser
{
public:
    /// What readBody() came to.
    enum class BodyState {
        NeedsMore, ///< the rest of `bytes` is the beginning of what is not whole yet, or was not taken
        Whole, ///< the body's end: what follows is the next request
        Broken ///< no further call is allowed
    };

    HttpParser();
    ~HttpParser();
    HttpParser(HttpParser&&) noexcept;
    HttpParser& operator=(HttpParser&&) noexcept;

    /// `bytes` begin with a whole head (headLength()). Call it once.
    std::variant<HttpHead, HeadProblem> readHead(QByteArrayView bytes);

    /// Reads on in the body of a head that was read, and says how many bytes it is done with. `bytes` begin where the call before
    /// ended. Lengths of chunks and fields behind the last are kept back until they are whole.
    std::pair<std::size_t, BodyState> readBody(std::span<const char> bytes, BodyBytes& taker);

private:
    class Beast;
    std::unique_ptr<Beast> m_beast;
};

} // namespace vigie
