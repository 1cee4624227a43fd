// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint.h"
#include "core/logbatch.h"
#include "intake/sourceboard.h"

#include <QObject>
#include <QPointer>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigie {

class Congestion;
class Hub;
class IntakeSource;

/// What became of a batch that was offered.
struct Offered
{
    enum class Outcome {
        Taken,
        MustWait, ///< nothing was taken: offer it again when IntakeSource::goOn() is called
        TooManyApplications, ///< nothing was taken, no checkpoint either: the application is one more than may send
        BadCheckpoint ///< nothing was taken: its place is too long, or its source has no name, or one that is too long
    };

    Outcome outcome = Outcome::Taken;
    std::size_t repeats = 0; ///< entries that had come before, and were dropped
    std::size_t renamed = 0; ///< entries whose id was another's, and that got one of Vigie's making
    std::string lastId; ///< of the batch's last entry, as it is kept; empty: there was none
    bool isDurable = false; ///< nothing is kept on disk: what waits for it waits no longer
    std::uint64_t ticket = 0; ///< for which becameDurable() is called; 0: that was not asked for, or isDurable

    explicit operator bool() const { return outcome == Outcome::Taken; }
};

/// Whether a source waits for its entries to be on disk.
enum class Durability {
    Any, ///< it does not: it goes on while the disk takes nothing, and what is too much is then shown live only
    Told ///< it waits, and becameDurable() tells it
};

/// Whether a source keeps one checkpoint, under its name, or many: of all names that begin with its own.
enum class Checkpoints { One, Many };

/// The one door for log entries. Sources offer batches; the door keeps them waiting while the store or the viewers are behind,
/// calls them in turn when there is room, tells them what is on disk, and keeps their checkpoints. Order, repeats and memory are
/// the Hub's. The server's thread: a source with a thread of its own offers by an IntakeQueue.
class Intake : public QObject
{
    Q_OBJECT

public:
    /// The hub must outlive it.
    explicit Intake(Hub& hub, QObject* parent = nullptr);
    /// Deletes the IntakeQueues that are left.
    ~Intake() override;

    /// Whose being behind makes sources wait; it must live until null is set. Null: nobody's.
    void setCongestion(const Congestion* congestion) { m_congestion = congestion; }

    /// What is known of the sources. Any thread.
    SourceBoard& board() { return m_board; }

public Q_SLOTS:
    /// Calls the sources that wait and need not any more. Done by itself when the store has caught up.
    void callWaiting();

private:
    friend class IntakeSource;

    /// A source's place at the door. It outlives the source for as long as tickets point to it.
    struct Seat;
    using Line = std::list<Seat*>;
    struct Seat
    {
        Seat(IntakeSource* owner, std::string checkpointName, Checkpoints kept)
            : source(owner), name(std::move(checkpointName)), checkpoints(kept)
        {}

        IntakeSource* source; ///< null: gone
        std::string appId; ///< of its last batch
        std::string name; ///< of its checkpoint, or how theirs begin; empty: it keeps none
        Checkpoints checkpoints;
        bool waitsForDisk = false;
        bool isKnown = false; ///< it was told where it stands
        std::optional<Line::iterator> turn; ///< while it waits
        std::uint64_t turnNumber = 0;
    };
    struct Ticket
    {
        std::uint64_t number;
        std::shared_ptr<Seat> seat;
    };

    void enter(Seat& seat);
    void leave(Seat& seat);
    Offered offer(const std::shared_ptr<Seat>& seat, LogBatch& batch, Durability durability);
    bool mustWait(const Seat& seat) const;
    void queueUp(Seat& seat);
    void leaveLine(Seat& seat);
    void tellDurable();
    void takeCheckpoints(const std::vector<Checkpoint>& stored);
    void tellPlace(Seat& seat);
    std::vector<Checkpoint> placesUnder(const std::string& prefix) const;
    bool isNamed(const Seat* seat) const;
    bool areCheckpointsKnown() const;
    void notePlace(const Checkpoint& checkpoint);

    SourceBoard m_board;
    Hub& m_hub;
    const Congestion* m_congestion = nullptr;
    Line m_line; // those who wait, the longest first
    Line::iterator m_next = m_line.end(); // whose turn comes next, while they are called
    std::uint64_t m_turns = 0;
    bool m_isCalling = false;
    bool m_callsAgain = false;
    std::deque<Ticket> m_tickets; // by number
    std::unordered_map<std::string, Seat*> m_named; // sources that keep a checkpoint
    std::vector<Seat*> m_withMany; // sources that keep many
    std::unordered_map<std::string, std::string> m_places; // of checkpoints, as they were taken or restored last
};

/// Where entries come from. Costs nothing while it neither offers nor waits. The server's thread.
class IntakeSource
{
public:
    /// `name` is that of its checkpoint ("file:/var/log/x", at most Checkpoint::maxSourceBytes, of one source at a time); empty:
    /// it keeps none. With Checkpoints::Many several sources may have the same name, and share what begins with it.
    explicit IntakeSource(Intake& intake, std::string name = {}, Checkpoints checkpoints = Checkpoints::One);
    virtual ~IntakeSource();
    Q_DISABLE_COPY_MOVE(IntakeSource)

    /// Offers entries of one application; what is trusted of them is said by NewLogEntry, entry by entry. The batch is moved from
    /// if it was taken. Durability::Told counts for waiting until the next offer.
    Offered offer(LogBatch& batch, Durability durability = Durability::Any);
    /// The same, and `place` is how far the source has read with it: stored with the entries, or not at all. Such a batch always
    /// waits for the disk. It may be empty, where nothing that was read is an entry. `place` has at most Checkpoint::maxPlaceBytes;
    /// an empty one removes the checkpoint.
    Offered offer(LogBatch& batch, std::string place, Durability durability = Durability::Any);
    /// The same for one of many checkpoints.
    Offered offer(LogBatch& batch, Checkpoint checkpoint, Durability durability = Durability::Any);
    /// Whether it should offer nothing for now; goOn() is called then as well. offer() itself takes a batch while only viewers are
    /// behind: a source asks after it.
    bool mustWait();
    /// The same for an application and a durability, before there is a batch of it.
    bool mustWait(const std::string& appId, Durability durability);
    /// It no longer wants to be called.
    void stopWaiting();
    /// Calls restored() again, if it was called.
    void askPlace();

protected:
    /// There is room again: offer what was not taken, and go on. Called once for each time that it had to wait; it may offer, and
    /// may delete itself.
    virtual void goOn() = 0;
    /// All that was offered up to this ticket is on disk.
    virtual void becameDurable(std::uint64_t ticket) { (void)ticket; }
    /// How far the entries go that are stored of it; empty: none are. It reads nothing before the first call, which comes from the
    /// event loop as soon as the store was opened. It is called again when the store was opened anew and holds another place than
    /// was offered last: what was offered since is still on its way, and a source whose stored place is further on than its own
    /// goes on there.
    virtual void restored(std::string_view place) { (void)place; }
    /// The same where it keeps many: all that are stored.
    virtual void manyRestored(const std::vector<Checkpoint>& checkpoints) { (void)checkpoints; }

private:
    friend class Intake;

    QPointer<Intake> m_intake; // null: it has ended, and this does nothing any more
    std::shared_ptr<Intake::Seat> m_seat;
};

} // namespace vigie
