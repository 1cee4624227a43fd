// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/appevents.h"
#include "core/entryid.h"
#include "core/limits.h"
#include "core/logbatch.h"
#include "core/metricarchive.h"
#include "core/storedcatalog.h"
#include "figures/frame.h"
#include "hub/applications.h"
#include "hub/layeredhistory.h"
#include "hub/lograte.h"
#include "hub/memoryhistory.h"

#include <QElapsedTimer>
#include <QObject>
#include <functional>
#include <optional>
#include <string>

namespace vigie {

class Bus;

/// The one place through which everything passes: gives log entries their order, drops repeats, keeps the
/// newest in memory, and tells whoever listens. Knows none of them. Lives on the server's thread.
class Hub : public QObject
{
    Q_OBJECT

public:
    /// `maxApps`: applications that may send.
    explicit Hub(int maxApps = Limits{}.applications, QObject* parent = nullptr);

    /// With an archive behind it the hub counts what that has not written yet, waits for it with its tickets, and
    /// answers from it what memory holds no more. Before any entry is accepted.
    void setArchive(History* archive);
    /// Where past figures are to be had; null: nothing keeps them. With one, noteRecorded() must tell what of applications' it
    /// has taken. Must outlive the hub's users.
    void setMetricArchive(MetricArchive* archive) { m_metricArchive = archive; }
    MetricArchive* metricArchive() const { return m_metricArchive; }
    /// With a bus that gives the order, what is accepted is shared, and has its place when it comes back: acceptShared(). Before any
    /// entry is accepted; must outlive the hub's users.
    void setBus(Bus* bus);
    /// What an archive holds now that it is open: the order of each application goes on behind it. It may open late, and
    /// more than once: what has its place already then stands further on (movedOn()).
    void restore(const StoredCatalog& catalog);
    /// Takes the ids that a catalogue said would follow: until the last of them isBehind(), so that what is sent again is known.
    void restoreIds(const StoredIds& ids);
    /// Whether there is an archive, and whether it was ever open.
    bool hasArchive() const { return m_hasArchive; }
    /// Whether a ticket says anything: without archive and bus all is as safe as it gets, at once.
    bool makesDurable() const { return m_hasArchive || m_bus; }
    bool isRestored() const { return m_epoch > 0; }
    /// Whether all is known of how far sources had come when the program began.
    bool areCheckpointsKnown() const;

    /// What became of a batch.
    struct Acceptance
    {
        bool isTaken = true; ///< false: the application is one more than may send
        std::size_t repeats = 0; ///< entries that had come before, and were dropped
        std::size_t renamed = 0; ///< entries whose id was another's, and that got one of Vigie's making
        std::string lastId; ///< of the batch's last entry, as it is kept; empty: the batch was

        explicit operator bool() const { return isTaken; }
    };
    /// Takes a batch: an entry that its application has sent before, under the same producer-given id, is dropped; one whose
    /// id another entry has gets a new one; the rest are numbered and emitted. An empty batch, or one of repeats only, changes
    /// nothing. `mustBeStored`: it waits for an archive that cannot write, where others would go by unstored once too much
    /// waits. A batch with a checkpoint always does, and its checkpoint is stored even if all of it are repeats.
    Acceptance acceptLogs(LogBatch batch, bool mustBeStored = false);
    /// Whether the bus may bring entries: acceptShared(). If not, caughtUp() follows.
    bool hasRoomForShared() const { return !m_idsFollow && !isMuchUnwritten(); }
    /// From the bus: entries in the order that all machines see, with the bus' own checkpoint. Repeats are dropped here, as the same on
    /// all machines. `places`: of our own sources, whose entries these are.
    void acceptShared(LogBatch batch, const std::vector<CheckpointPtr>& places = {});
    /// From the bus: all that was shared up to this ticket is safe.
    void noteShared(std::uint64_t ticket) { settle(ticket); }
    /// From the bus: isBehind() or isCurrent() of it may have changed.
    void noteBus();
    /// From the bus: the application was emptied at this place of the order.
    void acceptClearing(AppCleared which);
    /// Whether entries come that other machines have taken in; then whenCurrent() is worth asking.
    bool isShared() const { return m_bus; }
    /// Calls `done` when all is here that is on the bus now, or after some seconds; only while isShared().
    void whenCurrent(std::function<void()> done);
    /// Takes a checkpoint without entries, to be stored with all that was accepted before.
    void acceptCheckpoint(CheckpointPtr checkpoint);
    /// A ticket for all that was accepted so far: it is safe on disk once durableTicket() reaches it; at once
    /// where nothing is kept on disk.
    std::uint64_t drawTicket();
    std::uint64_t durableTicket() const { return m_durableTicket; }
    /// Whether so much waits to be written that producers should be read no further for now. `waitsForDisk`: for
    /// one that wants to know its entries on disk; others go on, unstored, while the disk takes nothing.
    bool isBehind(bool waitsForDisk) const;
    void acceptAppMetrics(AppMetrics metrics);
    /// Brings a command to producers and says how many took it.
    using Deliver = std::function<int(const AppCommand&)>;
    /// Takes a command, which is remembered however many producers took it: that many are given back. Nothing: as for false of
    /// acceptLogs(), and it was not delivered.
    std::optional<int> acceptCommand(AppCommand command, const Deliver& deliver);
    /// Empties the application's history, with a bus on all machines, when that comes back. False: there was nothing new in it since it
    /// was last cleared, and nobody is told.
    bool clear(AppCleared which);

