// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fanout/logsframes.h"

#include "protocol/encoder.h"
#include "server/net/frame.h"

namespace vigie {

void LogsFrames::addRange(const LogBatch& batch, std::size_t from, std::size_t to)
{
    const std::string_view json = batch.json(from, to);
    m_pieces.push_back(json);
    m_pieceBytes += json.size();
    if (m_pieceBytes >= frameBytes)
        closeFrame();
}

void LogsFrames::add(const LogBatch& batch, std::size_t from, std::size_t to, const LogFilter& filter)
{
    // Adds all entries as one piece. If that is too large or some are filtered out, adds runs instead.
    if (filter.isEmpty() && batch.json(from, to).size() <= frameBytes)
        return addRange(batch, from, to);
    std::size_t runStart = from;
    std::size_t runBytes = 0;
    for (std::size_t i = from; i < to; ++i) {
        const bool passes = filter.matches(batch, i);
        if (passes)
            runBytes += batch.json(i).size();
        if (!passes || m_pieceBytes + runBytes >= frameBytes) {
            const std::size_t runEnd = passes ? i + 1 : i;
            if (runStart < runEnd)
                addRange(batch, runStart, runEnd);
            runStart = i + 1;
            runBytes = 0;
        }
    }
    if (runStart < to)
        addRange(batch, runStart, to);
}

void LogsFrames::add(const LogEntryRef& entry, const LogFilter& filter)
{
    if (filter.matches(*entry.batch, entry.index))
        addRange(*entry.batch, entry.index, entry.index + 1);
}

void LogsFrames::closeFrame()
{
    const std::size_t length = logsPrefix.size() + m_pieceBytes + m_pieces.size() - 1 + logsSuffix.size();
    m_bytes.reserve(m_bytes.size() + qsizetype(length) + 16);
    m_bytes.append(textFrameHead(qsizetype(length)));
    m_bytes.append(logsPrefix.data(), qsizetype(logsPrefix.size()));
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
        if (i > 0)
            m_bytes.append(',');
        m_bytes.append(m_pieces[i].data(), qsizetype(m_pieces[i].size()));
    }
    m_bytes.append(logsSuffix.data(), qsizetype(logsSuffix.size()));
    m_pieces.clear();
    m_pieceBytes = 0;
}

QByteArray LogsFrames::take()
{
    if (!m_pieces.empty())
        closeFrame();
    return std::exchange(m_bytes, {});
}

} // namespace vigie
