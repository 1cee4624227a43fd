// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTimer>
#include <filesystem>
#include <grp.h>
#include <sys/fsuid.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace vigie::e2e {

bool waitUntil(const std::function<bool()>& condition, int timeoutMs)
{
    // Unlike QTest::qWaitFor(), which sleeps between two checks, this reacts to each event.
    QDeadlineTimer deadline(timeoutMs);
    QTimer wake; // for conditions that no event tells of
    wake.start(20);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

namespace {

/// Works even when no test function is running, as for members of the test's class.
void failTest(const QByteArray& why)
{
    if (!QTest::currentTestFunction())
        qFatal("%s", why.constData());
    QTest::qFail(why.constData(), __FILE__, __LINE__);
}

/// A sanitizer's report may leave the exit code unchanged, or end a subcommand with the code that the test expects.
void failTestOnReport(const QByteArray& err)
{
    if (err.contains("Sanitizer") || err.contains("runtime error:"))
        failTest("a sanitizer's report: " + err);
}

} // namespace

QString programPath()
{
    return qEnvironmentVariable("VIGIE_BINARY", QDir::cleanPath(QCoreApplication::applicationDirPath() + u"/../vigie"_s));
}

VigieProcess::VigieProcess()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"LANGUAGE"_s);
    if (!environment.contains(u"XDG_RUNTIME_DIR"_s)) // else Qt says so to stderr, where a display could be used
        environment.insert(u"XDG_RUNTIME_DIR"_s, m_dataDir.path());
    // residentBytes() is to be the program's own: the address sanitizer keeps 256 MB of what was freed.
    environment.insert(u"ASAN_OPTIONS"_s, u"quarantine_size_mb=8"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setProgram(programPath());
    QObject::connect(&m_process, &QProcess::readyRead, &m_process, [this] { collect(); });
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process, [this] { collect(); });
}

