// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/containerlog.h"

#include "core/clock.h"
#include "core/entryid.h"
#include "core/jsontext.h"
#include "core/names.h"
#include "core/timestamp.h"
#include "core/utf8.h"
#include "intake/intakequeue.h"
#include "sources/enginecall.h"

#include <QDateTime>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t batchEntries = 1'000;
constexpr std::size_t batchBytes = 512 * 1024;
constexpr std::size_t maxHeldBytes = 16 * 1024 * 1024;
constexpr std::chrono::milliseconds shortestPause = 250ms; // between two fetches of a flood
constexpr std::chrono::milliseconds firstWait = 1s; // after a failure
constexpr std::chrono::milliseconds longestWait = 30s;

std::string metadataOf(const ContainerFacts& facts, const char* stream)
{
    std::string json = "{\"container\":";
    appendJsonString(json, facts.name);
    if (!facts.service.empty()) {
        json += ",\"service\":";
        appendJsonString(json, facts.service);
    }
    return json + ",\"stream\":\"" + stream + "\"";
}

} // namespace

ContainerLog::ContainerLog(Intake& intake, ContainerFacts facts, QString socketPath, QObject* parent)
    : QObject(parent), m_facts(std::move(facts)), m_socketPath(std::move(socketPath)),
      m_queue(new IntakeQueue(intake, "container:" + m_facts.id)),
      m_metadata{metadataOf(m_facts, "stdout"), metadataOf(m_facts, "stderr")}, m_batch(m_facts.appId),
      m_origin(m_facts.appId, nameProblem(m_facts.name).empty() ? m_facts.name : "container")
{
    SourceState state;
    state.id = "container:" + m_facts.id.substr(0, 12);
    state.kind = SourceKind::Container;
    state.name = m_facts.name;
    state.appId = m_facts.appId;
    state.detail = m_facts.image;
    m_account = intake.board().open(std::move(state));
    connect(m_queue, &IntakeQueue::placeRestored, this, &ContainerLog::restore);
    connect(m_queue, &IntakeQueue::roomCame, this, [this] {
        m_isFull = false;
        push();
    });
    connect(m_queue, &IntakeQueue::becameDurableUpTo, this, &ContainerLog::settle);
    connect(m_queue, &IntakeQueue::refused, this, [this](quint64 number) {
        m_account.note(SourceNote::Kind::Refused, "too_many_applications", 1, QDateTime::currentMSecsSinceEpoch());
        settle(number);
    });
    for (QTimer* const timer : {&m_flush, &m_silence, &m_again})
        timer->setSingleShot(true);
    m_flush.callOnTimeout(this, [this] { push(); });
    m_silence.callOnTimeout(this, [this] {
        for (const bool isError : {false, true})
            m_streams[isError].finishSilent(steadyNow(), giveOf(isError));
        push();
        waitForSilence();
    });
    m_again.callOnTimeout(this, [this] { ask(Step::Fetching); });
}

ContainerLog::~ContainerLog()
{
    if (m_call)
        m_call->stop();
    m_queue->disconnect(this);
    m_queue->deleteLater();
}

void ContainerLog::restore(const QByteArray& place)
{
    if (m_step != Step::Restoring)
        return; // the store was opened anew: what was read since is on its way to it
    if (const auto known = ContainerPlace::fromText({place.constData(), std::size_t(place.size())})) {
        m_since = std::min(known->out.second, known->err.second);
        const std::array<StreamPlace, 2> places{known->out, known->err};
        for (std::size_t i = 0; i < places.size(); ++i) {
            m_streams[i].setPlace(places[i]);
            m_resume[i] = {places[i], {places[i].second, 0, 0}, false, 0, {}};
        }
    }
    ask(Step::Fetching);
}

void ContainerLog::look()
{
    m_wait = 0ms;
    if (m_step == Step::Resting)
        ask(Step::Fetching);
    else
        m_isLookedFor = true;
}

void ContainerLog::setRemoved()
{
    m_isRemoved = true;
    settle(m_settled);
}

