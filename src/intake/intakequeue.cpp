// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intakequeue.h"

#include <QMetaMethod>
#include <utility>

namespace vigie {

/// The queue's place at the door.
class IntakeQueue::Source final : public IntakeSource
{
public:
    Source(Intake& intake, Checkpoints checkpoints, IntakeQueue& queue)
        : IntakeSource(intake, queue.m_name, checkpoints), m_queue(queue)
    {}

private:
    void goOn() override { m_queue.drain(); }
    void becameDurable(std::uint64_t ticket) override { m_queue.becameDurable(ticket); }
    void restored(std::string_view place) override
    {
        m_queue.m_wasTold = true;
        Q_EMIT m_queue.placeRestored(QByteArray(place.data(), qsizetype(place.size())));
    }
    void manyRestored(const std::vector<Checkpoint>& checkpoints) override
    {
        m_queue.m_wasTold = true;
        Q_EMIT m_queue.placesRestored(checkpoints);
    }

    IntakeQueue& m_queue;
};

IntakeQueue::IntakeQueue(Intake& intake, std::string name, Durability durability, std::size_t maxBytes, Checkpoints checkpoints)
    : m_name(std::move(name)), m_durability(durability), m_maxBytes(maxBytes)
{
    const auto enter = [this, &intake, checkpoints] {
        setParent(&intake);
        m_source = std::make_unique<Source>(intake, checkpoints, *this);
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

void IntakeQueue::connectNotify(const QMetaMethod& signal)
{
    const bool isOfPlace = signal == QMetaMethod::fromSignal(&IntakeQueue::placeRestored)
        || signal == QMetaMethod::fromSignal(&IntakeQueue::placesRestored);
    if (!isOfPlace || !m_wasTold)
        return;
    QMetaObject::invokeMethod(this, [this] { m_source->askPlace(); }, Qt::QueuedConnection);
}

std::uint64_t IntakeQueue::push(LogBatch& batch, std::string place)
{
    const bool hasPlace = !m_name.empty() && !place.empty();
    return push(batch, hasPlace ? std::optional(Checkpoint{m_name, std::move(place)}) : std::nullopt);
}

std::uint64_t IntakeQueue::push(LogBatch& batch, Checkpoint checkpoint)
{
    return push(batch, std::optional(std::move(checkpoint)));
}

std::uint64_t IntakeQueue::push(LogBatch& batch, std::optional<Checkpoint> checkpoint)
{
    const std::lock_guard lock(m_mutex);
    const std::size_t ofPlace = checkpoint ? checkpoint->place.capacity() : 0;
    const std::size_t bytes = batch.heldBytes() + ofPlace + sizeof(Waiting);
    if (!m_waiting.empty() && m_bytes + bytes > m_maxBytes) {
        m_isRoomAwaited = true;
        return 0;
    }
    m_bytes += bytes;
    m_waiting.push_back({++m_lastNumber, std::move(batch), std::move(checkpoint), bytes});
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
        const Offered offered = next.checkpoint ? m_source->offer(next.batch, *next.checkpoint, m_durability)
                                                : m_source->offer(next.batch, m_durability);
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
    if (m_isEnding)
        deleteLater();
}

void IntakeQueue::endWhenEmpty()
{
    const std::lock_guard lock(m_mutex);
    m_isEnding = true;
    if (!std::exchange(m_isDrainPosted, true))
        QMetaObject::invokeMethod(this, &IntakeQueue::drain, Qt::QueuedConnection);
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
