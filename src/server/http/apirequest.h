// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/access/authenticator.h"
#include "server/http/httprequest.h"
#include "server/access/openquestions.h"

#include <QByteArray>
#include <QString>
#include <QUrlQuery>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

namespace vigie {

class HostCheck;
class Intake;
struct LimitHits;

/// What whoever asks over HTTP has to pass. Everything outlives the askers.
struct ApiContext
{
    Authenticator& door;
    const HostCheck& hostCheck;
    OpenQuestions& questions;
    LimitHits& limitHits;
    Intake& intake;
    QString dataDir; ///< to be told to the owner; empty: the user's default folder
};

/// Why a request is not let in.
struct ApiDenial
{
    const char* code;
    QString why;
    int status;
    std::int64_t retryAfterMs = 0; ///< 0: not said

    /// The code of a SourceNote under which it is noted, whichever road was taken.
    std::string_view noteReason() const;
};

/// Lets the page of this origin read an answer; empty: no page asks, or none that may.
void addPageFields(HttpAnswer& answer, const QByteArray& page);

/// A request for what not everybody may have, answered in JSON, perhaps out of the store. A value, to be kept by callbacks; the
/// server's thread.
class ApiRequest
{
public:
    /// While `request` is there.
    ApiRequest(const ApiContext& context, HttpRequestPtr request);

    const HttpRequest& http() const { return *m_request; }
    /// Its parameters. In a query "+" is how forms write a space.
    QUrlQuery query() const;

    /// Whether the request's token gives that right for `appId`; empty: for the machine. Answers it itself when not. While the
    /// request is there.
    bool isLetIn(const QString& appId, Permission permission);
    /// The same, for one who answers by itself; nothing: it is let in.
    std::optional<ApiDenial> whyNot(const QString& appId, Permission permission);
    /// Whom the request's token names; empty: nobody. After it was let in.
    const std::string& userId() const { return m_admission.userId; }
    /// The one application that the request's token is for; empty: it is for any. After isLetIn() for the machine.
    const std::string& onlyApp() const { return m_admission.appId; }
    /// Whether the request's token gives this right as well. After isLetIn().
    bool may(Permission permission) const { return m_admission.may(permission); }
    /// Who was let in, and as what.
    const Admission& admission() const { return m_admission; }
    /// Whether it may say whose the entries are that it sends; others send their own.
    bool mayNameUsers() const { return m_admission.role == Role::Admin; }
    /// Whether one more question of this peer may wait; it does while this or a copy of it lives. Answers it itself when not.
    /// While the request is there.
    bool mayWait();

    bool isThere() const { return m_request->isThere(); }
    /// Asked to stop when the connection is over.
    std::stop_token gone() const { return m_request->gone(); }

    // To a request that is no longer there, nothing is said.

    /// To one whose token is no longer good, only that is said.
    void give(const QByteArray& json) const;
    /// `retryAfterMs`: when the same may be right; 0: not said.
    void refuse(const char* code, const QString& why, int status, std::int64_t retryAfterMs = 0) const;
    void refuse(const Error& error) const { refuse("invalid_request", error.message, 400); }
    void refuseWithoutArchive() const;
    /// To a browser that asks whether a page may ask (the Fetch standard's preflight). `methods`: that the path takes.
    void allow(const QByteArray& methods) const;
    /// The origin of the page that asks, if it is one that may; else empty.
    const QByteArray& page() const { return m_origin; }

private:
    bool isAllowedPage() const { return !m_origin.isEmpty(); }
    static ApiDenial denialOf(const Refusal& refusal);
    void refuse(const ApiDenial& denial) const { refuse(denial.code, denial.why, denial.status, denial.retryAfterMs); }
    /// Of entries that were not let in, for people.
    void noteNotLetIn(const ApiDenial& denial, const QString& appId) const;
    void write(const QByteArray& json, int status, std::int64_t retryAfterMs = 0) const;
    /// With the fields that every answer has.
    HttpAnswer begin(int status) const;

    ApiContext m_context;
    HttpRequestPtr m_request;
    bool m_isOwners = false; // see SignIn
    QByteArray m_origin; // empty: not one that is allowed, or no page
    Admission m_admission;
    OpenQuestions::Place m_place;
};

} // namespace vigie
