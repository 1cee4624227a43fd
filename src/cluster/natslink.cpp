// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/natslink.h"

#include "cluster/natswire.h"

#include <QUuid>
#include <charconv>

namespace vigie {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto retryPause = 1s;

} // namespace

NatsLink::NatsLink(NatsServers servers, QObject* parent)
    : QObject(parent), m_servers(std::move(servers)), m_wire(NatsWire::make(*this)), m_pool(this), m_retry(this), m_alarm(this),
      m_inbox("_INBOX." + QUuid::createUuid().toString(QUuid::Id128).toStdString() + '.')
{
    m_pool.setMaxThreadCount(1);
    m_retry.setSingleShot(true);
    m_retry.setInterval(retryPause);
    connect(&m_retry, &QTimer::timeout, this, &NatsLink::connectOnce);
    m_alarm.setSingleShot(true);
    connect(&m_alarm, &QTimer::timeout, this, &NatsLink::expire);
    subscribe(m_inbox + '*', [this](NatsMessage& message) { takeAnswer(message); });
}

NatsLink::~NatsLink()
{
    m_wire->leave();
    m_pool.start([wire = m_wire] { wire->close(); });
    m_pool.waitForDone();
}

void NatsLink::open()
{
    connectOnce();
}

void NatsLink::connectOnce()
{
    std::map<std::uint32_t, std::string> subjects;
    for (const auto& [number, subscribed] : m_subscriptions)
        subjects.emplace(number, subscribed.subject);
    m_pool.start([this, wire = m_wire, servers = m_servers, subjects = std::move(subjects)] {
        const std::string problem = wire->connect(servers, subjects);
        // The link waits for the pool before it goes.
        QMetaObject::invokeMethod(
            this,
            [this, problem, maxPayload = wire->maxPayload()] {
                if (problem.empty())
                    return noteUp(maxPayload);
                Q_EMIT wentDown(QString::fromStdString(problem));
                m_retry.start();
            },
            Qt::QueuedConnection);
    });
}

void NatsLink::noteUp(std::size_t maxPayload)
{
    m_maxPayload = maxPayload;
    if (!std::exchange(m_isUp, true))
        Q_EMIT wentUp();
}

void NatsLink::noteDown(const QString& why)
{
    if (std::exchange(m_isUp, false))
        Q_EMIT wentDown(why);
}

std::uint32_t NatsLink::subscribe(std::string subject, Handler handler)
{
    const std::uint32_t number = ++m_lastSubscription;
    m_pool.start([wire = m_wire, number, subject] { wire->subscribe(number, subject); });
    m_subscriptions.emplace(number, Subscribed{std::move(subject), std::move(handler)});
    return number;
}

void NatsLink::unsubscribe(std::uint32_t number)
{
    if (m_subscriptions.erase(number) > 0)
        m_pool.start([wire = m_wire, number] { wire->unsubscribe(number); });
}

void NatsLink::send(std::string subject, std::string reply, std::string data, Headers headers)
{
    m_pool.start([wire = m_wire, subject = std::move(subject), reply = std::move(reply), data = std::move(data),
                  headers = std::move(headers)] { wire->publish(subject, reply, data, headers); });
}

void NatsLink::publish(std::string subject, std::string data, Headers headers)
{
    if (m_isUp)
        send(std::move(subject), {}, std::move(data), std::move(headers));
}

void NatsLink::request(std::string subject, std::string data, std::chrono::milliseconds timeout, Done done, Headers headers)
{
    const std::uint64_t number = ++m_lastRequest;
    m_waiting.emplace(number, Waiting{Clock::now() + timeout, std::move(done)});
    if (!m_alarm.isActive() || m_alarm.remainingTimeAsDuration() > timeout)
        m_alarm.start(timeout);
    send(std::move(subject), m_inbox + std::to_string(number), std::move(data), std::move(headers));
}

void NatsLink::takeArrived()
{
    for (auto& [number, message] : m_wire->takeArrived()) {
        const auto found = m_subscriptions.find(number);
        if (found == m_subscriptions.end())
            continue; // no longer
        const Handler handler = found->second.handler; // it may unsubscribe itself
        handler(message);
    }
}

void NatsLink::takeAnswer(NatsMessage& message)
{
    std::uint64_t number = 0;
    const std::string_view text = std::string_view(message.subject).substr(m_inbox.size());
    std::from_chars(text.data(), text.data() + text.size(), number);
    if (auto waiting = m_waiting.extract(number))
        waiting.mapped().done(&message);
}

void NatsLink::expire()
{
    const Clock::time_point now = Clock::now();
    std::vector<Done> late;
    for (auto it = m_waiting.begin(); it != m_waiting.end();) {
        if (it->second.until <= now) {
            late.push_back(std::move(it->second.done));
            it = m_waiting.erase(it);
        } else {
            ++it;
        }
    }
    setAlarm();
    for (const Done& done : late)
        done(nullptr);
}

void NatsLink::setAlarm()
{
    if (m_waiting.empty())
        return;
    Clock::time_point first = Clock::time_point::max();
    for (const auto& [number, waiting] : m_waiting)
        first = std::min(first, waiting.until);
    m_alarm.start(std::max(1ms, std::chrono::ceil<std::chrono::milliseconds>(first - Clock::now())));
}

} // namespace vigie
