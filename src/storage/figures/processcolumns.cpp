// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/processcolumns.h"

#include "storage/figures/figurecolumn.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace vigie {

namespace {

using Numbers = ProcessColumns::Numbers;

constexpr std::size_t maxStreamBytes = std::size_t(4) << 20; // more than any of ours
constexpr std::size_t maxProcesses = 2 * ProcessChunk::maxInList * ProcessChunk::maxLooks;
constexpr double kibi = 1024;

struct Figures
{
    std::int64_t tenths = 0; // of a percent
    std::int64_t kib = 0;

    bool operator==(const Figures&) const = default;
};

Figures figuresOf(const ProcessSample& process)
{
    return {std::llround(std::clamp(process.cpuPercent, 0.0, 1e9) / processCpuStep),
            std::llround(static_cast<double>(process.residentBytes) / kibi)};
}

std::span<const ProcessSample> listOf(const ProcessesSample& processes, std::size_t list)
{
    const std::vector<ProcessSample>& all = list == 0 ? processes.topByCpu : processes.topByMemory;
    return std::span(all).first(std::min(all.size(), ProcessChunk::maxInList));
}

/// The same process in another list; null: it is not there.
const ProcessSample* find(std::span<const ProcessSample> list, const ProcessSample& process)
{
    const auto found = std::ranges::find_if(
        list, [&process](const ProcessSample& other) { return other.pid == process.pid && other.name == process.name; });
    return found == list.end() ? nullptr : &*found;
}

bool areFiguresShared(const ProcessesSample& look)
{
    return std::ranges::all_of(listOf(look, 1), [&look](const ProcessSample& process) {
        const ProcessSample* const other = find(listOf(look, 0), process);
        return !other || figuresOf(*other) == figuresOf(process);
    });
}

class ColumnMaker
{
public:
    explicit ColumnMaker(std::span<const ProcessChunk::Look> looks)
    {
        columns.areFiguresShared =
            std::ranges::all_of(looks, [](const ProcessChunk::Look& look) { return areFiguresShared(look.processes); });
        for (const ProcessChunk::Look& look : looks) {
            columns.times.push_back(look.timeMs);
            for (std::size_t list = 0; list < columns.lists.size(); ++list)
                add(look.processes, list);
        }
    }

    ProcessColumns columns;

private:
    void add(const ProcessesSample& look, std::size_t list)
    {
        ProcessColumns::List& to = columns.lists[list];
        const std::span<const ProcessSample> processes = listOf(look, list);
        to.counts.push_back(static_cast<std::int64_t>(processes.size()));
        if (to.who.size() < processes.size()) {
            to.who.resize(processes.size());
            to.tenths.resize(processes.size());
        }
        for (std::size_t rank = 0; rank < processes.size(); ++rank) {
            const ProcessSample& process = processes[rank];
            const auto [known, isNew] = m_numbers.try_emplace({process.pid, process.name}, m_lastKib.size());
            const Figures figures = figuresOf(process);
            to.who[rank].push_back(isNew ? 0 : static_cast<std::int64_t>(known->second) + 1);
            if (isNew)
                addProcess(process, figures.kib);
            if (list > 0 && columns.areFiguresShared && find(listOf(look, 0), process))
                continue;
            to.tenths[rank].push_back(figures.tenths);
            std::int64_t& lastKib = m_lastKib[known->second];
            if (!isNew)
                to.kibChanges.push_back(figures.kib - lastKib);
            lastKib = figures.kib;
        }
    }

    void addProcess(const ProcessSample& process, std::int64_t kib)
    {
        const auto [name, isNew] = m_names.try_emplace(process.name, m_names.size());
        if (isNew)
            columns.names.push_back(process.name.toStdString());
        columns.nameOf.push_back(static_cast<std::int64_t>(name->second));
        columns.pids.push_back(process.pid);
        columns.firstKib.push_back(kib);
        m_lastKib.push_back(kib);
    }

