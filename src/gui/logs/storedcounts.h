// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "gui/logs/levelsmenu.h"

#include <QObject>
#include <QStringList>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace vigie {

/// How many entries are stored, by application and level: asked of the store, and then kept up with what arrives. GUI thread.
class StoredCounts : public QObject
{
    Q_OBJECT

public:
    explicit StoredCounts(QObject* parent = nullptr) : QObject(parent) {}
    ~StoredCounts() override { m_dropped.request_stop(); }

    /// The source; null: nothing is stored. Must outlive this.
    void setHistory(History* history);
    /// Asks for these applications' counts anew.
    void refresh(const QStringList& applications);
    /// Entries arrived that the store takes in.
    void add(const std::vector<LogEntryRef>& entries);
    /// An application's stored entries were deleted.
    void forget(const std::string& appId);

    /// The counts of an application, or of all if it is empty; nothing while they are not known.
    std::optional<LevelCounts> of(const std::string& appId) const;

Q_SIGNALS:
    void changed();

private:
    History* m_history = nullptr;
    std::map<std::string, LevelCounts> m_counts;
    int m_waits = 0; ///< pending requests
    quint64 m_round = 0; ///< tells answers of this refresh from those of an earlier one
    std::stop_source m_dropped;
};

/// A query for the number of all stored entries of an application.
LogCountsQuery allEntriesQuery(const std::string& appId);
/// The sum of an answer to it.
LevelCounts totalOf(const LogCounts& counts);

} // namespace vigie
