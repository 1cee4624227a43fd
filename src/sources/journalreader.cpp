// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/journalreader.h"

#include <QFile>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

Result<JournalReader> JournalReader::open(const WatchedJournal& settings)
{
    if (!SystemdLibrary::get())
        return Error{u"no_libsystemd"_s};
    QString problem;
    Handle handle = openHandle(settings, problem);
    if (!handle)
        return Error{problem};
    return JournalReader(std::move(handle), settings);
}

JournalReader::Handle JournalReader::openHandle(const WatchedJournal& settings, QString& problem)
{
    const SystemdLibrary& library = *SystemdLibrary::get();
    sd_journal* journal = nullptr;
    const int result = settings.directory.isEmpty()
        ? library.open(&journal, SystemdLibrary::localOnly)
        : library.openDirectory(&journal, QFile::encodeName(settings.directory).constData(), 0);
    if (result >= 0)
        return Handle(journal);
    problem = u"unreadable: "_s + qt_error_string(-result);
    return {};
}

JournalReader::JournalReader(Handle journal, WatchedJournal settings)
    : m_library(SystemdLibrary::get()), m_journal(std::move(journal)), m_settings(std::move(settings))
{
    m_library->setDataThreshold(m_journal.get(), JournalEntry::maxFieldBytes);
    m_library->getFd(m_journal.get()); // what changes from here on is told
}

void JournalReader::addMatch(const std::string& match)
{
    m_library->addMatch(m_journal.get(), match.data(), match.size());
}

void JournalReader::addFilters()
{
    sd_journal* const journal = m_journal.get();
    for (const QString& name : std::as_const(m_settings.units)) {
        const std::string unit = (name.contains(u'.') ? name : name + ".service"_L1).toStdString();
        addMatch("_SYSTEMD_UNIT=" + unit);
        m_library->addDisjunction(journal);
        addMatch("_PID=1"); // what systemd says of it
        addMatch("UNIT=" + unit);
        m_library->addDisjunction(journal);
    }
    m_library->addConjunction(journal);
    for (int priority = 0; m_settings.maxPriority < 7 && priority <= m_settings.maxPriority; ++priority)
        addMatch("PRIORITY=" + std::to_string(priority));
    m_library->addConjunction(journal);
    if (m_settings.thisBootOnly) {
        QFile file(u"/proc/sys/kernel/random/boot_id"_s);
        if (file.open(QIODevice::ReadOnly))
            addMatch("_BOOT_ID=" + file.readAll().trimmed().replace('-', "").toStdString());
    }
}

JournalReader::Start JournalReader::goTo(const std::string& cursor, bool fromStart)
{
    sd_journal* const journal = m_journal.get();
    if (cursor.empty()) {
        addFilters();
        if (fromStart) {
            m_library->seekHead(journal);
        } else {
            m_library->seekTail(journal);
            m_library->previous(journal); // the tail is a place before the last entry for next()
        }
        return Start::AsAsked;
    }
    // Asked without filters: the entry may not be one that they let through.
    m_library->seekCursor(journal, cursor.c_str());
    const bool isThere = m_library->next(journal) > 0 && m_library->testCursor(journal, cursor.c_str()) > 0;
    addFilters();
    m_library->seekCursor(journal, cursor.c_str());
    m_isAtNext = m_library->next(journal) > 0 && m_library->testCursor(journal, cursor.c_str()) <= 0;
    return isThere ? Start::AsAsked : Start::Gone;
}

JournalReader::Next JournalReader::next(JournalEntry& entry, std::string& cursor)
{
    if (!std::exchange(m_isAtNext, false)) {
        const int moved = m_library->next(m_journal.get());
        if (moved <= 0)
            return moved < 0 ? Next::Failed : Next::NoEntry;
    }
    readFields(entry);
    cursor = this->cursor();
    return Next::Entry;
}

std::string JournalReader::cursor() const
{
    char* text = nullptr;
    if (m_library->getCursor(m_journal.get(), &text) < 0)
        return {};
    std::string cursor(text);
    std::free(text);
    return cursor;
}

void JournalReader::readFields(JournalEntry& entry)
{
    entry.clear();
    const void* data = nullptr;
    std::size_t length = 0;
    m_library->restartData(m_journal.get());
    while (m_library->enumerateData(m_journal.get(), &data, &length) > 0) {
        const std::string_view field(static_cast<const char*>(data), length);
        const std::size_t equals = field.find('=');
        if (equals != std::string_view::npos)
            entry.add(field.substr(0, equals), field.substr(equals + 1));
    }
    std::uint64_t microseconds = 0;
    if (m_library->getRealtime(m_journal.get(), &microseconds) >= 0)
        entry.add("__REALTIME_TIMESTAMP", std::to_string(microseconds));
}

int JournalReader::fd() const
{
    return m_library->getFd(m_journal.get());
}

bool JournalReader::hasFiles() const
{
    return m_library->hasRuntimeFiles(m_journal.get()) > 0 || m_library->hasPersistentFiles(m_journal.get()) > 0;
}

} // namespace vigie
