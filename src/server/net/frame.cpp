// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/frame.h"

#include <QtEndian>

namespace vigie {

namespace {

constexpr char finalText = char(0x81); // FIN, opcode 1

} // namespace

QByteArray textFrameHead(qsizetype payloadBytes)
{
    QByteArray head(1, finalText);
    if (payloadBytes < 126) {
        head.append(static_cast<char>(payloadBytes));
    } else if (payloadBytes < 0x10000) {
        head.append(char(126));
        head.resize(4);
        qToBigEndian(static_cast<quint16>(payloadBytes), head.data() + 2);
    } else {
        head.append(char(127));
        head.resize(10);
        qToBigEndian(static_cast<quint64>(payloadBytes), head.data() + 2);
    }
    return head;
}

QByteArray textFrame(QByteArrayView text)
{
    QByteArray frame = textFrameHead(text.size());
    frame.reserve(frame.size() + text.size());
    frame.append(text);
    return frame;
}

} // namespace vigie
