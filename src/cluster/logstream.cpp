// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/logstream.h"

#include "cluster/jetstream.h"
#include "cluster/natslink.h"
#include "cluster/subject.h"

#include <QJsonArray>
#include <QPointer>
#include <QStringList>

namespace vigie {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto pause = 1s;
constexpr int maxRefusals = 10; // then it is made with one copy: servers that start together find each other sooner
constexpr qint64 repeatsKnownFor = 120'000'000'000; // ns
const QString subjects = u"vigie.logs.*"_s;

std::string about(const char* verb)
{
    return std::string("STREAM.") + verb + '.' + LogStream::name;
}

LogStream::State stateOf(const QJsonObject& info)
{
    const QJsonObject state = info.value("state"_L1).toObject();
    const QJsonObject config = info.value("config"_L1).toObject();
    return {info.value("created"_L1).toString().toStdString(), std::uint64_t(state.value("first_seq"_L1).toInteger()),
            std::uint64_t(state.value("last_seq"_L1).toInteger()), config.value("num_replicas"_L1).toInt()};
}

} // namespace

std::string LogStream::subjectOf(const std::string& appId)
{
    return "vigie.logs." + subjectToken(appId);
}

LogStream::LogStream(NatsLink& link, std::int64_t maxBytes, QObject* parent)
    : QObject(parent), m_link(link), m_maxBytes(maxBytes), m_retry(this)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(pause);
    connect(&m_retry, &QTimer::timeout, this, [this] {
        m_isSearching = false;
        find();
    });
}

QJsonObject LogStream::configuration(int replicas) const
{
    return {{u"name"_s, QString::fromLatin1(name)},
            {u"subjects"_s, QJsonArray{subjects}},
            {u"retention"_s, u"limits"_s},
            {u"storage"_s, u"file"_s},
            {u"discard"_s, u"old"_s}, // those who follow have them in stores of their own
            {u"max_bytes"_s, qint64(m_maxBytes)},
            {u"num_replicas"_s, replicas},
            {u"duplicate_window"_s, repeatsKnownFor}};
}

void LogStream::find()
{
    if (std::exchange(m_isSearching, true))
        return;
    askJetStream(m_link, about("INFO"), {}, [self = QPointer(this)](const JetStreamAnswer& answer) {
        if (self)
            self->takeInfo(answer);
    });
}

void LogStream::takeInfo(const JetStreamAnswer& answer)
{
    if (answer.error == JetStreamAnswer::streamNotFound)
        return make(wantedReplicas);
    if (!answer)
        return retry(answer.problem);
    m_isSearching = false;
    m_refusals = 0;
    // Another node, or an operator, may have made it. What it must have in any case:
    const QJsonObject config = answer.object.value("config"_L1).toObject();
    QStringList differences;
    if (!config.value("subjects"_L1).toArray().contains(subjects))
        return retry(u"the stream %1 is there, but not for %2"_s.arg(QLatin1StringView(name), subjects));
    if (config.value("storage"_L1) != u"file"_s)
        differences += u"it is in memory, and lost with its servers"_s;
    if (config.value("retention"_L1) != u"limits"_s)
        differences += u"its retention is \"%1\", not \"limits\""_s.arg(config.value("retention"_L1).toString());
    if (config.value("no_ack"_L1).toBool())
        differences += u"it acknowledges nothing"_s;
    if (config.value("max_bytes"_L1).toInteger(-1) <= 0)
        differences += u"it has no max_bytes, and may fill the servers' disks"_s;
    if (config.value("duplicate_window"_L1).toInteger() < repeatsKnownFor)
        differences += u"its duplicate_window is shorter than 2 minutes"_s;
    if (config.value("num_replicas"_L1).toInt() < wantedReplicas)
        differences += u"it has %1 copies, so that what is acknowledged does not survive the loss of a server"_s.arg(
            config.value("num_replicas"_L1).toInt());
    Q_EMIT differs(differences.join(u"; "_s));
    Q_EMIT ready(stateOf(answer.object));
}

void LogStream::make(int replicas)
{
    askJetStream(m_link, about("CREATE"), configuration(replicas), [self = QPointer(this), replicas](const JetStreamAnswer& answer) {
        if (self)
            self->takeMade(answer, replicas);
    });
}

void LogStream::takeMade(const JetStreamAnswer& answer, int replicas)
{
    const bool isForOneServer = answer.error == JetStreamAnswer::replicasNeedCluster;
    const bool isForFewServers = answer.error == JetStreamAnswer::noSuitablePeers && ++m_refusals > maxRefusals;
    if (replicas > 1 && (isForOneServer || isForFewServers))
        return make(1);
    if (!answer && answer.error != JetStreamAnswer::streamNameInUse)
        return retry(answer.problem);
    // What was asked for and what there is may differ, as an older server passes over what it does not know.
    m_isSearching = false;
    find();
}

void LogStream::retry(const QString& why)
{
    Q_EMIT failed(why);
    m_retry.start();
}

void LogStream::look(std::function<void(const State*)> done)
{
    askJetStream(m_link, about("INFO"), {}, [done = std::move(done)](const JetStreamAnswer& answer) {
        if (!answer)
            return done(nullptr);
        const State state = stateOf(answer.object);
        done(&state);
    });
}

} // namespace vigie