VigieProcess::~VigieProcess()
{
    m_process.disconnect(); // and no event loop: who else is told of something may be half gone
    if (isRunning()) {
        m_process.terminate();
        if (!m_process.waitForFinished(longWaitMs)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    const int code = exitCode();
    if (m_isToRun && code != 0)
        failTest("Vigie ended with " + QByteArray::number(code) + ": " + m_err);
}

void VigieProcess::collect()
{
    m_out += m_process.readAllStandardOutput();
    m_err += m_process.readAllStandardError();
}

bool VigieProcess::start(const QStringList& extra)
{
    m_out.clear();
    m_err.clear();
    m_process.setArguments(QStringList{u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, m_dataDir.path()} + extra);
    m_process.start();
    waitUntil([this] { return m_out.endsWith('\n') || m_process.state() == QProcess::NotRunning; }, 2 * longWaitMs);
    // Behind a proxy, the address to connect to comes second.
    static const QRegularExpression line(
        u"^(?:Vigie is at [^ ]+\nPrograms of this machine connect to|Vigie is at) (https?)://[^ ]+:(\\d+)/\n"_s);
    const QRegularExpressionMatch match = line.match(QString::fromUtf8(m_out));
    m_port = match.captured(2).toUShort();
    m_speaksTls = match.captured(1) == "https"_L1;
    m_isToRun = match.hasMatch();
    if (!m_isToRun) {
        qWarning("Vigie did not start: %s%s", m_out.constData(), m_err.constData());
        failTestOnReport(m_err);
    }
    return m_isToRun;
}

bool VigieProcess::runAs(uid_t user)
{
    m_copy = std::make_unique<QTemporaryDir>();
    const QString program = m_copy->filePath(u"vigie"_s);
    const auto gives = [user](const QString& path) { return ::chown(qPrintable(path), user, user) == 0; };
    if (!QFile::copy(m_process.program(), program) || !gives(m_copy->path()) || !gives(program) || !gives(m_dataDir.path()))
        return false;
    m_process.setProgram(program);
    m_process.setChildProcessModifier([user] {
        if (::setgroups(0, nullptr) != 0 || ::setgid(user) != 0 || ::setuid(user) != 0)
            ::_exit(1);
    });
    return true;
}

SocketsOf::SocketsOf(uid_t user) : m_before(uid_t(::setfsuid(user))) {}

SocketsOf::~SocketsOf()
{
    ::setfsuid(m_before);
}

bool VigieProcess::setLimits(const QJsonObject& limits) const
{
    QFile settings(m_dataDir.filePath(u"settings.json"_s));
    return settings.open(QIODevice::WriteOnly)
        && settings.write(QJsonDocument(QJsonObject{{u"limits"_s, limits}}).toJson()) > 0 && settings.flush();
}

void VigieProcess::setVariable(const QString& name, const QString& value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    if (value.isNull())
        environment.remove(name);
    else
        environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

int VigieProcess::run(const QStringList& arguments, const QString& standardInput, const QString& standardOutput)
{
    m_out.clear();
    m_err.clear();
    m_process.setArguments(arguments);
    if (!standardInput.isEmpty())
        m_process.setStandardInputFile(standardInput);
    m_process.setStandardOutputFile(standardOutput);
    m_process.start();
    waitUntil([this] { return m_process.state() == QProcess::NotRunning; }, 2 * longWaitMs);
    return exitCode();
}

int VigieProcess::exitCode()
{
    collect();
    failTestOnReport(m_err);
    if (m_process.state() != QProcess::NotRunning || m_process.exitStatus() != QProcess::NormalExit
        || m_process.error() == QProcess::FailedToStart) {
        return -1;
    }
    return m_process.exitCode();
}

QUrl VigieProcess::url(const QString& query) const
{
    return QUrl(u"%1://127.0.0.1:%2/%3"_s.arg(m_speaksTls ? u"wss"_s : u"ws"_s).arg(m_port).arg(query));
}

QByteArray VigieProcess::command(const QStringList& arguments, int expectedCode) const
{
    QProcess process;
    process.setProgram(programPath());
    process.setArguments(arguments + QStringList{u"--data-dir"_s, dataDir(), u"--lang"_s, u"en"_s});
    process.start();
    const bool ended = process.waitForFinished(2 * longWaitMs);
    const QByteArray err = process.readAllStandardError();
    failTestOnReport(err);
    if (!ended || process.exitCode() != expectedCode)
        qWarning("ended with %d: %s", process.exitCode(), err.constData());
    return ended && process.exitCode() == expectedCode ? process.readAllStandardOutput() : QByteArray("failed");
}

QString VigieProcess::addToken(const QStringList& options) const
{
    return QString::fromLatin1(command(QStringList{u"token"_s, u"add"_s} + options)).trimmed();
}

int VigieProcess::stop(int signal)
{
    m_isToRun = false;
    if (!isRunning()) {
        collect();
        qWarning("Vigie was gone: %s", m_err.constData());
        return -1;
    }
    ::kill(static_cast<pid_t>(m_process.processId()), signal);
    waitUntil([this] { return m_process.state() == QProcess::NotRunning; }, 2 * longWaitMs);
    const int code = exitCode();
    if (code != 0)
        qWarning("Vigie ended with %d: %s", code, m_err.constData());
    return code;
}

qint64 VigieProcess::residentBytes() const
{
    QFile status(u"/proc/%1/status"_s.arg(m_process.processId()));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    static const QRegularExpression line(u"VmRSS:\\s+(\\d+) kB"_s);
    return line.match(QString::fromLatin1(status.readAll())).captured(1).toLongLong() * 1024;
}

int VigieProcess::socketCount() const
{
    return int(descriptors().filter(u"socket:"_s).size());
}

QStringList VigieProcess::descriptors() const
{
    const QDir open(u"/proc/%1/fd"_s.arg(m_process.processId()));
    QStringList targets;
    for (const QString& number : open.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)) {
        // Read the link itself: "socket:[12345]" is no path.
        std::error_code gone;
        const auto target = std::filesystem::read_symlink(open.filePath(number).toStdString(), gone);
        // It opens the kernel's files at its own pace, whatever peers do.
        const bool isOfKernel = target.string().starts_with("/proc") || target.string().starts_with("/sys");
        if (!gone && !isOfKernel)
            targets.append(QString::fromStdString(target.string()));
    }
    return targets;
}

Client::Client(QObject* parent) : QObject(parent)
{
    // Nobody knows Vigie's self-signed certificate.
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket.setSslConfiguration(configuration);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
        if (!document.isObject())
            qWarning("the server sent no JSON object: %s", qPrintable(text.left(200)));
        const QJsonObject message = document.object();
        m_messages.append(message);
        Q_EMIT received(message);
    });
}

