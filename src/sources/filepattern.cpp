// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/filepattern.h"

#include <algorithm>
#include <dirent.h>
#include <fnmatch.h>
#include <memory>
#include <sys/stat.h>

namespace vigie {

namespace {

constexpr std::string_view special = "*?[";

bool hasWildcard(std::string_view part)
{
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] == '\\')
            ++i;
        else if (special.find(part[i]) != std::string_view::npos)
            return true;
    }
    return false;
}

std::string withoutBackslashes(std::string_view part)
{
    std::string plain;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] == '\\' && i + 1 < part.size())
            ++i;
        plain += part[i];
    }
    return plain;
}

bool isFolder(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool isThere(const std::string& path)
{
    struct stat status = {};
    return ::lstat(path.c_str(), &status) == 0;
}

std::string below(const std::string& folder, const std::string& name)
{
    return folder == "/" ? folder + name : folder + '/' + name;
}

} // namespace

FilePattern::FilePattern(std::string_view pattern) : m_pattern(pattern)
{
    while (!pattern.empty()) {
        const std::size_t end = std::min(pattern.find('/'), pattern.size());
        if (end > 0)
            m_parts.emplace_back(pattern.substr(0, end));
        pattern.remove_prefix(std::min(end + 1, pattern.size()));
    }
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        if (!hasWildcard(m_parts[i]))
            continue;
        m_hasWildcards = true;
        m_hasWildcardFolders = m_hasWildcardFolders || i + 1 < m_parts.size();
    }
}

std::string FilePattern::literal(std::string_view path)
{
    std::string pattern;
    for (const char c : path) {
        if (c == '\\' || special.find(c) != std::string_view::npos)
            pattern += '\\';
        pattern += c;
    }
    return pattern;
}

bool FilePattern::matches(const std::string& path) const
{
    return fnmatch(m_pattern.c_str(), path.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0;
}

bool FilePattern::concerns(const std::string& path) const
{
    std::string pattern;
    const auto depth = std::size_t(std::ranges::count(path, '/'));
    if (depth > m_parts.size())
        return false;
    for (std::size_t i = 0; i < depth; ++i)
        pattern.append(1, '/').append(m_parts[i]);
    return fnmatch(pattern.c_str(), path.c_str(), FNM_PATHNAME | FNM_PERIOD) == 0;
}

FilePattern::Found FilePattern::look() const
{
    Found found;
    if (!m_parts.empty())
        lookIn("/", 0, found);
    return found;
}

void FilePattern::lookIn(const std::string& folder, std::size_t part, Found& found) const
{
    const bool isLast = part + 1 == m_parts.size();
    const std::string& wanted = m_parts[part];
    if (!hasWildcard(wanted)) {
        const std::string path = below(folder, withoutBackslashes(wanted));
        if (isLast) {
            found.folders.push_back(folder);
            if (isThere(path) && !isFolder(path))
                found.files.push_back(path);
        } else if (isFolder(path)) {
            lookIn(path, part + 1, found);
        } else {
            found.folders.push_back(folder);
        }
        return;
    }
    found.folders.push_back(folder);
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder.c_str()), closedir);
    if (!entries)
        return;
    while (const dirent* const entry = readdir(entries.get())) {
        if (fnmatch(wanted.c_str(), entry->d_name, FNM_PERIOD) != 0)
            continue;
        const std::string path = below(folder, entry->d_name);
        const bool isUnclear = entry->d_type == DT_UNKNOWN || entry->d_type == DT_LNK;
        const bool isDirectory = isUnclear ? isFolder(path) : entry->d_type == DT_DIR;
        if (isLast && !isDirectory)
            found.files.push_back(path);
        else if (!isLast && isDirectory)
            lookIn(path, part + 1, found);
    }
}

} // namespace vigie
