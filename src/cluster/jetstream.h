// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <chrono>
#include <functional>
#include <string>

namespace vigie {

class NatsLink;
struct NatsMessage;

/// An answer of JetStream's.
struct JetStreamAnswer
{
    // Of JetStream's error codes (server/errors.json), those that mean something here.
    static constexpr int streamNotFound = 10059;
    static constexpr int streamNameInUse = 10058; ///< with another configuration
    static constexpr int replicasNeedCluster = 10074;
    static constexpr int noSuitablePeers = 10005; ///< fewer servers than copies
    static constexpr int noAnswer = -1; ///< not in time: what was asked for may have been done
    static constexpr int nobodyThere = -2; ///< no server with JetStream, or the stream has no leader

    QJsonObject object; ///< what was asked for; empty on an error
    int error = 0; ///< JetStream's code, or one of the above; 0: none
    QString problem; ///< of an error, in the server's words

    explicit operator bool() const { return error == 0; }

    static JetStreamAnswer of(const NatsMessage* message);
};

/// Asks JetStream by its own requests in JSON, on the subjects $JS.API.…, so that nothing waits.
/// `function`: "STREAM.INFO.NAME". `done` is called once, later.
void askJetStream(NatsLink& link, const std::string& function, const QJsonObject& request,
                  std::function<void(const JetStreamAnswer&)> done);

} // namespace vigie
