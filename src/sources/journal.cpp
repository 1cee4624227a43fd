// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/journal.h"

#include "core/entryid.h"
#include "intake/intakequeue.h"

#include <QDateTime>
#include <algorithm>

namespace vigie {

using namespace std::chrono_literals;

namespace {

constexpr int entriesATurn = 1'000; // so that nothing else on the thread waits long
constexpr std::size_t batchBytes = 512 * 1024;
constexpr std::chrono::milliseconds firstWait = 1s; // after a failure
constexpr std::chrono::milliseconds longestWait = 30s;

} // namespace

Journal::Journal(Intake& intake, const ReadContainers& read) : m_intake(intake), m_read(read)
{
    for (QTimer* const timer : {&m_more, &m_silence, &m_again})
        timer->setSingleShot(true);
    m_more.callOnTimeout(this, [this] { readSome(); });
    m_again.callOnTimeout(this, [this] { openIt(); });
    m_silence.callOnTimeout(this, [this] {
        m_joiner.finish([this](const JournalMeaning& entry, std::string_view cursor) { append(entry, cursor); });
        push();
    });
}

Journal::~Journal()
{
    end();
}

void Journal::apply(const SourceSettings& settings)
{
    if (settings.journal == m_settings)
        return;
    end();
    m_settings = settings.journal;
    if (!m_settings.isOn)
        return;
    SourceState state;
    state.id = "journal";
    state.kind = SourceKind::Journal;
    state.name = m_settings.directory.isEmpty() ? "systemd" : m_settings.directory.toStdString();
    state.appId = m_settings.appId.toStdString();
    m_account = m_intake.board().open(std::move(state));
    // A folder's cursors mean nothing elsewhere.
    m_queue = new IntakeQueue(m_intake, ("journal:" + m_settings.directory.toStdString()).substr(0, Checkpoint::maxSourceBytes));
    connect(m_queue, &IntakeQueue::placeRestored, this, &Journal::restore);
    connect(m_queue, &IntakeQueue::roomCame, this, [this] {
        m_isFull = false;
        push();
        if (!m_isFull)
            m_more.start(0);
    });
    connect(m_queue, &IntakeQueue::refused, this, [this] {
        m_account.note(SourceNote::Kind::Refused, "too_many_applications", 1, QDateTime::currentMSecsSinceEpoch());
    });
}

void Journal::end()
{
    if (m_queue) {
        m_queue->disconnect(this);
        m_queue->deleteLater();
    }
    m_queue = nullptr;
    m_notifier.reset();
    m_reader.reset();
    m_account = {};
    m_joiner = {};
    m_batches.clear();
    m_waiting.clear();
    m_place.clear();
    m_readTo.clear();
    m_isRestored = m_isFull = false;
    for (QTimer* const timer : {&m_more, &m_silence, &m_again})
        timer->stop();
}

void Journal::restore(const QByteArray& place)
{
    if (std::exchange(m_isRestored, true))
        return; // the store was opened anew: what was read since is on its way to it
    m_place = place.toStdString();
    openIt();
}

void Journal::fail(const QString& problem)
{
    m_account.setStatus(SourceStatus::Failing, problem.toStdString());
    m_wait = std::clamp(2 * m_wait, firstWait, longestWait);
    m_again.start(m_wait);
}

void Journal::openIt()
{
    Result<JournalReader> opened = JournalReader::open(m_settings);
    if (!opened)
        return fail(opened.error().message);
    m_reader.emplace(std::move(*opened));
    const bool isFirst = m_place.empty();
    if (m_reader->goTo(m_place, m_settings.takesPast) == JournalReader::Start::Gone)
        m_account.note(SourceNote::Kind::Dropped, "vacuumed", 1, QDateTime::currentMSecsSinceEpoch());
    if (isFirst && !m_settings.takesPast) {
        // Where nothing comes before the next start, what comes until then is read all the same.
        LogBatch none("journal");
        if (const std::string here = m_reader->cursor(); !here.empty() && m_queue->push(none, here) > 0)
            m_place = here;
    }
    m_account.setStatus(SourceStatus::Reading);
    if (const int fd = m_reader->fd(); fd >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(fd, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
            m_reader->noteChange();
            if (!m_isFull && !m_more.isActive())
                m_more.start(0);
        });
    }
    m_more.start(0);
}

