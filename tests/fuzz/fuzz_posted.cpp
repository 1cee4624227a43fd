// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies of entries, in each form, in pieces.
#include "server/http/postedentries.h"

#include <algorithm>
#include <cstdlib>

using namespace vigie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t step = std::size_t(data[0]) + 1;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    for (const PostedForm form : {PostedForm::Text, PostedForm::JsonLines, PostedForm::Json}) {
        PostedEntries entries(form, "shop", "ann", true);
        for (std::size_t at = 0; at < bytes.size(); at += step)
            entries.add(bytes.substr(at, step), 1'700'000'000'000);
        entries.finish(1'700'000'000'000);
        const LogBatch batch = entries.takeBatch();
        for (std::size_t i = 0; i < batch.size(); ++i) {
            // What one Vigie takes another reads back.
            DecodeLimits limits;
            limits.depth += 4;
            EntryLineReader reader("shop", limits);
            if (batch.level(i).empty() || batch.id(i).empty() || !reader.read(batch.json(i)))
                std::abort();
        }
        if (entries.refused().size() > std::min<std::uint64_t>(entries.refusedCount(), PostedEntries::maxRefusalsTold))
            std::abort();
    }
    return 0;
}
