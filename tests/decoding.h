// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/decoder.h"

#include <QByteArray>
#include <QTest>
#include <cstring>
#include <memory>

/// The time of these tests.
inline constexpr std::int64_t decodingTimeMs = 1'700'000'000'000;

/// Decodes a message of ann in shop (or of nobody yet). The buffer has exactly the required padding, filled with quotes, so that
/// reading beyond the text changes the result or is caught by a sanitizer.
inline vigie::Decoded decode(vigie::Decoder& decoder, const QByteArray& json, bool isSignedIn = true)
{
    const vigie::LogOrigin ann("shop", "ann");
    const auto size = static_cast<std::size_t>(json.size());
    const auto memory = std::make_unique<char[]>(size + vigie::Decoder::padding);
    std::memcpy(memory.get(), json.constData(), size);
    std::memset(memory.get() + size, '"', vigie::Decoder::padding);
    return decoder.decode({memory.get(), size}, isSignedIn ? &ann : nullptr, decodingTimeMs);
}

inline vigie::Decoded decode(const QByteArray& json)
{
    vigie::Decoder decoder;
    return decode(decoder, json);
}

/// The decoded message; null if it is of another type or an error.
template <typename Message>
const Message* understood(const vigie::Decoded& decoded)
{
    const auto* message = std::get_if<vigie::ClientMessage>(&decoded);
    return message ? std::get_if<Message>(message) : nullptr;
}

/// The error of a refused message; without a code if it was accepted.
inline vigie::ErrorMessage refusal(const vigie::Decoded& decoded)
{
    const auto* error = std::get_if<vigie::ErrorMessage>(&decoded);
    return error ? *error : vigie::ErrorMessage();
}

/// Columns for `json`, `code` and `message` (a part of the error's text).
inline void refusalColumns()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("message");
}

/// Checks one row of refusalColumns().
inline void checkRefusal()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, message);
    const vigie::ErrorMessage error = refusal(decode(json));
    QCOMPARE(QByteArray::fromStdString(error.code), code);
    QVERIFY2(QByteArray::fromStdString(error.message).contains(message), error.message.c_str());
}
