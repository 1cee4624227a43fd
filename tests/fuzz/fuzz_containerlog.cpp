// SPDX-License-Identifier: GPL-3.0-or-later
// What container engines answer: cut anywhere, an answer and the log in it are read as in one piece. The first byte says how long the
// pieces are, and whether the container has a terminal.
#include "sources/containerpieces.h"
#include "sources/containerplace.h"
#include "sources/engineanswer.h"

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace vigie;

struct Outcome
{
    bool isGood = true;
    std::string text;

    bool operator==(const Outcome&) const = default;
};

Outcome readPieces(std::string_view bytes, std::size_t step, bool isTerminal)
{
    Outcome outcome;
    ContainerPieces pieces(isTerminal);
    const auto give = [&outcome](const EnginePiece& piece) {
        if (piece.text.empty() || piece.text.size() > ContainerPieces::maxPiece)
            std::abort();
        outcome.text += std::to_string(hashOf(piece)) + ' ' + std::to_string(piece.second) + ' ';
    };
    for (std::size_t at = 0; at < bytes.size() && outcome.isGood; at += step)
        outcome.isGood = pieces.add(bytes.substr(at, step), give);
    if (outcome.isGood)
        pieces.finish(give);
    return outcome;
}

Outcome readAnswer(std::string_view bytes, std::size_t step)
{
    Outcome outcome;
    EngineAnswer answer;
    for (std::size_t at = 0; at < bytes.size() && outcome.isGood; at += step)
        outcome.isGood = answer.add(bytes.substr(at, step), [&outcome](std::string_view body) { outcome.text += body; });
    if (!outcome.isGood)
        return {false, {}}; // how far it came is nobody's business
    outcome.isGood = answer.finish();
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t step = data[0] % 64 + 1U;
    const bool isTerminal = data[0] >= 128;
    if (!(readPieces(bytes, bytes.size() + 1, isTerminal) == readPieces(bytes, step, isTerminal)))
        std::abort();
    // That an answer is broken may be found out some bytes later, but it is never taken for whole.
    const Outcome whole = readAnswer(bytes, bytes.size() + 1);
    const Outcome cut = readAnswer(bytes, step);
    if (whole.isGood != cut.isGood || (whole.isGood && !(whole == cut)))
        std::abort();
    (void)ContainerPlace::fromText(bytes);
    return 0;
}
