// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/limitwords.h"

#include <QCoreApplication>
#include <algorithm>
#include <iterator>

namespace vigie {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LimitWords)
};

} // namespace

LimitWords limitWords(int Limits::*limit)
{
    const QString seconds = Text::tr("s");
    const QString perSecond = Text::tr("per second");
    const QString kib = Text::tr("KiB");
    const QString mib = Text::tr("MiB");
    const std::pair<int Limits::*, LimitWords> all[] = {
        {&Limits::connections, {Text::tr("Connections in all (0: the usual number)"), {}}},
        {&Limits::connectionsPerAddress, {Text::tr("Connections of one address"), {}}},
        {&Limits::handshakesPerSecond, {Text::tr("New connections of one address"), perSecond}},
        {&Limits::handshakesAtOnce, {Text::tr("New connections of one address at once"), {}}},
        {&Limits::failedSignIns, {Text::tr("Failed sign-ins before each one waits longer"), {}}},
        {&Limits::signInSeconds, {Text::tr("Time to sign in"), seconds}},
        {&Limits::refusedBeforeSignIn, {Text::tr("Refused messages before a client is disconnected"), {}}},
        {&Limits::joinRequestsAtOnce, {Text::tr("Access requests that wait for an answer"), {}}},
        {&Limits::joinRequestsOfAddress, {Text::tr("Access requests of one address that wait"), {}}},
        {&Limits::joinRequestsPerHour, {Text::tr("Access requests of one address"), Text::tr("per hour")}},
        {&Limits::headSeconds, {Text::tr("Time to send the head of a request"), seconds}},
        {&Limits::requestKiB, {Text::tr("Size of a request's head, and of its body"), kib}},
        {&Limits::idleSeconds, {Text::tr("Time an HTTP connection may be idle"), seconds}},
        {&Limits::messageKiB, {Text::tr("Size of a message"), kib}},
        {&Limits::messageSeconds, {Text::tr("Time to send a message"), seconds}},
        {&Limits::applications, {Text::tr("New applications since the start"), {}}},
        {&Limits::batchEntries, {Text::tr("Entries in a message"), {}}},
        {&Limits::jsonDepth, {Text::tr("Nesting of JSON"), Text::tr("levels")}},
        {&Limits::filterLevels, {Text::tr("Levels in a filter"), {}}},
        {&Limits::searchBytes, {Text::tr("Length of a search text"), Text::tr("bytes")}},
        {&Limits::messagesPerSecond, {Text::tr("Messages of one client"), perSecond}},
        {&Limits::receiveKiBPerSecond, {Text::tr("Data from one client"), Text::tr("KiB/s")}},
        {&Limits::historyRequestsAtOnce, {Text::tr("Searches of one client at once"), {}}},
        {&Limits::unsentMiB, {Text::tr("Unread answers of one client"), mib}},
        {&Limits::unreadSeconds, {Text::tr("Time a client may read nothing"), seconds}},
        {&Limits::memoryMiB, {Text::tr("Memory for all clients together"), mib}},
    };
    static_assert(std::size(all) == limitRows.size());
    return std::ranges::find_if(all, [limit](const auto& row) { return row.first == limit; })->second;
}

} // namespace vigie
