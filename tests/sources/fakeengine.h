// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QTemporaryDir>
#include <functional>

namespace vigie::test {

/// A container engine as a ContainerEngine sees it: answers of which a test says what they are, over a Unix socket.
class FakeEngine : public QObject
{
public:
    struct Answer
    {
        int status = 200;
        QByteArray body;
        bool stays = false; ///< more may come, by say()
    };
    /// By the target's path and query.
    using Answers = std::function<Answer(const QString& path, const QString& query)>;

    FakeEngine(bool isPodman, Answers answers) : m_isPodman(isPodman), m_answers(std::move(answers))
    {
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            QLocalSocket* const socket = m_server.nextPendingConnection();
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        });
        listen();
    }

    QString path() const { return m_folder.filePath(QStringLiteral("engine.sock")); }
    void listen() { m_server.listen(path()); }
    /// As if the engine was stopped.
    void stop()
    {
        m_server.close();
        for (QPointer<QLocalSocket>& one : m_open) {
            if (one)
                one->abort();
        }
        m_open.clear();
    }
    /// Sends more of the answers that stay, whose target holds `part`; `ends`: and no more.
    void say(const QString& part, const QByteArray& bytes, bool ends = false)
    {
        for (const QPointer<QLocalSocket>& one : std::as_const(m_open)) {
            if (one && one->property("target").toString().contains(part)) {
                one->write(chunk(bytes) + (ends ? "0\r\n\r\n" : ""));
                one->flush();
            }
        }
        if (ends)
            m_open.removeIf([&part](const QPointer<QLocalSocket>& one) {
                return !one || one->property("target").toString().contains(part);
            });
    }
    bool isFollowed(const QString& part) const
    {
        return std::any_of(m_open.begin(), m_open.end(), [&part](const QPointer<QLocalSocket>& one) {
            return one && one->property("target").toString().contains(part);
        });
    }
    QStringList asked; ///< targets, in order

    static QByteArray frame(const QByteArray& text, bool isError = false)
    {
        QByteArray head(8, '\0');
        head[0] = isError ? 2 : 1;
        for (int i = 0; i < 4; ++i)
            head[4 + i] = char(text.size() >> (24 - 8 * i));
        return head + text;
    }

private:
    static QByteArray chunk(const QByteArray& bytes)
    {
        return bytes.isEmpty() ? QByteArray() : QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
    }
    void read(QLocalSocket* socket)
    {
        const QByteArray request = socket->property("request").toByteArray() + socket->readAll();
        socket->setProperty("request", request);
        if (!request.contains("\r\n\r\n"))
            return;
        const QString target = QString::fromUtf8(request.split(' ').value(1));
        asked.append(target);
        const Answer answer = m_answers(target.section(u'?', 0, 0), target.section(u'?', 1));
        QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " X\r\nTransfer-Encoding: chunked\r\n";
        if (m_isPodman)
            head += "Libpod-Api-Version: 4.3.1\r\n";
        socket->write(head + "\r\n" + chunk(answer.body) + (answer.stays ? "" : "0\r\n\r\n"));
        if (answer.stays) {
            socket->setProperty("target", target);
            m_open.append(socket);
        }
    }

    bool m_isPodman;
    Answers m_answers;
    QTemporaryDir m_folder;
    QLocalServer m_server;
    QList<QPointer<QLocalSocket>> m_open;
};

} // namespace vigie::test
