// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/otlpreceiver.h"

#include "core/utf8.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "protocol/otlpentries.h"
#include "protocol/otlpfigures.h"
#include "protocol/otlpproto.h"
#include "server/http/postedlogs.h"
#include "server/net/connection.h"

#include <QDateTime>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstring>
#include <openssl/evp.h>
#include <utility>

namespace vigie {

namespace {

using namespace std::chrono_literals;

constexpr auto maxWait = 5s; // for the disk: exporters give up after 10, of all their attempts
constexpr std::size_t maxWhy = 500; // bytes

const char* nameOf(OtlpSignal signal)
{
    return signal == OtlpSignal::Logs ? "logs" : signal == OtlpSignal::Traces ? "traces" : "metrics";
}

/// What a body is known by when it comes again. A cryptographic hash: nobody can make a body whose entries pass for others'.
std::optional<std::uint64_t> hashOf(std::string_view body)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    if (EVP_Digest(body.data(), body.size(), digest, nullptr, EVP_sha256(), nullptr) != 1)
        return std::nullopt;
    std::uint64_t hash = 0;
    std::memcpy(&hash, digest, sizeof hash);
    return hash;
}

/// "2 too_large, 1 malformed"
std::string reasonsOf(const std::vector<OtlpRefused>& refused)
{
    std::string why;
    for (const OtlpRefused& one : refused)
        why.append(why.empty() ? "" : ", ").append(std::to_string(one.count)).append(" ").append(one.reason);
    why.resize(std::min(why.size(), maxWhy));
    return why;
}

} // namespace

void OtlpRequest::succeed(std::size_t rejected, const std::string& why) const
{
    HttpAnswer answer{200, {}, otlpAnswer(encoding, nameOf(signal), rejected, why)};
    answer.add("Content-Type", encoding == OtlpEncoding::Json ? "application/json" : "application/x-protobuf");
    addPageFields(answer, page);
    held->set(0);
    http->answer(std::move(answer));
}

