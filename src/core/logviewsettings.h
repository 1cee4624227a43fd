// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logchoice.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace vigie {

/// Entries whose message contains a text, ignoring case, lie on a colour.
struct HighlightRule
{
    static constexpr int colours = 6;

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
    static constexpr int maxRules = 50; ///< highlights, and saved searches

    bool wrapsLines = false;
    QList<HighlightRule> highlights;
    QList<SavedSearch> searches;

    /// Passes over what cannot be read.
    static LogViewSettings fromJson(const QJsonObject& object);
    QJsonObject toJson() const;

    bool operator==(const LogViewSettings&) const = default;
};

} // namespace vigie
