// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "gui/logs/levelsmenu.h"

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace vigie {

/// How many entries are stored, by application and level: asked of the store, and then kept up with what arrives. Where an answer
/// may hold entries that are counted here as well, or lack some, it is asked again a little later. GUI thread.
class StoredCounts : public QObject
{
    Q_OBJECT

public:
    /// `isBehind`: whether there are entries that the store may have and that add() will get. `askAgainAfter`: when to ask again.
    explicit StoredCounts(std::function<bool()> isBehind, QObject* parent = nullptr,
                          std::chrono::milliseconds askAgainAfter = std::chrono::seconds(5));
    ~StoredCounts() override;

    /// The source; null: nothing is stored. Must outlive this.
    void setHistory(History* history);
    /// Asks for these applications' counts, anew if they are known.
    void refresh(const QStringList& applications);
    /// Entries arrived that the store takes in.
    void add(const std::vector<LogEntryRef>& entries);
    /// Entries arrived that add() did not get.
    void addUnseen();
    /// An application's stored entries were deleted.
    void forget(const std::string& appId);

    /// The counts of an application, or of all if it is empty; nothing while they are not known.
    std::optional<LevelCounts> of(const std::string& appId) const;

Q_SIGNALS:
    void changed();

private:
    struct App
    {
        std::optional<LevelCounts> counts; ///< nothing: the store has not told yet
        quint64 question = 0; ///< the number of the pending one; 0: none
        bool isUnsure = false;
        std::stop_source dropped; ///< cancels the pending question
    };

    void ask(const std::string& appId);
    void take(App& app, const LogCounts& counts);
    void askAgain();
    void reset();
    bool isAsking() const;

    std::function<bool()> m_isBehind;
    History* m_history = nullptr;
    std::map<std::string, App> m_apps;
    quint64 m_questions = 0; ///< ever asked
    QTimer m_again;
};

/// A query for the number of all stored entries of an application.
LogCountsQuery allEntriesQuery(const std::string& appId);
/// The sum of an answer to it.
LevelCounts totalOf(const LogCounts& counts);

} // namespace vigie
