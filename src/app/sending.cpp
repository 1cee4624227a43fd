// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sending.h"

#include "app/failure.h"
#include "app/instancedoor.h"
#include "core/clock.h"

#include <QCoreApplication>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <pwd.h>
#include <unistd.h>

namespace vigie {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Sending)
};

constexpr std::chrono::seconds patience{5};
constexpr std::chrono::seconds longest{5};

std::string userName()
{
    const passwd* const user = ::getpwuid(::geteuid());
    return user ? user->pw_name : "uid " + std::to_string(::geteuid());
}

} // namespace

Sending::Sending(const DataFolder& folder, const SpoolTarget& target, std::uint64_t spoolBytes)
    : m_folder(folder), m_appId(target.appId.toStdString()), m_userId(userName())
{
    (void)folder.prepare(); // the spool says what is wrong with it
    m_spool = std::make_unique<SpoolFile>(folder.spoolPath(), target, spoolBytes);
    if (!m_spool->isOnDisk())
        fail(Text::tr("Cannot write to %1 (%2): what cannot be delivered waits in memory.")
                 .arg(folder.spoolPath(), m_spool->problem()), Failure);
    m_deliverer = std::make_unique<Deliverer>(folder, *m_spool);
    m_silence.setSingleShot(true);
    m_silence.callOnTimeout(this, &Sending::giveSilent);
    m_patience.setSingleShot(true);
    m_patience.callOnTimeout(this, &Sending::hurry);
    m_longest.setSingleShot(true);
    m_longest.callOnTimeout(this, &Sending::leaveRest);
    connect(&m_pump, &BytePump::came, this, &Sending::takeBytes);
    connect(m_deliverer.get(), &Deliverer::progressed, this, &Sending::noteProgress);
    connect(m_deliverer.get(), &Deliverer::failed, this, &Sending::noteFailure);
    QMetaObject::invokeMethod(m_deliverer.get(), &Deliverer::wake, Qt::QueuedConnection); // what others left
}

Sending::~Sending() = default;

void Sending::addStream(int from, int copyTo, std::vector<PrintRecorder::Member> members)
{
    const int stream = int(m_recorders.size());
    m_recorders.push_back(std::make_unique<PrintRecorder>(m_appId, m_userId, std::move(members)));
    m_pump.read(stream, from, copyTo);
}

void Sending::takeBytes()
{
    for (const PumpedBytes& came : m_pump.take())
        m_recorders[std::size_t(came.stream)]->add(came.bytes, came.cameMs);
    const bool isAtEnd = m_pump.isAtEnd() && !m_isInputAtEnd;
    if (isAtEnd) {
        for (const auto& recorder : m_recorders)
            recorder->finish();
    }
    spool();
    armSilence();
    if (isAtEnd) {
        m_isInputAtEnd = true;
        Q_EMIT inputEnded();
    }
}

void Sending::giveSilent()
{
    for (const auto& recorder : m_recorders)
        recorder->finishSilent();
    spool();
    armSilence();
}

void Sending::armSilence()
{
    std::optional<StreamReader::Time> first;
    for (const auto& recorder : m_recorders) {
        if (const auto deadline = recorder->deadline())
            first = std::min(first.value_or(*deadline), *deadline);
    }
    if (first)
        m_silence.start(std::max(*first - steadyNow(), StreamReader::Time(1)));
    else
        m_silence.stop();
}

void Sending::spool()
{
    std::uint64_t dropped = 0;
    for (const auto& recorder : m_recorders) {
        if (const std::string lines = recorder->takeLines(); !lines.empty())
            dropped += m_spool->append(lines);
    }
    if (dropped > 0 && m_dropped == 0)
        fail(Text::tr("What waits for Vigie needs more room than there is: the oldest entries are dropped."), Failure);
    // What tells of it may be dropped later, too: the newest of them has the sum.
    while (dropped > 0) {
        m_dropped += dropped;
        m_recorders.front()->say("warn", std::to_string(dropped) + " entries were dropped, " + std::to_string(m_dropped)
                                             + " so far: what waited for Vigie needed more room than there was");
        const std::string note = m_recorders.front()->takeLines();
        const std::uint64_t more = m_spool->append(note);
        if (more == 1) // the note itself: the disk takes nothing
            break;
        dropped = more;
    }
    m_deliverer->wake();
}

void Sending::finish()
{
    m_isFinishing = true;
    if (m_hurries || m_deliverer->isDone())
        return Q_EMIT done();
    m_patience.start(patience);
    if (m_spool->target().url.isEmpty())
        m_longest.start(longest);
    m_deliverer->wake();
}

void Sending::hurry()
{
    m_hurries = true;
    if (m_isFinishing)
        Q_EMIT done();
}

/// What is on its way is waited for, so that nobody sends it once more.
void Sending::leaveRest()
{
    m_deliverer->stop();
    if (!m_deliverer->isPosting())
        hurry();
}

void Sending::noteProgress()
{
    if (!m_isFinishing || m_hurries)
        return;
    if (m_deliverer->isDone() || m_deliverer->isStopped())
        hurry();
    else
        m_patience.start(patience);
}

void Sending::noteFailure(Deliverer::Failure how)
{
    if (m_isFinishing && !m_hurries && (how != Deliverer::Failure::Network || m_deliverer->isStopped()))
        hurry();
}

/// Whether the Vigie of this machine takes up what lies in the data folder.
bool Sending::isTakenUp()
{
    InstanceRequest request;
    request.rereadsSources = true;
    const auto answer = askInstance(m_folder.socketPath(), request);
    return answer && !answer->isEnding;
}

bool Sending::settle()
{
    const QString problem = m_deliverer->problem().isEmpty() ? Text::tr("Vigie has not answered yet") : m_deliverer->problem();
    const std::uint64_t refused = m_deliverer->refusedEntries();
    m_deliverer.reset();
    const std::uint64_t left = m_spool->countLines();
    const std::uint64_t lost = !m_spool->isOnDisk() ? left : m_spool->writePending() ? 0 : m_spool->countPending();
    if (refused > 0)
        fail(Text::tr("%n entry(ies) were refused.", nullptr, int(std::min<std::uint64_t>(refused, 1'000'000'000))), Failure);
    const bool isLocal = m_spool->target().url.isEmpty();
    if (left == 0)
        m_spool->remove();
    m_spool.reset(); // whoever runs may take it up from now on
    const auto numberOf = [](std::uint64_t entries) { return int(std::min<std::uint64_t>(entries, 1'000'000'000)); };
    const int count = numberOf(left - lost);
    if (lost > 0)
        fail(Text::tr("%n entry(ies) could not be delivered, and are lost: %1.", nullptr, numberOf(lost)).arg(problem), Failure);
    if (left > lost && !(isLocal && isTakenUp()))
        fail(Text::tr("%n entry(ies) wait in %1: %2.", nullptr, count).arg(m_folder.spoolPath(), problem), Failure);
    return lost == 0 && refused == 0 && m_dropped == 0;
}

} // namespace vigie
