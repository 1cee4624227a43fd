// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"

#include <QString>

namespace vigie {

/// What a limit is called in the settings.
struct LimitWords
{
    QString label;
    QString unit; ///< may be empty
};

LimitWords limitWords(int Limits::*limit);

} // namespace vigie
