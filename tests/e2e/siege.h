// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "harness.h"

#include <QTimer>
#include <memory>

namespace vigie::e2e {

/// A program that asks for tokens, and on it an honest producer and an honest viewer of "shop" who never stop, whatever others
/// do.
class Besieged : public QObject
{
    Q_OBJECT

public:
    /// `limits`: of settings.json.
    bool start(const QJsonObject& limits = {}, const QStringList& flags = {});
    /// Ends it: whether that went well, and nothing was said meanwhile.
    bool stop();

    VigieProcess& vigie() { return m_vigie; }
    Client& viewer() { return m_viewer; }
    Client& producer() { return m_producer; }
    /// Of "bank": one for everything, and one of "shop" that is no longer good.
    const QString& bankToken() const { return m_bankToken; }
    const QString& revokedToken() const { return m_revoked; }
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_vigie.port()); }

    /// Entries of the producer so far: "honest 0", "honest 1" and so on, each with that text as its id, too.
    int sent() const { return m_sent; }
    /// Waits until the viewer has all that were sent up to now.
    bool waitForAll(int timeoutMs = longWaitMs);
    /// What was wrong with what the viewer has got: empty, if it missed nothing, and nothing came of others.
    const QString& complaint() const { return m_complaint; }

    /// Has honest clients use everything once, and more than what is kept in memory: what that takes is theirs.
    bool warmUp();

    /// Connects a client that has said nothing yet, by TLS where the program speaks it.
    bool reach(RawClient& client);
    /// One that has done the handshake, and signed in to "bank" if there is a token.
    std::unique_ptr<RawClient> attacker(const QString& token = {});
    /// What comes for these bytes, up to the end of a head.
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
