// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intakequeue.h"

#include <utility>

namespace vigie {

/// The queue's place at the door.
class IntakeQueue::Source final : public IntakeSource
{
public:
    Source(Intake& intake, std::string name, IntakeQueue& queue) : IntakeSource(intake, std::move(name)), m_queue(queue) {}

private:
    void goOn() override { m_queue.drain(); }
    void becameDurable(std::uint64_t ticket) override { m_queue.becameDurable(ticket); }
    void restored(std::string_view place) override
    {
        Q_EMIT m_queue.placeRestored(QByteArray(place.data(), qsizetype(place.size())));
    }

    IntakeQueue& m_queue;
};

IntakeQueue::IntakeQueue(Intake& intake, std::string name, Durability durability, std::size_t maxBytes)
    : m_hasName(!name.empty()), m_durability(durability), m_maxBytes(maxBytes)
{
    const auto enter = [this, &intake, name = std::move(name)] {
        setParent(&intake);
        m_source = std::make_unique<Source>(intake, name, *this);
        drain();
    };
    // It leaves the source's thread from that thread's event loop: the source connects to the signals first.
    QMetaObject::invokeMethod(
        this,
        [this, &intake, enter]() {
            moveToThread(intake.thread());
            QMetaObject::invokeMethod(this, enter, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

IntakeQueue::~IntakeQueue() = default;

std::uint64_t IntakeQueue::push(LogBatch& batch, std::string place)
{
    const std::lock_guard lock(m_mutex);
    const std::size_t bytes = batch.heldBytes() + place.capacity() + sizeof(Waiting);
    if (!m_waiting.empty() && m_bytes + bytes > m_maxBytes) {
        m_isRoomAwaited = true;
        return 0;
    }
    m_bytes += bytes;
    m_waiting.push_back({++m_lastNumber, std::move(batch), std::move(place), bytes});
    if (!std::exchange(m_isDrainPosted, true))
        QMetaObject::invokeMethod(this, &IntakeQueue::drain, Qt::QueuedConnection);
    return m_lastNumber;
}

std::size_t IntakeQueue::heldBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

void IntakeQueue::drain()
{
    std::unique_lock lock(m_mutex);
    m_isDrainPosted = false;
    if (!m_source)
        return;
    while (!m_waiting.empty()) {
        // Only this thread takes any out, and a deque's elements stay where they are while others are added behind.
        Waiting& next = m_waiting.front();
        lock.unlock();
        if (m_source->mustWait(next.batch.appId(), m_durability))
            return; // and the rest with it, until goOn()
        const bool hasPlace = m_hasName && !next.place.empty();
        const Offered offered = hasPlace ? m_source->offer(next.batch, next.place, m_durability) : m_source->offer(next.batch, m_durability);
        if (offered.outcome == Offered::Outcome::MustWait)
            return;
        if (!offered)
            Q_EMIT refused(next.number, offered.outcome);
        else if (offered.ticket > 0)
            m_tickets.push_back({offered.ticket, next.number});
        else if (offered.isDurable && m_durability == Durability::Told)
            Q_EMIT becameDurableUpTo(next.number);
        lock.lock();
        m_bytes -= next.bytes;
        m_waiting.pop_front();
        if (m_bytes > m_maxBytes / 2 || !std::exchange(m_isRoomAwaited, false))
            continue;
        lock.unlock();
        Q_EMIT roomCame();
        lock.lock();
    }
}

void IntakeQueue::becameDurable(std::uint64_t ticket)
{
    std::uint64_t number = 0;
    for (; !m_tickets.empty() && m_tickets.front().ticket <= ticket; m_tickets.pop_front())
        number = m_tickets.front().number;
    if (number > 0)
        Q_EMIT becameDurableUpTo(number);
}

} // namespace vigie
