// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QObject>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <QWebSocket>
#include <csignal>
#include <functional>
#include <memory>
#include <optional>
#include <sys/types.h>

namespace vigie::e2e {

/// The program under test: the environment's VIGIE_BINARY, else what was built with this.
QString programPath();
/// Whether that was built with a sanitizer, as the environment's VIGIE_IS_SANITIZED says.
inline const bool isSanitized = qEnvironmentVariableIsSet("VIGIE_IS_SANITIZED");
/// For what must come, on a busy machine too. A sanitizer makes all of it many times slower.
inline const int longWaitMs = isSanitized ? 120'000 : 30'000;

/// Runs the event loop until `condition` holds; false if it did not within the time.
bool waitUntil(const std::function<bool()>& condition, int timeoutMs = longWaitMs);

/// The real program, headless, on a free port and a data folder of its own. The test that runs at its end fails if a sanitizer
/// had something to say.
class VigieProcess
{
public:
    VigieProcess();
    /// Ends it if it still runs, as stop() does: it must have run till now, and end with 0.
    ~VigieProcess();

    /// Starts it with the usual flags and `extra`, and waits until it says where it is.
    bool start(const QStringList& extra = {});
    /// Writes settings.json with these limits, for what is started next.
    bool setLimits(const QJsonObject& limits) const;
    /// Sets an environment variable of what is started next; a null value takes it away.
    void setVariable(const QString& name, const QString& value);
    /// What is started next runs as that user, out of a copy in a folder that everybody may look into. Only for root, and once.
    bool runAs(uid_t user);
    /// Starts it with these arguments alone and waits for its end; the exit code, -1 if it crashed.
    int run(const QStringList& arguments, const QString& standardInput = {});
    /// Runs a subcommand on its data folder, while it runs or not; what that writes, "failed" if it ends with another code.
    QByteArray command(const QStringList& arguments, int expectedCode = 0) const;
    /// A new token, by `vigie token add` with these options.
    QString addToken(const QStringList& options) const;

    quint16 port() const { return m_port; }
    QUrl url(const QString& query = {}) const;
    bool speaksTls() const { return m_speaksTls; }
    QString dataDir() const { return m_dataDir.path(); }
    qint64 processId() const { return m_process.processId(); }
    QByteArray out() const { return m_out; }
    QByteArray err() const { return m_err; }
    bool isRunning() const { return m_process.state() == QProcess::Running; }

    /// Sends a signal and waits for the end with the event loop running; the exit code, -1 if it crashed.
    int stop(int signal = SIGTERM);

    qint64 residentBytes() const;
    /// Of open descriptors, those that peers can make it open: it opens files and threads in its own time.
    int socketCount() const;
    /// All that it has open: for each what it is, as /proc has it.
    QStringList descriptors() const;

private:
    void collect();
    int exitCode();

    QTemporaryDir m_dataDir;
    std::unique_ptr<QTemporaryDir> m_copy; ///< of the program, for another user
    QProcess m_process;
    QByteArray m_out;
    QByteArray m_err;
    quint16 m_port = 0;
    bool m_speaksTls = false;
    bool m_isToRun = false; ///< started, and nobody has ended it
};

/// While it lives, the sockets that this thread makes are another user's (setfsuid(2)). Only for root.
class SocketsOf
{
public:
    explicit SocketsOf(uid_t user);
    ~SocketsOf();
    SocketsOf(const SocketsOf&) = delete;
    SocketsOf& operator=(const SocketsOf&) = delete;

private:
    uid_t m_before;
};

/// A well-behaved client that keeps every message it was sent, in order.
class Client : public QObject
{
    Q_OBJECT

public:
    explicit Client(QObject* parent = nullptr);
    ~Client() override;

    /// Connects and waits for `connect`.
    bool open(const QUrl& url);
    /// Connects, signs in and waits for the first `metrics`, which follows `auth_success`.
    bool signIn(const VigieProcess& vigie, const QString& appId, const QString& userId, const QString& since = {});
    bool signIn(const QString& appId, const QString& userId, const QString& since = {});

