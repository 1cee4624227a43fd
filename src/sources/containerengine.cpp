// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/containerengine.h"

#include "sources/containerlog.h"
#include "sources/enginecall.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds firstWait = 1s;
constexpr std::chrono::milliseconds longestWait = 30s;
// Podman says nothing before the first event: nobody knows when it began to look.
constexpr std::chrono::milliseconds secondListAfter = 1s;
constexpr std::size_t maxEventBytes = 1024 * 1024;

} // namespace

ContainerEngine::ContainerEngine(Intake& intake, QString socketPath, const QStringList& names, bool isWanted, ReadContainers& read,
                                 QObject* parent)
    : QObject(parent), m_intake(intake), m_socketPath(std::move(socketPath)), m_isWanted(isWanted), m_read(read)
{
    for (const QString& name : names)
        m_names.emplace_back(QRegularExpression::wildcardToRegularExpression(name));
    connect(&m_folder, &QFileSystemWatcher::directoryChanged, this, [this] {
        if (!m_events && QFileInfo::exists(m_socketPath))
            connectToIt();
        else if (!m_events)
            watchForSocket(); // a folder on the way to it may have come
    });
    m_retry.setSingleShot(true);
    m_retry.callOnTimeout(this, [this] { connectToIt(); });
    m_list.setSingleShot(true);
    m_list.callOnTimeout(this, [this] { listAll(); });
    m_meetAgain.setSingleShot(true);
    m_meetAgain.callOnTimeout(this, [this] {
        for (const QString& id : std::exchange(m_unmet, {}))
            meet(id);
    });
    connectToIt();
}

ContainerEngine::~ContainerEngine()
{
    if (m_events)
        m_events->stop();
    for (const auto& [id, log] : m_logs)
        m_read.erase(id);
}

void ContainerEngine::setStatus(SourceStatus status, const QString& problem)
{
    if (!m_account.isOpen()) {
        if (status == SourceStatus::Waiting && !m_isWanted)
            return; // one that is usual elsewhere
        SourceState state;
        state.id = "containers:" + m_socketPath.toStdString();
        state.kind = SourceKind::Container;
        state.name = m_socketPath.toStdString();
        m_account = m_intake.board().open(std::move(state));
        Q_EMIT found();
    }
    m_account.setStatus(status, problem.toStdString());
}

void ContainerEngine::connectToIt()
{
    m_retry.stop();
    if (!QFileInfo::exists(m_socketPath)) {
        setStatus(SourceStatus::Waiting, u"no_engine"_s);
        return watchForSocket();
    }
    m_line.clear();
    m_events = new EngineCall(this);
    connect(m_events, &EngineCall::finished, this, &ContainerEngine::eventsEnded);
    m_events->ask(m_socketPath, "/events?filters=%7B%22type%22%3A%5B%22container%22%5D%7D",
                  [this](std::string_view bytes) { takeEvents(bytes); });
    listAll();
    m_list.start(secondListAfter);
}

void ContainerEngine::eventsEnded()
{
    EngineCall& call = *m_events;
    m_events = nullptr;
    m_list.stop();
    call.deleteLater();
    QString problem = call.status() == 0 || call.status() == 200 ? call.problem() : u"engine_refuses: %1 %2"_s.arg(call.status()).arg(QString::fromUtf8(call.body().trimmed().left(200)));
    if (problem.isEmpty())
        problem = u"engine_ended"_s;
    if (!QFileInfo::exists(m_socketPath)) {
        setStatus(SourceStatus::Waiting, problem);
        return watchForSocket();
    }
    setStatus(SourceStatus::Failing, problem);
    m_wait = std::clamp(2 * m_wait, firstWait, longestWait);
    m_retry.start(m_wait);
}

void ContainerEngine::watchForSocket()
{
    QFileInfo folder(QFileInfo(m_socketPath).path());
    while (!folder.exists() && !folder.isRoot())
        folder = QFileInfo(folder.path());
    if (!m_folder.directories().isEmpty())
        m_folder.removePaths(m_folder.directories());
    m_folder.addPath(folder.filePath());
    if (QFileInfo::exists(m_socketPath)) // it came meanwhile
        m_retry.start(firstWait);
}

