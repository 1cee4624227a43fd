// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/logfollower.h"

#include "cluster/jetstream.h"

#include <QPointer>
#include <QUuid>
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace vigie {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 heartbeatNs = 1'000'000'000;
constexpr auto silence = 4s; // so many heartbeats that did not come
constexpr qint64 keptNs = 30'000'000'000; // by the server, a consumer that nobody reads any more
constexpr int heartbeatOrFlowControl = 100;

/// Where a message stands: of "$JS.ACK.STREAM.CONSUMER.DELIVERIES.STREAM-SEQUENCE.CONSUMER-SEQUENCE.TIME.PENDING", which from 2.9 on may
/// have a domain and an account before the stream and a token behind.
struct Place
{
    std::uint64_t stream = 0;
    std::uint64_t consumer = 0;
};

std::optional<Place> placeIn(std::string_view reply)
{
    std::array<std::string_view, 12> tokens;
    std::size_t count = 0;
    while (count < tokens.size()) {
        const std::size_t dot = std::min(reply.find('.'), reply.size());
        tokens[count++] = reply.substr(0, dot);
        if (dot == reply.size())
            break;
        reply.remove_prefix(dot + 1);
    }
    constexpr std::size_t shortForm = 9;
    constexpr std::size_t longForm = 11; // with domain and account
    if (count < shortForm || tokens[0] != "$JS" || tokens[1] != "ACK")
        return std::nullopt;
    const std::size_t at = count >= longForm ? 7 : 5;
    Place place;
    const auto read = [](std::string_view text, std::uint64_t& number) {
        return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
    };
    if (!read(tokens[at], place.stream) || !read(tokens[at + 1], place.consumer))
        return std::nullopt;
    return place;
}

} // namespace

LogFollower::LogFollower(NatsLink& link, std::string stream, std::string filter, Take take, QObject* parent)
    : QObject(parent), m_link(link), m_stream(std::move(stream)), m_filter(std::move(filter)), m_take(std::move(take)), m_silence(this)
{
    m_silence.setInterval(silence);
    connect(&m_silence, &QTimer::timeout, this, &LogFollower::ask);
    connect(&link, &NatsLink::wentUp, this, [this] {
        if (m_silence.isActive())
            ask();
    });
}

LogFollower::~LogFollower()
{
    drop();
}

void LogFollower::start(std::uint64_t afterSequence)
{
    m_taken = m_came = afterSequence;
    ask();
}

void LogFollower::drop()
{
    if (m_subscription == 0)
        return;
    m_link.unsubscribe(std::exchange(m_subscription, 0));
    if (!m_consumer.empty())
        m_link.publish("$JS.API.CONSUMER.DELETE." + m_stream + '.' + m_consumer, {});
    m_consumer.clear();
}

/// Makes a consumer behind what has arrived, in place of the one before.
void LogFollower::ask()
{
    m_silence.start();
    if (!m_link.isUp())
        return;
    drop();
    m_delivered = 0;
    m_isGoalKnown = false;
    const std::string subject = "_INBOX." + QUuid::createUuid().toString(QUuid::Id128).toStdString();
    m_subscription = m_link.subscribe(subject, [this](NatsMessage& message) { takeMessage(message); });
    QJsonObject config{{u"deliver_subject"_s, QString::fromStdString(subject)},
                       {u"deliver_policy"_s, u"by_start_sequence"_s},
                       {u"opt_start_seq"_s, qint64(m_came + 1)},
                       {u"ack_policy"_s, u"none"_s},
                       {u"max_deliver"_s, 1},
                       {u"replay_policy"_s, u"instant"_s},
                       {u"flow_control"_s, true},
                       {u"idle_heartbeat"_s, heartbeatNs},
                       {u"inactive_threshold"_s, keptNs},
                       {u"mem_storage"_s, true},
                       {u"num_replicas"_s, 1}};
    if (!m_filter.empty())
        config.insert(u"filter_subject"_s, QString::fromStdString(m_filter));
    const std::uint32_t asked = m_subscription;
    askJetStream(m_link, "CONSUMER.CREATE." + m_stream, {{u"stream_name"_s, QString::fromStdString(m_stream)}, {u"config"_s, config}},
                 [self = QPointer(this), asked](const JetStreamAnswer& answer) {
                     if (self && self->m_subscription == asked)
                         self->takeMade(answer);
                 });
}

void LogFollower::takeMade(const JetStreamAnswer& answer)
{
    if (!answer)
        return; // asked again after the silence
    m_consumer = answer.object.value("name"_L1).toString().toStdString();
    m_goal = std::uint64_t(answer.object.value("num_pending"_L1).toInteger());
    m_isGoalKnown = true;
    noteReached();
}

void LogFollower::takeMessage(NatsMessage& message)
{
    m_silence.start();
    if (message.status == heartbeatOrFlowControl) {
        const std::string& answerTo = message.reply.empty() ? message.stalled : message.reply;
        if (!answerTo.empty()) {
            m_waiting.push_back({0, {}, answerTo});
            takeAll();
        }
        return;
    }
    if (message.status != 0)
        return ask(); // the consumer is gone
    const std::optional<Place> place = placeIn(message.reply);
    if (!place)
        return;
    if (place->consumer != m_delivered + 1)
        return ask(); // one was lost on the way
    m_delivered = place->consumer;
    if (m_delivered == 1 && m_filter.empty() && m_came > 0 && place->stream > m_came + 1)
        Q_EMIT passedOver(place->stream - m_came - 1, place->stream);
    m_came = place->stream;
    m_waiting.push_back({place->stream, std::move(message.data), {}});
    takeAll();
}

void LogFollower::goOn()
{
    takeAll();
}

void LogFollower::takeAll()
{
    if (std::exchange(m_isTelling, true))
        return; // a take may cause the next
    while (!m_waiting.empty()) {
        Came& next = m_waiting.front();
        if (next.answerTo.empty()) {
            if (!m_take(next.sequence, next.data))
                break;
            m_taken = next.sequence;
        } else {
            m_link.publish(next.answerTo, {});
        }
        m_waiting.pop_front();
    }
    m_isTelling = false;
    noteReached();
}

void LogFollower::noteReached()
{
    if (!m_isGoalKnown || m_delivered < m_goal || !m_waiting.empty())
        return;
    m_isGoalKnown = false;
    Q_EMIT caughtUp();
}

} // namespace vigie
