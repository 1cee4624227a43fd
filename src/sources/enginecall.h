// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/engineanswer.h"

#include <QByteArray>
#include <QLocalSocket>
#include <QObject>
#include <QString>
#include <functional>

namespace vigie {

/// One GET of a container engine over its Unix socket, on a connection of its own. It lives on a thread with an event loop.
class EngineCall : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maxHeldBytes = 10'000'000; ///< of an answer that is kept whole

    explicit EngineCall(QObject* parent = nullptr);
    ~EngineCall() override;

    /// Asks for `target` ("/events"). `take` gets the body of a 200 as it comes; empty: it is kept for body(). finished() follows.
    void ask(const QString& socketPath, const QByteArray& target, EngineAnswer::Take take = {});
    /// Takes nothing for now, so that the engine has to wait.
    void setPaused(bool isPaused);
    /// Ends and deletes it without a further call back, also within one.
    void stop();

    int status() const { return m_answer.status(); } ///< 0: there was no answer
    bool isPodmans() const { return m_answer.isPodmans(); }
    /// Of an answer that is kept; of any other that is not 200, its beginning.
    const QByteArray& body() const { return m_body; }
    /// Why there is no whole answer, for people; empty: it is whole.
    const QString& problem() const { return m_problem; }

Q_SIGNALS:
    /// The head has come.
    void answered();
    /// No more comes. Once.
    void finished();

private:
    void readMore();
    void takeBody(std::string_view bytes);
    void end(const QString& problem);

    QLocalSocket m_socket;
    EngineAnswer m_answer;
    EngineAnswer::Take m_take;
    QByteArray m_body;
    QString m_problem;
    bool m_isPaused = false;
    bool m_hasEnded = false;
    bool m_isHeadTold = false;
};

} // namespace vigie
