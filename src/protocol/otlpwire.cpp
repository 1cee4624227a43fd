// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/otlpwire.h"

#include <cstring>

namespace vigie {

bool OtlpWire::next()
{
    const std::uint32_t tag = m_in.ReadTag();
    if (tag == 0) {
        m_isBroken = !m_in.ConsumedEntireMessage();
        return false;
    }
    m_field = tag >> 3;
    m_wireType = int(tag & 7);
    m_number = 0;
    m_value = {};
    bool isRead = m_field > 0;
    switch (m_wireType) {
    case 0: isRead = isRead && m_in.ReadVarint64(&m_number); break;
    case 1: isRead = isRead && m_in.ReadLittleEndian64(&m_number); break;
    case 2: {
        std::uint32_t length = 0;
        isRead = isRead && m_in.ReadVarint32(&length);
        const std::size_t at = std::size_t(m_in.CurrentPosition());
        isRead = isRead && length <= m_bytes.size() - at && m_in.Skip(int(length));
        if (isRead)
            m_value = m_bytes.substr(at, length);
        break;
    }
    case 5: {
        std::uint32_t number = 0;
        isRead = isRead && m_in.ReadLittleEndian32(&number);
        m_number = number;
        break;
    }
    default: isRead = false; // groups are in no message of OTLP's
    }
    m_isBroken = !isRead;
    return isRead;
}

std::uint64_t OtlpWire::takeFixed64(std::string_view& packed)
{
    std::uint64_t number = 0;
    if (packed.size() >= sizeof number) {
        google::protobuf::io::CodedInputStream::ReadLittleEndian64FromArray(reinterpret_cast<const std::uint8_t*>(packed.data()), &number);
        packed.remove_prefix(sizeof number);
    } else {
        packed = {};
    }
    return number;
}

} // namespace vigie
