// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instancedoor.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QTimer>
#include <chrono>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds silence{5};
constexpr int answerMs = 3'000;
constexpr qsizetype longestSocketPath = 107; // bytes: sockaddr_un, unix(7)

/// A folder by its descriptor, so that a path in it is short enough for a socket, however long the folder's is.
class ShortPath
{
public:
    explicit ShortPath(const QString& path) : m_path(path)
    {
        if (QFile::encodeName(path).size() <= longestSocketPath)
            return;
        const QFileInfo file(path);
        m_folder = ::open(QFile::encodeName(file.path()).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        m_path = u"/proc/self/fd/%1/%2"_s.arg(m_folder).arg(file.fileName());
    }
    ~ShortPath()
    {
        if (m_folder >= 0)
            ::close(m_folder);
    }
    Q_DISABLE_COPY_MOVE(ShortPath)

    const QString& path() const { return m_path; }

private:
    QString m_path;
    int m_folder = -1;
};

} // namespace

class InstanceDoor::Path : public ShortPath
{
    using ShortPath::ShortPath;
};

InstanceDoor::InstanceDoor(QObject* parent) : QObject(parent)
{
    connect(&m_server, &QLocalServer::newConnection, this, &InstanceDoor::receive);
}

InstanceDoor::~InstanceDoor() = default;

Outcome InstanceDoor::open(const QString& path)
{
    // A killed program leaves it behind.
    QFile::remove(path);
    m_path = std::make_unique<Path>(path);
    // Nobody else can connect meanwhile: umask(2) leaves others nothing.
    if (!m_server.listen(m_path->path()))
        return Error{QCoreApplication::translate("main", "Cannot listen at %1: %2").arg(path, m_server.errorString())};
    ::chmod(QFile::encodeName(path).constData(), S_IRUSR | S_IWUSR);
    return std::monostate{};
}

void InstanceDoor::receive()
{
    while (QLocalSocket* const visitor = m_server.nextPendingConnection()) {
        connect(visitor, &QLocalSocket::disconnected, visitor, &QObject::deleteLater);
        if (m_visitors >= maxVisitors) {
            visitor->abort();
            continue;
        }
        ++m_visitors;
        connect(visitor, &QObject::destroyed, this, [this] { --m_visitors; });
        visitor->setReadBufferSize(maxInstanceLine + 1);
        connect(visitor, &QLocalSocket::readyRead, this, [this, visitor] { read(visitor); });
        QTimer::singleShot(silence, visitor, [visitor] { visitor->abort(); });
        if (visitor->bytesAvailable() > 0)
            read(visitor);
    }
}

void InstanceDoor::read(QLocalSocket* visitor)
{
    if (!visitor->canReadLine()) {
        if (visitor->bytesAvailable() > maxInstanceLine)
            visitor->abort();
        return;
    }
    disconnect(visitor, &QLocalSocket::readyRead, this, nullptr);
    const auto request = InstanceRequest::fromLine(visitor->readLine(maxInstanceLine + 1));
    if (!request)
        return visitor->abort();
    visitor->write(m_answer.toLine());
    visitor->disconnectFromServer();
    if (!m_answer.isEnding && request->rereadsSources)
        Q_EMIT sourcesChanged();
    if (m_answer.hasWindow && !m_answer.isEnding && request->raises)
        Q_EMIT asked(*request);
}

std::optional<InstanceAnswer> askInstance(const QString& path, const InstanceRequest& request)
{
    const ShortPath shortened(path);
    QLocalSocket socket;
    socket.connectToServer(shortened.path());
    const QDeadlineTimer deadline(answerMs);
    if (!socket.waitForConnected(answerMs))
        return std::nullopt;
    socket.write(request.toLine());
    while (!socket.canReadLine() && socket.bytesAvailable() <= maxInstanceLine) {
        if (!socket.waitForReadyRead(int(deadline.remainingTime())) || deadline.hasExpired())
            break;
    }
    return InstanceAnswer::fromLine(socket.readLine(maxInstanceLine + 1));
}

} // namespace vigie
