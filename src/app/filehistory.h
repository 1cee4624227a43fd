// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "files/filefollower.h"

#include <QObject>
#include <set>

namespace vigie {

/// The past as the window asks for it: of open files by their follower, on its thread, of all else by the store. Main thread.
class FileHistory : public QObject, public History
{
    Q_OBJECT

public:
    /// `follower` must outlive this. It answers until its thread ends; later questions get no answer.
    explicit FileHistory(FileFollower& follower, QObject* parent = nullptr) : QObject(parent), m_follower(follower) {}

    /// Null: nothing is stored.
    void setStore(History* store) { m_store = store; }
    /// The follower knows this application, which is a file.
    void add(const std::string& appId) { m_files.insert(appId); }

    /// It knows it no more.
    void remove(const std::string& appId) { m_files.erase(appId); }

    void query(HistoryQuery query, std::function<void(HistoryPage)> done) override;
    void replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                std::function<void(ReplayPage)> done) override;
    void find(std::string appId, std::string id, std::function<void(std::optional<std::uint64_t>)> done) override;
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override;

private:
    /// Has `work` done on the follower's thread, and `done` here.
    template <typename Answer>
    void ask(std::function<Answer(FileFollower&)> work, std::function<void(Answer)> done);
    void askFiles(LogCountsQuery query, std::function<void(LogCounts)> done);

    bool isFile(const std::string& appId) const { return m_files.contains(appId); }

    FileFollower& m_follower;
    std::set<std::string> m_files;
    History* m_store = nullptr;
};

} // namespace vigie
