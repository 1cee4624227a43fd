// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accesscommand.h"

#include "app/standardstreams.h"
#include "app/texttable.h"
#include "core/accesswords.h"
#include "core/localtime.h"
#include "core/visibletext.h"
#include "storage/access/accessfile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <csignal>
#include <cstdio>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AccessCommand)
};

void say(std::FILE* stream, const QString& line)
{
    std::fprintf(stream, "%s\n", qPrintable(line));
}

/// Only adding creates the folder, so that a mistyped path is noticed.
Result<AccessFile> openFile(const DataFolder& folder, bool adds)
{
    if (!adds && !QFileInfo(folder.path()).isDir())
        return Error{Text::tr("There is no data folder %1.").arg(folder.path())};
    if (const Outcome prepared = folder.prepare(); !prepared)
        return prepared.error();
    DatabaseResult<AccessFile> file = AccessFile::open(folder.accessPath());
    if (!file)
        return Error{Text::tr("%1 cannot be used: %2").arg(folder.accessPath(), file.error().message)};
    return std::move(*file);
}

Error failed(const DatabaseError& error)
{
    return {Text::tr("That could not be written: %1").arg(error.message)};
}

QString timeText(const std::optional<std::int64_t>& ms, const QString& none)
{
    return ms ? localMinuteText(*ms, QLocale()) : none;
}

/// As in the window, but with the role's word first: "Viewer, shop".
QString rightsText(Role role, const std::string& appId)
{
    return Text::tr("%1, %2", "role, application").arg(roleText(role), appText(appId));
}

/// One JSON object in one line; times that there are not are absent.
void printJson(const Grant& grant)
{
    QJsonObject object{{u"id"_s, qint64(grant.id)},
                       {u"userId"_s, QString::fromStdString(grant.userId)},
                       {u"appId"_s, QString::fromStdString(grant.appId)},
                       {u"role"_s, QString::fromUtf8(roleName(grant.role))},
                       {u"kind"_s, QString::fromUtf8(originName(grant.origin))},
                       {u"added"_s, qint64(grant.createdMs)}};
    const std::pair<QString, std::optional<std::int64_t>> times[] = {
        {u"lastUsed"_s, grant.lastUsedMs}, {u"expires"_s, grant.expiresMs}, {u"revoked"_s, grant.revokedMs}};
    for (const auto& [name, ms] : times) {
        if (ms)
            object.insert(name, qint64(*ms));
    }
    // A terminal takes what cannot be seen for orders; in JSON, these may all be escaped.
    QString line;
    for (const QChar c : QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)))
        line += c.unicode() < 0x7f ? QString(c) : u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
    say(stdout, line);
}

Outcome listTokens(AccessFile& file, const Subcommand& command, std::int64_t nowMs)
{
    const DatabaseResult<AccessTablePtr> table = file.table();
    if (!table)
        return failed(table.error());
    QList<QStringList> rows{{Text::tr("Id"), Text::tr("User"), Text::tr("Application"), Text::tr("Role"), Text::tr("Kind"),
                             Text::tr("Added"), Text::tr("Last used"), Text::tr("Valid until")}};
    for (const Grant& grant : (*table)->grants) {
        if (!command.isWithin(grant.createdMs))
            continue;
        if (command.asJson) {
            printJson(grant);
            continue;
        }
        const QString end = grant.revokedMs ? Text::tr("Revoked %1").arg(timeText(grant.revokedMs, {}))
            : grant.isGood(nowMs)           ? timeText(grant.expiresMs, Text::tr("Until revoked"))
                                            : Text::tr("Expired %1").arg(timeText(grant.expiresMs, {}));
        rows.append({QString::number(grant.id), QString::fromStdString(grant.userId), appText(grant.appId),
                     roleText(grant.role), originText(grant.origin), timeText(grant.createdMs, {}),
                     timeText(grant.lastUsedMs, Text::tr("Never")), end});
    }
    if (rows.size() > 1)
        printTable(rows);
    else if (!command.asJson)
        say(stderr, Text::tr("There are no such tokens."));
    return std::monostate{};
}

