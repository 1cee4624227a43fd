// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace vigie {

/// The bytes of a regular file that may grow, be truncated or give way to another of its name. What the kernel makes up, as in
/// /proc, and says to be empty is anew only when it got shorter. One thread; blocks while it reads.
class FileBytes
{
public:
    /// What became of the file since it was looked at last.
    enum class Change {
        None,
        Truncated, ///< it is shorter than what was read, and begins anew; unnoticed if by now it is as long again
        Replaced ///< another file has its name, and is now read from its beginning; what the old one had was read before
    };

    explicit FileBytes(QString path) : m_path(std::move(path)) {}
    ~FileBytes();
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    /// An error names the file and says why it cannot be read.
    Outcome open();
    /// The next bytes, at most `size`; a view until the next call. Empty: there are no more for now.
    std::string_view read(std::size_t size);
    /// Looks whether the file is still the one that is read. To be asked when read() gave nothing.
    Change look();

    /// Of the file, when it was opened or looked at last.
    std::uint64_t size() const { return m_size; }
    std::uint64_t position() const { return m_position; }
    void seek(std::uint64_t position) { m_position = position; }
    std::int64_t modifiedMs() const { return m_modifiedMs; }

private:
    bool openAgain();
    void close();

    QString m_path;
    int m_descriptor = -1;
    dev_t m_device = 0;
    ino_t m_inode = 0;
    std::uint64_t m_size = 0;
    std::uint64_t m_position = 0;
    std::int64_t m_modifiedMs = 0;
    std::string m_buffer;
};

} // namespace vigie
