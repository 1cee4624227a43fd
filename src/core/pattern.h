// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace re2 {
class RE2;
}

namespace vigie {

/// A regular expression from an untrusted source. Uses RE2, whose matching time is linear in the text
/// (https://github.com/google/re2/wiki/Syntax). Case-sensitive. Any thread, concurrently.
class Pattern
{
public:
    /// Only this much of a text is searched, which bounds the cost.
    static constexpr std::size_t maxBytes = 64 * 1024;

    /// Compiles UTF-8 text. The error is for people.
    static Result<Pattern> of(std::string_view text);

    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    /// Whether the first `maxBytes` of `text` (UTF-8) contain a match.
    bool isIn(std::string_view text) const;

    /// A match: where it begins, and how long it is, in bytes.
    using Match = std::pair<std::size_t, std::size_t>;
    /// The matches that do not overlap, in order, none of them empty, at most `max`.
    std::vector<Match> matchesIn(std::string_view text, std::size_t max) const;

private:
    explicit Pattern(std::unique_ptr<re2::RE2> compiled);

    std::unique_ptr<re2::RE2> m_compiled;
};

} // namespace vigie
