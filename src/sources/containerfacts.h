// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <string>

namespace vigie {

/// What an engine's inspection says of a container, as far as its log goes.
struct ContainerFacts
{
    std::string id; ///< 64 hexadecimal digits
    std::string name; ///< without a slash
    std::string appId; ///< its label vigie.app, else its compose project, else its name
    std::string service; ///< of compose; empty: none
    std::string image;
    std::string startedAt; ///< of its last run, as the engine says it; empty: it never ran
    bool isTerminal = false; ///< its log has no frames
    bool isRunning = false;
    bool keepsLog = true; ///< its log driver is none that keeps nothing
};

/// Reads the answer of /containers/…/json. Nothing: it is none.
std::optional<ContainerFacts> containerFactsFrom(const QByteArray& json);

/// What an engine tells of a container.
struct ContainerEvent
{
    enum class Kind {
        Started,
        Ended,
        Removed
    };

    Kind kind = Kind::Started;
    QString id;
};

/// Reads a line of /events. Nothing: it is none, or of no interest.
std::optional<ContainerEvent> containerEventFrom(const QByteArray& line);

} // namespace vigie
