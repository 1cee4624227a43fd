// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "intake/intake.h"
#include "intake/sourceboard.h"
#include "sources/containerfacts.h"
#include "sources/containerstream.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace vigie {

class EngineCall;
class IntakeQueue;

/// The log of one container, read from its engine from its beginning on: whole, and once.
///
/// Docker's streams are whole. Podman's leave lines out when many come at once: there a stream is taken as far as few lines came,
/// and else only tells that there is something to fetch. What is fetched without following is whole, and says what was missing.
/// Lives on the sources' thread.
class ContainerLog : public QObject
{
    Q_OBJECT

public:
    static constexpr std::uint32_t maxUnchecked = 1'000; ///< pieces of a stream of Podman that are taken before all is fetched again

    ContainerLog(Intake& intake, ContainerFacts facts, QString socketPath, QObject* parent);
    ~ContainerLog() override;

    const ContainerFacts& facts() const { return m_facts; }
    /// It has ended, and all of it is stored: nothing more is to be read before it is started again.
    bool isAllRead() const { return m_step == Step::Resting && !m_again.isActive() && m_batch.empty() && m_settled >= m_pushed; }
    /// It was started, has ended, or the engine is there again: reads what is new.
    void look();
    /// It was removed: reads no more once what is being read has ended.
    void setRemoved();

Q_SIGNALS:
    /// It is removed, and all that there was is stored.
    void done();

private:
    enum class Step {
        Restoring, ///< waits to be told how far it was read
        Resting, ///< nothing is to be read
        Fetching,
        Inspecting,
        Following
    };
    using Counts = std::map<std::int64_t, std::unordered_map<std::uint64_t, std::uint32_t>>; // by second and hash
    /// A piece with its own texts.
    struct Held
    {
        EnginePiece piece;
        std::string time;
        std::string text;
        std::uint32_t ordinal;
    };
    /// What was read before Vigie was started last, held until it is sure that it was.
    struct Resume
    {
        StreamPlace place;
        StreamPlace read;
        bool isOver = true;
        std::size_t bytes = 0;
        std::vector<Held> held;
    };

    void restore(const QByteArray& place);
    void settle(quint64 number);
    void ask(Step step);
    void inspect();
    void logEnded();
    void fetchEnded();
    void inspected();
    void rest(SourceStatus status, const QString& problem = {});
    void retryLater(const QString& problem);

    void takeBytes(std::string_view bytes);
    void take(const EnginePiece& piece);
    bool cameBefore(const EnginePiece& piece, std::uint64_t hash, std::uint32_t ordinal);
    void giveHeld(Resume& resume);
    void takeNew(const EnginePiece& piece, std::uint32_t ordinal);
    ContainerStream::Give giveOf(bool isError);
    void append(const StreamEntry& entry, std::int64_t timeMs, const std::string& origin, bool isError);
    void markRun(const std::string& startedAt);
    void finishStreams();
    void push();
    void waitForSilence();
    bool isComplete() const { return m_step == Step::Fetching || !m_isPodmans; }

    ContainerFacts m_facts;
    QString m_socketPath;
    IntakeQueue* m_queue;
    SourceAccount m_account;
    Step m_step = Step::Restoring;
    QPointer<EngineCall> m_call;
    bool m_isPodmans = false;
    bool m_isLookedFor = false; // again, after this step
    bool m_isRemoved = false;
    bool m_isFull = false; // the queue before the door
    quint64 m_pushed = 0; // the number of the last batch
    quint64 m_settled = 0; // up to which all are stored, or refused
    std::uint32_t m_news = 0; // of this call
    std::chrono::milliseconds m_callBegan{0};

    std::optional<ContainerPieces> m_pieces;
    std::array<ContainerStream, 2> m_streams; // stdout, stderr
    std::array<Resume, 2> m_resume;
    std::array<std::string, 2> m_metadata;
    std::int64_t m_since = 0; // all before this second was read
    std::int64_t m_asked = 0; // that, when this call began
    Counts m_taken; // from m_since on
    Counts m_seen; // the same, by this call
    LogBatch m_batch;
    LogOrigin m_origin;
    std::int64_t m_lastMs = 0;
    QTimer m_flush;
    QTimer m_silence;
    QTimer m_again;
    std::chrono::milliseconds m_wait{0};
};

} // namespace vigie
