// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/handshake.h"

#include "server/net/httphead.h"

#include <QCryptographicHash>
#include <algorithm>

namespace vigie {

namespace {

constexpr qsizetype keyBytes = 16;

bool isKey(const QByteArray& key)
{
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == keyBytes;
}

HandshakeAnswer refusal(const char* fields = "")
{
    return {false, QByteArray("HTTP/1.1 400 Bad Request\r\n") + fields + "Content-Length: 0\r\nConnection: close\r\n\r\n"};
}

} // namespace

QByteArray acceptKey(QByteArrayView key)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(key.toByteArray() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    return hash.result().toBase64();
}

HandshakeAnswer answerHandshake(const HttpHead& head, const QList<QByteArray>& spoken)
{
    const QByteArray connection = head.value("Connection").toLower();
    const QList<QByteArray> options = connection.split(',');
    const bool upgrades = std::ranges::any_of(options, [](const QByteArray& option) { return option.trimmed() == "upgrade"; });
    if (head.webSocketKey.isEmpty())
        return {}; // it is no WebSocket that asks
    if (head.webSocketVersion != "13")
        return refusal("Sec-WebSocket-Version: 13\r\n");
    if (head.method != "GET" || !head.isHttp11 || !upgrades || head.hasBody() || !isKey(head.webSocketKey))
        return refusal();
    QByteArray answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + acceptKey(head.webSocketKey) + "\r\n";
    const auto agreed = std::ranges::find_if(head.protocols, [&](const QByteArray& one) { return spoken.contains(one); });
    if (agreed != head.protocols.end())
        answer += "Sec-WebSocket-Protocol: " + *agreed + "\r\n";
    return {true, answer + "\r\n"};
}

} // namespace vigie