    History& history() { return m_history; }
    /// The names of the applications that have sent entries, sorted.
    std::vector<std::string> applications() const { return m_apps.names(); }
    /// The number of the application's newest entry; 0 before the first.
    std::uint64_t lastSequence(const std::string& appId) const;
    /// The id of the newest entry that is known to be on disk: a kill takes nothing up to it. Empty: none is known. Absent:
    /// nothing is kept on disk.
    std::optional<std::string> storedId(const std::string& appId) const;
    /// The last commands of an application, oldest first, at most 20.
    std::vector<AppCommand> lastCommands(const std::string& appId) const;
    /// The newest look at the machine; null before the first.
    FramePtr lastSample() const { return m_lastSample; }
    double messagesPerSecond() const { return m_rate.perSecond(now()); }
    double errorShare() const { return m_rate.errorShare(now()); }

public Q_SLOTS:
    void acceptSample(vigie::FramePtr frame);
    /// From the archive: batches that held so many bytes are written, which brings these applications to these places, and the
    /// tickets up to this one are safe.
    void noteStored(qint64 bytes, quint64 ticket, const vigie::StoredPlaces& places = {});
    /// From the archive of figures: so many bytes of applications' are taken.
    void noteRecorded(qint64 bytes);
    void noteStoreState(const vigie::StoreState& state);

Q_SIGNALS:
    void logsAccepted(vigie::LogBatchPtr batch);
    /// logsAccepted(), but for what cannot be stored now.
    void logsToStore(vigie::LogBatchPtr batch);
    /// A checkpoint that no entries go with.
    void checkpointToStore(vigie::CheckpointPtr checkpoint);
    /// The archive was opened, and holds these.
    void checkpointsRestored(const std::vector<vigie::Checkpoint>& checkpoints);
    /// All of an application's entries have their places so much further on from here.
    void movedOn(const std::string& appId, quint64 by);
    /// storedId() of this application may have changed.
    void placeStored(const std::string& appId);
    /// Somebody waits to know that all logsToStore() so far is on disk.
    void ticketDrawn(quint64 ticket);
    /// durableTicket() grew.
    void becameDurable();
    /// isBehind() may have become false.
    void caughtUp();
    void sampleAccepted(vigie::FramePtr frame);
    void appMetricsAccepted(vigie::AppMetrics metrics);
    void cleared(vigie::AppCleared cleared);

private:
    bool isMuchUnwritten() const;
    bool isMuchUnrecorded() const;
    /// Drops repeats and renames what needs another id.
    static void sift(LogBatch& batch, Applications& apps, Applications::App& app, Acceptance& acceptance);
    /// Gives a batch without repeats its place.
    void take(Applications::App& app, LogBatch batch, bool mustBeStored);
    void store(Applications::App& app, const LogBatchPtr& batch, bool mustBeStored);
    void settle(std::uint64_t ticket);
    bool isOfUse(const AppCleared& which) const;
    LogRate::Time now() const { return LogRate::Time(m_clock.elapsed()); }

    Applications m_apps;
    MemoryHistory m_memory;
    LayeredHistory m_history{m_memory};
    MetricArchive* m_metricArchive = nullptr;
    Bus* m_bus = nullptr;
    std::optional<std::vector<Checkpoint>> m_heldCheckpoints; // as they were stored, while more of ours come by the bus
    bool m_hasArchive = false;
    bool m_storeWorks = true;
    bool m_idsFollow = false; // the archive is still telling the ids that it holds
    std::uint32_t m_epoch = 0; // as the archive said it last
    qint64 m_unwrittenBytes = 0; // of entries
    qint64 m_unrecordedBytes = 0; // of applications' figures
    std::uint64_t m_lastTicket = 0;
    std::uint64_t m_durableTicket = 0;
    EntryIdSource m_commandIds;
    LogRate m_rate;
    QElapsedTimer m_clock;
    FramePtr m_lastSample;
};

} // namespace vigie
