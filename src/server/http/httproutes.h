// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/http/httpserver.h"

#include <memory>

namespace vigie {

class Authenticator;
struct DecodeLimits;
class HostCheck;
class Hub;
class Intake;
class OpenQuestions;
class OtlpReceiver;

/// What is served over HTTP: the page, and history as JSON, and what is sent to be kept, each request looked at by the HostCheck. The
/// server's thread.
class HttpRoutes
{
public:
    enum class Offer {
        Everything,
        OtlpOnly ///< what exporters send, and nothing else
    };

    /// All but the last four must outlive this. `limits`: those in force, to be told; `dataDir`: likewise, to the owner.
    HttpRoutes(Hub& hub, Intake& intake, OtlpReceiver& otlp, Authenticator& door, const HostCheck& hostCheck, OpenQuestions& questions,
               LimitHits& limitHits, MemoryBudget& memory, HttpServer::Bounds bounds, const DecodeLimits& decode, const Limits& limits,
               const QString& dataDir, Offer offer = Offer::Everything);

    HttpServer& server() { return m_server; }
    /// Whether requests are answered; else all get 503 and are to come again in a second. At first they are not.
    void setOpen(bool isOpen) { m_isOpen = isOpen; }

private:
    /// Why a request is not answered; nothing: it may be. Also of a connection's further requests, which the Listener did not see.
    std::optional<HttpAnswer> whyNot(const HttpRequest& request);
    HttpAnswer turnAway(LimitHit hit, const QHostAddress& address, int status, const QByteArray& why);
    /// Whether a page of another site has the browser send something, or ask for data: it cannot read the answer, but can tell by its time what is
    /// in it. Such a question may come without an Origin; browsers say it by another field (Fetch Metadata, a W3C draft).
    bool isAskedByOthers(const HttpRequest& request) const;
    void count(LimitHit hit, const QHostAddress& address);
    void serveFile(const HttpRequestPtr& request) const;

    const HostCheck& m_hostCheck;
    Authenticator& m_authenticator;
    LimitHits& m_limitHits;
    HttpServer m_server;
    bool m_isOpen = false;
};

} // namespace vigie
