// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// An absolute path whose name, and folders in it, may hold *, ? and […] as a shell reads them. A backslash takes the meaning from
/// the character behind it; hidden names are meant only where the pattern has their dot. Any thread.
class FilePattern
{
public:
    explicit FilePattern(std::string_view pattern);

    /// Files that match, and the folders in which others may appear: where one is missing, the one above it.
    struct Found
    {
        std::vector<std::string> files;
        std::vector<std::string> folders;
    };
    /// Blocks while it reads folders.
    Found look() const;
    bool matches(const std::string& path) const;
    /// Whether it matters to what the pattern means that something of this path came or went.
    bool concerns(const std::string& path) const;
    /// It may mean several files.
    bool hasWildcards() const { return m_hasWildcards; }
    /// They may have the same name, in several folders.
    bool hasWildcardFolders() const { return m_hasWildcardFolders; }

    /// A pattern that means this path alone.
    static std::string literal(std::string_view path);

private:
    void lookIn(const std::string& folder, std::size_t part, Found& found) const;

    std::string m_pattern;
    std::vector<std::string> m_parts;
    bool m_hasWildcards = false;
    bool m_hasWildcardFolders = false;
};

} // namespace vigie
