// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/token.h"

#include <QCryptographicHash>
#include <array>
#include <cerrno>
#include <sys/random.h>

namespace vigie {

QByteArray makeToken()
{
    std::array<char, 32> secret;
    // Up to 256 bytes arrive all or none. A signal may interrupt the wait for the kernel's first random numbers.
    ssize_t got = 0;
    do
        got = getrandom(secret.data(), secret.size(), 0);
    while (got < 0 && errno == EINTR);
    if (got != ssize_t(secret.size()))
        qFatal("the system gives no random numbers");
    return "vigie_"
           + QByteArray(secret.data(), qsizetype(secret.size()))
                 .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray hashOfToken(const QByteArray& token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

bool areEqualInConstantTime(const QByteArray& a, const QByteArray& b)
{
    if (a.size() != b.size())
        return false;
    volatile unsigned char difference = 0; // volatile: the compiler must not end the loop early
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = difference | static_cast<unsigned char>(a[i] ^ b[i]);
    return difference == 0;
}

} // namespace vigie
