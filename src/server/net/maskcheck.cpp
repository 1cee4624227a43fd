// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/maskcheck.h"

#include "server/net/httphead.h"
#include "server/net/listener.h"

#include <QTcpSocket>
#include <algorithm>
#include <array>

namespace vigie {

MaskCheck::MaskCheck(QTcpSocket* socket) : QObject(socket), m_socket(socket)
{
    connect(socket, &QTcpSocket::readyRead, this, &MaskCheck::look);
    look(); // the frame may have come together with the head
}

void MaskCheck::noteFrameEnd()
{
    m_isAtFrame = true;
    look();
}

void MaskCheck::look()
{
    // Asked for more than there is, Qt makes room for that, 16 KiB a connection, and keeps it.
    const qint64 there = m_socket->bytesAvailable();
    if (!m_isAtFrame || m_isUnmasked || there == 0)
        return;
    constexpr unsigned char maskBit = 0x80;
    constexpr unsigned char firstControl = 8; // opcodes from here on (RFC 6455 §5.2)
    constexpr int maskBytes = 4;
    std::array<char, 1024> bytes;
    qint64 start = 0;
    if (m_hasHead) {
        // No frame begins like this: its first byte would have a bit set that is never used.
        m_hasHead = m_socket->peek(std::min<qint64>(there, 4)) == "GET ";
        if (m_hasHead) {
            const QByteArray head = m_socket->peek(std::min<qint64>(there, Listener::maxHeadBytes + 2));
            const qsizetype length = headLength(head);
            if (length >= 0 && head.size() >= length + 2 && !(static_cast<unsigned char>(head[length + 1]) & maskBit)) {
                m_isUnmasked = true;
                Q_EMIT unmasked();
            }
            return;
        }
    }
    for (;;) {
        if (there < start + 2) {
            // Behind a control frame that is there in part, the next may begin anywhere in what comes.
            m_isAtFrame = there >= start;
            return;
        }
        m_socket->peek(bytes.data(), start + 2);
        const auto first = static_cast<unsigned char>(bytes[std::size_t(start)]);
        const auto second = static_cast<unsigned char>(bytes[std::size_t(start + 1)]);
        if (!(second & maskBit)) {
            m_isUnmasked = true;
            Q_EMIT unmasked();
            return;
        }
        if ((first & 0x0f) < firstControl) {
            m_isAtFrame = false; // noteFrameEnd() tells where it ends
            return;
        }
        start += 2 + maskBytes + (second & ~maskBit);
        if (start + 2 > qint64(bytes.size())) {
            m_isAtFrame = false;
            return;
        }
    }
}

} // namespace vigie
