// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/acknowledgements.h"

#include "hub/hub.h"

namespace vigie {

Acknowledgements::Acknowledgements(Hub& hub, QObject* parent) : QObject(parent), m_hub(hub)
{
    connect(&hub, &Hub::becameDurable, this, &Acknowledgements::tellAll);
}

void Acknowledgements::await(QObject* waiting, std::function<void()> tell)
{
    m_waiters.push_back({m_hub.drawTicket(), waiting, std::move(tell)});
    tellAll();
}

void Acknowledgements::tellAll()
{
    while (!m_waiters.empty() && m_waiters.front().ticket <= m_hub.durableTicket()) {
        const Waiter waiter = std::move(m_waiters.front());
        m_waiters.pop_front();
        if (waiter.who)
            waiter.tell();
    }
}

} // namespace vigie
