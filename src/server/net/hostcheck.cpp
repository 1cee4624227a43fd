// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/hostcheck.h"

#include "server/net/connection.h"
#include "server/net/tlsidentity.h"

#include <QUrl>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// What a peer wrote, within a line of plain text.
QByteArray shown(QByteArray text)
{
    constexpr qsizetype max = 200;
    if (text.size() > max)
        text = text.first(max) + "...";
    std::replace_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

/// The address that a browser may have opened to ask for that; empty: it is none that Vigie could be at.
QByteArray addressOf(const QByteArray& host, const QByteArray& target)
{
    const QByteArray path = target.left(target.indexOf('?') < 0 ? target.size() : target.indexOf('?'));
    for (const QByteArray& text : {"https://" + host + path, "https://" + host + '/'}) {
        const auto url = PublicUrl::parse(QString::fromLatin1(text));
        if (url && text.endsWith('/'))
            return url->toString().toLatin1();
    }
    return {};
}

} // namespace

HostCheck::HostCheck(HostNames names, std::function<bool(Connection&)> needsToken)
    : m_names(std::move(names)), m_needsToken(std::move(needsToken))
{
}

void HostCheck::setPlace(const QHostAddress& address, quint16 port)
{
    m_address = address;
    m_port = port;
}

bool HostCheck::isOurHost(const QByteArray& host, Connection& connection) const
{
    if (host.isEmpty())
        return false;
    if (m_names.publicUrl.isNamedBy(host))
        return true;
    const QUrl url(u"http://"_s + QString::fromLatin1(host) + u'/');
    const QString name = url.host();
    if (!url.isValid() || !url.userInfo().isEmpty())
        return false;
    // A proxy may call us as it likes, such as by the name of its upstream: to one who needs a token a name gives nothing.
    if (!m_names.publicUrl.isEmpty() && m_needsToken(connection))
        return true;
    if (url.port(connection.isForTls() ? 443 : 80) != m_port)
        return false;
    const QHostAddress address(name);
    if (name == "localhost"_L1 || address.isLoopback() || address == m_address)
        return true;
    // Only who listens beyond loopback is called by other names; and never one who needs no token for being on this
    // machine: such a name may be led here by somebody else (DNS rebinding).
    const bool isSpared = m_sparesLoopback && connection.peerAddress().isLoopback();
    return !m_address.isLoopback() && !isSpared
        && (m_names.hosts.contains(name, Qt::CaseInsensitive) || machineNames().contains(name, Qt::CaseInsensitive));
}

bool HostCheck::isPassedOn(bool saysSo, const QByteArray& host, const std::optional<QByteArray>& origin) const
{
    return saysSo || m_names.publicUrl.isNamedBy(host) || isPublicOrigin(origin);
}

bool HostCheck::isPublicOrigin(const std::optional<QByteArray>& origin) const
{
    return origin && !m_names.publicUrl.isEmpty() && *origin == m_names.publicUrl.origin();
}

bool HostCheck::isAllowedOrigin(const std::optional<QByteArray>& origin, const QByteArray& host,
                                const Connection& connection) const
{
    if (!origin)
        return true;
    if (isListedOrigin(*origin) || isPublicOrigin(origin))
        return true;
    // By its public name there is no other page of ours than that: one by http:// may be anybody's on the way.
    return !m_names.publicUrl.isNamedBy(host) && *origin == (connection.isEncrypted() ? "https://" : "http://") + host;
}

bool HostCheck::isListedOrigin(const QByteArray& origin) const
{
    return m_names.origins.contains(QString::fromLatin1(origin));
}

QByteArray HostCheck::proxyAdvice(const QByteArray& base) const
{
    if (!m_names.publicUrl.isEmpty())
        return "Vigie was started with --public-url " + m_names.publicUrl.toString().toLatin1() + ".\n";
    if (base.isEmpty())
        return {};
    return "If a reverse proxy passes this on, the owner can start Vigie with the address that the browser has opened, such as "
           "--public-url " + base + "\n";
}

QByteArray HostCheck::hostRefusal(const QByteArray& host, const QByteArray& target) const
{
    QByteArray text = "The Host header does not name this server" + (host.isEmpty() ? QByteArray() : ": it says " + shown(host))
        + ".\n" + proxyAdvice(addressOf(host, target));
    const QUrl url(u"http://"_s + QString::fromLatin1(host) + u'/', QUrl::StrictMode);
    if (!m_address.isLoopback() && url.isValid() && !url.host().isEmpty())
        text += "If it is a name of this machine, the owner can say so by --allow-host " + shown(url.host().toLatin1()) + "\n";
    return text;
}

QByteArray HostCheck::originRefusal(const QByteArray& origin, const QByteArray& host) const
{
    QByteArray text = "Pages of another origin may not connect. This one is of " + shown(origin) + ", and called Vigie "
        + shown(host) + ".\n";
    const auto url = PublicUrl::parse(QString::fromLatin1(origin));
    text += proxyAdvice(url ? url->toString().toLatin1() : QByteArray());
    if (url)
        text += "If it is another page, the owner can allow it by --allow-origin " + url->origin() + "\n";
    return text;
}

QByteArray HostCheck::pathRefusal(const QByteArray& host, const QByteArray& target) const
{
    const QByteArray base = target.endsWith('/') ? addressOf(host, target) : QByteArray();
    return "There is no such page.\n" + proxyAdvice(base);
}

} // namespace vigie
