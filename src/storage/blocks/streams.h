// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/frame.h"
#include "storage/database/varint.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

void appendNumber(std::string& to, std::uint64_t value);
inline void appendSigned(std::string& to, std::int64_t value) { appendNumber(to, folded(value)); }
void appendText(std::string& to, std::string_view text);

/// Streams of bytes on their way into one blob. What is alike goes into a stream of its own, as each is compressed by itself; small
/// ones share a frame. They are in sections, which are read one without the other. Keeps its buffers. One thread.
class StreamWriter
{
public:
    /// What is written from now on belongs to the next section.
    void beginSection();
    /// For what says how the section's streams are to be read.
    std::string& head() { return m_sections.back().head; }
    /// The next stream, empty. Good until the next call.
    std::string& stream();

    /// Appends all of it as one blob, and forgets it.
    void pack(std::string& to);

private:
    struct Section
    {
        std::string head;
        std::size_t streams = 0;
    };

    FramePacker m_packer;
    std::vector<Section> m_sections;
    std::vector<std::string> m_streams; // the first `m_count` are in use
    std::size_t m_count = 0;
    std::string m_shared;
    std::string m_frames;
};

/// Reads such a blob: any section, the streams of each in their order. One thread.
class StreamBlob
{
public:
    /// More than any block of ours unpacks to.
    static constexpr std::size_t maxBytes = std::size_t(1) << 30;

    /// One section, while its blob lives and no other section is read.
    class Section
    {
    public:
        ByteReader head;

        /// The next stream, until the next call. Nothing: there is none, or it is damaged.
        std::optional<std::string_view> stream();
        /// Goes past it. False: there is none.
        bool passStream() { return m_next++ < m_end; }

    private:
        friend class StreamBlob;
        Section(StreamBlob& blob, std::string_view headBytes, std::size_t first, std::size_t count)
            : head(headBytes), m_blob(&blob), m_next(first), m_end(first + count)
        {
        }

        StreamBlob* m_blob;
        std::size_t m_next;
        std::size_t m_end;
    };

    /// `blob` must live as long as sections are read. `most`: bytes that a stream of it unpacks to. False: it is damaged.
    bool open(std::string_view blob, std::size_t most = maxBytes);
    /// The section with this number, from 0 on. Nothing: there is none.
    std::optional<Section> section(std::size_t number);

private:
    struct Stream
    {
        std::string_view bytes; ///< of its frame, or as it is
        bool isPacked = false;
    };
    struct Part
    {
        std::string_view head;
        std::size_t firstStream = 0;
        std::size_t streams = 0;
    };

    FrameUnpacker m_unpacker;
    std::size_t m_most = maxBytes;
    std::string m_shared;
    std::string m_unpacked;
    std::vector<Stream> m_streams;
    std::vector<Part> m_parts;
};

} // namespace vigie
