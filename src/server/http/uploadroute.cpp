// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/uploadroute.h"

#include "core/entryid.h"
#include "core/logbatch.h"
#include "intake/journaljoiner.h"
#include "protocol/journalexport.h"
#include "server/http/apirequest.h"
#include "server/http/httpserver.h"
#include "server/http/postedlogs.h"
#include "server/http/uploadplaces.h"
#include "server/net/connection.h"

#include <QDateTime>
#include <QTimer>
#include <set>
#include <unordered_map>
#include <utility>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

// One request has all that a machine's journal holds.
constexpr std::uint64_t maxBody = std::uint64_t{1} << 50;
constexpr std::size_t batchBytes = 512 * 1024;

/// The body of one upload: entries are offered as they come, and the client is told that it may forget them once they are on disk.
class JournalUpload final : public BodyTaker
{
public:
    JournalUpload(const ApiContext& context, HttpRequestPtr request, std::shared_ptr<UploadPlace> place, std::string appId,
                  std::string userId)
        : m_place(std::move(place)), m_request(std::move(request)), m_posted(PostedLogs::create(context.intake, m_request)), m_appId(std::move(appId)),
          m_userId(std::move(userId)),
          m_reader([this](std::string_view name, std::string_view value, bool isCut) { m_entry.add(name, value, isCut); },
                   [this] { endEntry(); })
    {
        SourceState state;
        state.name = m_request->connection()->peerAddress().toString().toStdString();
        state.id = "upload:" + state.name;
        state.kind = SourceKind::Upload;
        state.status = SourceStatus::Following;
        m_account = std::make_shared<SourceAccount>(context.intake.board().open(std::move(state)));
        m_request->setBodyPaused(true);
        m_place->whenKnown([kept = m_request] { kept->setBodyPaused(false); });
        m_silence.setSingleShot(true);
        m_silence.callOnTimeout([this] {
            m_joiner.finish(m_give);
            addBatches();
        });
    }

    void take(std::span<const char> bytes) override
    {
        if (!m_reader.add({bytes.data(), bytes.size()}))
            return refuse("The body is not in the journal's export format.");
        addBatches();
        if (!m_joiner.isEmpty()) // as the request may never end
            m_silence.start(JournalJoiner::silence);
    }

    void finish() override
    {
        if (!m_reader.finish())
            return refuse("The body ends within a field.");
        m_joiner.finish(m_give);
        addBatches();
        m_posted->finish([request = m_request, account = m_account, place = m_place, last = m_joiner.place()](const PostedLogs::Sum& sum) {
            account->note(SourceNote::Kind::Refused, "too_many_applications", sum.refused, QDateTime::currentMSecsSinceEpoch());
            // What was passed over may be on its way to the disk, by the request before.
            place->storeUpTo(last, [request] {
                HttpAnswer answer{200, {}, "OK.\n"};
                answer.add("Content-Type", "text/plain");
                request->answer(std::move(answer));
            });
        });
    }

    void abandon() override
    {
        m_joiner.finish(m_give);
        addBatches();
        if (!m_posted->hasAllTaken())
            m_place->goBack(); // it is not acknowledged, and is sent again
    }

private:
    struct AppEntries
    {
        AppEntries(const std::string& appId, const std::string& userId) : batch(appId), origin(appId, userId) {}
        LogBatch batch;
        LogOrigin origin;
    };

    void refuse(const char* why)
    {
        m_account->note(SourceNote::Kind::Refused, "malformed", 1, QDateTime::currentMSecsSinceEpoch());
        abandon(); // what was whole before it counts as come
        m_request->answer(HttpAnswer::refusal(400, why));
    }

    void endEntry()
    {
        if (m_entry.isCut()) {
            m_account->note(SourceNote::Kind::Dropped, "too_large", 1, QDateTime::currentMSecsSinceEpoch(),
                            m_entry.value("MESSAGE").substr(0, SourceNote::maxExample));
        }
        JournalMeaning meaning = meaningOf(m_entry, m_appId);
        if (m_entry.empty() || (meaning.message.empty() && m_entry.value("__REALTIME_TIMESTAMP").empty()))
            return m_entry.clear();
        const std::string cursor(m_entry.value("__CURSOR"));
        m_entry.clear();
        if (m_place->cameBefore(cursor, m_journals))
            return;
        m_joiner.add(std::move(meaning), cursor, m_give);
    }

    void append(const JournalMeaning& entry, std::string_view cursor)
    {
        const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
        // Without a cursor an entry is known by all that it says.
        NewLogEntry one{cursor, entry.timeMs, entry.level, entry.message, entry.metadataJson, true};
        one.timeIsOurs = entry.timeMs == 0;
        if (one.timeIsOurs)
            one.timestampMs = nowMs;
        const std::string id = substituteEntryId(one, {});
        one.id = id;
        const auto found = m_batches.try_emplace(entry.appId, entry.appId, m_userId).first;
        found->second.batch.append(one, found->second.origin);
        m_account->add(1, entry.appId, one.timestampMs, nowMs);
        if (found->second.batch.json().size() >= batchBytes)
            addBatches();
    }

    void addBatches()
    {
        for (auto& [app, entries] : m_batches)
            m_posted->add(std::move(entries.batch));
        m_batches.clear();
        if (m_posted->hasAllTaken())
            m_place->keepUpTo(m_joiner.place());
    }

    std::shared_ptr<UploadPlace> m_place;
    std::set<std::string> m_journals; // that this request has entries of
    HttpRequestPtr m_request;
    std::shared_ptr<PostedLogs> m_posted;
    std::string m_appId; // of the token; empty: each unit is an application
    std::string m_userId;
    std::shared_ptr<SourceAccount> m_account;
    JournalEntry m_entry;
    JournalJoiner m_joiner;
    JournalExportReader m_reader;
    std::unordered_map<std::string, AppEntries> m_batches; // by application
    QTimer m_silence;
    const JournalJoiner::Give m_give = [this](const JournalMeaning& entry, std::string_view cursor) { append(entry, cursor); };
};

} // namespace

void addUploadRoute(HttpServer& server, const ApiContext& context)
{
    const auto places = std::make_shared<UploadPlaces>(context.intake);
    server.post(u"/upload"_s, maxBody, [context, places](const HttpRequestPtr& request, const QString&) -> std::unique_ptr<BodyTaker> {
        ApiRequest api(context, request);
        const std::string peer = request->connection()->peerAddress().toString().toStdString(); // which is gone once it is answered
        if (!api.isLetIn({}, Permission::Write)) {
            SourceState state;
            state.name = peer;
            state.id = "upload:" + state.name;
            state.kind = SourceKind::Upload;
            const bool hasToken = !request->head().value("Authorization").isEmpty();
            context.intake.board().open(std::move(state))
                .note(SourceNote::Kind::Refused, hasToken ? "not_allowed" : "no_token", 1, QDateTime::currentMSecsSinceEpoch());
            return nullptr;
        }
        const std::string user = api.userId().empty() ? "journal" : api.userId();
        return std::make_unique<JournalUpload>(context, request, places->of(peer + ' ' + api.onlyApp()), api.onlyApp(), user);
    });
}

} // namespace vigie
