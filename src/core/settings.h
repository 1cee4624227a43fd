// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <array>

namespace vigie {

/// The charts' time axes to choose from, in minutes: up to an hour, a day, a week and a month.
inline constexpr std::array<int, 7> chartRanges{1, 5, 15, 60, 1'440, 10'080, 43'200};

/// Whether it is the origin of a page of the web as browsers write it: "http://localhost:5173" (RFC 6454 §6.2). "null", which
/// pages of no site have, is none.
bool isWebOrigin(const QString& text);

/// What the program remembers between starts: a plain value, kept as one readable JSON file.
struct Settings
{
    QString language; ///< "en", "fr", or empty: the system's
    QString theme = QStringLiteral("system"); ///< "system", "light", "dark"
    quint16 port = 3001;
    QByteArray windowGeometry; ///< QWidget::saveGeometry()
    QByteArray splitterState; ///< QSplitter::saveState()
    int rangeMinutes = 5; ///< the charts' time axis, one of chartRanges
    bool perCore = false; ///< one CPU line a core instead of the total
    int logRetentionDays = 30; ///< 1 to 3650: older entries go
    int logRetentionMiB = 2048; ///< 64 to 16777216: the oldest entries go when the files grow beyond
    int metricRetentionMiB = 512; ///< 16 to 16777216: the oldest figures go when their file grows beyond
    QStringList allowedOrigins; ///< web origins besides our own whose pages may connect
    QString publicUrl; ///< where a reverse proxy has it, as PublicUrl takes it; empty: nowhere
    bool isShared = false; ///< with the window: others on the network may connect, by TLS and with a token
    bool takesRequests = true; ///< with the window: those without a token may ask the owner for one
    Limits limits;

    /// Reads `path`. No file: the defaults. A part of the wrong type or out of range keeps its default.
    /// An unreadable file, or one that is not JSON, is an error.
    static Result<Settings> load(const QString& path);

    /// What load() did not take of `path`, for people: a setting that there is none of, or a value that cannot be.
    static QStringList complaints(const QString& path);

    /// Writes `path` whole or not at all.
    Outcome save(const QString& path) const;

    bool operator==(const Settings&) const = default;

private:
    static Settings fromJson(const QJsonObject& object);
    QJsonObject toJson() const;
};

} // namespace vigie
