// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patternparts.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

namespace vigie {

namespace {

constexpr int minPartBytes = 1; // who asks an index of longer ones leaves the shorter out

} // namespace

struct PatternParts::Filter
{
    re2::FilteredRE2 re2{minPartBytes};
};

PatternParts::PatternParts(std::string_view regex) : m_filter(std::make_unique<Filter>())
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    int id = 0;
    if (m_filter->re2.Add(re2::StringPiece(regex.data(), regex.size()), options, &id) == re2::RE2::NoError)
        m_filter->re2.Compile(&m_parts);
}

PatternParts::~PatternParts() = default;

bool PatternParts::mayMatch(const std::vector<int>& there) const
{
    if (m_parts.empty())
        return true;
    std::vector<int> potentials;
    m_filter->re2.AllPotentials(there, &potentials);
    return !potentials.empty();
}

} // namespace vigie