void ContainerLog::settle(quint64 number)
{
    m_settled = std::max(m_settled, number);
    // Its log is gone: what waits to be stored is nowhere else.
    if (m_isRemoved && isAllRead())
        Q_EMIT done();
}

void ContainerLog::ask(Step step)
{
    if (!m_facts.keepsLog) // the state of a container, and no fault
        return rest(SourceStatus::Waiting, u"no_log_kept"_s);
    m_again.stop();
    m_step = step;
    if (step == Step::Fetching)
        m_isLookedFor = false;
    m_news = 0;
    m_seen.clear();
    m_callBegan = steadyNow();
    m_asked = m_since;
    m_pieces.emplace(m_facts.isTerminal);
    if (isComplete()) {
        for (ContainerStream& stream : m_streams)
            stream.startCounting(m_since);
    }
    m_account.setStatus(step == Step::Fetching ? SourceStatus::Reading : SourceStatus::Following);
    auto* const call = new EngineCall(this);
    m_call = call;
    connect(call, &EngineCall::answered, this, [this, call] { m_isPodmans = call->isPodmans(); });
    connect(call, &EngineCall::finished, this, &ContainerLog::logEnded);
    const QByteArray follow = step == Step::Following ? "1" : "0";
    call->ask(m_socketPath,
              "/containers/" + QByteArray::fromStdString(m_facts.id) + "/logs?stdout=1&stderr=1&timestamps=1&follow=" + follow
                  + "&since=" + QByteArray::number(qlonglong(m_since)),
              [this](std::string_view bytes) { takeBytes(bytes); });
    call->setPaused(m_isFull);
}

void ContainerLog::logEnded()
{
    EngineCall& call = *m_call;
    m_call = nullptr;
    call.deleteLater();
    const int status = call.status();
    if (status == 404) { // removed
        finishStreams();
        return rest(SourceStatus::Ended);
    }
    const QString why = QString::fromUtf8(call.body().trimmed().left(200));
    if (status == 500 || status == 501) {
        if (m_step == Step::Fetching)
            return rest(SourceStatus::Waiting, u"no_log_kept: "_s + why);
        m_again.start(longestWait); // cannot be followed, but can be fetched
        m_step = Step::Fetching;
        return;
    }
    if (status != 200)
        return retryLater(status == 0 ? call.problem() : u"engine_refuses: %1 %2"_s.arg(status).arg(why));
    if (m_step == Step::Following)
        return ask(Step::Fetching); // the end of a stream says nothing
    if (!call.problem().isEmpty())
        return retryLater(call.problem());
    fetchEnded();
}

void ContainerLog::fetchEnded()
{
    m_wait = 0ms;
    m_pieces->finish([this](const EnginePiece& piece) { take(piece); });
    for (Resume& resume : m_resume)
        giveHeld(resume);
    push();
    if (m_isPodmans && m_news > maxUnchecked) {
        // A flood: no stream would be whole. Each fetch reads all of the log, so that the larger it is the longer is the pause.
        m_again.start(std::max(shortestPause, 3 * (steadyNow() - m_callBegan)));
        return;
    }
    inspect();
}

void ContainerLog::inspect()
{
    m_step = Step::Inspecting;
    auto* const call = new EngineCall(this);
    m_call = call;
    connect(call, &EngineCall::finished, this, &ContainerLog::inspected);
    call->ask(m_socketPath, "/containers/" + QByteArray::fromStdString(m_facts.id) + "/json");
}

void ContainerLog::inspected()
{
    EngineCall& call = *m_call;
    m_call = nullptr;
    call.deleteLater();
    if (call.status() != 200 && call.status() != 404)
        return retryLater(call.status() == 0 ? call.problem() : u"engine_refuses: %1 %2"_s.arg(call.status()).arg(QString::fromUtf8(call.body().trimmed().left(200))));
    const auto facts = containerFactsFrom(call.body());
    const bool isThere = call.status() == 200 && facts;
    if (isThere)
        markRun(facts->startedAt);
    if (isThere && facts->isRunning)
        return ask(Step::Following);
    finishStreams();
    rest(isThere ? SourceStatus::Waiting : SourceStatus::Ended);
}

