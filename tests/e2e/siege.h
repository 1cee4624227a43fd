// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "harness.h"

#include <QTimer>
#include <memory>

namespace vigie::e2e {

/// A program that requires tokens, with an honest producer and an honest viewer of "shop" that never stop, whatever others do.
class SiegeFixture : public QObject
{
    Q_OBJECT

public:
    /// `limits`: of settings.json.
    bool start(const QJsonObject& limits = {}, const QStringList& flags = {});
    /// Ends it; returns whether it ended well and without complaints.
    bool stop();

    VigieProcess& vigie() { return m_vigie; }
    Client& viewer() { return m_viewer; }
    Client& producer() { return m_producer; }
    /// For "bank": one with all rights; and a token of "shop" that is no longer valid.
    const QString& bankToken() const { return m_bankToken; }
    const QString& revokedToken() const { return m_revoked; }
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_vigie.port()); }

    /// Number of entries sent by the producer: "honest 0", "honest 1" and so on, with the text as id.
    int sent() const { return m_sent; }
    /// Waits until the viewer has all entries sent so far.
    bool waitForAll(int timeoutMs = longWaitMs);
    /// What is wrong with the viewer's entries; empty if none is missing and none is foreign.
    const QString& complaint() const { return m_complaint; }

    /// Has honest clients use everything once, and more than what is kept in memory, so that later growth is due to attackers.
    bool warmUp();

    /// Connects a client that has not sent anything, by TLS where the program uses it.
    bool reach(RawClient& client);
    /// A client after the handshake, signed in to "bank" if there is a token.
    std::unique_ptr<RawClient> attacker(const QString& token = {});
    /// The answer to these bytes, up to the end of a head.
    QByteArray answerTo(const QByteArray& bytes, int waitMs = longWaitMs);

private:
    bool signIn(Client& client, const QString& token, const QString& userId);
    void send(int count, const QString& metadata = {});
    void look(const QJsonObject& message);

    VigieProcess m_vigie;
    QString m_viewerToken;
    QString m_bankToken;
    QString m_revoked;
    Client m_viewer;
    Client m_producer;
    QTimer m_sending;
    int m_sent = 0;
    int m_seen = 0;
    QString m_complaint;
};

} // namespace vigie::e2e
