// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/intake.h"

#include <QObject>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// A bounded queue before the door, for a source with a thread of its own. It lives on the server's thread, as a child of the Intake,
/// from the first turn of the source's event loop on; the source makes it on its own thread, calls what is said to be for any thread, and ends it by deleteLater(). Signals reach the
/// source as queued calls.
class IntakeQueue : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t usualBytes = 4 * 1024 * 1024;

    /// `name` as for IntakeSource. Up to `maxBytes` of memory wait; a batch that is larger waits alone. Any thread; the Intake must
    /// outlive the call.
    explicit IntakeQueue(Intake& intake, std::string name = {}, Durability durability = Durability::Told,
                         std::size_t maxBytes = usualBytes, Checkpoints checkpoints = Checkpoints::One);
    ~IntakeQueue() override;

    /// Offers a batch, and with a name how far the source has read with it. Its number, from 1 on; 0: there is no room, nothing
    /// was taken, and roomCame() follows. Any thread, one at a time.
    std::uint64_t push(LogBatch& batch, std::string place = {});
    /// The same with one of many checkpoints; an empty place removes it.
    std::uint64_t push(LogBatch& batch, Checkpoint checkpoint);
    /// Nothing is pushed any more: deletes itself as soon as all that waits was taken. Any thread.
    void endWhenEmpty();
    /// Of memory, that waits here. Any thread.
    std::size_t heldBytes() const;

Q_SIGNALS:
    /// push() takes a batch again, after it took none.
    void roomCame();
    /// All up to the batch of this number is on disk; only with Durability::Told.
    void becameDurableUpTo(quint64 number);
    /// The batch of this number was not taken, and is gone.
    void refused(quint64 number, vigie::Offered::Outcome why);
    /// As IntakeSource::restored().
    void placeRestored(const QByteArray& place);
    /// As IntakeSource::manyRestored().
    void placesRestored(const std::vector<vigie::Checkpoint>& checkpoints);

protected:
    /// Who connects on another thread may come too late for what is told once.
    void connectNotify(const QMetaMethod& signal) override;

private:
    struct Waiting
    {
        std::uint64_t number;
        LogBatch batch;
        std::optional<Checkpoint> checkpoint;
        std::size_t bytes;
    };
    struct Ticket
    {
        std::uint64_t ticket;
        std::uint64_t number;
    };

    class Source;

    std::uint64_t push(LogBatch& batch, std::optional<Checkpoint> checkpoint);
    void drain();
    void becameDurable(std::uint64_t ticket);

    std::unique_ptr<Source> m_source; // null until it has come to the server's thread
    const std::string m_name;
    const Durability m_durability;
    const std::size_t m_maxBytes;
    std::deque<Ticket> m_tickets; // in order
    std::atomic<bool> m_wasTold = false; // where it stands

    mutable std::mutex m_mutex; // of what follows
    std::deque<Waiting> m_waiting;
    std::size_t m_bytes = 0;
    std::uint64_t m_lastNumber = 0;
    bool m_isDrainPosted = false;
    bool m_isRoomAwaited = false;
    bool m_isEnding = false;
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::Offered::Outcome)
Q_DECLARE_METATYPE(std::vector<vigie::Checkpoint>)
