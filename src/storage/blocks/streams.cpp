// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/streams.h"

#include <utility>

namespace vigie {

namespace {

// A frame costs some 13 bytes, and each has a code of its own.
constexpr std::size_t ownFrameBytes = 256;

} // namespace

void appendNumber(std::string& to, std::uint64_t value)
{
    while (value >= 0x80) {
        to += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    to += static_cast<char>(value);
}

void appendText(std::string& to, std::string_view text)
{
    appendNumber(to, text.size());
    to.append(text);
}

void StreamWriter::beginSection()
{
    m_sections.emplace_back();
}

std::string& StreamWriter::stream()
{
    ++m_sections.back().streams;
    if (m_count == m_streams.size())
        m_streams.emplace_back();
    std::string& next = m_streams[m_count++];
    next.clear();
    return next;
}

// A blob: the size of its first frame, that frame, the frames of streams. In the first frame: how many sections, and of each its
// head and its number of streams; then of each stream the size of its frame, or 0 and its own size; then those streams.
void StreamWriter::pack(std::string& to)
{
    m_shared.clear();
    m_frames.clear();
    appendNumber(m_shared, m_sections.size());
    for (const Section& section : m_sections) {
        appendText(m_shared, section.head);
        appendNumber(m_shared, section.streams);
    }
    for (std::size_t i = 0; i < m_count; ++i) {
        const std::string& stream = m_streams[i];
        if (stream.size() >= ownFrameBytes) {
            appendNumber(m_shared, m_packer.pack(stream, m_frames));
        } else {
            appendNumber(m_shared, 0);
            appendNumber(m_shared, stream.size());
        }
    }
    for (std::size_t i = 0; i < m_count; ++i) {
        if (m_streams[i].size() < ownFrameBytes)
            m_shared.append(m_streams[i]);
    }
    std::string first;
    m_packer.pack(m_shared, first);
    appendText(to, first);
    to.append(m_frames);
    m_sections.clear();
    m_count = 0;
}

bool StreamBlob::open(std::string_view blob, std::size_t most)
{
    m_most = most;
    m_streams.clear();
    m_parts.clear();
    ByteReader outer(blob);
    const std::string_view first = outer.text();
    if (!outer.isGood() || !m_unpacker.unpack(first, m_most, m_shared))
        return false;
    ByteReader reader(m_shared);
    std::size_t streams = 0;
    for (std::size_t left = reader.count(); left > 0; --left) {
        Part part;
        part.head = reader.text();
        part.firstStream = streams;
        part.streams = reader.count();
        streams += part.streams;
        m_parts.push_back(part);
    }
    std::vector<std::pair<std::size_t, bool>> sizes; // and whether it is packed
    for (; streams > 0 && reader.isGood(); --streams) {
        const std::uint64_t packed = reader.number();
        sizes.emplace_back(packed > 0 ? packed : reader.number(), packed > 0);
    }
    for (const auto& [size, isPacked] : sizes)
        m_streams.push_back({(isPacked ? outer : reader).take(size), isPacked});
    return reader.isGood() && outer.isGood();
}

std::optional<StreamBlob::Section> StreamBlob::section(std::size_t number)
{
    if (number >= m_parts.size())
        return std::nullopt;
    const Part& part = m_parts[number];
    return Section(*this, part.head, part.firstStream, part.streams);
}

std::optional<std::string_view> StreamBlob::Section::stream()
{
    if (m_next >= m_end || m_next >= m_blob->m_streams.size())
        return std::nullopt;
    const Stream& stream = m_blob->m_streams[m_next++];
    if (!stream.isPacked)
        return stream.bytes;
    if (!m_blob->m_unpacker.unpack(stream.bytes, m_blob->m_most, m_blob->m_unpacked))
        return std::nullopt;
    return m_blob->m_unpacked;
}

} // namespace vigie
