// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/sourceboard.h"
#include "protocol/otlpanswer.h"
#include "protocol/otlpjson.h"
#include "protocol/otlpreasons.h"
#include "server/access/peeraccounts.h"
#include "server/http/apirequest.h"

#include <QByteArray>
#include <QHostAddress>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

class Hub;
class OtlpEntries;
class PostedLogs;
struct OtlpRefused;
struct OtlpResource;

enum class OtlpSignal { Logs, Traces, Metrics };

/// Memory that a request makes us hold, counted for its peer. It is to be set to 0 before the request is answered: from then on the
/// connection is no longer known.
class HeldMemory
{
public:
    explicit HeldMemory(HttpRequestPtr request) : m_request(std::move(request)) {}
    ~HeldMemory() { set(0); }
    Q_DISABLE_COPY_MOVE(HeldMemory)
    void set(qint64 bytes);

private:
    HttpRequestPtr m_request;
    qint64 m_bytes = 0;
};

/// One request of OTLP: its answers are written as it is. A value, to be kept by callbacks.
struct OtlpRequest
{
    HttpRequestPtr http;
    OtlpSignal signal = OtlpSignal::Logs;
    OtlpEncoding encoding = OtlpEncoding::Json;
    QByteArray page; ///< ApiRequest::page()
    std::shared_ptr<HeldMemory> held = std::make_shared<HeldMemory>(http);

    void succeed(std::size_t rejected, const std::string& why) const;
    /// `retryAfterMs` is told as 1 to 8 s: exporters give up where it is longer, and storm where it is 0. 0: not told.
    void refuse(int status, std::string_view why, std::int64_t retryAfterMs = 0) const;
    void refuseBusy(std::string_view why) const { refuse(503, why, 1'000); }
};

/// What is sent by OTLP, whichever port it comes by: entries to the Intake, figures to the Hub, and an account of each sender on the
/// board. Entries are acknowledged when they are on disk. The server's thread.
class OtlpReceiver
{
public:
    static constexpr std::uint64_t maxBodyBytes = 16 * 1024 * 1024; ///< as it comes, and unpacked

    /// Both must outlive it.
    OtlpReceiver(Hub& hub, Intake& intake);
    ~OtlpReceiver();

    /// Takes a whole body of one who was let in for some application, and answers.
    void take(const OtlpRequest& request, ApiRequest asker, std::string body);
    /// Notes on the board that something of this peer was refused, as its sender tells nobody.
    void noteRefused(const QHostAddress& peer, std::string_view reason, std::string_view example, std::uint64_t count = 1);

private:
    void takeEntries(const OtlpRequest& request, ApiRequest& asker, std::string& body);
    void takeFigures(const OtlpRequest& request, ApiRequest& asker, std::string& body);
    /// Answers and notes it when all that the request is for was denied.
    void deny(const OtlpRequest& request, const ApiDenial& denial);
    void waitForDisk(const OtlpRequest& request, const std::shared_ptr<PostedLogs>& posted, const std::optional<OtlpResource>& taken,
                     std::size_t rejected, const std::string& why);
    SourceAccount& account(const OtlpResource& resource, const QHostAddress& peer);
    /// Of one whose requests are for no application yet.
    SourceAccount& account(const QHostAddress& peer);

    Hub& m_hub;
    Intake& m_intake;
    OtlpJsonReader m_json;
    PeerAccounts m_accounts;
};

} // namespace vigie
