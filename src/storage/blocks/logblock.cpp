// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/logblock.h"

namespace vigie {

namespace {

/// What is marked of an entry.
enum Mark : std::int64_t {
    IdIsProducers = 1,
    TimeIsOurs = 2,
    IsPlain = 4,
    IsRepeat = 8,
};

constexpr std::size_t maxEntries = 1 << 20; // far more than any block has

NewLogEntry entryOf(std::string_view id, std::int64_t timeMs, std::string_view level, std::string_view message,
                    std::string_view metadata, std::int64_t marks)
{
    return {id, timeMs, level, message, metadata, (marks & IdIsProducers) != 0, (marks & TimeIsOurs) != 0, (marks & IsPlain) != 0};
}

} // namespace

void BlockEntries::add(const NewLogEntry& entry, std::string_view userId)
{
    m_times.push_back(entry.timestampMs);
    m_marks.push_back((entry.idIsProducers ? IdIsProducers : 0) | (entry.timeIsOurs ? TimeIsOurs : 0) | (entry.isPlain ? IsPlain : 0));
    m_levels.add(entry.level);
    m_users.add(userId);
    m_ids.add(entry.id);
    m_messages.add(entry.message);
    m_metadata.add(entry.metadataJson);
}

void BlockEntries::addRepeat(std::int64_t timeMs)
{
    add({{}, timeMs}, {});
    m_marks.back() = IsRepeat;
}

std::size_t BlockEntries::textBytes() const
{
    return m_messages.joined().size() + m_metadata.joined().size() + m_ids.joined().size() + m_levels.joined().size()
        + m_users.joined().size();
}

void BlockPacker::pack(const BlockEntries& entries, std::string& to)
{
    m_streams.beginSection();
    appendNumber(m_streams.head(), entries.m_times.size());
    m_columns.write(entries.m_times, m_streams);
    m_streams.beginSection();
    m_columns.write(entries.m_marks, m_streams);
    for (const TextList* texts : {&entries.m_levels, &entries.m_users, &entries.m_ids, &entries.m_messages}) {
        m_streams.beginSection();
        m_columns.write(*texts, m_streams);
    }
    m_streams.beginSection();
    m_objects.write(entries.m_metadata, m_columns, m_streams);
    m_streams.pack(to);
}

NewLogEntry BlockEntries::entry(std::size_t i) const
{
    return entryOf(m_ids[i], m_times[i], m_levels[i], m_messages[i], m_metadata[i], m_marks[i]);
}

bool BlockEntries::isRepeat(std::size_t i) const
{
    return m_marks[i] & IsRepeat;
}

void BlockEntries::add(const BlockEntries& other)
{
    for (std::size_t i = 0; i < other.size(); ++i) {
        add(other.entry(i), other.userId(i));
        m_marks.back() = other.m_marks[i];
    }
}

void BlockEntries::clear()
{
    m_times.clear();
    m_marks.clear();
    for (TextList* texts : {&m_levels, &m_users, &m_ids, &m_messages, &m_metadata})
        texts->clear();
}

bool LogBlock::open(std::string_view blob, std::optional<std::size_t> textBytes)
{
    constexpr std::size_t rest = 1024 * 1024; // numbers and heads, of as many entries as a block has
    m_read = 0;
    m_size = 0;
    if (!m_blob.open(blob, textBytes ? *textBytes + rest : StreamBlob::maxBytes))
        return false;
    auto section = m_blob.section(Times);
    if (!section)
        return false;
    const std::uint64_t size = section->head.number();
    if (!section->head.isGood() || size == 0 || size > maxEntries)
        return false;
    m_size = static_cast<std::size_t>(size);
    return true;
}

bool LogBlock::read(Field field, const OutlineTest& needed)
{
    if (isRead(field))
        return true;
    auto section = m_blob.section(field);
    if (!section)
        return false;
    bool isWhole = true;
    const OutlineTest noted = !needed ? needed : [&](const TextOutline& outline) {
        OutlineNeed need = needed(outline);
        isWhole = isWhole && need.isAll;
        return need;
    };
    const auto of = [&] {
        switch (field) {
        case Times:
            section->head.number(); // how many
            return m_columns.read(*section, m_size, m_times);
        case Marks:
            return m_columns.read(*section, m_size, m_marks);
        case Levels:
            return m_columns.read(*section, m_size, m_levels);
        case Users:
            return m_columns.read(*section, m_size, m_users);
        case Ids:
            return m_columns.read(*section, m_size, m_ids);
        case Messages:
            return m_columns.read(*section, m_size, m_messages, noted);
        case Metadata:
            return m_objects.read(*section, m_size, m_columns, m_metadata, noted);
        }
        return false;
    };
    if (!of())
        return false;
    if (isWhole)
        m_read |= 1u << field;
    return true;
}

bool LogBlock::readTimesAndLevels()
{
    return read(Times) && read(Marks) && read(Levels);
}

bool LogBlock::readIds()
{
    return read(Marks) && read(Ids);
}

bool LogBlock::readMessages(const OutlineTest& needed)
{
    return read(Marks) && read(Messages, needed) && read(Metadata, needed);
}

bool LogBlock::readAll()
{
    return readTimesAndLevels() && readIds() && readMessages() && read(Users);
}

bool LogBlock::isRepeat(std::size_t i) const
{
    return m_marks[i] & IsRepeat;
}

NewLogEntry LogBlock::entry(std::size_t i) const
{
    return entryOf(m_ids[i], m_times[i], m_levels[i], m_messages[i], m_metadata[i], m_marks[i]);
}

} // namespace vigie
