// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// A kernel file that is read again and again: kept open, re-read from its start with pread(2) into
/// one buffer that grows to the text's size and then stays. One thread at a time.
class ProcFile
{
public:
    explicit ProcFile(std::string path);
    ~ProcFile();
    ProcFile(const ProcFile&) = delete;
    ProcFile& operator=(const ProcFile&) = delete;

    /// The whole text, valid until the next read; absent when the file is not there or refuses to be
    /// read. A file that appears, goes or is replaced is noticed by the next read.
    std::optional<std::string_view> read();

    /// -1 while the file is not open.
    int descriptor() const { return m_fd; }

private:
    bool open();
    void close();
    bool isReplaced() const;
    std::optional<std::string_view> readOpen();

    std::string m_path;
    int m_fd = -1;
    std::vector<char> m_buffer;
};

/// A directory kept open so that the small files below it are found by short relative names.
class ProcDirectory
{
public:
    explicit ProcDirectory(std::string path);
    ~ProcDirectory();
    ProcDirectory(const ProcDirectory&) = delete;
    ProcDirectory& operator=(const ProcDirectory&) = delete;

    /// Opens, reads once and closes a small file, for sources too many to keep open. Text beyond the
    /// buffer is left out; the view, into `buffer`, is empty on any error.
    std::string_view read(const char* relativePath, std::span<char> buffer);

    /// -1 when there is no such directory.
    int descriptor();

private:
    std::string m_path;
    int m_fd = -1;
};

} // namespace vigie
