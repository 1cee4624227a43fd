// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/processchunk.h"

#include "storage/database/varint.h"
#include "storage/figures/deflatedprocesses.h"
#include "storage/figures/processcolumns.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace vigie {

namespace {

constexpr char formatCode = 1; // chunks of schema 1 begin with 0

bool isDeflated(std::string_view bytes)
{
    return bytes.starts_with('\0');
}

} // namespace

/// Makes looks of columns, one after the other. Keeps its buffers.
class LookMaker
{
public:
    /// Begins with the first look. False: the bytes are damaged.
    bool open(std::string_view bytes)
    {
        if (!bytes.starts_with(formatCode) || !m_reader.read(bytes.substr(1), m_columns))
            return false;
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            m_places[i].who.assign(m_columns.lists[i].who.size(), 0);
            m_places[i].tenths.assign(m_columns.lists[i].who.size(), 0);
            m_places[i].kibChanges = 0;
        }
        m_names.assign(m_columns.names.size(), QString());
        m_kib = m_columns.firstKib;
        m_lastInFirst.assign(m_kib.size(), 0);
        m_known = 0;
        m_look = 0;
        return true;
    }

    const ProcessColumns::Numbers& times() const { return m_columns.times; }

    /// The next look; there must be one. `to`: null to pass it over. False: the columns are damaged.
    bool next(ProcessChunk::Look* to)
    {
        m_first.clear();
        if (to)
            to->timeMs = m_columns.times[m_look];
        const bool isGood = takeList(0, to ? &to->processes.topByCpu : nullptr)
            && takeList(1, to ? &to->processes.topByMemory : nullptr);
        ++m_look;
        return isGood;
    }

private:
    struct Entry
    {
        std::size_t process = 0;
        std::int64_t tenths = 0;
        std::int64_t kib = 0;
    };
    /// How many values of a list's columns were taken.
    struct Places
    {
        std::vector<std::size_t> who;
        std::vector<std::size_t> tenths;
        std::size_t kibChanges = 0;
    };

    static bool take(const ProcessColumns::Numbers& from, std::size_t& place, std::int64_t& value)
    {
        if (place >= from.size())
            return false;
        value = from[place++];
        return true;
    }

    bool takeList(std::size_t which, std::vector<ProcessSample>* to)
    {
        const std::int64_t count = m_columns.lists[which].counts[m_look];
        if (count < 0 || static_cast<std::size_t>(count) > m_columns.lists[which].who.size())
            return false;
        if (to)
            to->reserve(static_cast<std::size_t>(count));
        Entry entry;
        for (std::size_t rank = 0; rank < static_cast<std::size_t>(count); ++rank) {
            if (!takeEntry(which, rank, entry))
                return false;
            if (which == 0) {
                m_first.push_back(entry);
                m_lastInFirst[entry.process] = m_look + 1;
            }
            if (to)
                to->push_back(sampleOf(entry));
        }
        return true;
    }

    bool takeEntry(std::size_t which, std::size_t rank, Entry& entry)
    {
        const ProcessColumns::List& list = m_columns.lists[which];
        Places& places = m_places[which];
        std::int64_t code = 0;
        if (!take(list.who[rank], places.who[rank], code) || code < 0 || static_cast<std::size_t>(code) > m_known)
            return false;
        const bool isNew = code == 0;
        if (isNew && m_known == m_columns.pids.size())
            return false;
        entry.process = isNew ? m_known++ : static_cast<std::size_t>(code) - 1;
        if (which > 0 && m_columns.areFiguresShared && m_lastInFirst[entry.process] == m_look + 1) {
            entry = *std::ranges::find(m_first, entry.process, &Entry::process);
            return true;
        }
        std::int64_t change = 0;
        if (!take(list.tenths[rank], places.tenths[rank], entry.tenths)
            || (!isNew && !take(list.kibChanges, places.kibChanges, change)))
            return false;
        entry.kib = m_kib[entry.process] = wrappingSum(m_kib[entry.process], change);
        return true;
    }

    ProcessSample sampleOf(const Entry& entry)
    {
        return {static_cast<int>(m_columns.pids[entry.process]), nameOf(entry.process),
                static_cast<double>(entry.tenths) * processCpuStep,
                static_cast<quint64>(std::max<std::int64_t>(0, entry.kib)) * 1024};
    }

    /// Made when it is first wanted, and shared.
    const QString& nameOf(std::size_t process)
    {
        const auto place = static_cast<std::size_t>(m_columns.nameOf[process]);
        if (m_names[place].isNull())
            m_names[place] = QString::fromStdString(m_columns.names[place]);
        return m_names[place];
    }

    ProcessColumnsReader m_reader;
    ProcessColumns m_columns;
    std::vector<QString> m_names;
    std::array<Places, 2> m_places;
    ProcessColumns::Numbers m_kib; // by process: its memory when it was there last
    std::vector<Entry> m_first; // list of this look
    std::vector<std::size_t> m_lastInFirst; // by process: the last look whose first list it was in, counted from 1
    std::size_t m_known = 0; // processes
    std::size_t m_look = 0;
};

QByteArray encodeProcesses(const ProcessChunk& chunk)
{
    const std::string blob = packColumns(columnsOf(std::span(chunk.looks).first(std::min(chunk.looks.size(), ProcessChunk::maxLooks))));
    return QByteArray(1, formatCode).append(blob.data(), static_cast<qsizetype>(blob.size()));
}

std::optional<ProcessChunk> decodeProcesses(std::string_view bytes)
{
    if (isDeflated(bytes))
        return decodeDeflatedProcesses(bytes);
    LookMaker maker;
    if (!maker.open(bytes))
        return std::nullopt;
    ProcessChunk chunk;
    chunk.looks.resize(maker.times().size());
    for (ProcessChunk::Look& look : chunk.looks) {
        if (!maker.next(&look))
            return std::nullopt;
    }
    return chunk;
}

LookFinder::LookFinder() : m_maker(std::make_unique<LookMaker>()) {}
LookFinder::~LookFinder() = default;

std::optional<ProcessChunk::Look> LookFinder::lookAt(std::string_view bytes, std::int64_t atMs)
{
    const auto lookBefore = [atMs](const auto& sorted, auto time) {
        return std::ranges::upper_bound(sorted, atMs, {}, time) - sorted.begin();
    };
    if (isDeflated(bytes)) {
        const auto chunk = decodeDeflatedProcesses(bytes);
        const auto end = chunk ? lookBefore(chunk->looks, &ProcessChunk::Look::timeMs) : 0;
        return end > 0 ? std::optional(chunk->looks[static_cast<std::size_t>(end) - 1]) : std::nullopt;
    }
    if (!m_maker->open(bytes))
        return std::nullopt;
    const auto end = lookBefore(m_maker->times(), std::identity());
    for (auto left = end; left > 1; --left) {
        if (!m_maker->next(nullptr))
            return std::nullopt;
    }
    ProcessChunk::Look look;
    return end > 0 && m_maker->next(&look) ? std::optional(std::move(look)) : std::nullopt;
}

} // namespace vigie