void ContainerEngine::listAll()
{
    auto* const call = new EngineCall(this);
    connect(call, &EngineCall::finished, this, [this, call] {
        call->deleteLater();
        if (call->status() != 200 || !call->problem().isEmpty())
            return; // the events tell why
        m_wait = 0ms;
        setStatus(SourceStatus::Following);
        for (const QJsonValue& one : QJsonDocument::fromJson(call->body()).array())
            meet(one.toObject()["Id"_L1].toString());
    });
    call->ask(m_socketPath, "/containers/json?all=1");
}

void ContainerEngine::takeEvents(std::string_view bytes)
{
    m_line.append(bytes);
    std::size_t done = 0;
    for (std::size_t end; (end = m_line.find('\n', done)) != std::string::npos; done = end + 1) {
        const auto event = containerEventFrom(QByteArray(m_line.data() + done, qsizetype(end - done)));
        if (!event)
            continue;
        if (event->kind == ContainerEvent::Kind::Removed)
            remove(event->id.toStdString());
        else
            meet(event->id);
    }
    m_line.erase(0, done);
    if (m_line.size() > maxEventBytes)
        m_line.clear();
}

void ContainerEngine::meet(const QString& id)
{
    if (const auto known = m_logs.find(id.toStdString()); known != m_logs.end())
        return known->second->look();
    auto* const call = new EngineCall(this);
    connect(call, &EngineCall::finished, this, [this, call, id] {
        call->deleteLater();
        const auto facts = containerFactsFrom(call->body());
        if (call->status() == 200 && facts) {
            m_meetWait = 0ms;
            return add(*facts);
        }
        if (call->status() == 404)
            return; // it was removed
        if (!m_unmet.insert(id).second)
            return;
        m_account.note(SourceNote::Kind::Refused, "not_inspected", 1, QDateTime::currentMSecsSinceEpoch(), id.left(12).toStdString());
        if (!m_meetAgain.isActive()) {
            m_meetWait = std::clamp(2 * m_meetWait, firstWait, longestWait);
            m_meetAgain.start(m_meetWait);
        }
    });
    call->ask(m_socketPath, "/containers/" + id.toUtf8().toPercentEncoding() + "/json");
}

void ContainerEngine::add(const ContainerFacts& facts)
{
    if (!isChosen(facts.name) || m_logs.contains(facts.id))
        return;
    if (m_logs.size() >= maxContainers && !makeRoom()) {
        m_account.note(SourceNote::Kind::Refused, "too_many_containers", 1, QDateTime::currentMSecsSinceEpoch(), facts.name);
        return;
    }
    if (!m_read.insert(facts.id).second)
        return; // by another socket of the same engine
    auto log = std::make_unique<ContainerLog>(m_intake, facts, m_socketPath, nullptr);
    connect(log.get(), &ContainerLog::done, this, [this, id = facts.id] {
        const auto gone = m_logs.find(id);
        if (gone == m_logs.end())
            return;
        gone->second.release()->deleteLater(); // it is the one that says so
        m_logs.erase(gone);
        m_read.erase(id);
    });
    m_logs.emplace(facts.id, std::move(log));
}

bool ContainerEngine::makeRoom()
{
    const auto read = std::ranges::find_if(m_logs, [](const auto& one) { return one.second->isAllRead(); });
    if (read == m_logs.end())
        return false;
    m_read.erase(read->first);
    m_logs.erase(read); // it is met again when it is started
    return true;
}

void ContainerEngine::remove(const std::string& id)
{
    if (const auto known = m_logs.find(id); known != m_logs.end())
        known->second->setRemoved();
}

bool ContainerEngine::isChosen(const std::string& name) const
{
    return m_names.empty() || std::ranges::any_of(m_names, [text = QString::fromStdString(name)](const QRegularExpression& one) {
        return one.match(text).hasMatch();
    });
}

} // namespace vigie
