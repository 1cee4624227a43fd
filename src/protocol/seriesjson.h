// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/catalogue.h"

#include <QByteArray>

namespace vigie {

/// The answer to `GET /api/series`: what the machine's series are. `catalogue` may be null: nothing was looked at yet.
QByteArray encodeSeries(const Catalogue* catalogue);

} // namespace vigie
