// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "core/logviewsettings.h"
#include "core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <array>

namespace vigie {

/// The selectable time ranges of the charts, in minutes: up to an hour, a day, a week and a month.
inline constexpr std::array<int, 7> chartRanges{1, 5, 15, 60, 1'440, 10'080, 43'200};

/// Whether `text` is a web origin as browsers write it: "http://localhost:5173" (RFC 6454 §6.2). "null", the origin of pages
/// without a site, is not.
bool isWebOrigin(const QString& text);

/// The program's persistent settings: a plain value, stored as one readable JSON file.
struct Settings
{
    QString language; ///< "en", "fr", or empty for the system's
    QString theme = QStringLiteral("system"); ///< "system", "light", "dark"
    quint16 port = 3001;
    QByteArray windowGeometry; ///< QWidget::saveGeometry()
    QByteArray sourcesGeometry; ///< the same of the Sources dialog; empty: it was never opened
    bool showsSources = false; ///< it is open
    QByteArray splitterState; ///< QSplitter::saveState()
    int rangeMinutes = 5; ///< the charts' time range, one of chartRanges
    bool perCore = false; ///< one CPU line for each core instead of the total
    QString logFont; ///< family of the log's text; empty: the system's fixed-width font
    int logFontPoints = 0; ///< its size, 6 to 32; 0: that of the window's text
    QString onClose = QStringLiteral("ask"); ///< what closing the window does: "ask", "quit", or "tray" (Vigie goes on in the tray)
    /// Not in the file: the desktop's autostart folder says it.
    bool startsWithSession = false;
    int sampleIntervalMs = 1'000; ///< 250 to 1000: how often the machine is looked at, unless a viewer wants it more often
    int logRetentionDays = 30; ///< 1 to 3650; older entries are deleted
    int logRetentionMiB = 2048; ///< 64 to 16777216; beyond, the oldest entries are deleted
    int metricRetentionDays = 730; ///< 1 to 3650; older figures are deleted
    int metricRetentionMiB = 512; ///< 16 to 16777216; beyond, the oldest metrics are deleted
    QStringList allowedOrigins; ///< additional web origins whose pages may connect
    QString publicUrl; ///< the address at a reverse proxy, as PublicUrl parses it; empty: none
    QString bus; ///< NATS servers of the bus that is shared with other machines, with commas; empty: none
    QString busCredentials; ///< the file with who this machine is to NATS; empty: none
    QString busTlsCa; ///< the PEM file with who signs the servers' certificates; empty: TLS only where an address says so
    QString node; ///< this machine's name on the bus; empty: its host name
    bool isShared = false; ///< with the window only: other machines may connect, with TLS and a token
    bool takesRequests = true; ///< with the window only: people without a token may ask the owner for one
    LogViewSettings logView;
    Limits limits;

    /// Reads `path`. If there is no file, returns the defaults. A value of the wrong type or out of range keeps its default. An
    /// unreadable file, or one that is not JSON, is an error.
    static Result<Settings> load(const QString& path);

    /// What load() ignores in `path`, for people: unknown settings and invalid values.
    static QStringList complaints(const QString& path);

    /// Writes `path` atomically.
    Outcome save(const QString& path) const;

    bool operator==(const Settings&) const = default;

private:
    static Settings fromJson(const QJsonObject& object);
    QJsonObject toJson() const;
};

} // namespace vigie
