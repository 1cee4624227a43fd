// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/enginecall.h"

#include <QPointer>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype readBytes = 128 * 1024;

} // namespace

EngineCall::EngineCall(QObject* parent) : QObject(parent)
{
    m_socket.setReadBufferSize(2 * readBytes);
    connect(&m_socket, &QLocalSocket::readyRead, this, &EngineCall::readMore);
    connect(&m_socket, &QLocalSocket::disconnected, this, &EngineCall::readMore);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError error) {
        if (error != QLocalSocket::PeerClosedError)
            end(u"engine_unreachable: "_s + m_socket.errorString());
    });
}

EngineCall::~EngineCall()
{
    m_socket.disconnect(this); // it ends its connection when it goes, and what it would tell is gone by then
}

void EngineCall::ask(const QString& socketPath, const QByteArray& target, EngineAnswer::Take take)
{
    m_take = std::move(take);
    const QByteArray request = "GET " + target + " HTTP/1.1\r\nHost: vigie\r\nConnection: close\r\n\r\n";
    connect(&m_socket, &QLocalSocket::connected, this, [this, request] { m_socket.write(request); });
    m_socket.connectToServer(socketPath);
}

void EngineCall::setPaused(bool isPaused)
{
    const bool wasPaused = std::exchange(m_isPaused, isPaused);
    if (wasPaused && !isPaused)
        QMetaObject::invokeMethod(this, &EngineCall::readMore, Qt::QueuedConnection);
}

void EngineCall::stop()
{
    m_hasEnded = true;
    disconnect(this, nullptr, nullptr, nullptr);
    m_socket.abort();
    deleteLater();
}

void EngineCall::readMore()
{
    const QPointer<EngineCall> alive(this);
    while (!m_isPaused && !m_hasEnded && m_socket.bytesAvailable() > 0) {
        const QByteArray bytes = m_socket.read(readBytes);
        const bool isGood = m_answer.add({bytes.constData(), std::size_t(bytes.size())}, [this](std::string_view body) { takeBody(body); });
        if (m_answer.isHeadThere() && !std::exchange(m_isHeadTold, true))
            Q_EMIT answered();
        if (!alive)
            return;
        if (!isGood)
            return end(u"engine_no_http"_s);
    }
    if (m_isPaused || m_hasEnded)
        return;
    if (m_answer.isWhole())
        return end({});
    if (m_socket.state() == QLocalSocket::UnconnectedState && m_socket.bytesAvailable() == 0)
        end(m_answer.finish() ? QString() : u"engine_cut_off"_s);
}

void EngineCall::takeBody(std::string_view bytes)
{
    if (m_hasEnded)
        return;
    if (m_take && m_answer.status() == 200)
        return m_take(bytes);
    const qsizetype room = m_take ? 2'000 : maxHeldBytes;
    m_body.append(bytes.data(), std::min(qsizetype(bytes.size()), room - std::min(m_body.size(), room)));
}

void EngineCall::end(const QString& problem)
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_problem = problem;
    // Queued: whoever asks has not connected yet where the socket fails at once.
    QMetaObject::invokeMethod(this, &EngineCall::finished, Qt::QueuedConnection);
    m_socket.abort();
}

} // namespace vigie
