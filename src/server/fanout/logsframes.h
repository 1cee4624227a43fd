// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "core/logfilter.h"

#include <QByteArray>
#include <string_view>
#include <vector>

namespace vigie {

/// Puts entries' own JSON into whole `logs` frames: every byte of an entry is copied once. A frame is closed
/// at about 256 KiB; all of them come out behind one another as one block of bytes, ready to send.
/// What is added must live until take().
class LogsFrames
{
public:
    static constexpr std::size_t frameBytes = 256 * 1024;

    /// Adds those of a batch's entries [from, to) that pass the filter; `from < to`.
    void add(const LogBatch& batch, std::size_t from, std::size_t to, const LogFilter& filter);
    void add(const LogEntryRef& entry, const LogFilter& filter);

    /// The frames; empty when nothing was added.
    QByteArray take();

private:
    void addRange(const LogBatch& batch, std::size_t from, std::size_t to);
    void closeFrame();

    QByteArray m_bytes;
    std::vector<std::string_view> m_pieces; // of the open frame: entries parted by commas
    std::size_t m_pieceBytes = 0;
};

} // namespace vigie
