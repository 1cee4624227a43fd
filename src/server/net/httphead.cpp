// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httphead.h"

#include "server/net/httpparser.h"

#include <variant>

namespace vigie {

qsizetype headLength(QByteArrayView bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    return end < 0 ? -1 : end + 4;
}

bool hasStrayBytes(QByteArrayView bytes)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte == '\r' && i + 1 < bytes.size() && bytes[i + 1] != '\n')
            return true;
        if (byte == '\n' && (i == 0 || bytes[i - 1] != '\r'))
            return true;
        const bool isControl = byte < ' ' || byte == 0x7f;
        if (isControl && byte != '\t' && byte != '\r' && byte != '\n')
            return true;
    }
    return false;
}

bool isProxyField(QByteArrayView name)
{
    const auto is = [name](QByteArrayView other) { return name.compare(other, Qt::CaseInsensitive) == 0; };
    constexpr QByteArrayView prefix = "x-forwarded-";
    return name.first(std::min(name.size(), prefix.size())).compare(prefix, Qt::CaseInsensitive) == 0 || is("x-real-ip")
        || is("forwarded") || is("via");
}

QByteArray HttpHead::value(QByteArrayView name) const
{
    QByteArray all;
    for (const auto& [other, value] : fields) {
        if (other.size() != name.size() || other.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        if (!all.isNull())
            all += ", ";
        all += value.isEmpty() ? QByteArrayView("") : value;
    }
    return all;
}

std::optional<HttpHead> parseHead(QByteArrayView head)
{
    HttpParser parser;
    auto read = parser.readHead(head);
    if (auto* const parsed = std::get_if<HttpHead>(&read))
        return std::move(*parsed);
    return std::nullopt;
}

ComingHead lookAtHead(QByteArrayView bytes, qsizetype max)
{
    const QByteArrayView come = bytes.first(std::min(bytes.size(), max));
    if (const qsizetype length = headLength(come); length >= 0)
        return {ComingHead::State::Whole, length};
    if (hasStrayBytes(come))
        return {ComingHead::State::Broken};
    return {bytes.size() < max ? ComingHead::State::Partial : ComingHead::State::TooLarge};
}

} // namespace vigie
