// SPDX-License-Identifier: GPL-3.0-or-later
#include "siege.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace vigie::e2e {

namespace {

// Of a program with a sanitizer the memory is not looked at, and it takes its time.
const int warmingBatches = isSanitized ? 5 : 200;

} // namespace

bool SiegeFixture::start(const QJsonObject& limits, const QStringList& flags)
{
    if (!m_vigie.setLimits(limits) || !m_vigie.start(QStringList{u"--require-token"_s} + flags))
        return false;
    m_viewerToken = m_vigie.addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    const QString producer = m_vigie.addToken({u"--user"_s, u"till"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"producer"_s});
    m_bankToken = m_vigie.addToken({u"--user"_s, u"eve"_s, u"--app"_s, u"bank"_s, u"--role"_s, u"admin"_s});
    m_revoked = m_vigie.addToken({u"--user"_s, u"eve"_s, u"--app"_s, u"shop"_s});
    if (m_vigie.command({u"token"_s, u"revoke"_s, u"4"_s}) == "failed")
        return false;
    connect(&m_viewer, &Client::received, this, &SiegeFixture::look);
    if (!signIn(m_viewer, m_viewerToken, u"ann"_s) || !signIn(m_producer, producer, u"till"_s))
        return false;
    connect(&m_sending, &QTimer::timeout, this, [this] { send(2); });
    m_sending.start(10);
    return true;
}

bool SiegeFixture::stop()
{
    m_sending.stop();
    return m_vigie.stop() == 0 && m_vigie.err().isEmpty();
}

bool SiegeFixture::signIn(Client& client, const QString& token, const QString& userId)
{
    if (!client.open(m_vigie.url()))
        return false;
    // The token was made a moment ago, and the program may not have seen it.
    return waitUntil([&] {
        client.send(u"auth"_s, QJsonObject{{u"appId"_s, u"shop"_s}, {u"userId"_s, userId}, {u"token"_s, token}});
        return waitUntil([&] { return client.count(u"auth_success"_s) + client.count(u"auth_error"_s) > 0; })
            && client.waitFor(u"auth_success"_s, 1, 200);
    });
}

void SiegeFixture::send(int count, const QString& metadata)
{
    QJsonArray made;
    for (int i = 0; i < count; ++i, ++m_sent) {
        const QString text = u"honest %1"_s.arg(m_sent);
        QJsonObject entry{{u"id"_s, text}, {u"level"_s, u"info"_s}, {u"message"_s, text}};
        if (!metadata.isEmpty())
            entry.insert(u"metadata"_s, metadata);
        made.append(entry);
    }
    m_producer.send(u"logs"_s, QJsonObject{{u"logs"_s, made}});
}

void SiegeFixture::look(const QJsonObject& message)
{
    const QString type = message["type"_L1].toString();
    if (type != "logs"_L1) {
        if (type == "gap"_L1)
            m_complaint = u"the viewer was told of a gap"_s;
        return;
    }
    for (const QJsonValue& entry : m_viewer.takeEntries()) {
        const QString expected = u"honest %1"_s.arg(m_seen);
        if (entry["message"_L1].toString() != expected && m_complaint.isEmpty())
            m_complaint = u"%1 came where %2 was due"_s.arg(entry["message"_L1].toString(), expected);
        ++m_seen;
    }
}

bool SiegeFixture::waitForAll(int timeoutMs)
{
    const int wanted = m_sent;
    return waitUntil([&] { return m_seen >= wanted || !m_complaint.isEmpty(); }, timeoutMs) && m_complaint.isEmpty();
}

bool SiegeFixture::warmUp()
{
    // Over HTTP, as the page asks.
    for (const QByteArray path : {"/", "/api/apps/shop/logs?limit=1000", "/api/apps/shop/counts", "/api/metrics"}) {
        if (!answerTo("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer " + m_viewerToken.toLatin1()
                      + "\r\n\r\n")
                 .startsWith("HTTP/1.1 200"))
            return false;
    }
    // As many at once as come later: by TLS that is what costs most the first time. One of them uses all else that there is.
    {
        std::vector<std::unique_ptr<RawClient>> colleagues(60);
        for (auto& colleague : colleagues) {
            // The token was made a moment ago here as well.
            if (!waitUntil([&] { return (colleague = attacker(m_bankToken)) != nullptr; }, 2 * longWaitMs))
                return false;
        }
        for (const QByteArray message : {R"({"type":"send_metrics","data":{"metrics":{"a":1}}})", R"({"type":"clear"})",
                                         R"({"type":"history"})", R"({"type":"check_status"})"})
            colleagues.front()->sendFrame(message);
        if (colleagues.front()->nextMessage(u"status_response"_s).isEmpty())
            return false;
    }
    // As large as a message may be: what reads it keeps room for another.
    send(1, QString(1'000'000, u'x'));
    // Until SQLite has as many pages in memory as it will have.
    for (int i = 0; i < warmingBatches; ++i) {
        send(1'000);
        if (!waitForAll(2 * longWaitMs))
            return false;
    }
    return true;
}

bool SiegeFixture::reach(RawClient& client)
{
    return m_vigie.speaksTls() ? client.connectByTls(m_vigie) : client.connectTo(m_vigie);
}

std::unique_ptr<RawClient> SiegeFixture::attacker(const QString& token)
{
    auto client = std::make_unique<RawClient>();
    if (!reach(*client) || !client->handshake())
        return nullptr;
    if (!token.isEmpty()) {
        client->sendFrame("{\"type\":\"auth\",\"data\":{\"token\":\"" + token.toLatin1() + "\",\"appId\":\"bank\"}}");
        for (bool isIn = false; !isIn;) {
            const auto frame = client->nextFrame();
            if (!frame || frame->payload.contains("\"auth_error\""))
                return nullptr;
            isIn = frame->payload.contains("\"auth_success\"");
        }
    }
    return client;
}

QByteArray SiegeFixture::answerTo(const QByteArray& bytes, int waitMs)
{
    RawClient client;
    if (!reach(client))
        return "no connection";
    client.write(bytes);
    client.waitForText("\r\n\r\n", waitMs);
    return client.received();
}

} // namespace vigie::e2e
