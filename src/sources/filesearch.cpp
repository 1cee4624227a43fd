// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/filesearch.h"

#include "intake/unpacker.h"

#include <algorithm>
#include <array>
#include <dirent.h>
#include <memory>
#include <thread>

namespace vigie {

namespace {

constexpr std::size_t maxCandidates = 500;
constexpr std::size_t stepBytes = 4 * 1024; // these may become many

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

std::string nameOf(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

std::vector<std::string> filesIn(const std::string& folder, std::string_view beginning)
{
    std::vector<std::string> paths;
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder.c_str()), closedir);
    if (!entries)
        return paths;
    while (const dirent* const entry = readdir(entries.get())) {
        const std::string_view name = entry->d_name;
        const bool maybeFile = entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN;
        if (maybeFile && name.starts_with(beginning) && paths.size() < maxCandidates)
            paths.push_back(std::string(folder == "/" ? "" : folder).append("/").append(name));
    }
    return paths;
}

/// Unpacks until `wants` says that it is enough. False: it is not packed, or damaged.
/// `isWhole`: whether the file does not end within what is packed.
bool unpack(const OpenedFile& file, const std::function<bool(std::string_view)>& take, bool* isWhole = nullptr)
{
    std::array<char, stepBytes> buffer;
    std::uint64_t position = 0;
    std::string_view packed = file.read(0, buffer);
    const std::unique_ptr<Unpacker> unpacker = Unpacker::of(packed);
    if (!unpacker)
        return false;
    bool goesOn = true;
    while (goesOn && !packed.empty()) {
        position += packed.size();
        if (!unpacker->add(packed, [&](std::string_view bytes) { goesOn = goesOn && take(bytes); }))
            return !goesOn;
        packed = file.read(position, buffer);
    }
    if (isWhole)
        *isWhole = unpacker->isAtEnd();
    return true;
}

std::optional<std::string> renamedNow(const FileKey& key, const FilePlace& place)
{
    for (const std::string& path : filesIn(folderOf(place.path), {})) {
        if (const std::optional<NamedFile> named = OpenedFile::named(path); !named || named->key != key)
            continue;
        const Result<OpenedFile> file = OpenedFile::open(path);
        if (file && file->key() == key && (place.head.length == 0 || hasContent(*file, place)))
            return path;
    }
    return std::nullopt;
}

std::optional<std::string> withContentNow(const FilePlace& place, const std::function<bool(const OpenedFile&)>& isExcluded)
{
    std::vector<std::string> candidates = rotatedFiles(place.path);
    std::ranges::reverse(candidates); // the newest is the most likely
    for (const std::string& path : candidates) {
        const Result<OpenedFile> file = OpenedFile::open(path);
        if (file && !isExcluded(*file) && hasContent(*file, place))
            return path;
    }
    return std::nullopt;
}

/// What `look` finds, be it at another look.
template <typename Look>
auto patiently(const std::string& path, SearchPatience& patience, const Look& look)
{
    for (;;) {
        const auto began = std::filesystem::file_time_type::clock::now();
        if (auto found = look(); found || !patience.looksAgain(path, began))
            return found;
    }
}

} // namespace

bool SearchPatience::looksAgain(const std::string& path, std::filesystem::file_time_type began)
{
    constexpr std::chrono::milliseconds tick{10}; // within it the times of files do not tell which change was first
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(folderOf(path), error);
    if (error || changed < began - tick || m_left == 0)
        return false;
    --m_left;
    std::this_thread::sleep_for(tick);
    return true;
}

bool isPacked(const OpenedFile& file)
{
    return Unpacker::of(file.piece(0, 8)) != nullptr;
}

std::string headOf(const OpenedFile& file)
{
    if (!isPacked(file))
        return file.piece(0, PieceMark::maxBytes);
    std::string head;
    unpack(file, [&head](std::string_view bytes) {
        head.append(bytes.substr(0, PieceMark::maxBytes - head.size()));
        return head.size() < PieceMark::maxBytes;
    });
    return head;
}

bool isCutOff(const OpenedFile& file)
{
    bool isWhole = true;
    unpack(file, [](std::string_view) { return true; }, &isWhole);
    return !isWhole;
}