Outcome addToken(AccessFile& file, const Subcommand& command, std::int64_t nowMs)
{
    TokenRequest request{command.userId.toStdString(), command.appId.toStdString(), command.role, {}};
    if (command.lifeMs)
        request.expiresMs = nowMs + *command.lifeMs;
    if (!request.appId.empty()) {
        if (const auto added = file.addApp(request.appId, nowMs); !added)
            return failed(added.error());
    }
    const DatabaseResult<NewToken> made = file.addToken(request, nowMs);
    if (!made)
        return failed(made.error());
    say(stderr, Text::tr("Token %1 for %2 (%3). It is shown only this once:")
                    .arg(made->id)
                    .arg(command.userId, rightsText(command.role, request.appId)));
    std::signal(SIGPIPE, SIG_IGN); // a reader that has gone is an error like others
    say(stdout, QString::fromLatin1(made->token));
    const Outcome shown = flushOutput();
    if (shown)
        return std::monostate{};
    const DatabaseResult<bool> revoked = file.revoke(made->id, nowMs);
    const QString then = revoked ? Text::tr("Token %1 is revoked again.").arg(made->id)
                                 : Text::tr("Token %1 is valid all the same: %2").arg(made->id).arg(revoked.error().message);
    return Error{u"%1. %2"_s.arg(shown.error().message, then)};
}

} // namespace

Outcome changeApps(const Subcommand& command, const DataFolder& folder)
{
    Result<AccessFile> file = openFile(folder, command.action == "add"_L1);
    if (!file)
        return file.error();
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    if (command.action == "list"_L1) {
        const DatabaseResult<AccessTablePtr> table = file->table();
        if (!table)
            return failed(table.error());
        for (const std::string& app : (*table)->apps)
            say(stdout, visibleText(QString::fromStdString(app)));
        return std::monostate{};
    }
    const bool adds = command.action == "add"_L1;
    const std::string app = command.appId.toStdString();
    const DatabaseResult<AccessTablePtr> before = file->table();
    if (!before)
        return failed(before.error());
    const DatabaseResult<bool> done = adds ? file->addApp(app, nowMs) : file->removeApp(app, nowMs);
    if (!done)
        return failed(done.error());
    const QString name = visibleText(command.appId);
    if (!*done)
        return Error{(adds ? Text::tr("There is an application %1 already.") : Text::tr("There is no application %1."))
                         .arg(name)};
    if (adds) {
        say(stdout, Text::tr("Application %1 added.").arg(name));
        return std::monostate{};
    }
    const auto revoked = std::ranges::count_if((*before)->grants, [&](const Grant& grant) {
        return grant.appId == app && grant.isGood(nowMs);
    });
    say(stdout, revoked == 0 ? Text::tr("Application %1 removed. It had no valid tokens.").arg(name)
                             : Text::tr("Application %1 removed, and its %Ln token(s) revoked.", nullptr, int(revoked))
                                   .arg(name));
    return std::monostate{};
}

Outcome changeTokens(const Subcommand& command, const DataFolder& folder)
{
    Result<AccessFile> file = openFile(folder, command.action == "add"_L1);
    if (!file)
        return file.error();
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    if (command.action == "list"_L1)
        return listTokens(*file, command, nowMs);
    if (command.action == "add"_L1)
        return addToken(*file, command, nowMs);
    const DatabaseResult<bool> revoked = file->revoke(command.tokenId, nowMs);
    if (!revoked)
        return failed(revoked.error());
    const DatabaseResult<AccessTablePtr> table = file->table();
    if (!table)
        return failed(table.error());
    const Grant* const grant = (*table)->find(command.tokenId);
    if (!*revoked && grant)
        return Error{Text::tr("Token %1 was revoked already.").arg(command.tokenId)};
    if (!grant)
        return Error{Text::tr("There is no token %1.").arg(command.tokenId)};
    say(stdout, Text::tr("Token %1 of %2 (%3) revoked. Whoever is connected with it is disconnected.")
                    .arg(command.tokenId)
                    .arg(visibleText(QString::fromStdString(grant->userId)), visibleText(rightsText(grant->role, grant->appId))));
    return std::monostate{};
}

Outcome writeAudit(const Subcommand& command, const DataFolder& folder)
{
    Result<AccessFile> file = openFile(folder, false);
    if (!file)
        return file.error();
    QList<QStringList> rows{{Text::tr("Time"), Text::tr("Event"), Text::tr("User"), Text::tr("Application"),
                             Text::tr("Address"), Text::tr("Detail")}};
    const DatabaseOutcome done = file->forEachEvent([&](const AuditEvent& event) {
        if (!command.isWithin(event.timeMs))
            return;
        if (command.asJson) {
            std::printf("%s\n", auditJson(event).c_str());
            return;
        }
        rows.append({localTimeText(event.timeMs, QLocale()), auditText(event.kind), QString::fromStdString(event.userId),
                     QString::fromStdString(event.appId), QString::fromStdString(event.address),
                     QString::fromStdString(event.detail)});
    });
    if (rows.size() > 1)
        printTable(rows);
    else if (done && !command.asJson)
        say(stderr, Text::tr("There are no such events."));
    return done ? Outcome(std::monostate{}) : failed(done.error());
}

} // namespace vigie
