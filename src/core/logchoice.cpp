// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logchoice.h"

#include "core/searchedtexts.h"

namespace vigie {

namespace {

/// Searches ignore case, by text and by regular expression alike, here and on the page.
std::string storedRegex(const std::string& text)
{
    return "(?i)" + text;
}

} // namespace

Result<Pattern> LogChoice::pattern() const
{
    return Pattern::of(storedRegex(search));
}

LogMatcher::LogMatcher(LogChoice choice) : m_choice(std::move(choice))
{
    m_search.startTimeMs = m_choice.fromMs;
    m_search.endTimeMs = m_choice.toMs;
    if (!m_choice.isRegex) {
        m_search.search = m_choice.search;
    } else if (!m_choice.search.empty()) {
        if (Result<Pattern> pattern = m_choice.pattern())
            m_pattern = std::make_shared<const Pattern>(std::move(*pattern));
    }
}

bool LogMatcher::passes(const LogEntryRef& entry) const
{
    const LogBatch& batch = *entry.batch;
    if (!m_choice.appId.empty() && batch.appId() != m_choice.appId)
        return false;
    if (!m_choice.severities.test(static_cast<std::size_t>(batch.severity(entry.index))))
        return false;
    if (!m_choice.terms.isEmpty() && !m_choice.terms.matches(batch.entry(entry.index), batch.userId(entry.index), batch.appId()))
        return false;
    if (!m_search.isEmpty() && !m_search.matches(batch, entry.index))
        return false;
    if (!m_choice.isRegex || m_choice.search.empty())
        return true;
    if (!m_pattern)
        return false;
    const SearchedTexts texts(batch.entry(entry.index));
    return m_pattern->isIn(texts.message()) || m_pattern->isIn(texts.metadata());
}

HistoryQuery LogMatcher::queryFor(const std::string& appId) const
{
    HistoryQuery query;
    query.appId = appId;
    query.filter = m_search;
    query.severities = m_choice.severities;
    query.terms = m_choice.terms;
    if (m_choice.isRegex && !m_choice.search.empty())
        query.regex = storedRegex(m_choice.search);
    return query;
}

} // namespace vigie
