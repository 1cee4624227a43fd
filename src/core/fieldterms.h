// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// A field of an entry and its value. The key is that of a value in the metadata, with the keys and list positions that lead
/// there joined by dots. `level`, `user` and `app` mean the entry's own level, sender and application, too.
struct FieldTerm
{
    std::string key;
    std::string value; ///< UTF-8; strings without quotes, numbers as they were sent

    bool operator==(const FieldTerm&) const = default;
};

/// The values that an entry must have, all of them, and those that it must not have, none of them.
struct FieldTerms
{
    std::vector<FieldTerm> where;
    std::vector<FieldTerm> without;

    bool operator==(const FieldTerms&) const = default;
    bool isEmpty() const { return where.empty() && without.empty(); }
    bool matches(const NewLogEntry& entry, std::string_view userId, std::string_view appId) const;
};

} // namespace vigie
