// SPDX-License-Identifier: GPL-3.0-or-later
// Heads of HTTP requests, in pieces: the result for a complete head does not depend on what follows it, an incomplete one is not
// accepted, and fields contain nothing that could start another.
#include "server/net/httphead.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    const qsizetype length = vigie::headLength(bytes);
    if (length > bytes.size() || (length >= 0 && vigie::headLength(bytes.left(length)) != length))
        std::abort();
    if (length < 0)
        return 0;
    if (vigie::headLength(bytes.left(length - 1)) >= 0 || !bytes.left(length).endsWith("\r\n\r\n"))
        std::abort();
    const auto head = vigie::parseHead(bytes.left(length));
    if (!head)
        return 0;
    for (const QByteArray& field : {head->method, head->target, head->host, head->origin.value_or(QByteArray())}) {
        if (field.contains('\n') || field.contains('\r') || field.contains('\0'))
            std::abort();
    }
    for (const QByteArray& protocol : head->protocols) {
        if (protocol.contains('\n') || protocol.contains('\r') || protocol.contains(','))
            std::abort();
    }
    // Where the body ends is said in one way.
    const QByteArray fields = bytes.left(length).toLower();
    if (fields.contains("\r\ncontent-length:") && fields.contains("\r\ntransfer-encoding:"))
        std::abort();
    return 0;
}
