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
/// Whether it can show a window, as the environment's VIGIE_HAS_WINDOW says.
inline const bool hasWindow = qEnvironmentVariableIsSet("VIGIE_HAS_WINDOW");
/// The time limit for what must happen, even on a busy machine. Sanitizers slow everything down many times.
inline const int longWaitMs = isSanitized ? 120'000 : 30'000;

/// Runs the event loop until `condition` holds; false on timeout.
bool waitUntil(const std::function<bool()>& condition, int timeoutMs = longWaitMs);

/// The real program, headless, on a free port and with its own data folder. If a sanitizer reports anything, the test fails.
class VigieProcess
{
public:
    VigieProcess();
    /// Ends the program as stop() does, if it runs. Fails the test if it crashed before or does not exit with 0.
    ~VigieProcess();

    /// Starts it with the usual flags and `extra`, and waits until it prints its address.
    bool start(const QStringList& extra = {});
    /// Writes settings.json with these limits, for the next start.
    bool setLimits(const QJsonObject& limits) const;
    /// Sets an environment variable for the next start; a null value removes it.
    void setVariable(const QString& name, const QString& value);
    /// The next start runs as that user, from a copy in a folder that everybody can read. Only for root, and once.
    bool runAs(uid_t user);
    /// Runs it with exactly these arguments until it exits; returns the exit code, -1 if it crashed.
    int run(const QStringList& arguments, const QString& standardInput = {}, const QString& standardOutput = {});
    /// What the next starts do in the new process, before the program; only what is safe after fork().
    void prepareProcess(const std::function<void()>& prepare) { m_process.setChildProcessModifier(prepare); }
    /// Runs a subcommand on the data folder, whether the program runs or not. Returns its output, "failed" if it exits with
    /// another code.
    QByteArray command(const QStringList& arguments, int expectedCode = 0) const;
    /// Makes a token by `vigie token add` with these options.
    QString addToken(const QStringList& options) const;

    quint16 port() const { return m_port; }
    QUrl url(const QString& query = {}) const;
    bool speaksTls() const { return m_speaksTls; }
    QString dataDir() const { return m_dataDir.path(); }
    qint64 processId() const { return m_process.processId(); }
    QByteArray out() const { return m_out; }
    QByteArray err() const { return m_err; }
    bool isRunning() const { return m_process.state() == QProcess::Running; }

    /// Sends a signal and runs the event loop until the program exits; returns the exit code, -1 if it crashed.
    int stop(int signal = SIGTERM);

    qint64 residentBytes() const;
    /// Number of open sockets, the descriptors that peers can cause. It opens files and threads at its own pace.
    int socketCount() const;
    /// All open descriptors, as named in /proc.
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
    bool m_isToRun = false; ///< was started and not ended by the test
};

/// While it lives, sockets made by this thread belong to another user (setfsuid(2)). Only for root.
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

/// A well-behaved client that keeps every message it receives, in order.
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

    /// Waits until `count` messages of the type have arrived and were not taken.
    bool waitFor(const QString& type, int count = 1, int timeoutMs = longWaitMs);
    /// Waits for the first message of the type and takes it; an empty object on timeout.
    QJsonObject take(const QString& type);
    /// Its payload.
    QJsonObject takePayload(const QString& type);
    int count(const QString& type) const;
    /// Takes the entries of all `logs` so far, in order.
    QJsonArray takeEntries();
    void forget() { m_messages.clear(); }
    const QList<QJsonObject>& messages() const { return m_messages; }
    /// Sends a request and waits for its answer: everything sent before has then been processed.
    bool sync();
    /// Waits for the first sample of the machine: everything that sampling opens is open by then.
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

/// Sends raw bytes and hand-made WebSocket frames.
class RawClient : public QObject
{
    Q_OBJECT

public:
    struct Frame
    {
        int opcode = 0;
        QByteArray payload;
        int closeCode() const; ///< of a close frame; 0 for another
    };

    explicit RawClient(QObject* parent = nullptr) : QObject(parent) {}

    /// `receiveBufferBytes`: size of the kernel's buffer; 0: the default.
    bool connectTo(const VigieProcess& vigie, int receiveBufferBytes = 0);
    bool connectByTls(const VigieProcess& vigie);
    void write(const QByteArray& bytes);
    /// The whole opening handshake; true after "101".
    bool handshake(const QByteArray& query = {});
    void sendFrame(const QByteArray& payload, int opcode = 1, bool isFinal = true);
    /// Signs in by hand and waits for `auth_success`.
    bool signIn(const QByteArray& appId, const QByteArray& userId);

    /// Stops reading: data stays in the kernel, then in the server.
    void pauseReading();
    void resumeReading();
    /// While paused: reads one byte from the socket; returns the number of bytes available.
    int readByte();

    /// Waits for the next whole frame; none if the connection ends first.
    std::optional<Frame> nextFrame(int timeoutMs = longWaitMs);
    /// Skips text frames up to one of this type.
    QJsonObject nextMessage(const QString& type);
    /// Waits for a close frame; returns its code, 0 if the connection ends or nothing arrives.
    int waitForCloseCode(int timeoutMs = longWaitMs);
    /// Waits for the end of the connection and returns all that arrived.
    QByteArray readToEnd(int timeoutMs = longWaitMs);
    /// Waits until this text arrives; keeps what arrived.
    bool waitForText(const QByteArray& text, int timeoutMs = longWaitMs);
    /// Drops what arrived.
    void forget() { m_buffer.clear(); }
    /// Received bytes that were not taken as frames.
    const QByteArray& received() const { return m_buffer; }
    bool waitForEnd(int timeoutMs = longWaitMs);
    /// Written bytes that the kernel has not taken yet.
    qint64 unsentBytes() const;
    /// Resets the connection.
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
