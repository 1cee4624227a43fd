// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fieldterms.h"
#include "core/history.h"
#include "core/pattern.h"
#include "core/result.h"

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace vigie {

/// Which log entries a view shows.
struct LogChoice
{
    std::string appId; ///< empty: all applications
    std::bitset<severityCount> severities = std::bitset<severityCount>().set(); ///< indexed by Severity
    std::string search; ///< UTF-8: a text, as LogFilter::search, or a regular expression (RE2). Both ignore case
    bool isRegex = false;
    FieldTerms terms;
    std::optional<std::int64_t> fromMs = {}; ///< the stretch of time, both ends inclusive, ms since the epoch
    std::optional<std::int64_t> toMs = {};

    bool operator==(const LogChoice&) const = default;

    /// Whether every entry of the chosen applications passes.
    bool takesAll() const { return severities.all() && isByLevelOnly(); }
    /// Whether the level and the application alone decide.
    bool isByLevelOnly() const { return search.empty() && terms.isEmpty() && !fromMs && !toMs; }

    /// The search as a pattern; the error is for people.
    Result<Pattern> pattern() const;
};

/// A choice made ready to be asked of many entries. Copies share the compiled pattern.
class LogMatcher
{
public:
    LogMatcher() = default;
    /// With a bad regular expression nothing passes.
    explicit LogMatcher(LogChoice choice);

    const LogChoice& choice() const { return m_choice; }
    bool passes(const LogEntryRef& entry) const;
    /// Asks a store for the entries of one application that pass.
    HistoryQuery queryFor(const std::string& appId) const;

private:
    LogChoice m_choice;
    LogFilter m_search;
    std::shared_ptr<const Pattern> m_pattern;
};

} // namespace vigie
