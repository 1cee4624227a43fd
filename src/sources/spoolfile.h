// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QtGlobal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// Where what is spooled is to go.
struct SpoolTarget
{
    QString appId;
    QString url; ///< of another Vigie; empty: the one of the data folder
    QString tokenFile; ///< absolute; empty: no token
    QString caFile; ///< absolute; empty: the system's authorities

    bool operator==(const SpoolTarget&) const = default;
};

/// Entries that wait for a Vigie, as lines of JSON in a file that one process has at a time. It survives the end of its process, in
/// whatever way, but not that of the machine. Its room is bounded: the oldest make place for the newest. What a full
/// disk does not take waits in memory, and is written once it does. One thread.
class SpoolFile
{
public:
    static constexpr std::uint64_t usualBytes = 256ULL * 1024 * 1024;
    static constexpr std::size_t longestLine = 4 * 1024 * 1024; ///< of those that are read back

    /// Makes a new one in `folder`. Where that cannot be written, it lies in memory, and `problem()` says why.
    SpoolFile(const QString& folder, SpoolTarget target, std::uint64_t maxBytes = usualBytes);
    /// One that was left in `path`; null: it is in use, or is none. An empty one, as a full disk leaves it, is deleted. `isNone`: set
    /// where it holds something else.
    static std::unique_ptr<SpoolFile> takeUp(const QString& path, bool* isNone = nullptr);
    /// Those that lie in `folder`, the oldest first.
    static QStringList pathsIn(const QString& folder);
    ~SpoolFile();
    Q_DISABLE_COPY_MOVE(SpoolFile)

    const SpoolTarget& target() const { return m_target; }
    /// Why it does not lie on disk; empty: it does.
    const QString& problem() const { return m_problem; }
    bool isOnDisk() const { return m_problem.isEmpty(); }

    /// Adds whole lines. How many of the oldest had to go for them; the new ones count among them where they are too large.
    std::uint64_t append(std::string_view lines);
    /// Writes what the disk did not take. False: it still does not.
    bool writePending();
    /// Lines that lie in memory as the disk did not take them.
    std::uint64_t countPending() const;

    /// The oldest lines that were not delivered.
    struct Part
    {
        std::string lines;
        std::uint64_t count = 0;
        std::uint64_t end = 0; ///< for setDelivered()
    };
    Part read(std::size_t maxBytes, std::size_t maxLines) const;
    /// All up to there need not be kept any more.
    void setDelivered(std::uint64_t end);

    std::uint64_t bytes() const { return written() + m_pending.size(); }
    bool isEmpty() const { return bytes() == 0; }
    const QString& path() const { return m_path; }
    /// Lines that wait.
    std::uint64_t countLines() const;
    /// Deletes the file.
    void remove();

private:
    SpoolFile() = default;

    bool readHead();
    bool makeFile(const QString& folder);
    bool giveName();
    std::uint64_t written() const { return m_end - m_start; }
    std::uint64_t makeRoomInMemory();
    std::string readFrom(std::uint64_t place, std::size_t bytes) const;
    void makeInMemory();
    bool writeHead();
    void setStart(std::uint64_t start);
    std::uint64_t appendSome(std::string_view lines);
    std::uint64_t makeRoom(std::uint64_t bytes);
    std::uint64_t countLinesTo(std::uint64_t end) const;
    std::uint64_t lineStartFrom(std::uint64_t place) const;

    SpoolTarget m_target;
    QString m_path;
    QString m_problem;
    int m_file = -1;
    std::uint64_t m_maxBytes = usualBytes;
    std::uint64_t m_first = 0; // where lines can begin: behind the head
    std::uint64_t m_start = 0; // of what was not delivered
    std::uint64_t m_end = 0; // of what is written
    std::string m_pending; // what comes behind it, and the disk does not take: at place m_end
};

} // namespace vigie
