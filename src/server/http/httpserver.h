// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"

#include <QAbstractHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QHttpServerRouter>
#include <QHttpServerRouterRule>
#include <QRegularExpression>
#include <QString>
#include <functional>
#include <memory>

namespace vigie {

class Authenticator;
class HostCheck;

/// Qt's HTTP server with one door before all that it serves: a connection's first request was looked at when it came, each
/// further one is here. The server's thread.
class HttpServer : public QAbstractHttpServer
{
public:
    using Method = QHttpServerRequest::Method;

    /// All must outlive this.
    HttpServer(const HostCheck& hostCheck, LimitHits& limitHits, Authenticator& door);

    QHttpServerRouter& router() { return m_router; }

    /// `view` takes what `path` has as <arg>, the request and its responder.
    template <typename View>
    void route(const QString& path, Method method, View view)
    {
        const auto run = [this, view](const QRegularExpressionMatch& match, const QHttpServerRequest& request,
                                      QTcpSocket* socket) {
            m_router.bindCaptured(view, match)(request, makeResponder(request, socket));
        };
        m_router.addRule<View>(std::make_unique<QHttpServerRouterRule>(path, method, run));
        // A proxy may leave what it has before our paths where it is.
        const QString prefixed = QRegularExpression::escape(m_prefix) + path;
        if (!m_prefix.isEmpty())
            m_router.addRule<View>(std::make_unique<QHttpServerRouterRule>(prefixed, method, run));
    }

    /// The path of a request without what a proxy has before ours.
    QString pathOf(const QHttpServerRequest& request) const;

    /// For what has no route.
    using Fallback = std::function<void(const QHttpServerRequest&, QHttpServerResponder&)>;
    void setFallback(Fallback fallback) { m_fallback = std::move(fallback); }

protected:
    bool handleRequest(const QHttpServerRequest& request, QTcpSocket* socket) override;
    void missingHandler(const QHttpServerRequest& request, QTcpSocket* socket) override;

private:
    /// Whether a proxy has it from somebody.
    bool isPassedOn(const QHttpServerRequest& request) const;
    /// Whether a page of another site has the browser ask for data: it cannot read the answer, but can tell by its time what is
    /// in it. Such a question may come without an Origin; browsers say it by another field (Fetch Metadata, a W3C draft).
    bool isAskedByOthers(const QHttpServerRequest& request) const;
    /// Whether it may be answered; says so itself when not.
    bool isLetIn(const QHttpServerRequest& request, QTcpSocket* socket);

    const HostCheck& m_hostCheck;
    QString m_prefix; // "/vigie"
    LimitHits& m_limitHits;
    Authenticator& m_door;
    QHttpServerRouter m_router;
    Fallback m_fallback;
};

} // namespace vigie
