// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/logs/logsegment.h"
#include "storage/logs/logsegmentreader.h"

#include <QString>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vigie {

/// Rewrites a segment of an earlier version in blocks, in steps, beside it: until the end the earlier one is the one that counts. One
/// of which not all can be read stays as it is. One thread.
class SegmentTakeOver
{
public:
    /// Begins with the file at `path`, which nobody writes any more.
    static DatabaseResult<std::unique_ptr<SegmentTakeOver>> begin(const QString& path);
    /// Removes what was written, unless it was finished.
    ~SegmentTakeOver();
    Q_DISABLE_COPY_MOVE(SegmentTakeOver)

    const QString& path() const { return m_path; }
    /// Takes over some thousand entries. True: there are more.
    DatabaseResult<bool> step();
    /// After the last step: the new file takes the earlier one's place, under a name of its own, with its time. Gives that.
    DatabaseResult<QString> finish();

    /// The name of the file that takes the place of an earlier one.
    static QString nameOf(const QString& path);
    /// Ends what was interrupted: removes files that were not finished, and those whose successors were.
    static void tidyUp(const QString& folder);

private:
    explicit SegmentTakeOver(const QString& path) : m_path(path), m_temporary(path + QStringLiteral(".new")) {}

    QString m_path;
    QString m_temporary;
    std::unique_ptr<LogSegmentReader> m_reader;
    std::unique_ptr<LogSegment> m_segment; // null: finished
    SegmentState m_state;
    std::vector<std::string> m_apps; // left
    std::uint64_t m_reached = 0; // of the last of them
    std::int64_t m_entries = 0; // taken over
};

} // namespace vigie
