// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// What a text must hold, as far as that can be told, in which a regular expression matches: so that an index rules texts out before
/// they are looked at. One thread.
class PatternParts
{
public:
    /// `regex`: one that Pattern understands.
    explicit PatternParts(std::string_view regex);
    ~PatternParts();

    /// The parts, case-folded; none: nothing can be told.
    const std::vector<std::string>& parts() const { return m_parts; }
    /// Whether a text may match that has only these of the parts, by their indexes.
    bool mayMatch(const std::vector<int>& there) const;

private:
    struct Filter;
    std::unique_ptr<Filter> m_filter;
    std::vector<std::string> m_parts;
};

} // namespace vigie
