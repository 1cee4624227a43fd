// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace vigie {

/// What is said of a parameter that an address of the API does not have. Only what may be a slip of the pen is told back: a
/// longer name may hold a token, which stands in no error.
inline Error unknownParameter(const QString& name)
{
    constexpr qsizetype longestSlip = 20;
    using namespace Qt::StringLiterals;
    return Error{name.size() > longestSlip ? u"there is no parameter of so long a name"_s
                                           : u"there is no parameter “%1”"_s.arg(name)};
}

} // namespace vigie
