// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storehistory.h"

#include "storage/logreader.h"

#include <utility>

namespace vigie {

namespace {

/// A job that asks a reader and has `done` told what it said.
template <typename Ask, typename Done>
HistoryJob jobOf(Ask ask, Done done, bool isSearch)
{
    return {[ask = std::move(ask), done = std::move(done)](LogReader& reader) -> HistoryAnswer {
                return [done, answer = ask(reader)]() mutable { done(std::move(answer)); };
            },
            isSearch};
}

} // namespace

void StoreHistory::query(HistoryQuery query, std::function<void(HistoryPage)> done)
{
    Q_EMIT asked(jobOf([query = std::move(query)](LogReader& reader) { return reader.page(query); }, std::move(done), true));
}

void StoreHistory::replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                          std::function<void(ReplayPage)> done)
{
    Q_EMIT asked(jobOf([appId = std::move(appId), afterSequence, maxBytes](
                           LogReader& reader) { return reader.replay(appId, afterSequence, maxBytes); },
                       std::move(done), false));
}

void StoreHistory::find(std::string appId, std::string id, std::function<void(std::optional<std::uint64_t>)> done)
{
    Q_EMIT asked(jobOf([appId = std::move(appId), id = std::move(id)](LogReader& reader) { return reader.find(appId, id); },
                       std::move(done), false));
}

} // namespace vigie
