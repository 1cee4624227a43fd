// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/natslibrary.h"
#include "cluster/natslink.h"

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vigie {

/// What a NatsLink shares with libnats' threads: the connection, and what came by it. libnats may call for a moment after its objects
/// were destroyed, so it is given numbers, never pointers.
class NatsWire
{
public:
    /// Of which link's thread and object arrivals are told.
    explicit NatsWire(NatsLink& link);
    static std::shared_ptr<NatsWire> make(NatsLink& link);
    /// Nothing is told from now on. The link's thread.
    void leave();

    // On the pool's one thread, and may block:

    /// Connects, and subscribes to all of these. The error, in libnats' words; empty: it is up.
    std::string connect(const NatsServers& servers, const std::map<std::uint32_t, std::string>& subjects);
    void subscribe(std::uint32_t number, const std::string& subject);
    void unsubscribe(std::uint32_t number);
    void publish(const std::string& subject, const std::string& reply, const std::string& data, const NatsLink::Headers& headers);
    void close();

    /// What came since the last call, with the numbers of the subscriptions. The link's thread.
    std::deque<std::pair<std::uint32_t, NatsMessage>> takeArrived();
    std::size_t maxPayload() const { return m_maxPayload; }

private:
    enum class Event { Lost, Back, Closed };

    static std::shared_ptr<NatsWire> find(void* closure);
    static void messageCame(NatsLibrary::Connection*, NatsLibrary::Subscription*, NatsLibrary::Message*, void* closure);
    static void connectionLost(NatsLibrary::Connection*, void* closure);
    static void connectionBack(NatsLibrary::Connection*, void* closure);
    static void connectionClosed(NatsLibrary::Connection*, void* closure);
    static void errorSaid(NatsLibrary::Connection*, NatsLibrary::Subscription*, NatsLibrary::Status, void* closure);

    void tell(Event event);
    void add(std::uint32_t subscription, NatsMessage message);
    std::string said(NatsLibrary::Connection* connection);

    const NatsLibrary* const m_nats;
    const std::uint32_t m_number;
    NatsLibrary::Connection* m_connection = nullptr; // the pool's
    std::map<std::uint32_t, NatsLibrary::Subscription*> m_subscriptions; // the pool's
    std::size_t m_maxPayload = 0; // set before the link is told

    std::mutex m_mutex; // of what follows
    NatsLink* m_link;
    std::deque<std::pair<std::uint32_t, NatsMessage>> m_arrived;
    bool m_isTold = false; // that something arrived
};

} // namespace vigie
