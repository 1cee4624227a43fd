// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/firstentrycode.h"

#include <QUrl>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

const QString signIn = u"{\"type\":\"auth\",\"data\":{\"appId\":\"demo\",\"userId\":\"me\"}}"_s;

QString entryFrom(const QString& language)
{
    return u"{\"type\":\"logs\",\"data\":{\"logs\":[{\"level\":\"info\",\"message\":\"Hello from %1\"}]}}"_s.arg(language);
}

/// The head of a WebSocket handshake, with \r\n as an escape.
QString handshake(const QUrl& url)
{
    return u"GET / HTTP/1.1\\r\\nHost: %1\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n"
           "Sec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\\r\\n\\r\\n"_s.arg(url.authority());
}

/// The length of a text of up to 125 bytes as the second byte of a frame (RFC 6455 §5.2) that is masked.
int lengthByte(const QString& text)
{
    return 0x80 + int(text.size());
}

/// A frame is masked by four zeros here, so that its text can be read.
QString shellFrame(const QString& text)
{
    return u"\\201\\%1\\000\\000\\000\\000%s"_s.arg(lengthByte(text), 3, 8, QChar(u'0'));
}

QString pythonFrame(const QString& text)
{
    return u"s.sendall(b\"\\x81\\x%1\\0\\0\\0\\0\" + b'%2')\n"_s.arg(lengthByte(text), 2, 16, QChar(u'0')).arg(text);
}

} // namespace

QString firstEntryCode(CodeLanguage language, const QString& url)
{
    QUrl address(url);
    const bool isEncrypted = address.scheme() == "https"_L1;
    if (language == CodeLanguage::JavaScript) {
        address.setScheme(isEncrypted ? u"wss"_s : u"ws"_s);
        return u"s = new WebSocket(\"%1\"); s.onopen = () => { s.send('%2'); s.send('%3'); s.close() }"_s
            .arg(address.toString(), signIn, entryFrom(u"JavaScript"_s));
    }
    if (isEncrypted)
        return {};
    if (language == CodeLanguage::Python) {
        return u"python3 - <<'EOF'\nimport socket, time\n"
               "s = socket.create_connection((\"%1\", %2))\n"
               "s.sendall(b\"%3\")\n"_s.arg(address.host()).arg(address.port(80)).arg(handshake(address))
            + pythonFrame(signIn) + pythonFrame(entryFrom(u"Python"_s)) + u"time.sleep(1)\nEOF\n"_s;
    }
    const QString entry = entryFrom(u"the shell"_s);
    return u"printf '%1%2%3' '%4' '%5' | curl -s -m 2 telnet://%6 >/dev/null"_s
        .arg(handshake(address), shellFrame(signIn), shellFrame(entry), signIn, entry, address.authority());
}

} // namespace vigie
