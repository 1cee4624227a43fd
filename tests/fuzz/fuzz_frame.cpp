// SPDX-License-Identifier: GPL-3.0-or-later
// Frames around any text: their head says what is in them (RFC 6455 §5.2), in as few bytes as can be.
#include "server/frame.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // The text many times over, as lengths matter more than what is in it.
    const std::size_t times = size > 0 ? 1 + data[0] * std::size_t(data[size - 1]) : 1;
    const QByteArray text = QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)).repeated(qsizetype(times));
    const QByteArray frame = vigie::textFrame(text);
    const auto byte = [&frame](qsizetype place) { return quint64(quint8(frame[place])); };
    const qsizetype lengthBytes = text.size() < 126 ? 0 : text.size() < 65'536 ? 2 : 8;
    quint64 length = byte(1);
    if (lengthBytes > 0) {
        if (byte(1) != (lengthBytes == 2 ? 126 : 127))
            std::abort();
        length = 0;
        for (qsizetype i = 0; i < lengthBytes; ++i)
            length = length << 8 | byte(2 + i);
    }
    if (byte(0) != 0x81 || length != quint64(text.size()) || frame.mid(2 + lengthBytes) != text
        || vigie::textFrameHead(text.size()) != frame.left(2 + lengthBytes))
        std::abort();
    return 0;
}
