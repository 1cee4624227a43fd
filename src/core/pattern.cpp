// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pattern.h"

#include <QString>
#include <algorithm>
#include <re2/re2.h>
#include <utility>

namespace vigie {

Pattern::Pattern(std::unique_ptr<re2::RE2> compiled) : m_compiled(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::of(std::string_view text)
{
    re2::RE2::Options options;
    options.set_log_errors(false); // the caller gets them
    auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
    if (!compiled->ok())
        return Error{QString::fromStdString(compiled->error())};
    return Pattern(std::move(compiled));
}

bool Pattern::isIn(std::string_view text) const
{
    const re2::StringPiece looked(text.data(), std::min(text.size(), maxBytes));
    return m_compiled->Match(looked, 0, looked.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

std::vector<Pattern::Match> Pattern::matchesIn(std::string_view text, std::size_t max) const
{
    std::vector<Match> matches;
    const re2::StringPiece looked(text.data(), std::min(text.size(), maxBytes));
    re2::StringPiece found;
    for (std::size_t from = 0; from <= looked.size() && matches.size() < max;) {
        if (!m_compiled->Match(looked, from, looked.size(), re2::RE2::UNANCHORED, &found, 1))
            break;
        const auto at = static_cast<std::size_t>(found.data() - looked.data());
        if (!found.empty())
            matches.emplace_back(at, found.size());
        from = at + std::max<std::size_t>(1, found.size());
    }
    return matches;
}

} // namespace vigie
