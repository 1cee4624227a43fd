// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sources/fileplace.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vigie {

/// What the system says of a file by its name.
struct NamedFile
{
    FileKey key;
    std::uint64_t size = 0;
    std::int64_t modifiedMs = 0;
};

/// A regular file that is open to be read, whatever becomes of its name. One thread; blocks while it reads.
class OpenedFile
{
public:
    OpenedFile() = default;
    OpenedFile(OpenedFile&& other) noexcept;
    OpenedFile& operator=(OpenedFile&& other) noexcept;
    ~OpenedFile();

    /// The error is the reason alone, for people. What the kernel makes as it is read, as in /proc, is no regular file.
    static Result<OpenedFile> open(const std::string& path);
    /// Which file a name means now; nothing: none, or no regular one.
    static std::optional<NamedFile> named(const std::string& path);

    bool isOpen() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }
    const FileKey& key() const { return m_key; }
    /// Asks the system for size() and modifiedMs().
    void look();
    std::uint64_t size() const { return m_size; }
    std::int64_t modifiedMs() const { return m_modifiedMs; }
    /// When it was made, in ms since the epoch; nothing: the file system does not tell.
    std::optional<std::int64_t> bornMs() const;
    /// Nobody has it open to write to it. False: somebody has, or who reads it may not know.
    bool hasNoWriter() const;
    bool isUnlinked() const { return m_isUnlinked; }
    /// What stands there, as far as it is there; a part of the buffer.
    std::string_view read(std::uint64_t offset, std::span<char> buffer) const;
    std::string piece(std::uint64_t offset, std::size_t size) const;

private:
    void close();

    int m_descriptor = -1;
    FileKey m_key;
    std::uint64_t m_size = 0;
    std::int64_t m_modifiedMs = 0;
    bool m_isUnlinked = false;
};

} // namespace vigie
