// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/logs/logsegmentreader.h"

#include <QString>
#include <QStringList>
#include <cstdint>
#include <memory>
#include <string>

namespace vigie {

/// Goes once through all stored entries of one application, oldest first, while another process may write. Unlike
/// LogReader it says what it could not read. Between two pages nothing is held that the writer would wait for.
/// One thread, any.
class LogWalker
{
public:
    /// `segments`: the files there are, oldest first. Those that retention takes away meanwhile are passed over.
    LogWalker(QStringList segments, std::string appId);

    /// Whether any segment that can be read knows the application.
    bool isKnown();
    /// The next entries, about `maxBytes` of JSON; none: that was all.
    ReplayPage next(std::size_t maxBytes);
    /// What could not be read so far, a line each: the file and why.
    const QStringList& problems() const { return m_problems; }

private:
    std::unique_ptr<LogSegmentReader> open(const QString& path);

    QStringList m_segments; // those that were not begun yet
    std::string m_appId;
    QString m_path; // of the open one
    std::unique_ptr<LogSegmentReader> m_reader;
    std::uint64_t m_reached = 0; // sequence
    bool m_isKnown = false;
    bool m_knowsCleared = false;
    QStringList m_problems;
};

} // namespace vigie