void ContainerLog::rest(SourceStatus status, const QString& problem)
{
    m_step = Step::Resting;
    m_account.setStatus(status, problem.toStdString());
    if (m_isRemoved)
        settle(m_settled);
    else if (std::exchange(m_isLookedFor, false) && m_facts.keepsLog)
        ask(Step::Fetching);
}

void ContainerLog::retryLater(const QString& problem)
{
    if (m_isRemoved)
        return rest(SourceStatus::Ended);
    m_step = Step::Resting;
    m_account.setStatus(SourceStatus::Failing, problem.toStdString());
    m_wait = std::clamp(2 * m_wait, firstWait, longestWait);
    m_again.start(m_wait);
}

void ContainerLog::takeBytes(std::string_view bytes)
{
    if (!m_pieces->add(bytes, [this](const EnginePiece& piece) { take(piece); })) {
        m_account.note(SourceNote::Kind::Refused, "malformed", 1, QDateTime::currentMSecsSinceEpoch());
        m_pieces.emplace(m_facts.isTerminal);
    }
    if (m_step == Step::Following && m_isPodmans && m_news > maxUnchecked && m_call) {
        // More than such a stream is known to bring whole.
        m_call->stop();
        m_call = nullptr;
        QMetaObject::invokeMethod(this, [this] { ask(Step::Fetching); }, Qt::QueuedConnection);
        m_step = Step::Fetching;
    }
    if (!m_flush.isActive() && !m_batch.empty())
        m_flush.start(0);
    waitForSilence();
}

void ContainerLog::take(const EnginePiece& piece)
{
    if (piece.second < m_asked)
        return; // it was read
    if (isComplete() && piece.second > m_since) {
        m_since = piece.second;
        m_taken.erase(m_taken.begin(), m_taken.lower_bound(m_since));
        m_seen.erase(m_seen.begin(), m_seen.lower_bound(m_since));
    }
    const std::uint64_t hash = hashOf(piece);
    // A time to the nanosecond is not that of two.
    const std::uint32_t ordinal = piece.nanoseconds >= 0 ? 1 : ++m_seen[piece.second][hash];
    std::uint32_t& taken = m_taken[piece.second][hash];
    ContainerStream& stream = m_streams[piece.isError];
    const bool isRepeat = ordinal <= taken;
    if (isComplete())
        stream.sawPiece(piece.second, hash, true);
    if (isRepeat) {
        if (isComplete())
            stream.passedOver();
        return;
    }
    ++taken;
    if (cameBefore(piece, hash, ordinal))
        return;
    if (!isComplete())
        stream.sawPiece(piece.second, hash, false);
    takeNew(piece, ordinal);
}

bool ContainerLog::cameBefore(const EnginePiece& piece, std::uint64_t hash, std::uint32_t ordinal)
{
    Resume& resume = m_resume[piece.isError];
    if (resume.isOver)
        return false;
    if (piece.second < resume.place.second)
        return true;
    if (resume.read.count < resume.place.count) {
        resume.read.add(piece.second, hash, false);
        resume.bytes += piece.text.size();
        if (resume.bytes <= maxHeldBytes)
            resume.held.push_back({piece, std::string(piece.time), std::string(piece.text), ordinal});
        if (resume.read.count == resume.place.count)
            giveHeld(resume);
        return true;
    }
    giveHeld(resume);
    return false;
}

void ContainerLog::giveHeld(Resume& resume)
{
    if (std::exchange(resume.isOver, true))
        return;
    // Where the log is not what it was, each is offered again: the door knows those that it has by their ids.
    const std::vector<Held> held = resume.read == resume.place ? std::vector<Held>() : std::exchange(resume.held, {});
    resume.held.clear();
    for (Held one : held) {
        one.piece.time = one.time;
        one.piece.text = one.text;
        takeNew(one.piece, one.ordinal);
    }
}