    std::map<std::pair<int, QString>, std::size_t> m_numbers;
    std::map<QString, std::size_t> m_names;
    Numbers m_lastKib;
};

/// The pace is even, so what differs from it is small.
Numbers pacesOf(const Numbers& times)
{
    Numbers paces;
    std::int64_t before = 0;
    std::int64_t pace = 0;
    for (const std::int64_t time : times) {
        paces.push_back(time - before - pace);
        pace = before == 0 ? 0 : time - before;
        before = time;
    }
    return paces;
}

/// Undoes that, in place.
void makeTimes(Numbers& paces)
{
    std::int64_t before = 0;
    std::int64_t pace = 0;
    for (std::int64_t& time : paces) {
        time = wrappingSum(wrappingSum(before, pace), time);
        pace = before == 0 ? 0 : wrappingSum(time, wrappingSum(~before, 1));
        before = time;
    }
}

bool readNames(StreamBlob::Section& from, std::vector<std::string>& names)
{
    const auto stream = from.stream();
    if (!stream)
        return false;
    names.clear();
    ByteReader reader(*stream);
    while (!reader.rest().empty() && names.size() < maxProcesses)
        names.emplace_back(reader.text());
    return reader.isGood() && reader.rest().empty();
}

bool readProcesses(StreamBlob::Section& from, ProcessColumns& columns)
{
    if (!readNames(from, columns.names) || !readFigureColumn(from, maxProcesses, columns.nameOf)
        || !readFigureColumn(from, maxProcesses, columns.pids) || !readMultiplesColumn(from, maxProcesses, columns.firstKib))
        return false;
    return columns.pids.size() == columns.nameOf.size() && columns.firstKib.size() == columns.nameOf.size()
        && std::ranges::all_of(columns.nameOf, [&columns](std::int64_t name) {
               return name >= 0 && static_cast<std::size_t>(name) < columns.names.size();
           });
}

bool readList(StreamBlob::Section& from, std::size_t looks, ProcessColumns::List& list)
{
    if (!readFigureColumn(from, looks, list.counts) || list.counts.size() != looks)
        return false;
    const std::uint64_t ranks = from.head.number();
    if (ranks > ProcessChunk::maxInList)
        return false;
    list.who.resize(ranks);
    list.tenths.resize(ranks);
    for (std::size_t rank = 0; rank < ranks; ++rank) {
        if (!readFigureColumn(from, looks, list.who[rank]) || !readFigureColumn(from, looks, list.tenths[rank]))
            return false;
    }
    return readMultiplesColumn(from, looks * ranks, list.kibChanges);
}

} // namespace

ProcessColumns columnsOf(std::span<const ProcessChunk::Look> looks)
{
    return std::move(ColumnMaker(looks).columns);
}

std::string packColumns(const ProcessColumns& columns)
{
    StreamWriter to;
    FigureColumnWriter writer;
    to.beginSection();
    writer.write(pacesOf(columns.times), to);
    std::string& names = to.stream();
    for (const std::string& name : columns.names)
        appendText(names, name);
    writer.write(columns.nameOf, to);
    writer.write(columns.pids, to);
    writer.writeMultiples(columns.firstKib, to);
    appendNumber(to.head(), columns.areFiguresShared ? 1 : 0);
    for (const ProcessColumns::List& list : columns.lists) {
        writer.write(list.counts, to);
        appendNumber(to.head(), list.who.size());
        for (std::size_t rank = 0; rank < list.who.size(); ++rank) {
            writer.write(list.who[rank], to);
            writer.write(list.tenths[rank], to);
        }
        writer.writeMultiples(list.kibChanges, to);
    }
    std::string blob;
    to.pack(blob);
    return blob;
}

bool ProcessColumnsReader::read(std::string_view blob, ProcessColumns& columns)
{
    if (!m_blob.open(blob, maxStreamBytes))
        return false;
    auto from = m_blob.section(0);
    if (!from || !readFigureColumn(*from, ProcessChunk::maxLooks, columns.times) || !readProcesses(*from, columns))
        return false;
    makeTimes(columns.times);
    columns.areFiguresShared = from->head.number() != 0;
    for (ProcessColumns::List& list : columns.lists) {
        if (!readList(*from, columns.times.size(), list))
            return false;
    }
    return from->head.isGood();
}

} // namespace vigie
