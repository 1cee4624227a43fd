// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QTcpSocket;

namespace vigie {

/// Looks whether the frames of a WebSocket client are masked, as RFC 6455 §5.1 wants: Qt's reader does not. It sees each frame
/// that begins where it knows a frame to begin: the first, and those that follow a message's frame or a whole control frame.
/// The server's thread.
class MaskCheck : public QObject
{
    Q_OBJECT

public:
    /// Becomes a child of `socket`, from which nothing must have been read of the request's head. Make it before whoever
    /// reads from the socket connects to readyRead().
    explicit MaskCheck(QTcpSocket* socket);

    bool isUnmasked() const { return m_isUnmasked; }
    /// A frame of a message was read whole, and nothing behind it.
    void noteFrameEnd();

Q_SIGNALS:
    /// Before anybody else has read the frame. Once.
    void unmasked();

private:
    void look();

    QTcpSocket* m_socket;
    bool m_hasHead = true; // the request's, still to be read
    bool m_isAtFrame = true; // one begins with the next byte to be read, and was not looked at
    bool m_isUnmasked = false;
};

} // namespace vigie
