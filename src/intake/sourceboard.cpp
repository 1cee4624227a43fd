// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/sourceboard.h"

#include "core/utf8.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace vigie {

namespace {

/// Names of files and what programs send may hold any bytes; what is shown is UTF-8.
void mend(std::string& text)
{
    std::string room;
    if (const std::string_view mended = mendedUtf8(text, room); mended.data() != text.data())
        text = std::string(mended);
}

} // namespace

SourceBoard::SourceBoard() = default;
SourceBoard::~SourceBoard()
{
    // Accounts were closed on other threads.
    const std::lock_guard lock(m_mutex);
    m_records.clear();
}

SourceAccount SourceBoard::open(SourceState state)
{
    for (std::string* const text : {&state.id, &state.name, &state.appId, &state.problem, &state.format, &state.detail})
        mend(*text);
    const std::lock_guard lock(m_mutex);
    const auto [place, isNew] = m_byId.try_emplace(state.id);
    if (isNew) {
        m_records.push_back({std::move(state), 0});
        place->second = std::prev(m_records.end());
    } else {
        Record& record = *place->second;
        state.entries = record.state.entries;
        state.lastEntryMs = record.state.lastEntryMs;
        state.notes = std::move(record.state.notes);
        record.state = std::move(state);
        m_records.splice(m_records.end(), m_records, place->second);
    }
    ++place->second->accounts;
    const auto record = place->second;
    forgetSome();
    return SourceAccount(*this, record);
}

void SourceBoard::forgetSome()
{
    for (auto record = m_records.begin(); m_records.size() > maxSources && record != m_records.end();) {
        if (record->accounts > 0) {
            ++record;
            continue;
        }
        m_byId.erase(record->state.id);
        record = m_records.erase(record);
    }
}

void SourceBoard::setRefusalWatcher(std::function<void()> told)
{
    const std::lock_guard lock(m_mutex);
    m_told = std::move(told);
}

void SourceBoard::awaitRefusal()
{
    const std::lock_guard lock(m_mutex);
    m_awaitsRefusal = true;
}

std::vector<SourceState> SourceBoard::sources() const
{
    std::vector<SourceState> all;
    {
        const std::lock_guard lock(m_mutex);
        all.reserve(m_records.size());
        for (const Record& record : m_records)
            all.push_back(record.state);
    }
    std::ranges::sort(all, [](const SourceState& a, const SourceState& b) {
        return std::tie(a.kind, a.name, a.id) < std::tie(b.kind, b.name, b.id);
    });
    return all;
}

SourceAccount::SourceAccount(SourceAccount&& other) noexcept
    : m_board(std::exchange(other.m_board, nullptr)), m_record(other.m_record)
{
}

SourceAccount& SourceAccount::operator=(SourceAccount&& other) noexcept
{
    if (this != &other) {
        close();
        m_board = std::exchange(other.m_board, nullptr);
        m_record = other.m_record;
    }
    return *this;
}

void SourceAccount::setStatus(SourceStatus status, std::string problem)
{
    if (!m_board)
        return;
    const std::lock_guard lock(m_board->m_mutex);
    mend(problem);
    m_record->state.status = status;
    m_record->state.problem = std::move(problem);
}

void SourceAccount::setFormat(std::string format)
{
    if (!m_board)
        return;
    const std::lock_guard lock(m_board->m_mutex);
    m_record->state.format = std::move(format);
}

void SourceAccount::setDetail(std::string detail)
{
    if (!m_board)
        return;
    const std::lock_guard lock(m_board->m_mutex);
    mend(detail);
    m_record->state.detail = std::move(detail);
}

void SourceAccount::setLagBytes(std::uint64_t bytes)
{
    if (!m_board)
        return;
    const std::lock_guard lock(m_board->m_mutex);
    m_record->state.lagBytes = bytes;
}

void SourceAccount::add(std::uint64_t entries, const std::string& appId, std::int64_t timeMs, std::int64_t nowMs)
{
    if (!m_board || entries == 0)
        return;
    const std::lock_guard lock(m_board->m_mutex);
    SourceState& state = m_record->state;
    state.entries += entries;
    if (state.appId != appId)
        state.appId = appId;
    state.lastEntryMs = nowMs;
    state.lagMs = std::max<std::int64_t>(0, nowMs - timeMs);
}

void SourceAccount::note(SourceNote::Kind kind, std::string_view reason, std::uint64_t count, std::int64_t nowMs,
                         std::string_view example)
{
    if (!m_board || count == 0)
        return;
    const std::lock_guard lock(m_board->m_mutex);
    std::vector<SourceNote>& notes = m_record->state.notes;
    const auto find = [&notes, kind](std::string_view name) {
        return std::ranges::find_if(notes, [=](const SourceNote& note) { return note.kind == kind && note.reason == name; });
    };
    auto found = find(reason);
    if (found == notes.end() && notes.size() >= SourceBoard::maxReasons) {
        reason = "other";
        found = find(reason);
    }
    if (found == notes.end())
        found = notes.insert(notes.end(), {kind, std::string(reason), 0, 0, {}});
    found->count += count;
    found->lastMs = nowMs;
    if (!example.empty()) {
        std::string room;
        const std::string_view shown = mendedUtf8(example.substr(0, utf8CutAt(example, SourceNote::maxExample)), room);
        found->example = shown.substr(0, utf8CutAt(shown, SourceNote::maxExample));
    }
    if (kind != SourceNote::Kind::Guessed && m_board->m_told && std::exchange(m_board->m_awaitsRefusal, false))
        m_board->m_told();
}

void SourceAccount::close()
{
    if (!m_board)
        return;
    SourceBoard& board = *std::exchange(m_board, nullptr);
    const std::lock_guard lock(board.m_mutex);
    if (--m_record->accounts > 0)
        return;
    SourceState& state = m_record->state;
    if (state.kind == SourceKind::File && state.entries == 0 && state.notes.empty()) { // of a pattern, nothing ever came
        board.m_byId.erase(state.id);
        board.m_records.erase(m_record);
        return;
    }
    state.status = SourceStatus::Ended;
    board.m_records.splice(board.m_records.end(), board.m_records, m_record);
}

} // namespace vigie