void ContainerLog::takeNew(const EnginePiece& piece, std::uint32_t ordinal)
{
    ++m_news;
    m_streams[piece.isError].add(piece, ordinal, steadyNow(), giveOf(piece.isError));
}

ContainerStream::Give ContainerLog::giveOf(bool isError)
{
    return [this, isError](const StreamEntry& entry, std::int64_t timeMs, const std::string& origin) {
        append(entry, timeMs, origin, isError);
    };
}

void ContainerLog::append(const StreamEntry& entry, std::int64_t timeMs, const std::string& origin, bool isError)
{
    NewLogEntry one = entry.entry;
    // Its own time is finer than the engine's, unless its zone is anybody's guess.
    if (one.timeIsOurs || entry.isZoneGuessed)
        one.timestampMs = timeMs > 0 ? timeMs : QDateTime::currentMSecsSinceEpoch();
    one.timeIsOurs = false;
    one.level = keptLevel(one.level);
    std::string metadata = m_metadata[isError];
    if (one.metadataJson.size() > 2)
        metadata.append(",").append(one.metadataJson.substr(1));
    else
        metadata += '}';
    one.metadataJson = metadata;
    const std::string seed = m_facts.id + ' ' + origin;
    one.id = seed;
    const std::string id = substituteEntryId(one, {});
    one.id = id;
    one.idIsProducers = true;
    m_batch.append(one, m_origin);
    m_lastMs = one.timestampMs;
    if (m_batch.size() >= batchEntries || m_batch.json().size() >= batchBytes)
        push();
}

void ContainerLog::markRun(const std::string& startedAt)
{
    const std::string before = std::exchange(m_facts.startedAt, startedAt);
    const auto startedMs = timestampFromText(startedAt, TimeRule::Event);
    if (before == startedAt || !startedMs || before.empty() || before.starts_with("0001-"))
        return;
    const std::string metadata = m_metadata[0].substr(0, m_metadata[0].rfind(",\"stream\"")) + ",\"event\":\"start\"}";
    NewLogEntry mark{startedAt, *startedMs, "info", "The container was started again", metadata, true};
    const std::string id = substituteEntryId(mark, m_facts.id);
    mark.id = id;
    m_batch.append(mark, m_origin);
    push();
}

void ContainerLog::finishStreams()
{
    for (const bool isError : {false, true})
        m_streams[isError].finish(steadyNow(), giveOf(isError));
    push();
}

void ContainerLog::push()
{
    if (!m_batch.empty() && !m_isFull) {
        const std::size_t entries = m_batch.size();
        const bool isResuming = !m_resume[0].isOver || !m_resume[1].isOver;
        // Until it is known how far it was read, that is still what holds.
        std::array<StreamPlace, 2> places;
        for (std::size_t i = 0; i < places.size(); ++i)
            places[i] = m_resume[i].isOver && !isResuming ? m_streams[i].place(m_since) : m_streams[i].place(0);
        LogBatch batch = std::exchange(m_batch, LogBatch(m_facts.appId));
        if (const std::uint64_t number = m_queue->push(batch, ContainerPlace{places[0], places[1]}.toText()); number == 0) {
            m_batch = std::move(batch);
            m_isFull = true;
        } else {
            m_pushed = number;
            m_account.add(entries, m_facts.appId, m_lastMs, QDateTime::currentMSecsSinceEpoch());
        }
    }
    if (m_call)
        m_call->setPaused(m_isFull);
}

void ContainerLog::waitForSilence()
{
    std::optional<std::chrono::milliseconds> when;
    for (const ContainerStream& stream : m_streams) {
        if (const auto one = stream.deadline())
            when = std::min(when.value_or(*one), *one);
    }
    if (!when)
        m_silence.stop();
    else if (!m_silence.isActive())
        m_silence.start(std::max(*when - steadyNow(), 1ms));
}

} // namespace vigie
