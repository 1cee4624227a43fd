// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

namespace vigie {

/// How busy the server is, for the status bar and the `metrics` message.
struct Activity
{
    int connections = 0; ///< open WebSocket clients, signed in or not
    double messagesPerSecond = 0; ///< log entries accepted, over the last 5 s
    double errorShare = 0; ///< 0–1: those of them at `error` or `fatal`
};

/// Whether the server can be reached.
struct ListenState
{
    bool listening = false;
    quint16 port = 0; ///< the port in use or, when not listening, the one that failed
    QString url; ///< "http://127.0.0.1:3001/", empty when not listening
    QString error; ///< why not, as a sentence; empty when listening
    QString fingerprint = {}; ///< of the certificate; empty: no TLS
    bool isUnprotected = false; ///< others on the network may connect, without TLS and, unless `asksForToken`, without a token
    bool asksForToken = false;  ///< everybody, those of this machine too
    bool sparesOwnerOnly = false; ///< of this machine's programs, those of other users than the owner and root need a token
    bool isShared = false; ///< others on the network may connect, by TLS and with a token
    bool isSharedByChoice = false; ///< in the window, which may take it back
    QStringList sharedUrls = {}; ///< what they open, the likeliest first; empty unless shared
    QString publicUrl = {}; ///< where a reverse proxy has it: "https://ops.example/vigie/"; empty: nowhere
    QString shareError = {}; ///< why sharing did not come about, as a sentence; empty: it did, or was not asked for

    bool operator==(const ListenState&) const = default;
    /// What a person is to open: a public or shared address if there is one.
    QString urlToTell() const { return publicUrl.isEmpty() ? sharedUrls.value(0, url) : publicUrl; }
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::Activity)
Q_DECLARE_METATYPE(vigie::ListenState)
