// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/net/websocket.h"

#include <QByteArray>
#include <chrono>

namespace vigie {

class Authenticator;
class Decoder;
class Fanout;
class Hub;
class Intake;
class JoinRequests;
class MetricsFeed;
class OpenQuestions;
class ResumePoints;

/// What a client may do, and how long it may take. Defaults are the product's; tests shorten them.
struct SessionLimits : WebSocketLimits
{
    std::chrono::milliseconds authDeadline{10'000};
    quint64 messageBytes = 1024 * 1024;
    quint64 strangersMessageBytes = 16 * 1024; ///< before it is signed in
    int failures = 50;                         ///< messages refused before it is signed in
};

/// What all sessions of a thread share. Everything outlives them.
struct SessionContext
{
    Hub& hub;
    Intake& intake;
    Authenticator& door;
    Fanout& fanout;
    ResumePoints& resumePoints;
    MetricsFeed& metrics;
    JoinRequests& joins;
    Decoder& decoder;
    OpenQuestions& questions;
    LimitHits& limitHits;
    MemoryBudget& memory;
    SessionLimits limits;
    const QByteArray& trouble; ///< an error that every client is to know of, encoded; empty: none
};

} // namespace vigie
