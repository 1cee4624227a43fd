// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/spoolsource.h"

#include "intake/intake.h"
#include "intake/intakequeue.h"

#include <QDateTime>
#include <QFile>
#include <QSocketNotifier>
#include <algorithm>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t stepBytes = 512 * 1024;
/// What a logger nests as deeply as it may is nested once more as metadata.
constexpr int deeper = 2;

constexpr std::size_t stepLines = 2'000; // far fewer than the ids that the hub remembers

} // namespace

SpoolSource::SpoolSource(Intake& intake, QString folder) : m_intake(intake), m_folder(std::move(folder)) {}

SpoolSource::~SpoolSource()
{
    if (m_queue)
        m_queue->deleteLater();
    m_notifier.reset();
    if (m_inotify >= 0)
        ::close(m_inotify);
}

/// The end of a process closes its file, however it ends. What it writes before wakes nobody.
void SpoolSource::watch()
{
    if (m_notifier)
        return;
    // It may be there, and then is made its owner's alone.
    ::mkdir(QFile::encodeName(m_folder).constData(), S_IRWXU);
    ::chmod(QFile::encodeName(m_folder).constData(), S_IRWXU);
    if (m_inotify >= 0)
        ::close(m_inotify);
    m_inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (m_inotify < 0 || inotify_add_watch(m_inotify, QFile::encodeName(m_folder).constData(), IN_CLOSE_WRITE | IN_ONLYDIR) < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_inotify, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SpoolSource::readEvents);
}

void SpoolSource::readEvents()
{
    char events[4096];
    while (::read(m_inotify, events, sizeof events) > 0) {}
    takeUp(); // whichever it was
}

void SpoolSource::apply(const SourceSettings&)
{
    if (m_folder.isEmpty())
        return;
    m_passedOver.clear();
    watch();
    takeUp();
}

void SpoolSource::takeUp()
{
    // Those that we hold already, and those of commands that run, cannot be taken up.
    for (const QString& path : SpoolFile::pathsIn(m_folder)) {
        if (m_passedOver.contains(path))
            continue;
        bool isNone = false;
        std::unique_ptr<SpoolFile> file = SpoolFile::takeUp(path, &isNone);
        if (file && file->target().url.isEmpty())
            m_files.push_back(std::move(file));
        else if (file || isNone)
            m_passedOver.insert(path);
        if (isNone)
            noteBroken(path);
    }
    goOn();
}

void SpoolSource::noteBroken(const QString& path)
{
    SourceState state;
    state.id = "spool:";
    state.kind = SourceKind::Http;
    state.name = "vigie log";
    m_intake.board().open(std::move(state)).note(SourceNote::Kind::Refused, "malformed", 1, QDateTime::currentMSecsSinceEpoch(),
                                                 path.toStdString().substr(0, SourceNote::maxExample));
}

void SpoolSource::goOn()
{
    while (!m_files.empty() && m_number == 0) {
        if (!m_batch)
            readNext();
        if (m_batch)
            return push();
    }
    if (m_files.empty() && m_queue) {
        std::exchange(m_queue, nullptr)->deleteLater();
        m_account.close();
    }
}

/// Reads on in the first file, which may be at its end.
void SpoolSource::readNext()
{
    SpoolFile& file = *m_files.front();
    const std::string appId = file.target().appId.toStdString();
    if (file.isEmpty() || !appIdProblem(appId).empty())
        return endFile();
    if (!m_reader) {
        DecodeLimits limits;
        limits.depth += deeper;
        m_reader = std::make_unique<EntryLineReader>(appId, limits);
        SourceState state;
        state.id = "spool:" + appId;
        state.kind = SourceKind::Http;
        state.name = "vigie log";
        state.appId = appId;
        state.status = SourceStatus::Reading;
        m_account = m_intake.board().open(std::move(state));
    }
    const SpoolFile::Part part = file.read(stepBytes, stepLines);
    m_end = part.end;
    LogBatch batch(appId);
    std::uint64_t malformed = 0;
    for (std::string_view rest = part.lines; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
        const Result<LogBatch> entry = m_reader->read(rest.substr(0, end));
        if (entry)
            batch.append(*entry);
        else
            ++malformed;
        rest.remove_prefix(end + 1);
    }
    m_account.note(SourceNote::Kind::Refused, "malformed", malformed, QDateTime::currentMSecsSinceEpoch());
    if (batch.empty())
        return file.setDelivered(m_end);
    m_batch = std::move(batch);
}

void SpoolSource::push()
{
    if (!m_queue) {
        m_queue = new IntakeQueue(m_intake);
        connect(m_queue, &IntakeQueue::roomCame, this, &SpoolSource::goOn);
        connect(m_queue, &IntakeQueue::becameDurableUpTo, this, &SpoolSource::noteDurable);
        connect(m_queue, &IntakeQueue::refused, this, &SpoolSource::giveUp);
    }
    const std::size_t entries = m_batch->size();
    const std::int64_t lastMs = m_batch->timestampMs(entries - 1);
    const std::string appId = m_batch->appId();
    m_number = m_queue->push(*m_batch);
    if (m_number == 0)
        return;
    m_batch.reset();
    m_account.add(entries, appId, lastMs, QDateTime::currentMSecsSinceEpoch());
}

void SpoolSource::noteDurable(std::uint64_t number)
{
    if (m_number == 0 || number < m_number || m_files.empty())
        return;
    m_number = 0;
    m_files.front()->setDelivered(m_end);
    goOn();
}

/// The application is one more than may send: what it left waits for the next start.
void SpoolSource::giveUp()
{
    m_number = 0;
    m_account.note(SourceNote::Kind::Refused, "too_many_applications", 1, QDateTime::currentMSecsSinceEpoch());
    m_passedOver.insert(m_files.front()->path());
    m_files.pop_front();
    m_reader.reset();
    goOn();
}

void SpoolSource::endFile()
{
    m_files.front()->remove();
    m_files.pop_front();
    m_reader.reset();
}

} // namespace vigie
