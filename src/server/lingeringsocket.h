// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace vigie {

/// A socket that can take its leave. Closing one while bytes of its peer are still unread resets the connection, and
/// the peer may never see what was last said to it. With lingerOnClose(), close() sends what waits, says that no more
/// comes, and throws away what the peer still says until it hangs up, two seconds
/// have passed or close() is called again.
class LingeringSocket : public QTcpSocket
{
    Q_OBJECT

public:
    using QTcpSocket::QTcpSocket;

    void lingerOnClose() { m_lingers = true; }
    void close() override;

private:
    void endSending();

    bool m_lingers = false;
    bool m_isClosing = false;
};

} // namespace vigie
