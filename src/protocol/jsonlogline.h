// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// What a line of JSON says that a program wrote as a log entry. Views live until the next line is read.
struct JsonLogLine
{
    std::optional<std::int64_t> timestampMs; ///< since the epoch; absent: none was there, or it cannot be one
    std::string_view level;
    std::string_view message;
    std::string_view userId; ///< of an exported entry; empty: none
    /// Of an entry in Vigie's own form, which has no fields but those of an export; empty: none. That of any other line is one more
    /// of its fields.
    std::string_view id;
    std::string_view localTime; ///< the text of a time that names no zone: timestampMs is as if it were UTC's; empty: it names one
    bool isContainers = false; ///< it is one of Docker's files: the message is what the container printed, maybe a part of a line
    std::string_view stream; ///< "stdout", "stderr", where the line says so
    std::string_view metadataJson; ///< an exported entry's metadata, or an object of all other fields; empty: none
};

/// Reads the JSON lines that `vigie export` writes and those of common logging libraries: an object with `msg`, `message`,
/// `short_message`, `event` or `log`, and maybe `level`, `severity`, `lvl` or `PRIORITY`, and `timestamp`, `time`, `ts`,
/// `@timestamp` or `asctime`. Of a key that stands twice the first level and time count and the last message; the others are
/// metadata, as all other fields. What is not quite JSON, as it holds bytes that are no UTF-8 or NaN, is mended. One thread; keeps
/// its buffers.
class JsonLogLineReader
{
public:
    JsonLogLineReader();
    ~JsonLogLineReader();
    JsonLogLineReader(JsonLogLineReader&&) noexcept;
    JsonLogLineReader& operator=(JsonLogLineReader&&) noexcept;

    /// Nothing: it is no such line, but any text.
    std::optional<JsonLogLine> read(std::string_view line);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts; // hides simdjson's heavy header
};

} // namespace vigie