Client::~Client()
{
    m_socket.disconnect();
    m_socket.abort();
}

bool Client::open(const QUrl& url)
{
    m_socket.open(url);
    return waitFor(u"connect"_s);
}

bool Client::signIn(const VigieProcess& vigie, const QString& appId, const QString& userId, const QString& since)
{
    return open(vigie.url()) && !take(u"connect"_s).isEmpty() && signIn(appId, userId, since);
}

bool Client::signIn(const QString& appId, const QString& userId, const QString& since)
{
    QJsonObject data{{u"appId"_s, appId}, {u"userId"_s, userId}};
    if (!since.isEmpty())
        data.insert(u"since"_s, since);
    m_messages.removeIf([](const QJsonObject& message) { return message["type"_L1] == "metrics"_L1; });
    send(u"auth"_s, data);
    return !take(u"auth_success"_s).isEmpty() && !take(u"metrics"_s).isEmpty();
}

void Client::send(const QString& type, const QJsonValue& data)
{
    QJsonObject message{{u"type"_s, type}};
    if (!data.isUndefined())
        message.insert(u"data"_s, data);
    sendObject(message);
}

void Client::sendObject(const QJsonObject& message)
{
    sendText(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

int Client::count(const QString& type) const
{
    return int(std::count_if(m_messages.begin(), m_messages.end(),
                             [&](const QJsonObject& message) { return message["type"_L1] == type; }));
}

bool Client::waitFor(const QString& type, int wanted, int timeoutMs)
{
    return waitUntil([&] { return count(type) >= wanted; }, timeoutMs);
}

QJsonObject Client::take(const QString& type)
{
    waitFor(type);
    for (qsizetype i = 0; i < m_messages.size(); ++i) {
        if (m_messages[i]["type"_L1] == type)
            return m_messages.takeAt(i);
    }
    qWarning("no %s came", qPrintable(type));
    return {};
}

QJsonObject Client::takePayload(const QString& type)
{
    return take(type)["payload"_L1].toObject();
}

QJsonArray Client::takeEntries()
{
    QJsonArray all;
    for (const QJsonObject& message : std::as_const(m_messages)) {
        if (message["type"_L1] != "logs"_L1)
            continue;
        for (const QJsonValue entry : message["payload"_L1].toArray())
            all.append(entry);
    }
    m_messages.removeIf([](const QJsonObject& message) { return message["type"_L1] == "logs"_L1; });
    return all;
}

bool Client::sync()
{
    send(u"check_status"_s);
    return !take(u"status_response"_s).isEmpty();
}

bool Client::waitForSample()
{
    const QDeadlineTimer deadline(longWaitMs);
    do {
        send(u"request_metrics"_s);
        if (takePayload(u"metrics"_s)["timestamp"_L1].toDouble() > 0)
            return true;
        QTest::qWait(20); // many questions in a row would be too many where that is limited
    } while (!deadline.hasExpired());
    return false;
}

bool Client::waitForClose(int timeoutMs)
{
    return waitUntil([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, timeoutMs);
}

QJsonArray entries(const QString& prefix, int first, int count, const QString& level)
{
    QJsonArray made;
    for (int i = first; i < first + count; ++i) {
        made.append(QJsonObject{{u"id"_s, QString::number(i)}, {u"level"_s, level}, {u"message"_s, prefix + QString::number(i)}});
    }
    return made;
}

} // namespace vigie::e2e
