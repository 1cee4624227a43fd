// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filehistory.h"

#include <QPointer>

namespace vigie {

template <typename Answer>
void FileHistory::ask(std::function<Answer(FileFollower&)> work, std::function<void(Answer)> done)
{
    QMetaObject::invokeMethod(&m_follower, [this, self = QPointer(this), follower = &m_follower, work = std::move(work),
                                            done = std::move(done)] {
        Answer answer = work(*follower);
        // To the main thread; `this` is there as long as the follower's thread runs.
        QMetaObject::invokeMethod(this, [self, done, answer = std::move(answer)] {
            if (self)
                done(answer);
        });
    });
}

void FileHistory::query(HistoryQuery query, std::function<void(HistoryPage)> done)
{
    if (isFile(query.appId))
        return ask<HistoryPage>([query = std::move(query)](FileFollower& follower) { return follower.query(query); },
                                std::move(done));
    m_store ? m_store->query(std::move(query), std::move(done)) : done({});
}

void FileHistory::replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                         std::function<void(ReplayPage)> done)
{
    if (isFile(appId)) {
        return ask<ReplayPage>(
            [=](FileFollower& follower) {
                ReplayPage page;
                follower.history().replay(appId, afterSequence, maxBytes, [&page](ReplayPage read) { page = std::move(read); });
                return page;
            },
            std::move(done));
    }
    if (m_store)
        return m_store->replay(std::move(appId), afterSequence, maxBytes, std::move(done));
    ReplayPage none;
    none.reachedSequence = afterSequence;
    done(std::move(none));
}

void FileHistory::find(std::string appId, std::string id, std::function<void(std::optional<std::uint64_t>)> done)
{
    if (isFile(appId)) {
        return ask<std::optional<std::uint64_t>>(
            [=](FileFollower& follower) {
                std::optional<std::uint64_t> place;
                follower.history().find(appId, id, [&place](std::optional<std::uint64_t> found) { place = found; });
                return place;
            },
            std::move(done));
    }
    m_store ? m_store->find(std::move(appId), std::move(id), std::move(done)) : done(std::nullopt);
}

void FileHistory::askFiles(LogCountsQuery query, std::function<void(LogCounts)> done)
{
    ask<LogCounts>(
        [query = std::move(query)](FileFollower& follower) {
            LogCounts counts;
            follower.history().counts(query, [&counts](LogCounts counted) { counts = std::move(counted); });
            return counts;
        },
        std::move(done));
}

void FileHistory::counts(LogCountsQuery query, std::function<void(LogCounts)> done)
{
    if (isFile(query.appId))
        return askFiles(std::move(query), std::move(done));
    if (query.appId.empty() && !m_files.empty()) {
        done = [this, self = QPointer(this), query, done = std::move(done)](const LogCounts& stored) {
            if (self)
                askFiles(query, [stored, done](LogCounts counts) {
                    counts.add(stored);
                    done(std::move(counts));
                });
        };
    }
    m_store ? m_store->counts(std::move(query), std::move(done)) : done(LogCounts(query));
}

} // namespace vigie
