// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/filestream.h"

#include "core/jsontext.h"
#include "core/utf8.h"

#include <QDateTime>
#include <QTimeZone>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t maxWindow = 1 << 20;
constexpr std::size_t packedStepBytes = 4 * 1024; // these may become many
constexpr std::int64_t pastMs = 60'000; // entries of a file that grew longest ago are from then

} // namespace

FileStream::FileStream(OpenedFile file, FilePlace place, const WatchedFiles& how, std::string shownName)
    : m_file(std::move(file)), m_how(how), m_position(0), m_reader(newReader()), m_batch(how.appId.toStdString()),
      m_origin(how.appId.toStdString(), "file")
{
    if (!shownName.empty()) {
        std::string room;
        m_fileMember = "\"file\":";
        appendJsonString(m_fileMember, mendedUtf8(shownName, room));
    }
    moveTo(place);
}

StreamReader FileStream::newReader() const
{
    const QTimeZone zone = m_how.timeZone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(m_how.timeZone.toUtf8());
    return StreamReader(LineReader(zone, m_how.format.toStdString()), {}, m_position);
}

void FileStream::restart()
{
    FilePlace start;
    start.path = m_place.path;
    moveTo(start);
}

void FileStream::moveTo(const FilePlace& place)
{
    m_place = place;
    m_position = place.offset;
    m_packedPosition = m_unpacked = m_unread = 0;
    m_window.clear();
    const std::string beginning = m_file.piece(0, PieceMark::maxBytes);
    m_unpacker = Unpacker::of(beginning);
    m_place.isPacked = m_unpacker != nullptr;
    if (!m_unpacker) {
        m_head = beginning.substr(0, place.head.length);
        const std::uint64_t tail = std::min<std::uint64_t>(m_position, PieceMark::maxBytes);
        m_window = m_file.piece(m_position - tail, tail);
    }
    m_place.tail = m_window.empty() ? place.tail : PieceMark::of(m_window);
    m_reader = newReader();
    m_reader.setFinishesLines(false);
    m_lastMs = 0;
    clearBatch();
}

/// Whether what was read is no longer the file's content. Knows more of its beginning afterwards.
bool FileStream::isChanged()
{
    if (m_file.size() > m_position)
        m_unread = m_file.size() - m_position;
    m_file.look();
    if (m_file.size() < m_position)
        return true;
    std::string head = m_file.piece(0, PieceMark::maxBytes);
    if (!head.starts_with(m_head))
        return true;
    if (head.size() > m_head.size()) {
        m_head = std::move(head);
        m_place.head = PieceMark::of(m_head);
    }
    m_unread = 0;
    return false;
}

FileStream::Step FileStream::step(Time now, std::span<char> buffer)
{
    m_now = now;
    if (m_unpacker)
        return stepPacked(buffer);
    const std::string_view bytes = m_file.read(m_position, buffer);
    // Asked after it was read: what was read is then of the content that was read before.
    if (isChanged())
        return Step::Truncated;
    if (bytes.empty())
        return Step::AtEnd;
    take(bytes);
    return Step::More;
}

FileStream::Step FileStream::stepPacked(std::span<char> buffer)
{
    const std::string_view packed = m_file.read(m_packedPosition, buffer.first(std::min(buffer.size(), packedStepBytes)));
    m_packedPosition += packed.size();
    if (packed.empty()) {
        m_file.look();
        if (m_file.size() < m_packedPosition)
            return Step::Truncated;
        if (isWhole()) // else somebody may be writing to it
            finish(m_now);
        return Step::AtEnd;
    }
    const bool isGood = m_unpacker->add(packed, [this](std::string_view bytes) {
        if (m_head.size() < PieceMark::maxBytes) {
            m_head.append(bytes.substr(0, PieceMark::maxBytes - m_head.size()));
            m_place.head = PieceMark::of(m_head);
        }
        const std::uint64_t start = m_unpacked;
        m_unpacked += bytes.size();
        if (m_unpacked <= m_position)
            return; // it was read before
        take(bytes.substr(m_position - start));
    });
    return isGood ? Step::More : Step::Damaged;
}

void FileStream::take(std::string_view bytes)
{
    const std::uint64_t placeBefore = m_place.offset;
    m_position += bytes.size();
    m_reader.add(bytes, m_now, m_append);
    keepWindow(bytes, m_position, placeBefore);
}

/// Keeps what the mark before the next place is made of.
void FileStream::keepWindow(std::string_view bytes, std::uint64_t end, std::uint64_t placeBefore)
{
    if (m_window.size() + bytes.size() > maxWindow && m_place.offset == placeBefore) {
        m_window.assign(bytes.substr(bytes.size() - std::min(bytes.size(), PieceMark::maxBytes)));
        return;
    }
    m_window.append(bytes);
    if (m_place.offset == placeBefore)
        return;
    const std::uint64_t start = end - m_window.size();
    const auto before = std::size_t(m_place.offset > start ? m_place.offset - start : 0);
    const std::size_t tail = std::min(before, PieceMark::maxBytes);
    std::string window = m_window.substr(before - tail);
    m_window = std::move(window); // without the room of all that was read
    m_place.tail = PieceMark::of(std::string_view(m_window).substr(0, tail));
}

void FileStream::finishSilent(Time now)
{
    const std::uint64_t before = m_place.offset;
    m_now = now;
    m_reader.finishSilent(now, m_append);
    keepWindow({}, m_position, before);
}

void FileStream::finishEntry()
{
    const std::uint64_t before = m_place.offset;
    m_reader.finishEntry(m_append);
    keepWindow({}, m_position, before);
}

void FileStream::finish(Time now)
{
    const std::uint64_t before = m_place.offset;
    m_now = now;
    m_reader.finish(now, m_append);
    keepWindow({}, m_position, before);
}

/// An entry without a time is as old as the one before where the past is read, else it is of now.
void FileStream::append(const StreamEntry& read)
{
    NewLogEntry whole = read.entry;
    if (whole.timeIsOurs) {
        const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
        const bool isPast = nowMs - m_file.modifiedMs() > pastMs;
        whole.timestampMs = isPast ? (m_lastMs > 0 ? m_lastMs : m_file.modifiedMs()) : nowMs;
    } else {
        m_lastMs = whole.timestampMs;
    }
    m_guessedZones += read.isZoneGuessed ? 1 : 0;
    if (!m_fileMember.empty()) {
        const std::string_view members = whole.metadataJson;
        const bool isObject = members.starts_with('{') && members.find_first_not_of(" \t\r\n", 1) != members.rfind('}');
        if (isObject && members.find("\"file\":") == std::string_view::npos)
            m_metadata.assign(1, '{').append(m_fileMember).append(1, ',').append(members.substr(1));
        else if (members.empty() || members == "{}")
            m_metadata.assign(1, '{').append(m_fileMember).append(1, '}');
        else
            m_metadata = members; // it says so itself, or has no members
        whole.metadataJson = m_metadata;
    }
    whole.level = keptLevel(whole.level);
    whole.id = m_ids.next(whole.timestampMs);
    m_batch.append(whole, namesUser(read) ? LogOrigin(m_how.appId.toStdString(), std::string(read.userId)) : m_origin);
    m_place.offset = read.end;
}

} // namespace vigie
