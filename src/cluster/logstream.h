// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTimer>
#include <cstdint>
#include <functional>
#include <string>

namespace vigie {

class NatsLink;
struct JetStreamAnswer;

/// The stream of log entries: looked for, and made where there is none, until it is there. One thread.
class LogStream : public QObject
{
    Q_OBJECT

public:
    static constexpr const char* name = "VIGIE_LOGS";
    static constexpr int wantedReplicas = 3;

    /// The subject of an application's entries.
    static std::string subjectOf(const std::string& appId);

    struct State
    {
        std::string created; ///< when, in the server's words: tells a stream from another of its name
        std::uint64_t firstSequence = 0;
        std::uint64_t lastSequence = 0;
        int replicas = 0;
    };

    /// `maxBytes`: what it may hold, if it has to be made. The link must outlive it.
    LogStream(NatsLink& link, std::int64_t maxBytes, QObject* parent = nullptr);

    /// Looks for it, and goes on until ready() was emitted.
    void find();
    /// Looks once more; `done` gets null if there is no answer.
    void look(std::function<void(const State*)> done);

Q_SIGNALS:
    void ready(const vigie::LogStream::State& state);
    /// It cannot be had for now; it is tried again. In English.
    void failed(const QString& why);
    /// It is there, but not as it should be; empty: it is.
    void differs(const QString& how);

private:
    void takeInfo(const JetStreamAnswer& answer);
    void make(int replicas);
    void takeMade(const JetStreamAnswer& answer, int replicas);
    void retry(const QString& why);
    QJsonObject configuration(int replicas) const;

    NatsLink& m_link;
    std::int64_t m_maxBytes;
    QTimer m_retry;
    int m_refusals = 0; // of three copies, one after the other
    bool m_isSearching = false;
};

} // namespace vigie
