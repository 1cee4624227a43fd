// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of clients. The first byte says whether the peer is signed in; whatever is accepted comes out as JSON that can
// be read, and an entry of it is read back as it was.
#include "protocol/decoder.h"
#include "protocol/entryline.h"

#include <QJsonDocument>
#include <cstring>
#include <memory>

using namespace vigie;

namespace {

void check(bool isRight)
{
    if (!isRight)
        std::abort();
}

void checkEntries(const LogBatch& batch)
{
    EntryLineReader reader("shop");
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const std::string_view json = batch.json(i);
        check(QJsonDocument::fromJson(QByteArray(json.data(), qsizetype(json.size()))).isObject());
        const Result<LogBatch> again = reader.read(json);
        check(again && again->size() == 1 && again->json(0) == json);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    static Decoder decoder;
    static const LogOrigin ann("shop", "ann");
    const bool isSignedIn = data[0] % 2 == 0;
    // Not a byte more than is asked for.
    const auto text = std::make_unique<char[]>(size - 1 + Decoder::padding);
    std::memcpy(text.get(), data + 1, size - 1);
    const Decoded decoded = decoder.decode({text.get(), size - 1}, isSignedIn ? &ann : nullptr, 1'700'000'000'000);
    if (const auto* message = std::get_if<ClientMessage>(&decoded)) {
        if (const auto* logs = std::get_if<LogsRequest>(message))
            checkEntries(logs->batch);
        check(isSignedIn || std::holds_alternative<AuthRequest>(*message));
    }
    return 0;
}
