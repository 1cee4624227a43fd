// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publicurl.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PublicUrl)
};

quint16 usualPort(const QString& scheme)
{
    return scheme == "https"_L1 ? 443 : 80;
}

/// The host as it appears in a URL.
QString nameOf(const QUrl& url)
{
    const QString host = url.host(QUrl::EncodeUnicode);
    return host.contains(u':') ? u'[' + host + u']' : host;
}

} // namespace

Result<PublicUrl> PublicUrl::parse(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    // Qt returns no parts of an invalid URL, so look at the text itself.
    if (!text.startsWith("http://"_L1, Qt::CaseInsensitive) && !text.startsWith("https://"_L1, Qt::CaseInsensitive))
        return Error{Text::tr("it must begin with http:// or https://")};
    if (!url.isValid())
        return Error{Text::tr("it is not a valid URL")};
    if (url.host().isEmpty() || url.port(1) == 0)
        return Error{Text::tr("it names no host")};
    if (!url.userInfo().isEmpty() || url.authority().contains(u'@'))
        return Error{Text::tr("it must not hold a name and a password")};
    if (url.hasQuery() || url.hasFragment())
        return Error{Text::tr("it must not have anything behind its path")};
    // Proxies and browsers write other characters in different ways, so a prefix with them could not be compared.
    static const QRegularExpression plain(u"^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?$"_s);
    if (!plain.match(url.path(QUrl::FullyEncoded)).hasMatch())
        return Error{Text::tr("its path may hold letters, digits and - . _ ~ only")};

    PublicUrl parsed;
    parsed.m_scheme = url.scheme();
    parsed.m_name = nameOf(url);
    const int port = url.port(usualPort(url.scheme()));
    parsed.m_port = port == usualPort(url.scheme()) ? 0 : quint16(port);
    parsed.m_prefix = url.path();
    if (parsed.m_prefix.endsWith(u'/'))
        parsed.m_prefix.chop(1);
    return parsed;
}

QString PublicUrl::toString() const
{
    return isEmpty() ? QString() : QString::fromLatin1(origin()) + m_prefix + u'/';
}

QByteArray PublicUrl::origin() const
{
    if (isEmpty())
        return {};
    const QString port = m_port == 0 ? QString() : u':' + QString::number(m_port);
    return (m_scheme + u"://"_s + m_name + port).toLatin1();
}

bool PublicUrl::isNamedBy(const QByteArray& host) const
{
    if (isEmpty() || host.isEmpty())
        return false;
    const QUrl url(m_scheme + u"://"_s + QString::fromLatin1(host) + u'/', QUrl::StrictMode);
    const quint16 ours = m_port == 0 ? usualPort(m_scheme) : m_port;
    return url.isValid() && url.userInfo().isEmpty() && url.path() == "/"_L1 && nameOf(url) == m_name && (url.port(ours) == ours);
}

} // namespace vigie
