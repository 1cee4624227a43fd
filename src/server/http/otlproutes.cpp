// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/otlproutes.h"

#include "server/http/httpserver.h"
#include "server/http/otlpreceiver.h"
#include "server/net/connection.h"
#include "server/net/httprefusal.h"

#include <QString>
#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array<std::pair<const char*, OtlpSignal>, 3> paths{
    {{"/v1/logs", OtlpSignal::Logs}, {"/v1/traces", OtlpSignal::Traces}, {"/v1/metrics", OtlpSignal::Metrics}}};

/// By the Content-Type; nothing: none of OTLP's.
std::optional<OtlpEncoding> encodingOf(const HttpHead& head)
{
    const QByteArray field = head.value("Content-Type");
    const QByteArray type = field.split(';').constFirst().trimmed().toLower();
    if (type == "application/json")
        return OtlpEncoding::Json;
    if (type == "application/x-protobuf" || type == "application/protobuf")
        return OtlpEncoding::Protobuf;
    return std::nullopt;
}

/// Gathers the body of one request.
class Gatherer final : public BodyTaker
{
public:
    Gatherer(OtlpReceiver& receiver, OtlpRequest request, ApiRequest asker)
        : m_receiver(receiver), m_request(std::move(request)), m_asker(std::move(asker))
    {
    }

    void take(std::span<const char> bytes) override
    {
        if (m_body.empty())
            m_body.reserve(std::min<std::uint64_t>(m_request.http->head().contentLength.value_or(0), OtlpReceiver::maxBodyBytes) + 64);
        m_body.append(bytes.data(), bytes.size());
        m_request.held->set(qint64(m_body.capacity()));
    }
    void finish() override { m_receiver.take(m_request, std::move(m_asker), std::move(m_body)); }
    void abandon() override
    {
        // What its peer is told by an answer, it tells nobody.
        if (const Connection* const connection = m_request.http->connection()) {
            const bool isLarge = m_body.size() + BodyReader::stepBytes >= OtlpReceiver::maxBodyBytes;
            m_receiver.noteRefused(connection->peerAddress(), isLarge ? otlpreason::tooLarge : otlpreason::malformed, {});
        }
    }

private:
    OtlpReceiver& m_receiver;
    OtlpRequest m_request;
    ApiRequest m_asker;
    std::string m_body;
};

/// Passes over a body that nobody takes, so that the connection can be used again.
class Discarder final : public BodyTaker
{
public:
    Discarder(std::uint64_t maxBytes, std::function<void()> answer, std::function<void()> exceed)
        : m_left(maxBytes), m_answer(std::move(answer)), m_exceed(std::move(exceed))
    {
    }

    void take(std::span<const char> bytes) override
    {
        if (!m_exceed)
            return;
        if (bytes.size() > m_left)
            return std::exchange(m_exceed, nullptr)();
        m_left -= bytes.size();
    }
    void finish() override { m_answer(); }
    void abandon() override {}

private:
    std::uint64_t m_left;
    std::function<void()> m_answer;
    std::function<void()> m_exceed;
};

std::unique_ptr<BodyTaker> beginRequest(const ApiContext& context, OtlpReceiver& receiver, const HttpRequestPtr& http, OtlpSignal signal)
{
    const QHostAddress peer = http->connection()->peerAddress();
    const std::optional<OtlpEncoding> encoding = encodingOf(http->head());
    ApiRequest asker(context, http);
    if (!encoding) {
        receiver.noteRefused(peer, otlpreason::wrongType, http->head().value("Content-Type").toStdString());
        HttpAnswer refusal = HttpAnswer::refusal(415, "OTLP is application/json or application/x-protobuf.");
        addPageFields(refusal, asker.page());
        http->answer(std::move(refusal));
        return nullptr;
    }
    const OtlpRequest request{http, signal, *encoding, asker.page()};
    if (const std::optional<ApiDenial> denial = asker.whyNot({}, Permission::Write)) {
        receiver.noteRefused(peer, denial->noteReason(), denial->why.toStdString());
        request.refuse(denial->status, denial->why.toStdString(), denial->retryAfterMs);
        return nullptr;
    }
    return std::make_unique<Gatherer>(receiver, request, std::move(asker));
}

/// The address that a sender meant, for people.
QByteArray rightAddress(const QString& path)
{
    for (const auto& [right, signal] : paths) {
        const QString known = QString::fromLatin1(right);
        if (path.size() > known.size() && path.endsWith(known))
            return QByteArray("post to ") + right
                + ": OTEL_EXPORTER_OTLP_ENDPOINT is the address of Vigie alone, such as http://localhost:3001";
    }
    return "logs go to /v1/logs, traces to /v1/traces, metrics to /v1/metrics";
}

} // namespace

void addOtlpRoutes(HttpServer& server, const ApiContext& context, OtlpReceiver& receiver)
{
    for (const auto& [path, signal] : paths) {
        server.post(QString::fromLatin1(path), OtlpReceiver::maxBodyBytes,
                    [context, &receiver, signal = signal](const HttpRequestPtr& request, const QString&) {
                        return beginRequest(context, receiver, request, signal);
                    });
        server.options(QString::fromLatin1(path), [context, &server](const HttpRequestPtr& request, const QString&) {
            ApiRequest(context, request).allow(server.methodsFor(*request));
        });
    }
}

void addPostRefusal(HttpServer& server, OtlpReceiver& receiver)
{
    const auto refuse = [&server, &receiver](const HttpRequestPtr& request, const QString&) -> std::unique_ptr<BodyTaker> {
        const QString path = server.pathOf(*request);
        const std::optional<OtlpEncoding> encoding = encodingOf(request->head());
        const bool isApi = path.startsWith(u"/api/"_s);
        const bool isExporters = encoding && !isApi;
        const auto answer = [&receiver, request, path, encoding, isApi, isExporters, methods = server.methodsFor(*request)] {
            if (isExporters) {
                receiver.noteRefused(request->connection()->peerAddress(), otlpreason::wrongPath, path.toStdString());
                return OtlpRequest{request, OtlpSignal::Logs, *encoding, {}}.refuse(404, rightAddress(path).toStdString());
            }
            const QByteArray road = "entries are posted to /api/apps/NAME/logs; by OTLP, " + rightAddress(path);
            HttpAnswer refusal = HttpAnswer::refusal(isApi ? 405 : 404, road);
            if (isApi)
                refusal.add("Allow", methods.isEmpty() ? "GET, HEAD" : methods);
            refusal.add("Content-Security-Policy", "default-src 'none'");
            request->answer(std::move(refusal));
        };
        const std::uint64_t maxBytes = isExporters ? OtlpReceiver::maxBodyBytes : std::uint64_t(server.bounds().requestBytes);
        const auto exceed = [&server, request] {
            server.count(LimitHit::BodySize, request->connection()->peerAddress());
            request->answer(refusalOf(LimitHit::BodySize));
        };
        if (request->head().contentLength.value_or(0) <= maxBytes)
            return std::make_unique<Discarder>(maxBytes, answer, exceed);
        exceed();
        return nullptr;
    };
    server.post(u"/"_s, OtlpReceiver::maxBodyBytes, refuse);
    server.post(u"/<arg>"_s, OtlpReceiver::maxBodyBytes, refuse);
}

} // namespace vigie
