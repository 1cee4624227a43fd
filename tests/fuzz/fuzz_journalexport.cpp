// SPDX-License-Identifier: GPL-3.0-or-later
// Exports of journals: cut anywhere, they are read as in one piece, within bounds, and what they mean can be kept. The first byte says
// how long the pieces are.
#include "core/names.h"
#include "core/utf8.h"
#include "intake/journaljoiner.h"
#include "protocol/journalexport.h"

#include <cstdlib>
#include <string>

namespace {

using namespace vigie;

struct Outcome
{
    bool isGood = true;
    std::string text; // of all entries that were given
};

void check(const JournalMeaning& entry)
{
    std::string room;
    const bool isText = mendedUtf8(entry.message, room) == std::string_view(entry.message);
    if (!appIdProblem(entry.appId).empty() || !isText || (!entry.metadataJson.empty() && entry.metadataJson.back() != '}'))
        std::abort();
}

Outcome read(std::string_view bytes, std::size_t step)
{
    Outcome outcome;
    JournalEntry fields;
    JournalJoiner joiner;
    const JournalJoiner::Give give = [&](const JournalMeaning& entry, std::string_view cursor) {
        check(entry);
        outcome.text.append(entry.appId).append("|").append(entry.message).append("|").append(entry.metadataJson).append("|").append(cursor);
    };
    JournalExportReader reader(
        [&](std::string_view name, std::string_view value, bool isCut) {
            if (name.empty() || name.size() > JournalExportReader::maxNameBytes || value.size() > JournalExportReader::maxValueBytes)
                std::abort();
            fields.add(name, value, isCut);
        },
        [&] {
            const std::string cursor(fields.value("__CURSOR"));
            joiner.add(meaningOf(fields), cursor, give);
            fields.clear();
        });
    for (std::size_t at = 0; at < bytes.size() && outcome.isGood; at += step)
        outcome.isGood = reader.add(bytes.substr(at, step));
    outcome.isGood = outcome.isGood && reader.finish();
    joiner.finish(give);
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Outcome whole = read(bytes, bytes.size() + 1);
    const Outcome cut = read(bytes, data[0] % 64 + 1U);
    if (whole.isGood != cut.isGood || whole.text != cut.text)
        std::abort();
    return 0;
}
