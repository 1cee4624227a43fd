// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// Which file it is, whatever its name.
struct FileKey
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;

    auto operator<=>(const FileKey&) const = default;
    /// Of its checkpoint: "file:801:2a4f".
    std::string name() const;
    static std::optional<FileKey> fromName(std::string_view name);
};

/// How the names of files' checkpoints begin.
inline constexpr std::string_view fileCheckpoints = "file:";

/// How a piece of a file is known again.
struct PieceMark
{
    static constexpr std::size_t maxBytes = 256;

    std::size_t length = 0;
    std::string hash;

    static PieceMark of(std::string_view bytes);
    bool isOf(std::string_view bytes) const { return length > 0 && bytes.size() >= length && of(bytes.substr(0, length)) == *this; }
    bool operator==(const PieceMark&) const = default;
};

/// How far a file was read, and how it is known again by what is in it: under another name, after it was copied, and packed.
struct FilePlace
{
    std::uint64_t offset = 0; ///< of the first byte that no stored entry has; in a packed file of what it unpacks to
    PieceMark head; ///< of the file's first bytes
    PieceMark tail; ///< of the bytes before `offset`
    bool isPacked = false;
    std::string path; ///< by which it was found: one that is watched, also when the file has another by now

    std::string text() const;
    static std::optional<FilePlace> fromText(std::string_view text);
};

} // namespace vigie
