// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httprequest.h"

#include "server/http/httpconnection.h"

#include <QUrl>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

/// Without the scheme and the host that a target may begin with (RFC 9112 §3.2.2).
QByteArrayView withoutAuthority(QByteArrayView target)
{
    if (target.startsWith('/'))
        return target;
    const qsizetype scheme = target.indexOf("://");
    const qsizetype path = scheme < 0 ? -1 : target.indexOf('/', scheme + 3);
    return path < 0 ? target : target.sliced(path);
}

QString decoded(QByteArrayView path)
{
    const bool isPlain = std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c <= '~' && c != '%'; });
    if (isPlain)
        return QString::fromLatin1(path);
    QUrl url;
    url.setPath(QString::fromUtf8(path), QUrl::TolerantMode);
    return url.path();
}

} // namespace

HttpRequest::HttpRequest(HttpConnection& connection, HttpHead head)
    : m_connection(&connection), m_head(std::move(head)), m_path(decoded(rawPath())), m_isHead(m_head.method == "HEAD")
{
}

QByteArrayView HttpRequest::rawPath() const
{
    const QByteArrayView target = withoutAuthority(m_head.target);
    const auto* const end = std::find_if(target.begin(), target.end(), [](char c) { return c == '?' || c == '#'; });
    return target.first(end - target.begin());
}

bool HttpRequest::hasQuery() const
{
    const qsizetype question = m_head.target.indexOf('?');
    const qsizetype hash = m_head.target.indexOf('#');
    return question >= 0 && (hash < 0 || question < hash);
}

QByteArrayView HttpRequest::rawQuery() const
{
    if (!hasQuery())
        return {};
    const QByteArrayView query = QByteArrayView(m_head.target).sliced(m_head.target.indexOf('?') + 1);
    const qsizetype hash = query.indexOf('#');
    return hash < 0 ? query : query.first(hash);
}

Connection* HttpRequest::connection() const
{
    return m_connection ? &m_connection->connection() : nullptr;
}

std::stop_token HttpRequest::gone() const
{
    if (m_connection)
        return m_connection->gone();
    std::stop_source over;
    over.request_stop();
    return over.get_token();
}

bool HttpRequest::isOverfull() const
{
    return m_connection && m_connection->isOverfull();
}

void HttpRequest::answer(HttpAnswer answer)
{
    if (!isThere())
        return;
    m_isAnswered = true;
    m_answer = std::move(answer);
    m_connection->noteAnswer(*this);
}

void HttpRequest::setBodyPaused(bool isPaused)
{
    if (m_connection)
        m_connection->setBodyPaused(*this, isPaused);
}

} // namespace vigie
