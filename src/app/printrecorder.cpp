// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/printrecorder.h"

#include "core/clock.h"
#include "core/names.h"

#include <QDateTime>
#include <chrono>
#include <utility>

namespace vigie {

namespace {

/// A person looks on: an entry is whole as soon as a program pauses.
constexpr JoinBounds joinBounds{256 * 1024, 1'000, std::chrono::milliseconds(300)};

} // namespace

PrintRecorder::PrintRecorder(std::string appId, std::string userId, std::vector<Member> members)
    : m_members(std::move(members)), m_origin(std::move(appId), std::move(userId)), m_batch(m_origin.appId()),
      m_stream(LineReader(), joinBounds), m_give([this](const StreamEntry& read) { take(read); })
{
}

void PrintRecorder::add(std::string_view bytes, std::int64_t cameMs)
{
    m_came += bytes.size();
    m_arrivals.push_back({m_came, cameMs});
    m_stream.add(bytes, steadyNow(), m_give);
}

void PrintRecorder::finishSilent()
{
    m_stream.finishSilent(steadyNow(), m_give);
}

void PrintRecorder::finish()
{
    m_stream.finish(steadyNow(), m_give);
}

void PrintRecorder::take(const StreamEntry& read)
{
    NewLogEntry entry = read.entry;
    const std::int64_t cameMs = arrivalOf(std::exchange(m_entryStart, read.end));
    if (entry.timeIsOurs)
        entry.timestampMs = cameMs;
    entry.level = keptLevel(entry.level);
    if (!entry.idIsProducers || !idProblem(entry.id).empty())
        entry.id = m_ids.next(cameMs);
    if (!m_members.empty())
        entry.metadataJson = withMembers(entry.metadataJson);
    entry.isPlain = false;
    m_batch.append(entry, m_origin);
}

std::string_view PrintRecorder::withMembers(std::string_view metadata)
{
    // Of an object the members, of anything else one.
    std::string_view others;
    if (metadata.starts_with('{'))
        others = metadata.substr(1, metadata.rfind('}') - 1);
    if (others.find_first_not_of(" \t\r\n") == std::string_view::npos)
        others = {};
    m_metadata = '{';
    for (const Member& member : m_members) {
        const std::string name = '"' + member.name + "\":";
        if (others.find(name) != std::string_view::npos) // a name that stands twice is read differently by everybody
            continue;
        m_metadata.append(m_metadata.size() > 1 ? "," : "").append(name).append(member.json);
    }
    const std::string_view comma = m_metadata.size() > 1 ? "," : "";
    if (!others.empty())
        m_metadata.append(comma).append(others);
    else if (!metadata.empty() && !metadata.starts_with('{'))
        m_metadata.append(comma).append("\"metadata\":").append(metadata);
    m_metadata += '}';
    return m_metadata;
}

/// When the byte at this place of the stream came.
std::int64_t PrintRecorder::arrivalOf(std::uint64_t place)
{
    while (m_arrivals.size() > 1 && m_arrivals.front().end <= place)
        m_arrivals.pop_front();
    return m_arrivals.empty() ? QDateTime::currentMSecsSinceEpoch() : m_arrivals.front().ms;
}

void PrintRecorder::say(std::string_view level, std::string_view message)
{
    NewLogEntry entry;
    entry.timestampMs = QDateTime::currentMSecsSinceEpoch();
    entry.id = m_ids.next(entry.timestampMs);
    entry.level = level;
    entry.message = message;
    m_batch.append(entry, m_origin);
}

std::string PrintRecorder::takeLines()
{
    const LogBatch batch = std::exchange(m_batch, LogBatch(m_origin.appId()));
    std::string lines;
    lines.reserve(batch.json().size() + 1);
    for (std::size_t i = 0; i < batch.size(); ++i)
        lines.append(batch.json(i)).append("\n");
    return lines;
}

} // namespace vigie
