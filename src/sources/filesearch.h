// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/fileplace.h"
#include "sources/openedfile.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// Whether a file, plain or packed, has what was read up to a place. Blocks while it reads.
bool hasContent(const OpenedFile& file, const FilePlace& place);

/// The first bytes of what a file holds, unpacked.
std::string headOf(const OpenedFile& file);

/// Whether a file has so far what another has: the first bytes are those, and the last ones of the shorter.
bool isCopySoFar(const OpenedFile& file, const OpenedFile& original, const std::string& originalsHead);

/// Where the file of this key has gone from `place.path`: another name in the same folder. Nothing: it is not there, or it is
/// another content by now.
std::optional<std::string> renamedFile(const FileKey& key, const FilePlace& place);

/// A file beside `place.path`, of a name that rotation gives, that has what was read up to there.
std::optional<std::string> fileWithContent(const FilePlace& place, const std::function<bool(const FileKey&)>& isExcluded);

/// Whether it is packed and ends too early: perhaps somebody is still writing to it. Reads all of it.
bool isCutOff(const OpenedFile& file);

/// Files of names that rotation gives to `path`, the one that changed longest ago first.
std::vector<std::string> rotatedFiles(const std::string& path);

} // namespace vigie
