// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/setuplines.h"
#include "core/sourcestate.h"

#include <QByteArray>
#include <cstdint>
#include <string>
#include <vector>

namespace vigie {

/// Who asks for the sources.
struct SourcesReader
{
    std::string onlyApp; ///< those whose last entry was of this application alone; empty: all
    bool isOwner = false; ///< sees their details and the examples of what was refused, too
};

/// The answer to `GET /api/sources`.
QByteArray encodeSources(const std::vector<SourceState>& sources, const SourcesReader& reader, std::int64_t nowMs);

/// The answer to `GET /api/sources/setup`.
QByteArray encodeSetup(const std::vector<SetupLine>& lines);

} // namespace vigie