    void send(const QString& type, const QJsonValue& data = QJsonValue::Undefined);
    void sendObject(const QJsonObject& message);
    void sendText(const QString& text) { m_socket.sendTextMessage(text); }

    /// Waits until `count` messages of the type are here that were not taken.
    bool waitFor(const QString& type, int count = 1, int timeoutMs = longWaitMs);
    /// Waits for the first message of the type and takes it; an empty object if none came.
    QJsonObject take(const QString& type);
    /// Its payload.
    QJsonObject takePayload(const QString& type);
    int count(const QString& type) const;
    /// The entries of every `logs` so far, in order, taken.
    QJsonArray takeEntries();
    void forget() { m_messages.clear(); }
    const QList<QJsonObject>& messages() const { return m_messages; }
    /// Sends a request and waits for its answer: everything sent before has been dealt with by then.
    bool sync();
    /// Waits until the program has looked at the machine once: what it opens for that is open by then.
    bool waitForSample();

    QWebSocket& socket() { return m_socket; }
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool waitForClose(int timeoutMs = longWaitMs);

Q_SIGNALS:
    void received(const QJsonObject& message);

private:
    QWebSocket m_socket;
    QList<QJsonObject> m_messages;
};

/// Bytes as they are, and WebSocket frames made by hand.
class RawClient : public QObject
{
    Q_OBJECT

public:
    struct Frame
    {
        int opcode = 0;
        QByteArray payload;
        int closeCode() const; ///< of a close frame, 0 of another
    };

    explicit RawClient(QObject* parent = nullptr) : QObject(parent) {}

    /// `receiveBufferBytes`: of the kernel's; 0: as usual.
    bool connectTo(const VigieProcess& vigie, int receiveBufferBytes = 0);
    bool connectByTls(const VigieProcess& vigie);
    void write(const QByteArray& bytes);
    /// The whole opening handshake; true after "101".
    bool handshake(const QByteArray& query = {});
    void sendFrame(const QByteArray& payload, int opcode = 1, bool isFinal = true);
    /// Signs in by hand and waits for `auth_success`.
    bool signIn(const QByteArray& appId, const QByteArray& userId);

    /// Stops reading: what comes stays in the kernel, and then with the server.
    void pauseReading();
    void resumeReading();
    /// While paused: takes one byte from the socket; the number of bytes that were there to take.
    int readByte();

    /// The next whole frame from the server, waited for; none when the connection ended first.
    std::optional<Frame> nextFrame(int timeoutMs = longWaitMs);
    /// Skips text frames until one of this type comes.
    QJsonObject nextMessage(const QString& type);
    /// Waits for a close frame; its code, 0 if the connection ended or nothing came.
    int waitForCloseCode(int timeoutMs = longWaitMs);
    /// Waits for the connection's end and gives all that came.
    QByteArray readToEnd(int timeoutMs = longWaitMs);
    /// Waits until this text has come; what came is kept.
    bool waitForText(const QByteArray& text, int timeoutMs = longWaitMs);
    /// Drops what came.
    void forget() { m_buffer.clear(); }
    /// What has come and was not taken as frames.
    const QByteArray& received() const { return m_buffer; }
    bool waitForEnd(int timeoutMs = longWaitMs);
    /// Of what was written, what the kernel has not taken yet.
    qint64 unsentBytes() const;
    /// Vanishes: the peer sees a reset.
    void reset();

    QTcpSocket& socket() { return *m_socket; }

    /// A masked frame; `firstByte` is FIN, RSV bits and opcode.
    static QByteArray frame(int firstByte, const QByteArray& payload);
    static QByteArray upgradeHead(const QByteArray& host, const QByteArray& extra = {}, const QByteArray& query = {});

private:
    std::optional<Frame> parseFrame();
    void listenTo(const VigieProcess& vigie);

    std::unique_ptr<QTcpSocket> m_socket = std::make_unique<QTcpSocket>();
    QByteArray m_buffer;
    bool m_paused = false;
    quint16 m_port = 0;
};

/// Entries with a message "<prefix><number>" and that number as id.
QJsonArray entries(const QString& prefix, int first, int count, const QString& level = QStringLiteral("info"));

} // namespace vigie::e2e
