// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/fileplace.h"
#include "sources/openedfile.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// How often folders are looked through anew because they changed meanwhile: a file that is renamed then may be seen under neither
/// of its names.
class SearchPatience
{
public:
    /// Whether to look again, after a moment in which it sleeps: the folder of `path` has changed since `began`, or just before.
    bool looksAgain(const std::string& path, std::filesystem::file_time_type began);

private:
    int m_left = 20;
};

/// Whether a file, plain or packed, has what was read up to a place. Blocks while it reads.
bool hasContent(const OpenedFile& file, const FilePlace& place);

/// By its first bytes.
bool isPacked(const OpenedFile& file);

/// The first bytes of what a file holds, unpacked.
std::string headOf(const OpenedFile& file);

/// Whether a file has so far what another has: the first bytes are those, and the last ones of the shorter.
bool isCopySoFar(const OpenedFile& file, const OpenedFile& original, const std::string& originalsHead);

/// Where the file of this key has gone from `place.path`: another name in the same folder. Nothing: it is not there, or it is
/// another content by now.
std::optional<std::string> renamedFile(const FileKey& key, const FilePlace& place, SearchPatience& patience);

/// A file beside `place.path`, of a name that rotation gives, that has what was read up to there.
std::optional<std::string> fileWithContent(const FilePlace& place, const std::function<bool(const OpenedFile&)>& isExcluded,
                                           SearchPatience& patience);

/// Whether it is packed and ends too early: perhaps somebody is still writing to it. Reads all of it.
bool isCutOff(const OpenedFile& file);

/// Files beside `path` that may have been, or become, a part of its log, the one that changed longest ago first.
std::vector<std::string> rotatedFiles(const std::string& path);

/// Whether rotation gives such a name: "app.log.1", "app.log-20261130.gz", "app.log.old", and not "app.log.offset".
bool isRotationOf(std::string_view rotated, std::string_view path);

} // namespace vigie
