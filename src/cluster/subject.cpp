// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/subject.h"

#include <QCryptographicHash>

namespace vigie {

namespace {

constexpr std::size_t maxBytes = 200;
constexpr qsizetype hashBytes = 16;

bool isKept(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

} // namespace

std::string subjectToken(std::string_view name)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    if (name.empty())
        return "=";
    std::string token;
    for (const char c : name) {
        const std::size_t before = token.size();
        if (isKept(c))
            token += c;
        else
            (token += '=').append({digits[std::size_t(static_cast<unsigned char>(c)) >> 4], digits[std::size_t(c) & 15]});
        if (token.size() > maxBytes) {
            const QByteArray hash =
                QCryptographicHash::hash(QByteArray::fromRawData(name.data(), qsizetype(name.size())), QCryptographicHash::Sha256);
            token.resize(before);
            return token + "==" + hash.first(hashBytes).toHex().toStdString();
        }
    }
    return token;
}

} // namespace vigie
