// SPDX-License-Identifier: GPL-3.0-or-later
// Requests with their bodies: cut anywhere, they are read as in one piece, and what follows a body is never part of it. The first
// byte says how long the pieces are.
#include "server/http/bodyreader.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace {

using namespace vigie;

class Keeper final : public BodyTaker
{
public:
    void take(std::span<const char> bytes) override
    {
        if (bytes.empty() || bytes.size() > 64 * 1024)
            std::abort();
        got.append(bytes.data(), bytes.size());
    }
    void finish() override {}
    void abandon() override {}

    std::string got;
};

struct Outcome
{
    bool isRequest = false;
    std::string body;
    HttpParser::BodyState state = HttpParser::BodyState::NeedsMore;
    BodyReader::Problem problem = BodyReader::Problem::None;
    std::size_t done = 0;

    bool operator==(const Outcome&) const = default;
};

/// As a connection does: what is not done with is offered again with the next piece.
Outcome read(std::span<const char> bytes, std::size_t piece)
{
    Outcome outcome;
    HttpParser parser;
    const QByteArrayView view(bytes.data(), qsizetype(bytes.size()));
    const qsizetype head = headLength(view);
    const auto parsed = parser.readHead(view);
    const auto* const request = std::get_if<HttpHead>(&parsed);
    if (head < 0 || !request)
        return outcome;
    outcome.isRequest = true;
    Keeper keeper;
    BodyReader reader(bodyCodingOf(request->value("Content-Encoding")).value_or(BodyCoding::Identity), 1'000'000, keeper);
    outcome.done = std::size_t(head);
    // A head without a body ends at once.
    for (std::size_t end = outcome.done; outcome.state == HttpParser::BodyState::NeedsMore; end += piece) {
        const std::size_t until = std::min(end, bytes.size());
        const auto [done, state] = parser.readBody(bytes.subspan(outcome.done, until - outcome.done), reader);
        outcome.done += done;
        outcome.state = state;
        if (outcome.done > until)
            std::abort();
        if (until == bytes.size())
            break;
    }
    if (outcome.state == HttpParser::BodyState::Broken)
        outcome.done = 0; // how far it came is nobody's business
    else if (outcome.state == HttpParser::BodyState::Whole)
        reader.finish();
    outcome.problem = reader.problem();
    if (outcome.problem == BodyReader::Problem::None)
        outcome.body = keeper.got;
    if (keeper.got.size() > 1'000'000)
        std::abort();
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::span<const char> bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Outcome whole = read(bytes, bytes.size() + 1);
    const Outcome cut = read(bytes, data[0] % 64 + 1U);
    // That a body is broken may be found out some bytes later, but it is never taken for whole.
    using State = HttpParser::BodyState;
    const bool isBroken = whole.state == State::Broken || cut.state == State::Broken;
    if (isBroken ? whole.state == State::Whole || cut.state == State::Whole : !(whole == cut))
        std::abort();
    // What is left is another request: as if it stood alone.
    if (whole.state == State::Whole && !(read(bytes.first(whole.done), 1) == whole))
        std::abort();
    return 0;
}
