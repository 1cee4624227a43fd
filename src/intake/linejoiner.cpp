// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/linejoiner.h"

#include <utility>

namespace vigie {

LineJoiner::LineJoiner(LineReader reader, JoinBounds bounds) : m_reader(std::move(reader)), m_bounds(bounds) {}

void LineJoiner::add(std::string_view line, std::uint64_t end, bool goesOn, Time now, std::vector<PrintedEntry>& whole)
{
    using Verdict = Continuation::Verdict;
    const LineMeaning meaning = m_reader.read(line);
    const bool isRest = std::exchange(m_isRest, goesOn);
    const Verdict verdict = isRest ? Verdict::Belongs : m_continuation.judge(meaning.plain, meaning.time.has_value());
    m_lastLine = now;
    if (verdict == Verdict::Empty) {
        m_emptyLines += m_entry ? 1 : 0;
        m_emptyEnd = end;
        return;
    }
    const std::size_t bytes = meaning.text.size() + m_emptyLines + 1;
    if (m_entry && verdict == Verdict::Belongs && fits(bytes, m_emptyLines + 1)) {
        m_entry->text.append(isRest ? 0 : m_emptyLines + 1, '\n').append(meaning.text);
        m_entry->lines += isRest ? 0 : m_emptyLines + 1;
    } else {
        if (m_entry)
            m_entry->isCut = verdict == Verdict::Belongs;
        finish(whole);
        begin(meaning);
    }
    m_emptyLines = 0;
    m_entry->end = end;
    if (m_entry->level.empty() && m_continuation.isCrash()) {
        m_entry->level = "error";
        m_entry->levelFrom = LevelFrom::Trace;
    }
}

void LineJoiner::begin(const LineMeaning& meaning)
{
    m_entry.emplace();
    m_entry->text = meaning.text;
    m_entry->level = meaning.level;
    m_entry->levelFrom = meaning.levelFrom;
    m_entry->time = meaning.time;
    m_entry->metadataJson = meaning.metadataJson;
    // One odd line is no other format.
    constexpr int enough = 3;
    if (meaning.format == m_format) {
        m_others = 0;
    } else if (m_format.empty()) {
        m_format = meaning.format;
    } else if (m_otherFormat != meaning.format) {
        m_otherFormat = meaning.format;
        m_others = 1;
    } else if (++m_others >= enough) {
        m_format = meaning.format;
        m_others = 0;
    }
    m_entry->lines = 1;
}

bool LineJoiner::fits(std::size_t bytes, std::size_t lines) const
{
    return m_entry->text.size() + bytes <= m_bounds.bytes && m_entry->lines + lines <= m_bounds.lines;
}

void LineJoiner::finishSilent(Time now, std::vector<PrintedEntry>& whole)
{
    const std::optional<Time> when = deadline();
    if (when && now >= *when) {
        finish(whole);
        m_continuation.reset();
        m_isRest = false;
    }
}

void LineJoiner::finish(std::vector<PrintedEntry>& whole)
{
    if (!m_entry)
        return;
    if (m_emptyLines > 0)
        m_entry->end = m_emptyEnd; // they are read as well
    m_emptyLines = 0;
    whole.push_back(std::move(*m_entry));
    m_entry.reset();
}

std::optional<LineJoiner::Time> LineJoiner::deadline() const
{
    return m_entry ? std::optional(m_lastLine + m_bounds.silence) : std::nullopt;
}

} // namespace vigie