void Journal::readSome()
{
    if (!m_reader || m_isFull)
        return;
    int entries = 0;
    auto next = JournalReader::Next::Entry;
    while (entries < entriesATurn && (next = m_reader->next(m_entry, m_cursor)) == JournalReader::Next::Entry) {
        ++entries;
        m_readTo = m_cursor;
        take();
    }
    if (entries > 0)
        m_wait = 0ms;
    if (next == JournalReader::Next::Failed) {
        push();
        return openAgain();
    }
    const bool isAtEnd = entries < entriesATurn;
    const JournalJoiner::Give give = [this](const JournalMeaning& entry, std::string_view cursor) { append(entry, cursor); };
    if (!isAtEnd) // what is old is not waited for
        m_joiner.finishBefore(meaningOf(m_entry).timeMs - JournalJoiner::silence.count(), give);
    push();
    if (!isAtEnd) {
        m_account.setStatus(SourceStatus::Reading);
        if (!m_isFull)
            m_more.start(0);
        return;
    }
    const bool hasFiles = m_reader->hasFiles() || !m_settings.directory.isEmpty();
    m_account.setStatus(hasFiles ? SourceStatus::Following : SourceStatus::Failing, hasFiles ? std::string() : "no_journal");
    if (!m_joiner.isEmpty())
        m_silence.start(JournalJoiner::silence);
}

/// A file of it is damaged: what comes behind the last entry that was read is looked for anew.
void Journal::openAgain()
{
    m_account.note(SourceNote::Kind::Dropped, "damaged", 1, QDateTime::currentMSecsSinceEpoch());
    m_notifier.reset();
    m_reader.reset();
    if (!m_readTo.empty())
        m_place = m_readTo;
    m_wait = std::clamp(2 * m_wait, firstWait, longestWait);
    m_again.start(m_wait);
    if (!m_joiner.isEmpty())
        m_silence.start(JournalJoiner::silence);
}

void Journal::take()
{
    if (const std::string_view container = m_entry.value("CONTAINER_ID_FULL");
        !container.empty() && m_read.contains(std::string(container)))
        return; // it comes from its engine
    if (m_entry.isCut())
        m_account.note(SourceNote::Kind::Dropped, "too_large", 1, QDateTime::currentMSecsSinceEpoch(), m_entry.value("MESSAGE").substr(0, 100));
    m_joiner.add(meaningOf(m_entry, m_settings.appId.toStdString()), m_cursor,
                 [this](const JournalMeaning& entry, std::string_view cursor) { append(entry, cursor); });
}

void Journal::append(const JournalMeaning& entry, std::string_view cursor)
{
    NewLogEntry one{cursor, entry.timeMs, entry.level, entry.message, entry.metadataJson, true};
    const std::string id = substituteEntryId(one, {});
    one.id = id;
    const auto found = m_batches.try_emplace(entry.appId, entry.appId).first;
    found->second.batch.append(one, found->second.origin);
    m_account.add(1, entry.appId, entry.timeMs, QDateTime::currentMSecsSinceEpoch());
    if (found->second.batch.json().size() >= batchBytes)
        push();
}

void Journal::push()
{
    for (auto& [app, entries] : m_batches)
        m_waiting.push_back(std::move(entries.batch));
    m_batches.clear();
    m_waitingPlace = m_joiner.place();
    while (!m_waiting.empty() && !m_isFull) {
        const bool isLast = m_waiting.size() == 1;
        if (m_queue->push(m_waiting.front(), isLast ? m_waitingPlace : std::string()) == 0)
            m_isFull = true;
        else
            m_waiting.pop_front();
    }
}

} // namespace vigie