void OtlpRequest::refuse(int status, std::string_view why, std::int64_t retryAfterMs) const
{
    HttpAnswer answer{status, {}, otlpRefusal(encoding, status, why)};
    answer.add("Content-Type", encoding == OtlpEncoding::Json ? "application/json" : "application/x-protobuf");
    if (status == 401)
        answer.add("WWW-Authenticate", "Bearer");
    if (retryAfterMs > 0)
        answer.add("Retry-After", QByteArray::number(std::clamp<std::int64_t>((retryAfterMs + 999) / 1'000, 1, 8)));
    addPageFields(answer, page);
    held->set(0);
    http->answer(std::move(answer));
}

void HeldMemory::set(qint64 bytes)
{
    const qint64 before = std::exchange(m_bytes, bytes);
    if (Connection* const connection = m_request->connection())
        connection->memory().add(bytes - before);
}

OtlpReceiver::OtlpReceiver(Hub& hub, Intake& intake)
    : m_hub(hub), m_intake(intake), m_accounts(intake.board(), SourceKind::Otlp, "otlp")
{}
OtlpReceiver::~OtlpReceiver() = default;

void OtlpReceiver::take(const OtlpRequest& request, ApiRequest asker, std::string body)
{
    if (request.signal == OtlpSignal::Metrics)
        takeFigures(request, asker, body);
    else
        takeEntries(request, asker, body);
}

void OtlpReceiver::takeEntries(const OtlpRequest& request, ApiRequest& asker, std::string& body)
{
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    const QHostAddress peer = request.http->connection()->peerAddress();
    const std::string address = peer.toString().toStdString();
    const std::optional<std::uint64_t> seed = hashOf(body);
    const std::optional<std::uint64_t> ownSeed =
        hashOf(asker.userId() + '\0' + address + '\0' + std::to_string(seed.value_or(0)));
    if (!seed || !ownSeed) // all bodies would pass for repeats
        return request.refuseBusy("Vigie cannot tell what was sent before");
    OtlpEntries entries(*seed, nowMs, asker.userId(), address);
    entries.setUntimedSeed(*ownSeed);
    const bool isJson = request.encoding == OtlpEncoding::Json;
    const bool isRead = request.signal == OtlpSignal::Logs ? isJson ? m_json.readLogs(body, entries) : readOtlpProtoLogs(body, entries)
        : isJson                                           ? m_json.readTraces(body, entries)
                                                           : readOtlpProtoTraces(body, entries);
    if (!isRead) {
        noteRefused(peer, otlpreason::malformed, body);
        return request.refuse(400, isJson ? "this is no OTLP request in JSON" : "this is no OTLP request in protobuf");
    }
    body = {};

    std::optional<ApiDenial> denial;
    std::size_t rejected = entries.refusedCount();
    std::string why = reasonsOf(entries.refused());
    const auto posted = PostedLogs::create(m_intake, request.http);
    qint64 heldBytes = 0;
    std::optional<OtlpResource> taken;
    for (const OtlpRefused& one : entries.refused()) {
        SourceAccount& noted = entries.apps().empty() ? account(peer) : account(entries.apps().front().resource, peer);
        noted.note(SourceNote::Kind::Refused, one.reason, one.count, nowMs, one.example);
    }
    for (OtlpEntries::App& app : entries.apps()) {
        if (app.batch.empty())
            continue;
        const std::size_t count = app.batch.size();
        if (auto denied = asker.whyNot(QString::fromStdString(app.resource.appId), Permission::Write)) {
            rejected += count;
            why = denied->why.toStdString();
            account(app.resource, peer).note(SourceNote::Kind::Refused, denied->noteReason(), count, nowMs, why);
            denial = std::move(denied);
            continue;
        }
        taken = app.resource;
        SourceAccount& sender = account(app.resource, peer);
        sender.add(count, app.resource.appId, app.lastTimeMs, nowMs);
        if (!app.resource.detail.empty())
            sender.setDetail(app.resource.detail);
        if (app.resource.isUnnamed)
            sender.note(SourceNote::Kind::Guessed, otlpreason::noServiceName, count, nowMs, "OTEL_SERVICE_NAME");
        app.batch.shrink();
        heldBytes += qint64(app.batch.heldBytes());
        posted->add(std::move(app.batch));
    }
    if (denial && !taken)
        return deny(request, *denial);
    request.held->set(heldBytes);
    waitForDisk(request, posted, taken, rejected, why);
}

void OtlpReceiver::waitForDisk(const OtlpRequest& request, const std::shared_ptr<PostedLogs>& posted,
                               const std::optional<OtlpResource>& taken, std::size_t rejected, const std::string& why)
{
    // An exporter waits for 10 s in all, and for a 503 it tries again: what is taken meanwhile it then sends as a repeat.
    const auto patience = std::make_shared<QTimer>();
    const QHostAddress peer = request.http->connection()->peerAddress();
    posted->finish([this, request, patience, peer, taken, rejected, why](const PostedLogs::Sum& sum) {
        patience->stop();
        if (sum.refused > 0)
            noteRefused(peer, otlpreason::tooManyApplications, {}, sum.refused);
        if (sum.repeats > 0 && taken) // to the sender they are taken
            account(*taken, peer).note(SourceNote::Kind::Dropped, otlpreason::repeat, sum.repeats, QDateTime::currentMSecsSinceEpoch());
        const std::string also = sum.refused > 0 ? "more applications than may send" : "";
        request.succeed(rejected + sum.refused, why.empty() ? also : why);
    });
    if (!request.http->isThere())
        return;
    patience->setSingleShot(true);
    QObject::connect(patience.get(), &QTimer::timeout, [request, weak = std::weak_ptr(posted)] {
        if (const auto still = weak.lock())
            still->giveUp();
        request.refuseBusy("Vigie is busy: what was sent is not on disk yet");
    });
    patience->start(maxWait);
}

void OtlpReceiver::takeFigures(const OtlpRequest& request, ApiRequest& asker, std::string& body)
{
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    const QHostAddress peer = request.http->connection()->peerAddress();
    OtlpFigures figures;
    const bool isRead = request.encoding == OtlpEncoding::Json ? m_json.readMetrics(body, figures) : readOtlpProtoMetrics(body, figures);
    if (!isRead) {
        noteRefused(peer, otlpreason::malformed, body);
        return request.refuse(400, "this is no OTLP request");
    }
    if (m_hub.isBehind(false))
        return request.refuseBusy("Vigie is busy");
    std::optional<ApiDenial> denial;
    bool isAnyTaken = figures.apps().empty();
    std::size_t rejected = figures.refused();
    std::string why = rejected > 0 ? "too large, or malformed" : "";
    for (OtlpFigures::App& app : figures.apps()) {
        if (auto denied = asker.whyNot(QString::fromStdString(app.resource.appId), Permission::Write)) {
            account(app.resource, peer).note(SourceNote::Kind::Refused, denied->noteReason(),
                                               std::max<std::size_t>(app.points, 1), nowMs, denied->why.toStdString());
            rejected += app.points;
            why = denied->why.toStdString();
            denial = std::move(denied);
            continue;
        }
        isAnyTaken = true;
        account(app.resource, peer);
        if (!app.json.empty())
            m_hub.acceptAppMetrics({app.resource.appId, asker.userId(), nowMs, QByteArray::fromStdString("{" + app.json + "}")});
    }
    if (denial && !isAnyTaken)
        return deny(request, *denial);
    if (figures.refused() > 0)
        noteRefused(peer, otlpreason::tooLarge, {}, figures.refused());
    request.succeed(rejected, why);
}

void OtlpReceiver::deny(const OtlpRequest& request, const ApiDenial& denial)
{
    request.refuse(denial.status, denial.why.toStdString(), denial.retryAfterMs);
}

void OtlpReceiver::noteRefused(const QHostAddress& peer, std::string_view reason, std::string_view example, std::uint64_t count)
{
    std::string room;
    account(peer).note(SourceNote::Kind::Refused, reason, count, QDateTime::currentMSecsSinceEpoch(),
                       mendedUtf8(example.substr(0, 2 * SourceNote::maxExample), room));
}

SourceAccount& OtlpReceiver::account(const QHostAddress& peer)
{
    SourceState state;
    state.name = peer.toString().toStdString();
    state.id = "otlp@" + state.name;
    state.kind = SourceKind::Otlp;
    state.status = SourceStatus::Failing;
    return m_accounts.of(std::move(state));
}

SourceAccount& OtlpReceiver::account(const OtlpResource& resource, const QHostAddress& peer)
{
    const std::string address = peer.toString().toStdString();
    SourceState state;
    state.id = "otlp:" + resource.appId + "@" + address;
    state.kind = SourceKind::Otlp;
    state.name = address;
    state.appId = resource.appId;
    state.status = SourceStatus::Following;
    return m_accounts.of(std::move(state));
}

} // namespace vigie