bool hasContent(const OpenedFile& file, const FilePlace& place)
{
    if (!place.head.isOf(headOf(file)))
        return false;
    if (!isPacked(file)) {
        if (file.size() < place.offset || place.tail.length > place.offset)
            return false;
        return place.tail.length == 0 || place.tail.isOf(file.piece(place.offset - place.tail.length, place.tail.length));
    }
    std::uint64_t position = 0;
    std::string tail;
    unpack(file, [&](std::string_view bytes) {
        const std::string_view wanted = bytes.substr(0, std::size_t(std::min<std::uint64_t>(bytes.size(), place.offset - position)));
        position += wanted.size();
        tail.append(wanted.substr(wanted.size() - std::min(wanted.size(), PieceMark::maxBytes)));
        tail.erase(0, tail.size() - std::min(tail.size(), place.tail.length));
        return position < place.offset;
    });
    return position == place.offset && (place.tail.length == 0 || place.tail.isOf(tail));
}

bool isCopySoFar(const OpenedFile& file, const OpenedFile& original, const std::string& originalsHead)
{
    const std::string head = file.piece(0, PieceMark::maxBytes);
    if (head.empty() || originalsHead.empty() || !std::string_view(originalsHead).starts_with(std::string_view(head).substr(0, originalsHead.size())))
        return false;
    const std::uint64_t size = std::min(file.size(), original.size());
    const std::uint64_t length = std::min<std::uint64_t>(size, PieceMark::maxBytes);
    return size > 0 && file.piece(size - length, length) == original.piece(size - length, length);
}

std::optional<std::string> renamedFile(const FileKey& key, const FilePlace& place, SearchPatience& patience)
{
    return patiently(place.path, patience, [&] { return renamedNow(key, place); });
}

std::vector<std::string> rotatedFiles(const std::string& path)
{
    // "app.log" becomes "app.log.1" or, where an extension is to be kept, "app-20261130.log".
    const std::string name = nameOf(path);
    std::vector<std::pair<std::int64_t, std::string>> found;
    for (const std::string& one : filesIn(folderOf(path), std::string_view(name).substr(0, std::max(name.find('.', 1), std::size_t(1))))) {
        if (one == path)
            continue;
        if (Result<OpenedFile> file = OpenedFile::open(one))
            found.emplace_back(file->modifiedMs(), one);
    }
    std::ranges::sort(found);
    std::vector<std::string> paths;
    for (auto& [time, one] : found)
        paths.push_back(std::move(one));
    return paths;
}

bool isRotationOf(std::string_view rotated, std::string_view path)
{
    constexpr std::size_t dateDigits = 8; // fewer may be another program's number where the name ends as the log's does
    const auto digitsOf = [](std::string_view text) { return std::min(text.find_first_not_of("0123456789"), text.size()); };
    const auto isMark = [](char c) { return c == '.' || c == '-' || c == '_'; };
    if (rotated.starts_with(path)) {
        const std::string_view added = rotated.substr(path.size());
        if (added.size() < 2 || !isMark(added.front()))
            return false;
        const auto begins = [&added](std::string_view word) { return added.substr(1).starts_with(word); };
        return digitsOf(added.substr(1)) > 0 || begins("old") || begins("gz") || begins("zst");
    }
    const std::size_t dot = path.rfind('.');
    if (dot == std::string_view::npos || dot < path.rfind('/') + 2 || !rotated.starts_with(path.substr(0, dot)))
        return false;
    const std::string_view added = rotated.substr(dot);
    return added.size() > 1 && isMark(added.front()) && digitsOf(added.substr(1)) >= dateDigits
        && added.find(path.substr(dot)) != std::string_view::npos;
}

std::optional<std::string> fileWithContent(const FilePlace& place, const std::function<bool(const OpenedFile&)>& isExcluded,
                                           SearchPatience& patience)
{
    if (place.head.length == 0)
        return std::nullopt;
    return patiently(place.path, patience, [&] { return withContentNow(place, isExcluded); });
}

} // namespace vigie
