// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/natswire.h"

#include <QPointer>
#include <atomic>
#include <cstdlib>

namespace vigie {

namespace {

using Status = NatsLibrary::Status;

constexpr std::int64_t connectMs = 2'000; // to one server
constexpr std::int64_t reconnectMs = 250;
constexpr std::int64_t pingMs = 2'000; // with two unanswered ones the connection is lost: a network that is cut says nothing
constexpr int pingsOut = 2;
constexpr std::int64_t writeMs = 5'000;

std::atomic<std::uint32_t> lastNumber = 0;
std::mutex wiresMutex;
std::map<std::uint32_t, std::weak_ptr<NatsWire>> wires; // under wiresMutex

/// What libnats hands back: the wire's number and the subscription's.
void* closureOf(std::uint32_t wire, std::uint32_t subscription = 0)
{
    return reinterpret_cast<void*>(std::uintptr_t(std::uint64_t(wire) << 32 | subscription));
}

std::uint32_t subscriptionIn(void* closure)
{
    return std::uint32_t(reinterpret_cast<std::uintptr_t>(closure));
}

std::string textOf(const char* text)
{
    return text ? text : std::string();
}

} // namespace

NatsWire::NatsWire(NatsLink& link) : m_nats(NatsLibrary::get()), m_number(++lastNumber), m_link(&link) {}

std::shared_ptr<NatsWire> NatsWire::make(NatsLink& link)
{
    auto wire = std::make_shared<NatsWire>(link);
    const std::lock_guard lock(wiresMutex);
    std::erase_if(wires, [](const auto& entry) { return entry.second.expired(); });
    wires.emplace(wire->m_number, wire);
    return wire;
}

std::shared_ptr<NatsWire> NatsWire::find(void* closure)
{
    const std::lock_guard lock(wiresMutex);
    const auto found = wires.find(std::uint32_t(reinterpret_cast<std::uintptr_t>(closure) >> 32));
    return found == wires.end() ? nullptr : found->second.lock();
}

void NatsWire::leave()
{
    const std::lock_guard lock(m_mutex);
    m_link = nullptr;
}

std::string NatsWire::said(NatsLibrary::Connection* connection)
{
    const char* text = nullptr;
    if (connection)
        m_nats->connectionError(connection, &text);
    if (!text || !*text)
        text = m_nats->lastError(nullptr);
    return textOf(text);
}

std::string NatsWire::connect(const NatsServers& servers, const std::map<std::uint32_t, std::string>& subjects)
{
    if (!m_nats)
        return "libnats is not installed (Debian's package libnats3.4, or libnats3.10)";
    close();
    NatsLibrary::Options* options = nullptr;
    Status status = m_nats->createOptions(&options);
    const auto set = [&status](Status result) { status = status == NatsLibrary::ok ? result : status; };
    void* const closure = closureOf(m_number);
    std::vector<const char*> urls;
    for (const std::string& url : servers.urls)
        urls.push_back(url.c_str());
    set(m_nats->setServers(options, urls.data(), int(urls.size())));
    set(m_nats->setName(options, servers.name.c_str()));
    set(m_nats->setTimeout(options, connectMs));
    set(m_nats->setMaxReconnect(options, -1)); // by default it ends for good after 60 tries
    set(m_nats->setReconnectWait(options, reconnectMs));
    set(m_nats->setPingInterval(options, pingMs));
    set(m_nats->setMaxPingsOut(options, pingsOut));
    set(m_nats->setWriteDeadline(options, writeMs));
    set(m_nats->setClosed(options, &NatsWire::connectionClosed, closure));
    set(m_nats->setDisconnected(options, &NatsWire::connectionLost, closure));
    set(m_nats->setReconnected(options, &NatsWire::connectionBack, closure));
    set(m_nats->setErrorHandler(options, &NatsWire::errorSaid, closure)); // else it prints them
    if (!servers.authoritiesFile.empty()) {
        set(m_nats->setSecure(options, true));
        set(m_nats->loadAuthorities(options, servers.authoritiesFile.c_str()));
    }
    if (!servers.credentialsFile.empty())
        set(m_nats->setCredentials(options, servers.credentialsFile.c_str(), nullptr));
    if (status == NatsLibrary::ok)
        status = m_nats->connect(&m_connection, options);
    if (options)
        m_nats->destroyOptions(options);
    if (status != NatsLibrary::ok) {
        const std::string detail = said(nullptr);
        m_connection = nullptr;
        return textOf(m_nats->statusText(status)) + (detail.empty() ? "" : ": " + detail);
    }
    m_maxPayload = std::size_t(m_nats->maxPayload(m_connection));
    for (const auto& [number, subject] : subjects)
        subscribe(number, subject);
    return {};
}

void NatsWire::subscribe(std::uint32_t number, const std::string& subject)
{
    NatsLibrary::Subscription* subscription = nullptr;
    if (!m_connection
        || m_nats->subscribe(&subscription, m_connection, subject.c_str(), &NatsWire::messageCame, closureOf(m_number, number))
            != NatsLibrary::ok)
        return; // whoever waits for its messages asks anew
    // What is pending is bounded by flow control and by who sends; a limit here would drop messages in silence.
    m_nats->setPendingLimits(subscription, -1, -1);
    m_subscriptions[number] = subscription;
}

void NatsWire::unsubscribe(std::uint32_t number)
{
    const auto found = m_subscriptions.find(number);
    if (found == m_subscriptions.end())
        return;
    m_nats->unsubscribe(found->second);
    m_nats->destroySubscription(found->second);
    m_subscriptions.erase(found);
}

void NatsWire::publish(const std::string& subject, const std::string& reply, const std::string& data, const NatsLink::Headers& headers)
{
    NatsLibrary::Message* message = nullptr;
    if (!m_connection
        || m_nats->createMessage(&message, subject.c_str(), reply.empty() ? nullptr : reply.c_str(), data.data(), int(data.size()))
            != NatsLibrary::ok)
        return;
    for (const auto& [key, value] : headers)
        m_nats->setHeader(message, key, value.c_str());
    // A failure is as if it got lost on the way: there will be no answer.
    m_nats->publish(m_connection, message);
    m_nats->destroyMessage(message);
}

void NatsWire::close()
{
    if (!m_connection)
        return;
    for (const auto& [number, subscription] : m_subscriptions)
        m_nats->destroySubscription(subscription);
    m_subscriptions.clear();
    m_nats->destroyConnection(m_connection);
    m_connection = nullptr;
}

void NatsWire::messageCame(NatsLibrary::Connection*, NatsLibrary::Subscription*, NatsLibrary::Message* message, void* closure)
{
    const NatsLibrary& nats = *NatsLibrary::get();
    if (const std::shared_ptr<NatsWire> wire = find(closure)) {
        const auto header = [&](const char* key) {
            const char* value = nullptr;
            return nats.header(message, key, &value) == NatsLibrary::ok ? textOf(value) : std::string();
        };
        NatsMessage came;
        came.subject = textOf(nats.subject(message));
        came.reply = textOf(nats.reply(message));
        came.data.assign(nats.data(message) ? nats.data(message) : "", std::size_t(nats.dataLength(message)));
        if (came.data.empty()) {
            if (const std::string status = header("Status"); !status.empty()) {
                came.status = std::atoi(status.c_str());
                came.description = header("Description");
                came.stalled = header("Nats-Consumer-Stalled");
            }
        }
        wire->add(subscriptionIn(closure), std::move(came));
    }
    nats.destroyMessage(message);
}

void NatsWire::connectionLost(NatsLibrary::Connection*, void* closure)
{
    if (const std::shared_ptr<NatsWire> wire = find(closure))
        wire->tell(Event::Lost);
}

void NatsWire::connectionBack(NatsLibrary::Connection*, void* closure)
{
    if (const std::shared_ptr<NatsWire> wire = find(closure))
        wire->tell(Event::Back);
}

void NatsWire::connectionClosed(NatsLibrary::Connection*, void* closure)
{
    if (const std::shared_ptr<NatsWire> wire = find(closure))
        wire->tell(Event::Closed);
}

void NatsWire::errorSaid(NatsLibrary::Connection*, NatsLibrary::Subscription*, Status, void*) {}

void NatsWire::tell(Event event)
{
    const std::lock_guard lock(m_mutex);
    if (!m_link)
        return;
    NatsLink* const link = m_link;
    QMetaObject::invokeMethod(
        link,
        [link, event] {
            switch (event) {
            case Event::Lost: link->noteDown({}); break;
            case Event::Back: link->noteUp(link->m_maxPayload); break;
            case Event::Closed:
                link->noteDown({});
                link->m_retry.start();
                break;
            }
        },
        Qt::QueuedConnection);
}

void NatsWire::add(std::uint32_t subscription, NatsMessage message)
{
    const std::lock_guard lock(m_mutex);
    if (!m_link)
        return;
    m_arrived.emplace_back(subscription, std::move(message));
    if (!std::exchange(m_isTold, true))
        QMetaObject::invokeMethod(m_link, &NatsLink::takeArrived, Qt::QueuedConnection);
}

std::deque<std::pair<std::uint32_t, NatsMessage>> NatsWire::takeArrived()
{
    const std::lock_guard lock(m_mutex);
    m_isTold = false;
    return std::exchange(m_arrived, {});
}

} // namespace vigie
