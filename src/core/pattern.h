// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace re2 {
class RE2;
}

namespace vigie {

/// A regular expression of somebody we do not know: RE2's, as the time that these take grows with the text and never beyond
/// (https://github.com/google/re2/wiki/Syntax). Case counts. Any thread, several at once.
class Pattern
{
public:
    /// What of a text is looked at: one that is larger costs no more.
    static constexpr std::size_t maxBytes = 64 * 1024;

    /// UTF-8. What is wrong with it otherwise, for people.
    static Result<Pattern> of(std::string_view text);

    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    /// Whether it is found in the first `maxBytes` of `text`, which is UTF-8.
    bool isIn(std::string_view text) const;

private:
    explicit Pattern(std::unique_ptr<re2::RE2> compiled);

    std::unique_ptr<re2::RE2> m_compiled;
};

} // namespace vigie
