// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

namespace vigie {

/// How busy the server is, for the status bar and the `metrics` message.
struct Activity
{
    int connections = 0; ///< open WebSocket connections, signed in or not
    double messagesPerSecond = 0; ///< log entries accepted, over the last 5 s
    double errorShare = 0; ///< 0–1: the share of those entries at `error` or `fatal`
};

/// Whether the server can be reached.
struct ListenState
{
    bool listening = false;
    quint16 port = 0; ///< the port in use or, when not listening, the one that failed
    QString url; ///< "http://127.0.0.1:3001/", empty when not listening
    QString error; ///< why it is not listening, as a sentence; empty when listening
    QString fingerprint = {}; ///< of the certificate; empty: no TLS
    bool isUnprotected = false; ///< other machines may connect without TLS and, unless `asksForToken`, without a token
    bool asksForToken = false;  ///< every client needs a token, those on this machine too
    bool sparesOwnerOnly = false; ///< on this machine, every user except the owner and root needs a token
    bool isShared = false; ///< other machines may connect, with TLS and a token
    bool isSharedByChoice = false; ///< sharing was switched on in the window, which may switch it off again
    QStringList sharedUrls = {}; ///< URLs for other machines, the likeliest to work first; empty unless shared
    QString publicUrl = {}; ///< the address at a reverse proxy: "https://ops.example/vigie/"; empty: none
    QString shareError = {}; ///< why sharing failed, as a sentence; empty: it works or was not requested
    QString dataDir = {}; ///< absolute; empty: the user's default folder

    bool operator==(const ListenState&) const = default;
    /// The URL to show to people: the public or shared one, if any.
    QString urlToTell() const { return publicUrl.isEmpty() ? sharedUrls.value(0, url) : publicUrl; }
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::Activity)
Q_DECLARE_METATYPE(vigie::ListenState)
