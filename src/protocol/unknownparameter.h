// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace vigie {

/// The error for an unknown query parameter of the API. Repeats only a short name, probably a typo: a longer one may be a token,
/// which must not appear in errors.
inline Error unknownParameter(const QString& name)
{
    constexpr qsizetype longestSlip = 20;
    using namespace Qt::StringLiterals;
    return Error{name.size() > longestSlip ? u"there is no parameter of so long a name"_s
                                           : u"there is no parameter “%1”"_s.arg(name)};
}

} // namespace vigie
