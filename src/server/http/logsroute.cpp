// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/logsroute.h"

#include "core/clock.h"
#include "server/http/apirequest.h"
#include "server/http/httpserver.h"
#include "server/access/peeraccounts.h"
#include "server/http/postedentries.h"
#include "server/http/postedlogs.h"
#include "server/net/connection.h"

#include <QDateTime>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <pwd.h>
#include <unistd.h>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr std::uint64_t maxBodyBytes = 1024ULL * 1024 * 1024; // none of it is held
constexpr int shareOfIdle = 3; // of the time that a connection may be idle: how long entries may wait for the disk

/// Of entries that say no other: the token's, else who owns this process.
std::string userOf(const ApiRequest& request)
{
    if (!request.admission().userId.empty())
        return request.admission().userId;
    const passwd* const owner = ::getpwuid(::geteuid());
    return owner ? owner->pw_name : "local";
}

/// The program that sends, as it says: the first word of its User-Agent, or both of ours.
std::string agentOf(const HttpHead& head)
{
    constexpr qsizetype longest = 40;
    const QByteArray field = head.value("User-Agent").trimmed();
    const QByteArray agent = field.startsWith("vigie ") ? field : field.split(' ').constFirst();
    const bool isPlain = std::ranges::all_of(agent, [](char c) { return c >= ' ' && c <= '~'; });
    return isPlain ? agent.left(longest).toStdString() : std::string();
}

QByteArray encode(const PostedLogs::Sum& sum, const PostedEntries& entries)
{
    QByteArray json = "{\"accepted\":" + QByteArray::number(qint64(sum.entries - sum.repeats)) + ",\"repeats\":"
        + QByteArray::number(qint64(sum.repeats)) + ",\"refusedCount\":" + QByteArray::number(qint64(entries.refusedCount()))
        + ",\"refused\":[";
    for (const PostedEntries::Refusal& refusal : entries.refused()) {
        if (!json.endsWith('['))
            json += ',';
        json += "{\"line\":" + QByteArray::number(qint64(refusal.line)) + ",\"reason\":\""
            + QByteArray(refusal.reason.data(), qsizetype(refusal.reason.size())) + "\"}";
    }
    return json + "]}";
}

