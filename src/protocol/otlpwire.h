// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <google/protobuf/io/coded_stream.h>
#include <string>
#include <string_view>

namespace vigie {

/// The fields of one protobuf message, one after the other, without copies: protobuf's own reader of the wire over a table of field
/// numbers that is ours. Fields that nobody asks for are passed over. The bytes must outlive it.
class OtlpWire
{
public:
    explicit OtlpWire(std::string_view bytes)
        : m_bytes(bytes), m_in(reinterpret_cast<const std::uint8_t*>(bytes.data()), int(bytes.size()))
    {
    }

    /// Goes to the next field. False: there is none, or it cannot be read.
    bool next();
    bool isBroken() const { return m_isBroken; }

    std::uint32_t field() const { return m_field; }
    /// Of a message, a text or bytes; else empty.
    std::string_view bytes() const { return m_value; }
    bool isBytes() const { return m_wireType == 2; }
    /// Of varint, fixed64 and fixed32; else 0.
    std::uint64_t number() const { return m_number; }
    std::int64_t signedNumber() const { return std::int64_t(m_number); }
    double asDouble() const { return std::bit_cast<double>(m_number); }
    /// The next of a packed list of fixed64, taken off its front.
    static std::uint64_t takeFixed64(std::string_view& packed);

private:
    std::string_view m_bytes;
    google::protobuf::io::CodedInputStream m_in;
    std::uint32_t m_field = 0;
    int m_wireType = 0;
    std::uint64_t m_number = 0;
    std::string_view m_value;
    bool m_isBroken = false;
};

} // namespace vigie
