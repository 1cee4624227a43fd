// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcesettings.h"
#include "intake/intake.h"
#include "intake/sourceboard.h"
#include "sources/containerfacts.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QPointer>
#include <QRegularExpression>
#include <QTimer>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace vigie {

class ContainerLog;
class EngineCall;

/// The containers whose logs are read from an engine, by their ids: no log is read twice. The sources' thread.
using ReadContainers = std::unordered_set<std::string>;

/// One container engine, Docker or Podman: which containers it has, and the ContainerLog of each. While its socket is not there it
/// waits for it at no cost. Lives on the sources' thread.
class ContainerEngine : public QObject
{
    Q_OBJECT

public:
    /// That are read at once, with a connection each while they run. Beyond, one that has ended and was read makes room; where
    /// there is none, what is new is noted and not read.
    static constexpr std::size_t maxContainers = 300;

    /// `names`: of containers, with wildcards; empty: all. `isWanted`: its owner named the socket, and is told where it is not there.
    ContainerEngine(Intake& intake, QString socketPath, const QStringList& names, bool isWanted, ReadContainers& read,
                    QObject* parent = nullptr);
    ~ContainerEngine() override;

    /// It is on the board.
    bool isShown() const { return m_account.isOpen(); }

Q_SIGNALS:
    /// It is now.
    void found();

private:
    void connectToIt();
    void eventsEnded();
    void listAll();
    void takeEvents(std::string_view bytes);
    void meet(const QString& id);
    void add(const ContainerFacts& facts);
    bool makeRoom();
    void remove(const std::string& id);
    bool isChosen(const std::string& name) const;
    void setStatus(SourceStatus status, const QString& problem = {});
    void watchForSocket();

    Intake& m_intake;
    QString m_socketPath;
    std::vector<QRegularExpression> m_names;
    bool m_isWanted;
    ReadContainers& m_read;
    SourceAccount m_account;
    QPointer<EngineCall> m_events;
    std::string m_line; // of the events, that is not whole
    std::unordered_map<std::string, std::unique_ptr<ContainerLog>> m_logs;
    QFileSystemWatcher m_folder;
    QTimer m_retry;
    QTimer m_list;
    std::set<QString> m_unmet; // containers that the engine could not tell of
    QTimer m_meetAgain;
    std::chrono::milliseconds m_meetWait{0};
    std::chrono::milliseconds m_wait{0};
};

} // namespace vigie
