// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fieldterms.h"

#include "core/jsonscalars.h"

#include <algorithm>

namespace vigie {

namespace {

bool metadataHas(std::string_view json, const FieldTerm& term)
{
    // Few entries contain the value at all; only these are parsed. An escape may hide it.
    if (json.empty() || (json.find(term.value) == std::string_view::npos && json.find('\\') == std::string_view::npos))
        return false;
    bool isFound = false;
    forEachScalar(json, [&](const JsonScalar& scalar) {
        isFound = scalar.path == term.key && scalarValue(scalar.text) == term.value;
        return !isFound;
    });
    return isFound;
}

bool has(const FieldTerm& term, const NewLogEntry& entry, std::string_view userId, std::string_view appId)
{
    // Metadata often has such keys of its own, and a person who clicks on a value there means that one.
    if ((term.key == "level" && entry.level == term.value) || (term.key == "user" && userId == term.value)
        || (term.key == "app" && appId == term.value))
        return true;
    return metadataHas(entry.metadataJson, term);
}

} // namespace

bool FieldTerms::matches(const NewLogEntry& entry, std::string_view userId, std::string_view appId) const
{
    const auto isHeld = [&](const FieldTerm& term) { return has(term, entry, userId, appId); };
    return std::ranges::all_of(where, isHeld) && std::ranges::none_of(without, isHeld);
}

} // namespace vigie
