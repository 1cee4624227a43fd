// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/bodyreader.h"
#include "server/http/httpconnection.h"
#include "server/http/httpserver.h"
#include "server/net/httpparser.h"

#include <cstdint>
#include <memory>

namespace vigie {

/// A request whose body is coming.
struct HttpConnection::Body
{
    explicit Body(MemoryBudget::Share& of) : memory(of) {}
    ~Body() { memory.add(-readerBytes); }
    Q_DISABLE_COPY_MOVE(Body)

    MemoryBudget::Share& memory;
    qint64 readerBytes = 0; // counted there
    HttpParser parser;
    HttpRequestPtr request;
    HttpServer::Match match;
    std::uint64_t maxBytes = 0;
    std::unique_ptr<BodyTaker> taker; // null: the body is thrown away
    std::unique_ptr<BodyReader> reader; // with `taker`
    std::uint64_t cameBytes = 0; // with what is around chunks
    std::uint64_t progressAt = 0; // of cameBytes, when the deadline was last set
    bool wantsContinue = false;
    bool isWhole = false; // and the end of it is still to be handed on
    bool isPauseWanted = false; // by its taker; a pause ends later than it is said to

    bool isHeldByTaker() const { return reader && reader->isPaused() && !request->m_isAnswered; }
};

} // namespace vigie
