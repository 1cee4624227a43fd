// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake.h"

#include "hub/hub.h"
#include "intake/congestion.h"
#include "intake/intakequeue.h"

#include <algorithm>
#include <utility>

namespace vigie {

Intake::Intake(Hub& hub, QObject* parent) : QObject(parent), m_hub(hub)
{
    connect(&hub, &Hub::caughtUp, this, &Intake::callWaiting);
    connect(&hub, &Hub::becameDurable, this, &Intake::tellDurable);
    connect(&hub, &Hub::checkpointsRestored, this, &Intake::takeCheckpoints);
}

Intake::~Intake()
{
    qDeleteAll(findChildren<IntakeQueue*>(Qt::FindDirectChildrenOnly)); // they take leave of what is gone later
}

void Intake::enter(Seat& seat)
{
    if (seat.name.empty())
        return;
    const bool hasMany = seat.checkpoints == Checkpoints::Many;
    if (hasMany)
        m_withMany.push_back(&seat);
    else
        m_named[seat.name] = &seat;
    if (!areCheckpointsKnown())
        return;
    // Not from within the source's constructor.
    if (hasMany) {
        QMetaObject::invokeMethod(
            this,
            [this, which = &seat] {
                if (isNamed(which) && !which->isKnown)
                    tellPlace(*which);
            },
            Qt::QueuedConnection);
        return;
    }
    QMetaObject::invokeMethod(
        this,
        [this, name = seat.name] {
            const auto found = m_named.find(name);
            if (found != m_named.end() && !found->second->isKnown)
                tellPlace(*found->second);
        },
        Qt::QueuedConnection);
}

void Intake::leave(Seat& seat)
{
    seat.source = nullptr;
    leaveLine(seat);
    std::erase(m_withMany, &seat);
    if (const auto named = m_named.find(seat.name); named != m_named.end() && named->second == &seat)
        m_named.erase(named);
}

bool Intake::areCheckpointsKnown() const
{
    return m_hub.areCheckpointsKnown();
}

bool Intake::isNamed(const Seat* seat) const
{
    return std::ranges::find(m_withMany, seat) != m_withMany.end();
}

std::vector<Checkpoint> Intake::placesUnder(const std::string& prefix) const
{
    std::vector<Checkpoint> found;
    for (const auto& [name, place] : m_places) {
        if (name.starts_with(prefix))
            found.push_back({name, place});
    }
    return found;
}

void Intake::tellPlace(Seat& seat)
{
    seat.isKnown = true;
    if (seat.checkpoints == Checkpoints::Many)
        return seat.source->manyRestored(placesUnder(seat.name));
    const auto place = m_places.find(seat.name);
    seat.source->restored(place == m_places.end() ? std::string() : std::string(place->second));
}

void Intake::takeCheckpoints(const std::vector<Checkpoint>& stored)
{
    std::vector<std::string> toTell;
    for (const Checkpoint& checkpoint : stored) {
        const auto [place, isNew] = m_places.try_emplace(checkpoint.source, checkpoint.place);
        const auto named = m_named.find(checkpoint.source);
        if (named == m_named.end() || !named->second->isKnown || (!isNew && place->second == checkpoint.place))
            continue;
        // A source stands elsewhere. What it offers from now on says where.
        const std::shared_ptr<Seat> seat = named->second->source->m_seat;
        seat->source->restored(checkpoint.place);
    }
    for (const auto& [name, seat] : m_named) {
        if (!seat->isKnown)
            toTell.push_back(name);
    }
    for (const std::string& name : toTell) {
        // Each may have brought others to their end.
        if (const auto named = m_named.find(name); named != m_named.end() && !named->second->isKnown)
            tellPlace(*named->second);
    }
    // At a later opening as well: which of them stand elsewhere, they see themselves.
    const std::vector<Seat*> many = m_withMany;
    for (Seat* const seat : many) {
        if (isNamed(seat))
            tellPlace(*seat);
    }
}

void Intake::notePlace(const Checkpoint& checkpoint)
{
    if (checkpoint.place.empty())
        m_places.erase(checkpoint.source);
    else
        m_places[checkpoint.source] = checkpoint.place;
}

Offered Intake::offer(const std::shared_ptr<Seat>& seat, LogBatch& batch, Durability durability)
{
    Offered offered;
    const bool isTold = durability == Durability::Told;
    seat->waitsForDisk = isTold || batch.checkpoint();
    if (seat->appId != batch.appId())
        seat->appId = batch.appId();
    if (m_hub.isBehind(seat->waitsForDisk)) {
        queueUp(*seat);
        offered.outcome = Offered::Outcome::MustWait;
        return offered;
    }
    Hub::Acceptance accepted = m_hub.acceptLogs(std::move(batch), isTold);
    if (!accepted) {
        offered.outcome = Offered::Outcome::TooManyApplications;
        return offered;
    }
    offered.repeats = accepted.repeats;
    offered.renamed = accepted.renamed;
    offered.lastId = std::move(accepted.lastId);
    offered.isDurable = !m_hub.makesDurable();
    if (isTold && !offered.isDurable) {
        offered.ticket = m_hub.drawTicket();
        m_tickets.push_back({offered.ticket, seat});
    }
    return offered;
}

bool Intake::mustWait(const Seat& seat) const
{
    return m_hub.isBehind(seat.waitsForDisk) || (m_congestion && m_congestion->isCongested(seat.appId));
}

void Intake::queueUp(Seat& seat)
{
    if (seat.turn)
        return;
    seat.turn = m_line.insert(m_line.end(), &seat);
    seat.turnNumber = ++m_turns;
}

void Intake::leaveLine(Seat& seat)
{
    if (!seat.turn)
        return;
    if (m_next == *seat.turn)
        ++m_next;
    m_line.erase(*std::exchange(seat.turn, std::nullopt));
}

void Intake::callWaiting()
{
    if (std::exchange(m_isCalling, true)) {
        m_callsAgain = true;
        return;
    }
    do {
        m_callsAgain = false;
        // Whoever has to wait again stands behind all who wait now, and is not called twice.
        const std::uint64_t lastTurn = m_turns;
        m_next = m_line.begin();
        while (m_next != m_line.end() && (*m_next)->turnNumber <= lastTurn && !m_hub.isBehind(false)) {
            Seat& seat = **m_next++;
            if (mustWait(seat))
                continue;
            leaveLine(seat);
            seat.source->goOn();
        }
        m_next = m_line.end();
    } while (m_callsAgain);
    m_isCalling = false;
}

void Intake::tellDurable()
{
    while (!m_tickets.empty() && m_tickets.front().number <= m_hub.durableTicket()) {
        const Ticket ticket = std::move(m_tickets.front());
        m_tickets.pop_front();
        if (ticket.seat->source)
            ticket.seat->source->becameDurable(ticket.number);
    }
}

IntakeSource::IntakeSource(Intake& intake, std::string name, Checkpoints checkpoints)
    : m_intake(&intake), m_seat(std::make_shared<Intake::Seat>(Intake::Seat(this, std::move(name), checkpoints)))
{
    m_intake->enter(*m_seat);
}

IntakeSource::~IntakeSource()
{
    if (m_intake)
        m_intake->leave(*m_seat);
}

Offered IntakeSource::offer(LogBatch& batch, Durability durability)
{
    batch.setCheckpoint(nullptr);
    return m_intake->offer(m_seat, batch, durability);
}

Offered IntakeSource::offer(LogBatch& batch, std::string place, Durability durability)
{
    return offer(batch, Checkpoint{m_seat->name, std::move(place)}, durability);
}

Offered IntakeSource::offer(LogBatch& batch, Checkpoint which, Durability durability)
{
    auto checkpoint = std::make_shared<const Checkpoint>(std::move(which));
    const bool isOurs = m_seat->checkpoints == Checkpoints::Many
        ? !m_seat->name.empty() && checkpoint->source.starts_with(m_seat->name)
        : checkpoint->source == m_seat->name;
    if (!checkpoint->isValid() || !isOurs) {
        Offered refused;
        refused.outcome = Offered::Outcome::BadCheckpoint;
        return refused;
    }
    batch.setCheckpoint(checkpoint);
    Offered offered = m_intake->offer(m_seat, batch, durability);
    if (offered)
        m_intake->notePlace(*checkpoint);
    return offered;
}

bool IntakeSource::mustWait()
{
    if (!m_intake->mustWait(*m_seat))
        return false;
    m_intake->queueUp(*m_seat);
    return true;
}

bool IntakeSource::mustWait(const std::string& appId, Durability durability)
{
    m_seat->appId = appId;
    m_seat->waitsForDisk = durability == Durability::Told;
    return mustWait();
}

void IntakeSource::askPlace()
{
    if (m_seat->isKnown)
        m_intake->tellPlace(*m_seat);
}

void IntakeSource::stopWaiting()
{
    if (m_intake)
        m_intake->leaveLine(*m_seat);
}

} // namespace vigie
