// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <cstring>

/// Writes protobuf messages for tests, field by field.
namespace vigie::test::pb {

inline QByteArray varint(quint64 number)
{
    QByteArray out;
    for (; number >= 0x80; number >>= 7)
        out += char(number | 0x80);
    return out += char(number);
}
inline QByteArray number(int field, quint64 value)
{
    return varint(quint64(field) << 3) + varint(value);
}
inline QByteArray bytes(int field, const QByteArray& value)
{
    return varint(quint64(field) << 3 | 2) + varint(quint64(value.size())) + value;
}
inline QByteArray fixed64(int field, quint64 value)
{
    QByteArray out = varint(quint64(field) << 3 | 1);
    for (int i = 0; i < 8; ++i)
        out += char(value >> (8 * i));
    return out;
}
inline QByteArray real(int field, double value)
{
    quint64 bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return fixed64(field, bits);
}

/// An AnyValue that is a text, and an attribute.
inline QByteArray text(const QByteArray& value)
{
    return bytes(1, value);
}
inline QByteArray attribute(int field, const QByteArray& key, const QByteArray& anyValue)
{
    return bytes(field, bytes(1, key) + bytes(2, anyValue));
}

/// A request of one resource with one scope; `records` are whole fields of number 2.
inline QByteArray request(const QByteArray& service, const QByteArray& records)
{
    return bytes(1, bytes(1, attribute(1, "service.name", text(service))) + bytes(2, bytes(1, bytes(1, "lib")) + records));
}

} // namespace vigie::test::pb