/// Takes one posted body, and answers once its entries are on disk.
class LogsTaker final : public BodyTaker
{
public:
    LogsTaker(const ApiContext& context, ApiRequest request, HttpRequestPtr http, PostedForm form, const std::string& appId,
              std::shared_ptr<PeerAccounts> accounts, std::chrono::milliseconds patience)
        : m_request(std::move(request)), m_appId(appId), m_peer(http->connection()->peerAddress()), m_agent(agentOf(http->head())), m_accounts(std::move(accounts)),
          m_entries(std::make_shared<PostedEntries>(form, appId, userOf(m_request), m_request.mayNameUsers())),
          m_posted(PostedLogs::create(context.intake, std::move(http)))
    {
        account().setStatus(SourceStatus::Following);
        m_timer->setSingleShot(true);
        m_timer->setInterval(patience);
        // The sender may send the same again then: what has an id is not kept twice.
        m_timer->callOnTimeout([request = m_request, posted = std::weak_ptr(m_posted)] {
            const auto waiting = posted.lock();
            if (!waiting || !waiting->isWaiting())
                return;
            waiting->giveUp(); // first: what waits would be taken later, and once more when it is sent again
            if (request.isThere())
                request.refuse("busy", u"the entries could not be written yet"_s, 503, 1'000);
        });
        m_silence.setSingleShot(true);
        m_silence.callOnTimeout([this] {
            m_entries->finishSilent(QDateTime::currentMSecsSinceEpoch());
            handOn();
        });
    }

    void take(std::span<const char> bytes) override
    {
        m_timer->start();
        account().setStatus(SourceStatus::Following);
        m_entries->add({bytes.data(), bytes.size()}, QDateTime::currentMSecsSinceEpoch());
        handOn();
    }

    void finish() override
    {
        m_entries->finish(QDateTime::currentMSecsSinceEpoch());
        handOn();
        m_silence.stop();
        noteOddities();
        m_timer->start();
        // The timer lives as long as the answer is awaited.
        m_posted->finish([request = m_request, entries = m_entries, timer = m_timer](const PostedLogs::Sum& sum) {
            if (sum.refused > 0)
                return request.refuse("too_many_applications", u"no more applications may send"_s, 403);
            request.give(encode(sum, *entries));
        });
    }

    void abandon() override
    {
        m_timer->stop();
        m_entries->abandon(QDateTime::currentMSecsSinceEpoch());
        handOn();
        m_silence.stop();
        noteOddities();
    }

private:
    SourceAccount& account() { return m_accounts->of(m_appId, m_peer, m_agent); }

    void handOn()
    {
        armSilence();
        LogBatch batch = m_entries->takeBatch();
        if (batch.empty())
            return;
        const std::size_t last = batch.size() - 1;
        account().add(batch.size(), m_appId, batch.timestampMs(last), QDateTime::currentMSecsSinceEpoch());
        m_posted->add(std::move(batch));
    }

    /// The request may never end: its last line is not held back for the next.
    void armSilence()
    {
        const std::optional<StreamReader::Time> deadline = m_entries->deadline();
        if (deadline)
            m_silence.start(std::max(*deadline - steadyNow(), StreamReader::Time(1)));
        else
            m_silence.stop();
    }

    void noteOddities()
    {
        const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
        SourceAccount& account = this->account();
        for (const PostedEntries::Refusal& refusal : m_entries->refused())
            account.note(SourceNote::Kind::Refused, refusal.reason, 1, nowMs, refusal.example);
        const std::uint64_t untold = m_entries->refusedCount() - m_entries->refused().size();
        account.note(SourceNote::Kind::Refused, "other", untold, nowMs);
        account.note(SourceNote::Kind::Guessed, "no_time_zone", m_entries->guessedZones(), nowMs);
        account.setStatus(SourceStatus::Waiting);
    }

    ApiRequest m_request;
    std::string m_appId;
    QHostAddress m_peer;
    std::string m_agent;
    std::shared_ptr<PeerAccounts> m_accounts;
    std::shared_ptr<PostedEntries> m_entries;
    std::shared_ptr<PostedLogs> m_posted;
    QTimer m_silence; // until what was printed last has waited long enough for more of it
    std::shared_ptr<QTimer> m_timer = std::make_shared<QTimer>(); // since something came last
};

} // namespace

void addLogsRoute(HttpServer& server, const ApiContext& context)
{
    const auto accounts = std::make_shared<PeerAccounts>(context.intake.board(), SourceKind::Http, "http");
    const auto begin = [context, accounts, patience = server.bounds().idleDeadline / shareOfIdle](const HttpRequestPtr& http, const QString& appId) -> std::unique_ptr<BodyTaker> {
        ApiRequest request(context, http);
        if (!request.isLetIn(appId, Permission::Write))
            return nullptr;
        const std::string app = appId.toStdString();
        if (const std::string problem = appIdProblem(app); !problem.empty()) {
            request.refuse(Error{u"appId "_s + QString::fromStdString(problem)});
            return nullptr;
        }
        const std::optional<PostedForm> form = postedFormOf(http->head().value("Content-Type"));
        if (!form) {
            request.refuse("unsupported_type", u"post application/x-ndjson, application/json or text/plain"_s, 415);
            return nullptr;
        }
        if (http->hasQuery()) {
            request.refuse(Error{u"this takes no parameters"_s});
            return nullptr;
        }
        return std::make_unique<LogsTaker>(context, std::move(request), http, *form, app, accounts, patience);
    };
    server.post(u"/api/apps/<arg>/logs"_s, maxBodyBytes, begin);
}

} // namespace vigie
