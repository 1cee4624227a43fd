// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/decoder.h"

#include <QByteArray>
#include <QTest>
#include <cstring>
#include <memory>

/// The clock of these tests.
inline constexpr std::int64_t decodingTimeMs = 1'700'000'000'000;

/// Decodes a message of ann of shop (or of nobody yet), from memory with not a byte more than is asked for,
/// and with quotes behind the text: who reads on finds them, or the sanitizer finds who reads on.
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

/// What was understood, as the message it should be; null when it is another or an error.
template <typename Message>
const Message* understood(const vigie::Decoded& decoded)
{
    const auto* message = std::get_if<vigie::ClientMessage>(&decoded);
    return message ? std::get_if<Message>(message) : nullptr;
}

/// The error of a message that was refused; one of no code when it was understood.
inline vigie::ErrorMessage refusal(const vigie::Decoded& decoded)
{
    const auto* error = std::get_if<vigie::ErrorMessage>(&decoded);
    return error ? *error : vigie::ErrorMessage();
}

/// Rows of `json`, `code` and `message` (a part of the error's text).
inline void refusalColumns()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("message");
}

/// Checks one such row.
inline void checkRefusal()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, message);
    const vigie::ErrorMessage error = refusal(decode(json));
    QCOMPARE(QByteArray::fromStdString(error.code), code);
    QVERIFY2(QByteArray::fromStdString(error.message).contains(message), error.message.c_str());
}
