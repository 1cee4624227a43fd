// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "core/logfilter.h"

#include <QByteArray>
#include <string_view>
#include <vector>

namespace vigie {

/// Assembles `logs` frames from entries' JSON, copying each byte once. Ends a frame at about 256 KiB. Returns all frames as one
/// block of bytes, ready to send. What is added must live until take().
class LogsFrames
{
public:
    static constexpr std::size_t frameBytes = 256 * 1024;

    /// Adds the entries [from, to) of the batch that match the filter; `from < to`.
    void add(const LogBatch& batch, std::size_t from, std::size_t to, const LogFilter& filter);
    void add(const LogEntryRef& entry, const LogFilter& filter);

    /// The frames; empty if nothing was added.
    QByteArray take();

private:
    void addRange(const LogBatch& batch, std::size_t from, std::size_t to);
    void closeFrame();

    QByteArray m_bytes;
    std::vector<std::string_view> m_pieces; // of the open frame: entries separated by commas
    std::size_t m_pieceBytes = 0;
};

} // namespace vigie
