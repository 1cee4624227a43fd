// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logchoice.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace vigie {

/// Entries whose message or metadata contain a text, ignoring case, lie on a colour.
struct HighlightRule
{
    static constexpr int colours = 6;
    static constexpr int maxRules = 20;
    static constexpr int maxText = 200; ///< characters

    QString text;
    int colour = 0; ///< 0 to colours − 1

    bool operator==(const HighlightRule&) const = default;
};

/// A choice that a person named.
struct SavedSearch
{
    QString name;
    LogChoice choice;

    bool operator==(const SavedSearch&) const = default;
};

/// What is kept of how a person reads the log.
struct LogViewSettings
{
    static constexpr int maxSearches = 50;

    bool wrapsLines = false;
    QList<HighlightRule> highlights; ///< the first one that matches an entry gives the colour
    QList<SavedSearch> searches;

    bool hasRoomForRule() const { return highlights.size() < HighlightRule::maxRules; }
    /// Adds a rule for this text, in the colour that fewest rules have. Does nothing if there is no room, no text, or such a rule.
    void highlight(const QString& text);
    /// Keeps a search, in place of one of the same name. False: there is no room.
    bool save(const SavedSearch& search);

    /// Passes over what cannot be read.
    static LogViewSettings fromJson(const QJsonObject& object);
    QJsonObject toJson() const;

    bool operator==(const LogViewSettings&) const = default;
};

} // namespace vigie
